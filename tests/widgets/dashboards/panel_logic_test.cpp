// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/heat_cells.h"
#include "widgets/dashboards/panel_layout.h"
#include "widgets/dashboards/panel_status.h"
#include "widgets/dashboards/series_statistics.h"
#include "widgets/dashboards/threshold_state.h"

#include <QtCore/QTimeZone>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::dashboards {
namespace {

Panel panelAt(PanelType type, const QRect &grid)
{
    Panel panel;
    panel.type = type;
    panel.grid = grid;
    return panel;
}

metrics::Series seriesOf(const Labels &labels, std::vector<double> values)
{
    metrics::Series series;
    series.labels = labels;
    for (std::size_t i = 0; i < values.size(); ++i)
        series.times.push_back(static_cast<std::int64_t>(1000 * i));
    series.values = std::move(values);
    return series;
}

TEST(PanelLayout, StandsInGrafanasGridWithoutOverlap)
{
    const QList<Panel> panels{panelAt(PanelType::Stat, {0, 0, 6, 4}), panelAt(PanelType::Stat, {6, 0, 6, 4}),
                              panelAt(PanelType::TimeSeries, {0, 4, 12, 8}),
                              panelAt(PanelType::TimeSeries, {12, 0, 12, 8})};
    const PanelLayout layout = layOutPanels(panels, {}, 1200);
    EXPECT_EQ(layout.rects.at(0).left(), 0);
    EXPECT_EQ(layout.rects.at(1).left() - layout.rects.at(0).right() - 1, 8);
    EXPECT_EQ(layout.rects.at(3).right() + 1, 1200);
    EXPECT_EQ(layout.rects.at(2).top(), layout.rects.at(0).bottom() + 1 + 8);
    for (int i = 0; i < panels.size(); ++i) {
        for (int j = i + 1; j < panels.size(); ++j)
            EXPECT_FALSE(layout.rects.at(i).intersects(layout.rects.at(j))) << i << " and " << j;
    }
}

TEST(PanelLayout, ClosesUpOverAHoleAsGrafanaDoes)
{
    const PanelLayout layout = layOutPanels(
        {panelAt(PanelType::TimeSeries, {0, 0, 24, 4}), panelAt(PanelType::TimeSeries, {0, 40, 24, 4})}, {}, 1000);
    EXPECT_EQ(layout.rects.at(1).top(), layout.rects.at(0).bottom() + 1 + 8);
}

TEST(PanelLayout, AFoldedRowHidesItsPanelsAndOnlyThose)
{
    const QList<Panel> panels{panelAt(PanelType::Row, {0, 0, 24, 1}), panelAt(PanelType::Stat, {0, 1, 12, 4}),
                              panelAt(PanelType::Row, {0, 5, 24, 1}), panelAt(PanelType::Stat, {0, 6, 12, 4})};
    EXPECT_EQ(rowOf(panels, 1), 0);
    EXPECT_EQ(rowOf(panels, 3), 2);
    const PanelLayout layout = layOutPanels(panels, {0}, 1000);
    EXPECT_TRUE(layout.rects.at(1).isNull());
    EXPECT_FALSE(layout.rects.at(3).isNull());
    EXPECT_LT(layout.height, layOutPanels(panels, {}, 1000).height);
}

TEST(PanelLayout, OneColumnWhereItIsNarrow)
{
    const QList<Panel> panels{panelAt(PanelType::Stat, {0, 0, 6, 4}), panelAt(PanelType::Stat, {6, 0, 6, 4}),
                              panelAt(PanelType::TimeSeries, {0, 4, 8, 8}),
                              panelAt(PanelType::TimeSeries, {8, 4, 8, 8})};
    const PanelLayout layout = layOutPanels(panels, {}, oneColumnBelow - 1);
    EXPECT_EQ(layout.rects.at(0).top(), layout.rects.at(1).top());
    EXPECT_EQ(layout.rects.at(2).width(), oneColumnBelow - 1);
    EXPECT_GT(layout.rects.at(3).top(), layout.rects.at(2).bottom());
}

TEST(SeriesStatistics, LeaveOutWhatIsNoNumber)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto found = statisticsOf(seriesOf({}, {4, nan, 2, 6, nan}));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->last, 6);
    EXPECT_EQ(found->minimum, 2);
    EXPECT_EQ(found->maximum, 6);
    EXPECT_EQ(found->mean, 4);
    EXPECT_FALSE(statisticsOf(seriesOf({}, {nan, nan})));
    EXPECT_FALSE(reduced(seriesOf({}, {}), u"sum"_s)) << "no points is no value, not zero";
    EXPECT_EQ(reduced(seriesOf({}, {1, 5}), u"delta"_s), 4);
    EXPECT_EQ(reduced(seriesOf({}, {1, 5}), u"no such reducer"_s), 5);
}

