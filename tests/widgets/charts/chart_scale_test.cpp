// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/charts/chart_samples.h"
#include "widgets/charts/axis_frame.h"
#include "widgets/charts/chart_scale.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::charts;

namespace {

QString printed(const QList<Tick> &ticks)
{
    QStringList texts;
    for (const Tick &tick : ticks)
        texts += tick.text;
    return texts.join(u' ');
}

} // namespace

TEST(ChartScale, ValueTicksAreRoundAndSpanTheData)
{
    EXPECT_EQ(printed(valueTicks(0, 47, u"ops"_s)), u"0 20 40 60"_s);
    EXPECT_EQ(printed(valueTicks(0, 4, u"short"_s)), u"0 1 2 3 4"_s);
    EXPECT_EQ(printed(valueTicks(0, 0.83, u"s"_s)), u"0 s 250 ms 500 ms 750 ms 1 s"_s);
    EXPECT_EQ(printed(valueTicks(-3, 3, u"short"_s)), u"-4 -2 0 2 4"_s);
    EXPECT_EQ(printed(valueTicks(0, 5.5, u"percent"_s)), u"0 % 2 % 4 % 6 %"_s);
}

TEST(ChartScale, DataWithoutExtentGetAnAxisAroundThem)
{
    for (const double value : {0.0, 5.0, -5.0, 1e-9, 1e12}) {
        const QList<Tick> ticks = valueTicks(value, value, {});
        ASSERT_GE(ticks.size(), 2) << value;
        EXPECT_LE(ticks.first().at, value);
        EXPECT_GE(ticks.last().at, value);
    }
    EXPECT_GE(valueTicks(0, HUGE_VAL, {}).size(), 2);
}

TEST(ChartScale, TimeTicksAreRoundInTheOperatorsZone)
{
    const ChartView view = test::waveView(); // 02:10 to 03:10 UTC
    EXPECT_EQ(printed(timeTicks(view.range, QTimeZone::utc(), 380)), u"02:15 02:30 02:45 03:00"_s);
    EXPECT_EQ(printed(timeTicks(view.range, QTimeZone(5 * 3600 + 1800), 380)), u"07:45 08:00 08:15 08:30"_s);
    EXPECT_EQ(printed(timeTicks(view.range, QTimeZone::utc(), 100)), u"03:00"_s);
    EXPECT_TRUE(timeTicks({view.range.to, view.range.to}, QTimeZone::utc(), 380).isEmpty());
}

TEST(ChartScale, TheAxisStartsAtZeroUnlessThatFlattensTheCurves)
{
    ChartView view = test::waveView();
    EXPECT_EQ(valueExtent(view).first, 0);
    view.filled = false;
    view.series = {{u"x"_s, test::waveSeries(1000, 0, 0.001), 0}};
    EXPECT_GT(valueExtent(view).first, 900);
    view.series.clear();
    EXPECT_EQ(valueExtent(view), (std::pair{0.0, 1.0}));
}

TEST(ChartScale, ALimitIsShownWhenTheDataComeNearIt)
{
    ChartView view = test::waveView();
    view.thresholds = {{1.0, State::Critical, u"critical"_s}};
    EXPECT_EQ(valueExtent(view).second, 1.0);
    view.thresholds = {{500, State::Critical, u"critical"_s}};
    EXPECT_LT(valueExtent(view).second, 1.0);
}

TEST(AxisFrame, TimesAndValuesMapBothWays)
{
    AxisFrame frame;
    const ChartView view = test::waveView();
    frame.layOut({valueTicks(0, 4, {}), view.range}, {400, 200}, 1, theme::Theme::of(theme::Scheme::Dark));
    ASSERT_GT(frame.plot().width(), 300);
    ASSERT_GT(frame.plot().height(), 120);
    const Timestamp middle = view.range.from + view.range.length() / 2;
    EXPECT_NEAR(frame.xOf(middle), frame.plot().center().x(), 0.01);
    EXPECT_LE(std::abs((frame.timeAt(frame.xOf(middle)) - middle).count()), 1);
    EXPECT_NEAR(frame.yOf(0), frame.plot().bottom(), 0.01);
    EXPECT_NEAR(frame.yOf(4), frame.plot().top(), 0.01);
    EXPECT_EQ(frame.timeAt(-1000), view.range.from);
}

TEST(AxisFrame, ARangeThatMovesWithTheClockIsNotLaidOutAnew)
{
    AxisFrame frame;
    TimeRange range = test::waveView().range;
    for (int i = 0; i < 20; ++i) {
        frame.layOut({valueTicks(0, 4, {}), range}, {400, 200}, 1, theme::Theme::of(theme::Scheme::Dark));
        range.from += Milliseconds(15'000);
        range.to += Milliseconds(15'000);
    }
    EXPECT_EQ(frame.layoutCount(), 1);
    frame.layOut({valueTicks(0, 8, {}), range}, {400, 200}, 1, theme::Theme::of(theme::Scheme::Dark));
    EXPECT_EQ(frame.layoutCount(), 2);
}
