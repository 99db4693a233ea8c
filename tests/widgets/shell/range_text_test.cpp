// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/range_text.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using shell::ShownRange;

namespace {

constexpr Timestamp rangeNow{Milliseconds(1'795'489'200'000)}; // 2026-11-24T03:00:00Z

} // namespace

TEST(RangeText, OneDayIsWrittenShort)
{
    EXPECT_EQ(shell::spanText({rangeNow - 1h, rangeNow}, QTimeZone::utc()), u"02:00 to 03:00"_s);
    EXPECT_EQ(shell::spanText({rangeNow - 1h, rangeNow}, QTimeZone("Europe/Madrid")), u"03:00 to 04:00"_s);
}

TEST(RangeText, TwoDaysNameBoth)
{
    EXPECT_EQ(shell::spanText({rangeNow - 5h, rangeNow}, QTimeZone::utc()), u"23 Nov 22:00 to 24 Nov 03:00"_s);
}

TEST(RangeText, UnusualLengthsAreWrittenAsDurations)
{
    EXPECT_EQ(shell::trailingText(1h), u"Last 1 hour"_s);
    EXPECT_EQ(shell::trailingText(90min), u"Last 1h30m"_s);
}

TEST(RangeText, ZoomingOutTakesTheNextLongerQuickRange)
{
    EXPECT_EQ(shell::zoomedOut({Milliseconds(1h), {}}, rangeNow), (ShownRange{Milliseconds(3h), {}}));
    EXPECT_EQ(shell::zoomedOut({Milliseconds(24h), {}}, rangeNow), (ShownRange{Milliseconds(48h), {}}));
    EXPECT_EQ(shell::zoomedOut({Milliseconds(24h * 30), {}}, rangeNow), (ShownRange{Milliseconds(24h * 30), {}}));
}

TEST(RangeText, AFixedRangeGrowsAroundItsMiddleAndEndsNow)
{
    const ShownRange early{std::nullopt, {rangeNow - 4h, rangeNow - 3h}};
    EXPECT_EQ(shell::zoomedOut(early, rangeNow).fixed, (TimeRange{rangeNow - 4h - 30min, rangeNow - 2h - 30min}));
    const ShownRange late{std::nullopt, {rangeNow - 1h, rangeNow}};
    EXPECT_EQ(shell::zoomedOut(late, rangeNow).fixed, (TimeRange{rangeNow - 1h - 30min, rangeNow}));
}
