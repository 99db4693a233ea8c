// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/refresh/source_monitor.h"
#include "tests/support/manual_clock.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::refresh;
using namespace std::chrono_literals;

namespace {

class SourceMonitorTest : public testing::Test
{
protected:
    Freshness of(const QString &name) { return monitor.status(name)->freshness; }
    const Error refused{ErrorKind::Unreachable, u"http://x"_s, u"connection refused"_s};

    test::ManualClock clock;
    SourceMonitor monitor{clock};
};

} // namespace

TEST_F(SourceMonitorTest, ASourceIsLiveForTwoIntervalsAndThenStale)
{
    monitor.registerSource(u"prom"_s, 15s);
    EXPECT_EQ(of(u"prom"_s), Freshness::Waiting);
    monitor.good(u"prom"_s);
    clock.advance(30s);
    EXPECT_EQ(of(u"prom"_s), Freshness::Live);
    clock.advance(1ms);
    EXPECT_EQ(of(u"prom"_s), Freshness::Stale);
    EXPECT_EQ(monitor.silent(), QStringList{u"prom"_s});
}

TEST_F(SourceMonitorTest, OneThatNeverAnsweredIsUnreachableAndKeepsItsWords)
{
    monitor.registerSource(u"prom"_s, 15s);
    monitor.failed(u"prom"_s, refused);
    EXPECT_EQ(of(u"prom"_s), Freshness::Unreachable);
    EXPECT_EQ(monitor.status(u"prom"_s)->error, refused);
}

TEST_F(SourceMonitorTest, FailingSinceIsTheFirstFailureUntilAGoodAnswer)
{
    monitor.registerSource(u"prom"_s, 15s);
    monitor.good(u"prom"_s);
    clock.advance(5s);
    const Timestamp first = clock.now();
    monitor.failed(u"prom"_s, refused);
    clock.advance(5s);
    monitor.failed(u"prom"_s, refused);
    EXPECT_EQ(monitor.status(u"prom"_s)->failingSince, first);
    EXPECT_EQ(of(u"prom"_s), Freshness::Live);
    monitor.good(u"prom"_s);
    EXPECT_EQ(monitor.status(u"prom"_s)->failingSince, Timestamp{});
}

TEST_F(SourceMonitorTest, AClockThatIsSetBackDoesNotMakeOldAnswersYoung)
{
    monitor.registerSource(u"prom"_s, 15s);
    monitor.good(u"prom"_s);
    clock.jumpTo(clock.now() - 1h);
    EXPECT_EQ(of(u"prom"_s), Freshness::Stale);
}

TEST_F(SourceMonitorTest, TheServicesShareOnePillThatIsAsOldAsItsOldestLiveMember)
{
    monitor.registerSource(u"i-1"_s, 10s, u"services"_s);
    monitor.registerSource(u"i-2"_s, 10s, u"services"_s);
    monitor.good(u"i-1"_s);
    EXPECT_EQ(of(u"services"_s), Freshness::Waiting);
    const Timestamp oldest = clock.now();
    clock.advance(5s);
    monitor.good(u"i-2"_s);
    ASSERT_EQ(monitor.statuses().size(), 1);
    EXPECT_EQ(monitor.statuses().first().words, u"instances 2 of 2 live"_s);
    EXPECT_EQ(monitor.statuses().first().lastGood, oldest);
    EXPECT_EQ(of(u"services"_s), Freshness::Live);
}

TEST_F(SourceMonitorTest, OneSilentInstanceTakesTheGreenFromTheServices)
{
    monitor.registerSource(u"i-1"_s, 10s, u"services"_s);
    monitor.registerSource(u"i-2"_s, 10s, u"services"_s);
    monitor.good(u"i-1"_s);
    monitor.failed(u"i-2"_s, refused);
    EXPECT_EQ(of(u"services"_s), Freshness::Stale);
    EXPECT_EQ(monitor.status(u"services"_s)->words, u"instances 1 of 2 live"_s);
    EXPECT_EQ(monitor.silent(), QStringList{u"services"_s});
    clock.advance(1min);
    monitor.failed(u"i-1"_s, refused);
    EXPECT_EQ(monitor.status(u"services"_s)->words, u"instances 0 of 2 live"_s);
}

TEST_F(SourceMonitorTest, ACancelledQuestionIsNoFailure)
{
    monitor.registerSource(u"prom"_s, 15s);
    monitor.failed(u"prom"_s, Error{ErrorKind::Cancelled});
    EXPECT_EQ(of(u"prom"_s), Freshness::Waiting);
}
