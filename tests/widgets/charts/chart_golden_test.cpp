// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "tests/widgets/charts/chart_samples.h"
#include "widgets/charts/chart_legend.h"
#include "widgets/charts/gauge_dial.h"
#include "widgets/charts/time_series_chart.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::charts;

namespace {

QImage chartPicture(const ChartView &view, std::optional<Timestamp> crosshair = {})
{
    TimeSeriesChart chart;
    chart.resize(380, 210);
    chart.setView(view, QTimeZone::utc());
    chart.setCrosshair(crosshair);
    return test::pictureOf(chart, {380, 210});
}

} // namespace

TEST(ChartGolden, TwoCurvesWithMarksAndALimit)
{
    for (const QString &scheme : {u"dark"_s, u"light"_s}) {
        test::pinLooks(scheme);
        ChartView view = test::waveView();
        view.thresholds = {{0.8, State::Warning, u"warning"_s}};
        view.marks = {
            {view.range.from + Milliseconds(2'880'000), ChartMark::Kind::Alert, State::Warning, u"HighQueueLatency"_s},
            {view.range.from + Milliseconds(3'200'000), ChartMark::Kind::Command, State::Forced, u"Trip"_s},
            {view.range.from + Milliseconds(1'000'000), ChartMark::Kind::Flag, State::Info, u"FLAG on"_s}};
        EXPECT_TRUE(test::matchesGolden(chartPicture(view, view.range.from + Milliseconds(3'000'000)),
                                        u"chart-curves-"_s + scheme));
    }
}

TEST(ChartGolden, StaleCurvesAreGreyAndWhatFollowsIsNotKnown)
{
    test::pinLooks();
    ChartView view = test::waveView();
    view.series.removeLast();
    view.series.first().series.times.resize(200);
    view.series.first().series.values.resize(200);
    view.notKnownSince = view.range.from + Milliseconds(200 * 15'000);
    EXPECT_TRUE(test::matchesGolden(chartPicture(view), u"chart-stale"_s));
}

TEST(ChartGolden, WaitingDrawsTheFrameAtOnce)
{
    test::pinLooks();
    ChartView view = test::waveView();
    view.series.clear();
    view.words = u"asked 1.2 s ago"_s;
    EXPECT_TRUE(test::matchesGolden(chartPicture(view), u"chart-waiting"_s));
}

TEST(ChartGolden, StackedAreasAndBars)
{
    test::pinLooks();
    ChartView view = test::waveView();
    view.stacked = true;
    EXPECT_TRUE(test::matchesGolden(chartPicture(view), u"chart-stacked"_s));
    view.stacked = false;
    view.bars = true;
    view.step = Milliseconds(60'000);
    for (ChartSeries &each : view.series) {
        metrics::Series thin;
        for (std::size_t i = 0; i < each.series.times.size(); i += 4) {
            thin.times.push_back(each.series.times[i]);
            thin.values.push_back(each.series.values[i]);
        }
        each.series = thin;
    }
    EXPECT_TRUE(test::matchesGolden(chartPicture(view), u"chart-bars"_s));
}

TEST(ChartGolden, AGapStaysAGap)
{
    test::pinLooks();
    ChartView view = test::waveView();
    view.series.removeLast();
    metrics::Series &series = view.series.first().series;
    series.times.erase(series.times.begin() + 60, series.times.begin() + 100);
    series.values.erase(series.values.begin() + 60, series.values.begin() + 100);
    EXPECT_TRUE(test::matchesGolden(chartPicture(view), u"chart-gap"_s));
}

TEST(ChartGolden, TheLegendSaysLastMinMaxMean)
{
    test::pinLooks();
    ChartLegend legend;
    legend.setRows(legendRows(test::waveView()), u"s"_s);
    EXPECT_TRUE(test::matchesGolden(test::pictureOf(legend, {380, 52}), u"legend-wide"_s));
    EXPECT_TRUE(test::matchesGolden(test::pictureOf(legend, {240, 52}), u"legend-narrow"_s));
}

TEST(ChartGolden, GaugesInEachState)
{
    test::pinLooks();
    GaugeDial gauge;
    GaugeView view{0.43,          0, 10, u"percent"_s, {{0, State::Ok}, {1, State::Warning}, {5, State::Critical}},
                   u"limit 5 %"_s};
    gauge.setView(view);
    EXPECT_TRUE(test::matchesGolden(test::pictureOf(gauge, {220, 140}), u"gauge-ok"_s));
    view.value = 7.2;
    gauge.setView(view);
    EXPECT_TRUE(test::matchesGolden(test::pictureOf(gauge, {220, 140}), u"gauge-critical"_s));
    view.value.reset();
    gauge.setView(view);
    EXPECT_TRUE(test::matchesGolden(test::pictureOf(gauge, {220, 140}), u"gauge-no-data"_s));
}
