// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/decimation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace atalaya;
using namespace atalaya::charts;

namespace {

metrics::Series seriesOf(const std::vector<std::int64_t> &times, const std::vector<double> &values)
{
    return {{}, times, values};
}

const TimeRange hundred{Timestamp(Milliseconds(0)), Timestamp(Milliseconds(100'000))};
constexpr Milliseconds second{1000};

} // namespace

TEST(Decimation, NothingGivesNothingAndOnePointStaysOne)
{
    EXPECT_TRUE(decimated({}, hundred, second, 100).empty());
    const Stretches one = decimated(seriesOf({50'000}, {7}), hundred, second, 100);
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(one[0], (std::vector<QPointF>{{50, 7}}));
}

TEST(Decimation, FewPointsAreAllKept)
{
    const Stretches kept = decimated(seriesOf({0, 1000, 2000}, {1, 5, 2}), hundred, second, 100);
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0], (std::vector<QPointF>{{0, 1}, {1, 5}, {2, 2}}));
}

TEST(Decimation, AColumnKeepsFirstLastLowestAndHighestInOrder)
{
    std::vector<std::int64_t> times;
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) {
        times.push_back(i * 100);
        values.push_back(i == 333 ? 99 : i == 666 ? -99 : 1);
    }
    const Stretches kept = decimated(seriesOf(times, values), hundred, Milliseconds(100), 1);
    ASSERT_EQ(kept.size(), 1u);
    ASSERT_EQ(kept[0].size(), 4u);
    EXPECT_EQ(kept[0][1].y(), 99);
    EXPECT_EQ(kept[0][2].y(), -99);
    EXPECT_NEAR(kept[0][3].x(), 0.999, 1e-9);
}

TEST(Decimation, NeverMoreThanFourPointsAColumnAndNoExtremeIsLost)
{
    std::vector<std::int64_t> times;
    std::vector<double> values;
    double highest = 0;
    for (int i = 0; i < 50'000; ++i) {
        times.push_back(i * 2);
        values.push_back(std::sin(i * 0.37) * (i % 97));
        highest = std::max(highest, values.back());
    }
    const Stretches kept = decimated(seriesOf(times, values), hundred, Milliseconds(2), 200);
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_LE(kept[0].size(), 4u * 201);
    double seen = 0;
    for (const QPointF &point : kept[0])
        seen = std::max(seen, point.y());
    EXPECT_EQ(seen, highest);
}

TEST(Decimation, HolesAndNotANumberEndAStretch)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(decimated(seriesOf({0, 1000, 2500, 3500}, {1, 1, 1, 1}), hundred, second, 100).size(), 1u);
    EXPECT_EQ(decimated(seriesOf({0, 1000, 2501, 3500}, {1, 1, 1, 1}), hundred, second, 100).size(), 2u);
    EXPECT_EQ(decimated(seriesOf({0, 1000, 2000}, {1, nan, 1}), hundred, second, 100).size(), 2u);
    EXPECT_TRUE(decimated(seriesOf({0, 1000}, {nan, HUGE_VAL}), hundred, second, 100).empty());
}

TEST(Decimation, PointsOutsideTheRangeAreLeftOut)
{
    const Stretches kept =
        decimated(seriesOf({-1000, 0, 100'000, 101'000}, {1, 2, 3, 4}), hundred, Milliseconds(100'000), 10);
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0], (std::vector<QPointF>{{0, 2}, {10, 3}}));
}
