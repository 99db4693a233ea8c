// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/snapshot.h"
#include "tests/models/base/base_test.h"
#include "tests/support/manual_clock.h"

using namespace atalaya;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

Error brokenError()
{
    Error error;
    error.kind = ErrorKind::Unreachable;
    error.summary = u"refused the connection"_s;
    return error;
}

} // namespace

TEST(SnapshotTest, WaitsUntilTheFirstAnswer)
{
    const test::ManualClock clock;
    Snapshot<int> snapshot{.interval = 10s};
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Waiting);
    snapshot.loading = true;
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Waiting);
    snapshot.fail(brokenError(), clock.now());
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Unreachable);
    EXPECT_FALSE(snapshot.loading);
}

TEST(SnapshotTest, TurnsStaleAfterTwoIntervals)
{
    test::ManualClock clock;
    Snapshot<int> snapshot{.interval = 10s};
    snapshot.succeed(7, clock.now());
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Live);
    clock.advance(20s);
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Live);
    clock.advance(1ms);
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Stale);
    clock.advance(1000h);
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Stale);
}

TEST(SnapshotTest, AClockSetBackDoesNotRejuvenateData)
{
    test::ManualClock clock;
    Snapshot<int> snapshot{.interval = 10s};
    snapshot.succeed(7, clock.now());
    clock.jumpTo(clock.now() - 5s);
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Live) << "a small correction is no alarm";
    clock.jumpTo(clock.now() - 1h);
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Stale);
}

TEST(SnapshotTest, AFailureKeepsTheDataAndItsBeginning)
{
    test::ManualClock clock;
    Snapshot<int> snapshot{.interval = 10s};
    snapshot.succeed(7, clock.now());
    const Timestamp good = clock.now();
    clock.advance(10s);
    const Timestamp firstFailure = clock.now();
    snapshot.fail(brokenError(), clock.now());
    clock.advance(10s);
    snapshot.fail(brokenError(), clock.now());
    ASSERT_TRUE(snapshot.data);
    EXPECT_EQ(*snapshot.data, 7);
    EXPECT_EQ(snapshot.fetchedAt, good);
    EXPECT_EQ(snapshot.failingSince, firstFailure);
    EXPECT_EQ(snapshot.error, brokenError());

    const Snapshot<int> before = snapshot;
    clock.advance(10s);
    snapshot.succeed(8, clock.now());
    EXPECT_EQ(*snapshot.data, 8);
    EXPECT_FALSE(snapshot.error);
    EXPECT_EQ(snapshot.failingSince, Timestamp());
    EXPECT_EQ(*before.data, 7) << "what was published does not change under a reader";
}
