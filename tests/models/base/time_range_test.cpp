// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_range.h"
#include "tests/models/base/base_test.h"

#include <random>

using namespace atalaya;
using namespace std::chrono_literals;

namespace {

TimeRange rangeOf(Milliseconds length)
{
    const Timestamp from{Milliseconds(1'795'521'600'000)};
    return {from, from + length};
}

} // namespace

TEST(StepTest, IsRoundAndNeverUnderTheScrape)
{
    EXPECT_EQ(stepFor(rangeOf(15min), 600, 5s), 5s);
    EXPECT_EQ(stepFor(rangeOf(1h), 600, 5s), 10s);
    EXPECT_EQ(stepFor(rangeOf(1h), 600, 15s), 15s);
    EXPECT_EQ(stepFor(rangeOf(24h), 600, 15s), 5min);
    EXPECT_EQ(stepFor(rangeOf(168h), 600, 15s), 30min);
    EXPECT_EQ(stepFor(rangeOf(1h), 600, 7s), 7s) << "an odd scrape interval is kept as it is";
    EXPECT_EQ(stepFor(rangeOf(2h), 600, 7s), 14s);
}

TEST(StepTest, StaysWithinThePointsThatPrometheusAllows)
{
    std::mt19937_64 random(3);
    for (int i = 0; i < 5000; ++i) {
        const Milliseconds length(random() % (20LL * 365 * 86'400'000));
        const Milliseconds scrape(1 + static_cast<qint64>(random() % 120'000));
        const int columns = static_cast<int>(random() % 20'000);
        const Milliseconds step = stepFor(rangeOf(length), columns, scrape);
        ASSERT_GE(step, scrape);
        ASSERT_EQ(step % scrape, 0ms) << "every point meets a scrape";
        ASSERT_LE(length / step + 1, 11'000) << length.count() << ' ' << step.count();
    }
}

TEST(StepTest, HasAnAnswerForOddInput)
{
    EXPECT_GT(stepFor(rangeOf(0ms), 0, 0ms), 0ms);
    EXPECT_GT(stepFor(rangeOf(1h), -5, 0ms), 0ms);
    EXPECT_GT(stepFor(rangeOf(1h), 600, -1s), 0ms);
}

TEST(TimeRangeTest, IsClosed)
{
    const TimeRange range = rangeOf(1h);
    EXPECT_EQ(range.length(), 1h);
    EXPECT_TRUE(range.contains(range.from));
    EXPECT_TRUE(range.contains(range.to));
    EXPECT_FALSE(range.contains(range.to + 1ms));
    EXPECT_FALSE(range.contains(range.from - 1ms));
}
