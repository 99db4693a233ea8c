// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/timeline_table_model.h"

#include <QtTest/QAbstractItemModelTester>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using overview::TimelineEvent;
using overview::TimelineTableModel;

namespace {

constexpr Timestamp timelineNow{Milliseconds(1'795'489'200'000)}; // 2026-11-24T03:00:00Z

TimelineEvent eventAt(Milliseconds before, const QString &title, TimelineEvent::Kind kind = TimelineEvent::Kind::Alert)
{
    TimelineEvent event;
    event.key = title;
    event.at = timelineNow - before;
    event.title = title;
    event.kind = kind;
    return event;
}

QStringList printed(const TimelineTableModel &model)
{
    QStringList rows;
    for (int i = 0; i < model.rowCount(); ++i)
        rows += model.index(i, 0).data().toString();
    return rows;
}

} // namespace

TEST(TimelineTableModel, MarksWhereItBeganBetweenTheEvents)
{
    TimelineTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.show({eventAt(1min, u"later"_s), eventAt(20min, u"before"_s)}, timelineNow - 10min, {}, timelineNow,
               QTimeZone::utc());
    EXPECT_EQ(printed(model), (QStringList{u"02:59:00 later"_s, u"Began 02:50:00"_s, u"02:40:00 before"_s,
                                           u"Nothing else is known to have changed"_s}));
}

TEST(TimelineTableModel, AnEmptyTimelineSaysSo)
{
    TimelineTableModel model;
    model.show({}, std::nullopt, {}, timelineNow, QTimeZone::utc());
    EXPECT_EQ(printed(model), (QStringList{u"Nothing has changed since this window was opened"_s}));
    EXPECT_EQ(model.eventCount(), 0);
}

TEST(TimelineTableModel, HiddenKindsAreLeftOutAndTheEndSaysSo)
{
    TimelineTableModel model;
    const QList<TimelineEvent> events{eventAt(1min, u"alert"_s), eventAt(2min, u"flag"_s, TimelineEvent::Kind::Flag)};
    model.show(events, std::nullopt, {static_cast<int>(TimelineEvent::Kind::Alert)}, timelineNow, QTimeZone::utc());
    EXPECT_EQ(printed(model), (QStringList{u"02:58:00 flag"_s, u"Nothing else of these kinds is known"_s}));
}

TEST(TimelineTableModel, ANewEventIsInsertedAndNothingIsReset)
{
    TimelineTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.show({eventAt(5min, u"old"_s)}, std::nullopt, {}, timelineNow, QTimeZone::utc());
    int resets = 0;
    QObject::connect(&model, &QAbstractItemModel::modelReset, &model, [&resets] { ++resets; });
    const QPersistentModelIndex old(model.index(0, 0));
    model.show({eventAt(1min, u"new"_s), eventAt(5min, u"old"_s)}, std::nullopt, {}, timelineNow, QTimeZone::utc());
    EXPECT_EQ(old.row(), 1);
    EXPECT_EQ(resets, 0);
}
