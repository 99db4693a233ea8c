// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_table_model.h"
#include "tests/models/health/health_store_bench.h"

#include <QtCore/QTimeZone>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::health {
namespace {

constexpr Timestamp barStart{1'795'489'200'000ms};

HealthSample sampleAt(Milliseconds offset, HealthStatus status)
{
    return {barStart + offset, status, 1};
}

QString printedBar(const QList<HealthStretch> &bar)
{
    QStringList parts;
    for (const HealthStretch &stretch : bar)
        parts.append(u"%1-%2 %3"_s.arg((stretch.from - barStart).count() / 1000)
                         .arg((stretch.to - barStart).count() / 1000)
                         .arg(statusWord(stretch.status)));
    return parts.join(u", "_s);
}

TEST(HealthBar, MergesEqualSamplesIntoStretches)
{
    const QList<HealthSample> one{sampleAt(0s, HealthStatus::Healthy), sampleAt(10s, HealthStatus::Healthy),
                                  sampleAt(20s, HealthStatus::Degraded), sampleAt(30s, HealthStatus::Unhealthy)};
    EXPECT_EQ(printedBar(mergedBar({one}, {barStart, barStart + 40s}, 10s)),
              u"0-20 healthy, 20-30 degraded, 30-40 unhealthy"_s);
}

TEST(HealthBar, TheWorstInstanceDecidesAndSilenceIsNeverGreen)
{
    const QList<HealthSample> good{sampleAt(0s, HealthStatus::Healthy), sampleAt(10s, HealthStatus::Healthy),
                                   sampleAt(20s, HealthStatus::Healthy)};
    const QList<HealthSample> bad{sampleAt(0s, HealthStatus::Healthy), sampleAt(10s, HealthStatus::Unknown),
                                  sampleAt(20s, HealthStatus::Unhealthy)};
    EXPECT_EQ(printedBar(mergedBar({good, bad}, {barStart, barStart + 30s}, 10s)),
              u"0-10 healthy, 10-20 unknown, 20-30 unhealthy"_s);
}

TEST(HealthBar, ASampleHoldsForTwoIntervals)
{
    const QList<HealthSample> one{sampleAt(0s, HealthStatus::Healthy), sampleAt(60s, HealthStatus::Healthy)};
    EXPECT_EQ(printedBar(mergedBar({one}, {barStart, barStart + 100s}, 10s)),
              u"0-20 healthy, 20-60 unknown, 60-80 healthy, 80-100 unknown"_s);
}

TEST(HealthBar, NothingIsDrawnBeforeItWasWatched)
{
    const QList<HealthSample> one{sampleAt(50s, HealthStatus::Healthy)};
    EXPECT_EQ(printedBar(mergedBar({one}, {barStart, barStart + 60s}, 10s)), u"50-60 healthy"_s);
    EXPECT_TRUE(mergedBar({{}}, {barStart, barStart + 60s}, 10s).isEmpty());
}

TEST(HealthBar, WhatLiesBeforeTheRangeReachesIntoIt)
{
    const QList<HealthSample> one{sampleAt(-300s, HealthStatus::Unhealthy), sampleAt(-5s, HealthStatus::Healthy),
                                  sampleAt(5s, HealthStatus::Healthy)};
    EXPECT_EQ(printedBar(mergedBar({one}, {barStart, barStart + 10s}, 10s)), u"0-10 healthy"_s);
}

QList<HealthLine> linesOf(const test::HealthStoreBench &bench, HealthOrder order = HealthOrder::AsConfigured,
                          const QString &system = {}, const QString &instance = {})
{
    const Timestamp now = bench.clock.now();
    return healthRows(bench.environment, *bench.store, {now - 1h, now}, order, system, instance, QTimeZone::utc());
}

std::string printedLines(const HealthTableModel &model)
{
    QStringList lines;
    for (int r = 0; r < model.rowCount(); ++r) {
        QStringList cells;
        for (const int column :
             {HealthTableModel::ComponentColumn, HealthTableModel::NowColumn, HealthTableModel::AnswerColumn})
            cells.append(model.index(r, column).data().toString());
        lines.append(cells.join(u" | "_s));
    }
    return lines.join(u'\n').toStdString();
}

TEST(HealthTableModel, ShowsSystemsAndTheirComponentsOverAllInstances)
{
    test::HealthStoreBench bench;
    bench.open();
    HealthTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.reconcile(linesOf(bench));
    EXPECT_EQ(printedLines(model), "worker | Healthy on 2 of 2 | \nopenai | healthy | 9 ms\n"
                                   "p2p | Healthy on 1 of 1 | \npostgresql | connected | ");
    EXPECT_EQ(countsOf(model.rows()), (HealthCounts{2, 0, 0}));
    model.reconcile(linesOf(bench, HealthOrder::AsConfigured, u"p2p"_s));
    EXPECT_EQ(printedLines(model), "p2p | Healthy on 1 of 1 | \npostgresql | connected | ");
}

TEST(HealthTableModel, WhatIsNotHealthyComesFirstAndNothingIsReset)
{
    test::HealthStoreBench bench;
    bench.open();
    HealthTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.reconcile(linesOf(bench, HealthOrder::NotHealthyFirst));
    const QPersistentModelIndex database(model.index(3, 0));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    bench.say(u"p1"_s, u"/api/v1/health"_s,
              R"({"status":"unhealthy","services":{"postgresql":{"status":"disconnected"}}})", 503);
    bench.pass(10s);
    model.reconcile(linesOf(bench, HealthOrder::NotHealthyFirst));
    EXPECT_EQ(database.row(), 1);
    EXPECT_EQ(database.data().toString(), u"postgresql");
    EXPECT_EQ(model.row(1).state, State::Critical);
    EXPECT_EQ(countsOf(model.rows()).notHealthy, 1);
    EXPECT_EQ(reset.count(), 0);
}

TEST(HealthTableModel, WhatIsSilentIsStaleWithItsLastWordAndNeverHealthy)
{
    test::HealthStoreBench bench;
    bench.open();
    bench.breakOff(u"p1"_s, atalaya::test::refused());
    bench.pass(10s);
    bench.clock.advance(1min);
    const QList<HealthLine> lines = linesOf(bench, HealthOrder::AsConfigured, u"p2p"_s);
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines.at(0).state, State::Stale);
    EXPECT_TRUE(lines.at(0).note.startsWith(u"1 of 1 probe: ")) << qPrintable(lines.at(0).note);
    EXPECT_EQ(lines.at(1).state, State::Stale);
    EXPECT_EQ(lines.at(1).word, u"was connected");
    EXPECT_EQ(lines.at(1).bar.last().status, HealthStatus::Unknown);
    EXPECT_EQ(countsOf(lines), (HealthCounts{1, 0, 1}));
}

} // namespace
} // namespace atalaya::health
