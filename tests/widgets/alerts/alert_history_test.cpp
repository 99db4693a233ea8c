// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/alert_history.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using alerts::AlertState;

namespace {

constexpr Timestamp dayStart{Milliseconds(1'795'400'000'000)};
constexpr TimeRange wholeDay{dayStart, dayStart + 24h};

metrics::Series alertsSeries(const QString &state, Milliseconds from, Milliseconds length,
                             const Labels &more = {{u"alertname"_s, u"Slow"_s}})
{
    metrics::Series series;
    series.labels = more;
    series.labels.emplace(u"__name__"_s, u"ALERTS"_s);
    series.labels.emplace(u"alertstate"_s, state);
    for (Milliseconds at = 0ms; at < length; at += 5min) {
        series.times.push_back((dayStart + from + at).time_since_epoch().count());
        series.values.push_back(1);
    }
    return series;
}

alerts::Alert slowAlert()
{
    alerts::Alert alert;
    alert.name = u"Slow"_s;
    alert.labels = {{u"alertname"_s, u"Slow"_s}, {u"replica"_s, u"a"_s}};
    return alert;
}

} // namespace

TEST(AlertHistory, CountsFiringsAndAddsTheirLength)
{
    const auto history = alerts::historyOf(
        {alertsSeries(u"firing"_s, 1h, 30min), alertsSeries(u"firing"_s, 20h, 15min)}, slowAlert(), wholeDay, 5min);
    EXPECT_EQ(history.timesFired, 2);
    EXPECT_EQ(history.firing, Milliseconds(45min));
    EXPECT_EQ(alerts::historyText(history), u"fired 2 times, 45 min in all"_s);
}

TEST(AlertHistory, FiringWinsABucketOverPending)
{
    const auto history =
        alerts::historyOf({alertsSeries(u"pending"_s, 1h, 30min), alertsSeries(u"firing"_s, 1h + 10min, 30min)},
                          slowAlert(), wholeDay, 5min);
    ASSERT_EQ(history.places, (QList<int>{2, 3}));
    EXPECT_EQ(history.buckets, (QList<AlertState>{AlertState::Firing, AlertState::Firing}));
}

TEST(AlertHistory, OnlyPendingNeverFired)
{
    const auto history = alerts::historyOf({alertsSeries(u"pending"_s, 2h, 10min)}, slowAlert(), wholeDay, 5min);
    EXPECT_EQ(history.timesFired, 0);
    EXPECT_EQ(alerts::historyText(history), u"was pending, never fired"_s);
}

TEST(AlertHistory, LeavesOutSeriesOfOtherLabels)
{
    const auto other = alertsSeries(u"firing"_s, 1h, 30min, {{u"alertname"_s, u"Slow"_s}, {u"instance"_s, u"b"_s}});
    EXPECT_EQ(alerts::historyText(alerts::historyOf({other}, slowAlert(), wholeDay, 5min)),
              u"quiet at every 5 min step"_s);
}

TEST(AlertHistory, AServersExternalLabelsDoNotHideItsSeries)
{
    // The alert has `replica` from the way to the Alertmanager; the server's own series does not.
    EXPECT_EQ(alerts::historyOf({alertsSeries(u"firing"_s, 1h, 10min)}, slowAlert(), wholeDay, 5min).timesFired, 1);
}