TEST(HeatCells, AreDifferencesOfCumulativeBuckets)
{
    const auto cells = heatCells({seriesOf({{u"le"_s, u"+Inf"_s}}, {10, 12}), seriesOf({{u"le"_s, u"0.1"_s}}, {4, 12}),
                                  seriesOf({{u"le"_s, u"1"_s}}, {9, 11})},
                                 {});
    ASSERT_EQ(cells.buckets.size(), 3U);
    EXPECT_EQ(cells.buckets[1].lower, 0.1);
    EXPECT_EQ(cells.buckets[1].upper, 1);
    EXPECT_TRUE(std::isinf(cells.buckets[2].upper));
    EXPECT_EQ(cells.counts[0], (std::vector<double>{4, 12}));
    EXPECT_EQ(cells.counts[1], (std::vector<double>{5, 0})) << "a bucket torn by a scrape is empty, not negative";
    EXPECT_EQ(cells.most, 12);
}

TEST(HeatCells, SeriesWithoutABoundAreBucketsByName)
{
    const auto cells = heatCells({seriesOf({{u"kind"_s, u"a"_s}}, {1}), seriesOf({{u"le"_s, u"not a number"_s}}, {2})},
                                 {u"a"_s, u"b"_s});
    ASSERT_EQ(cells.buckets.size(), 2U);
    EXPECT_EQ(cells.buckets[0].name, u"a"_s);
    EXPECT_EQ(cells.buckets[1].name, u"b"_s);
}

TEST(ThresholdState, KnowsGrafanasWords)
{
    EXPECT_EQ(stateOfThreshold(u"dark-red"_s), State::Critical);
    EXPECT_EQ(stateOfThreshold(u"#EAB839"_s), State::Warning);
    EXPECT_EQ(stateOfThreshold(u"green"_s), std::nullopt);
    const QList<Threshold> thresholds{{0, u"green"_s, true}, {1, u"orange"_s, false}, {5, u"red"_s, false}};
    EXPECT_EQ(stateOfValue(0.5, thresholds), std::nullopt);
    EXPECT_EQ(stateOfValue(1, thresholds), State::Warning);
    EXPECT_EQ(stateOfValue(50, thresholds), State::Critical);
    EXPECT_EQ(stateOfValue(std::nan(""), thresholds), std::nullopt);
    EXPECT_EQ(stateOfValue(0.2, {{0, u"red"_s, true}, {1, u"green"_s, false}}), State::Critical);
    EXPECT_EQ(stateOfValue(1, {{0, u"red"_s, true}, {1, u"green"_s, false}}), std::nullopt);
}

class Status : public ::testing::Test
{
protected:
    PanelQueries::Answer answered(std::vector<metrics::Series> series) const
    {
        PanelQueries::Answer answer;
        metrics::QueryResult result;
        result.series = std::move(series);
        answer.snapshot.interval = 15s;
        answer.snapshot.askedAt = now - 1s;
        answer.snapshot.succeed(result, now);
        return answer;
    }
    Timestamp now{1'795'489'200'000ms};
    QTimeZone zone = QTimeZone::utc();
};

TEST_F(Status, SaysHowLongItWaitsAndWhenThatIsSlow)
{
    PanelQueries::Answer answer;
    answer.snapshot.askedAt = now - 1200ms;
    PanelStatus status = panelStatus({answer}, now, zone, 400ms);
    EXPECT_EQ(status.word, u"asked 1.2 s ago"_s);
    EXPECT_EQ(status.kind, PanelStatus::Kind::Waiting);
    answer.snapshot.askedAt = now - 6400ms;
    status = panelStatus({answer}, now, zone, 400ms);
    EXPECT_EQ(status.word, u"asked 6.4 s ago, slow"_s);
    EXPECT_EQ(status.kind, PanelStatus::Kind::Slow);
}

TEST_F(Status, AFailureKeepsTheServersWords)
{
    PanelQueries::Answer answer;
    Error error{ErrorKind::Server, u"prom"_s, u"refused the query"_s, u"parse error: unexpected end of input"_s};
    answer.snapshot.fail(error, now - 70s);
    PanelStatus status = panelStatus({answer}, now, zone, 0ms);
    EXPECT_EQ(status.kind, PanelStatus::Kind::Failed);
    EXPECT_EQ(status.serverWords, u"parse error: unexpected end of input"_s);
    EXPECT_TRUE(status.word.contains(u"1 m 10 s")) << qPrintable(status.word);

    PanelQueries::Answer stale = answered({seriesOf({}, {1})});
    stale.snapshot.fail(error, now + 5s);
    status = panelStatus({stale}, now + 5s, zone, 0ms);
    EXPECT_EQ(status.kind, PanelStatus::Kind::Stale);
    EXPECT_TRUE(status.word.contains(u"last good data 03:00:00")) << qPrintable(status.word);
}

TEST_F(Status, OldDataAreStaleWithoutAnyError)
{
    EXPECT_EQ(panelStatus({answered({seriesOf({}, {1})})}, now + 20s, zone, 0ms).kind, PanelStatus::Kind::Fine);
    const PanelStatus status = panelStatus({answered({seriesOf({}, {1})})}, now + 40s, zone, 0ms);
    EXPECT_EQ(status.kind, PanelStatus::Kind::Stale);
}

TEST_F(Status, NoSeriesIsEmptyAndNotFine)
{
    EXPECT_EQ(panelStatus({answered({})}, now, zone, 0ms).kind, PanelStatus::Kind::Empty);
}

} // namespace
} // namespace atalaya::dashboards
