// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/event_loop.h"
#include "tests/support/golden.h"
#include "tests/widgets/charts/chart_samples.h"
#include "widgets/charts/time_series_chart.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::charts;

namespace {

class TimeSeriesChartTest : public testing::Test
{
protected:
    void SetUp() override
    {
        test::pinLooks();
        chart.resize(400, 220);
        chart.setView(test::waveView(), QTimeZone::utc());
        chart.show();
    }

    TimeSeriesChart chart;
};

} // namespace

TEST_F(TimeSeriesChartTest, TheCrosshairReadsTheNewestPointAtOrBeforeIt)
{
    const ChartView view = test::waveView();
    EXPECT_EQ(chart.valueAt(0, view.range.from + Milliseconds(15'000)), view.series.first().series.values[1]);
    EXPECT_EQ(chart.valueAt(0, view.range.from + Milliseconds(29'999)), view.series.first().series.values[1]);
    EXPECT_FALSE(chart.valueAt(0, view.range.from - Milliseconds(1)));
    EXPECT_FALSE(chart.valueAt(0, view.range.to + Milliseconds(22'501)));
    EXPECT_FALSE(chart.valueAt(7, view.range.from));
}

TEST_F(TimeSeriesChartTest, HoveringSaysWhereAndLeavingSaysNowhere)
{
    QSignalSpy hovered(&chart, &TimeSeriesChart::hovered);
    QTest::mouseMove(&chart, {200, 100});
    ASSERT_GE(hovered.count(), 1);
    const auto at = hovered.last().first().value<std::optional<Timestamp>>();
    ASSERT_TRUE(at);
    EXPECT_TRUE(test::waveView().range.contains(*at));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&chart, &leave);
    EXPECT_FALSE(chart.crosshair());
}

TEST_F(TimeSeriesChartTest, ADragZoomsAndAClickDoesNot)
{
    QSignalSpy selected(&chart, &TimeSeriesChart::rangeSelected);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, {200, 100});
    EXPECT_EQ(selected.count(), 0);
    QTest::mousePress(&chart, Qt::LeftButton, {}, {300, 100});
    QTest::mouseRelease(&chart, Qt::LeftButton, {}, {150, 100});
    ASSERT_EQ(selected.count(), 1);
    const auto range = selected.first().first().value<TimeRange>();
    EXPECT_LT(range.from, range.to);
    EXPECT_LT(range.length(), test::waveView().range.length());
}

TEST_F(TimeSeriesChartTest, LargeDataAppearWithoutHoldingUpTheWindow)
{
    ChartView view = test::waveView();
    view.step = Milliseconds(100);
    metrics::Series large;
    for (int i = 0; i < 36'000; ++i) {
        large.times.push_back(view.range.from.time_since_epoch().count() + i * 100LL);
        large.values.push_back(i % 100);
    }
    view.series = {{u"large"_s, large, 0}};
    view.filled = false;
    chart.setView(view, QTimeZone::utc());
    const QColor hue = theme::themeOf(&chart).hue(0);
    const auto drawn = [&] {
        const QImage picture = test::pictureOf(chart, chart.size());
        for (int y = 0; y < picture.height(); ++y) {
            if (picture.pixelColor(200, y) == hue)
                return true;
        }
        return false;
    };
    EXPECT_FALSE(drawn());
    EXPECT_TRUE(test::runUntil(drawn));
}
