// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/refresh/refresh_schedule.h"
#include "tests/support/manual_clock.h"

#include <gtest/gtest.h>

using namespace atalaya;
using namespace atalaya::refresh;
using namespace std::chrono_literals;

namespace {

class RefreshScheduleTest : public testing::Test
{
protected:
    /// A poll that only counts its starts.
    PollId counted(Milliseconds interval, const QString &name)
    {
        return schedule.add(interval, [this, name] { started += name; });
    }

    test::ManualClock clock;
    RefreshSchedule schedule{clock};
    QStringList started;
};

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");

} // namespace

TEST_F(RefreshScheduleTest, APollStartsAtOnceAndThenAnIntervalAfterItBegan)
{
    const PollId id = counted(10s, a);
    schedule.startDue();
    EXPECT_EQ(started.size(), 1);
    clock.advance(3s);
    schedule.finished(id, true);
    EXPECT_EQ(schedule.untilNext(id), Milliseconds(7s));
    clock.advance(6s);
    schedule.startDue();
    EXPECT_EQ(started.size(), 1);
    clock.advance(1s);
    schedule.startDue();
    EXPECT_EQ(started.size(), 2);
}

TEST_F(RefreshScheduleTest, APollThatHangsIsNotStartedTwice)
{
    counted(1s, a);
    schedule.startDue();
    clock.advance(1min);
    schedule.startDue();
    schedule.refreshAll();
    EXPECT_EQ(started.size(), 1);
}

TEST_F(RefreshScheduleTest, FailuresBackOffWithJitterAndOneGoodAnswerEndsIt)
{
    const PollId id = counted(10s, a);
    for (const auto &[least, most] : {std::pair{18s, 22s}, {36s, 44s}, {54s, 66s}, {54s, 66s}}) {
        schedule.refreshNow(id);
        schedule.finished(id, false);
        EXPECT_GE(*schedule.untilNext(id), least);
        EXPECT_LE(*schedule.untilNext(id), most);
    }
    schedule.refreshNow(id);
    schedule.finished(id, true);
    EXPECT_EQ(schedule.untilNext(id), Milliseconds(10s));
}

TEST_F(RefreshScheduleTest, ASlowPollIsNeverAskedMoreOftenBecauseItFails)
{
    const PollId id = counted(5min, a);
    schedule.startDue();
    schedule.finished(id, false);
    EXPECT_GE(*schedule.untilNext(id), 4min + 30s);
}

TEST_F(RefreshScheduleTest, VisiblePagesComeFirst)
{
    counted(1s, a);
    schedule.setVisible(counted(1s, b), true);
    schedule.startDue();
    EXPECT_EQ(started, (QStringList{b, a}));
}

TEST_F(RefreshScheduleTest, PausedNothingStartsByItselfButAnOrderStillDoes)
{
    const PollId id = counted(1s, a);
    schedule.setPaused(true);
    schedule.startDue();
    EXPECT_TRUE(started.isEmpty());
    EXPECT_FALSE(schedule.untilNext(id));
    schedule.refreshAll();
    EXPECT_EQ(started.size(), 1);
    schedule.finished(id, true);
    clock.advance(5s);
    schedule.setPaused(false);
    schedule.startDue();
    EXPECT_EQ(started.size(), 2);
}

TEST_F(RefreshScheduleTest, ASetClockMovesNothing)
{
    const PollId id = counted(10s, a);
    schedule.startDue();
    schedule.finished(id, true);
    clock.jumpTo(clock.now() + 24h);
    schedule.startDue();
    EXPECT_EQ(started.size(), 1);
}

TEST_F(RefreshScheduleTest, APollMayRemoveItselfOrAnotherWhileItStarts)
{
    PollId first{}, second{};
    first = schedule.add(1s, [&] {
        started += a;
        schedule.remove(first);
        schedule.remove(second);
    });
    second = counted(1s, b);
    schedule.startDue();
    EXPECT_EQ(started, QStringList{a});
    schedule.finished(first, true);
    EXPECT_FALSE(schedule.untilNext(first));
}

TEST_F(RefreshScheduleTest, AShorterIntervalCountsFromNow)
{
    const PollId id = counted(1min, a);
    schedule.startDue();
    schedule.finished(id, true);
    schedule.setInterval(id, 5s);
    EXPECT_EQ(schedule.untilNext(id), Milliseconds(5s));
}
