// SPDX-License-Identifier: GPL-3.0-or-later
// One refresh of a dashboard: new data for every panel and a complete repaint, the range moving on by one step each
// time.
#include "widgets/charts/time_series_chart.h"
#include "widgets/theme/theme.h"

#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QDateTimeAxis>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <benchmark/benchmark.h>

#include <cmath>
#include <ctime>
#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;

namespace {

constexpr int panelCount = 23;
constexpr int seriesCount = 10;
constexpr int pointCount = 240;
constexpr QSize panelSize(600, 250);
constexpr std::int64_t stepMs = 15'000;
constexpr std::int64_t startMs = 1'795'486'200'000;

double sampleOf(int panel, int series, std::int64_t index)
{
    const auto at = static_cast<double>(index);
    return 10 + series * 3 + std::sin(at * 0.11 + series) * 4 + std::sin(at * 2.9 + panel) * 0.8;
}

class Dashboard
{
public:
    virtual ~Dashboard() = default;
    virtual void refresh(int turn) = 0;
};

class OwnDashboard final : public Dashboard
{
public:
    OwnDashboard()
    {
        for (int i = 0; i < panelCount; ++i) {
            m_charts.push_back(std::make_unique<charts::TimeSeriesChart>());
            m_charts.back()->resize(panelSize);
        }
    }
    void refresh(int turn) override
    {
        for (int panel = 0; panel < panelCount; ++panel) {
            charts::ChartView view;
            view.range = {Timestamp(Milliseconds(startMs + turn * stepMs)),
                          Timestamp(Milliseconds(startMs + (turn + pointCount - 1) * stepMs))};
            view.step = Milliseconds(stepMs);
            view.unit = u"ops"_s;
            view.minimum = 0;
            for (int s = 0; s < seriesCount; ++s) {
                charts::ChartSeries series{QString::number(s), {}, s};
                for (int i = 0; i < pointCount; ++i) {
                    series.series.times.push_back(startMs + (turn + i) * stepMs);
                    series.series.values.push_back(sampleOf(panel, s, turn + i));
                }
                view.series.append(std::move(series));
            }
            charts::TimeSeriesChart &chart = *m_charts[static_cast<std::size_t>(panel)];
            chart.setView(view, QTimeZone::utc());
            m_image.fill(Qt::black);
            chart.render(&m_image, {}, {}, QWidget::DrawChildren);
        }
    }

private:
    std::vector<std::unique_ptr<charts::TimeSeriesChart>> m_charts;
    QImage m_image{panelSize, QImage::Format_ARGB32_Premultiplied};
};

/// What a first version does: one QChartView a panel, default pens, antialiasing, `replace` for the data.
class PlainDashboard final : public Dashboard
{
public:
    PlainDashboard()
    {
        for (int i = 0; i < panelCount; ++i) {
            auto view = std::make_unique<QChartView>();
            view->setRenderHint(QPainter::Antialiasing);
            view->resize(panelSize);
            view->chart()->legend()->hide();
            auto *times = new QDateTimeAxis;
            times->setFormat(u"hh:mm"_s);
            auto *values = new QValueAxis;
            values->setRange(0, 50);
            view->chart()->addAxis(times, Qt::AlignBottom);
            view->chart()->addAxis(values, Qt::AlignLeft);
            for (int s = 0; s < seriesCount; ++s) {
                auto *series = new QLineSeries;
                view->chart()->addSeries(series);
                series->attachAxis(times);
                series->attachAxis(values);
            }
            m_views.push_back(std::move(view));
        }
    }
    void refresh(int turn) override
    {
        for (int panel = 0; panel < panelCount; ++panel) {
            QChartView &view = *m_views[static_cast<std::size_t>(panel)];
            view.chart()
                ->axes(Qt::Horizontal)
                .constFirst()
                ->setRange(QDateTime::fromMSecsSinceEpoch(startMs + turn * stepMs),
                           QDateTime::fromMSecsSinceEpoch(startMs + (turn + pointCount - 1) * stepMs));
            const QList<QAbstractSeries *> all = view.chart()->series();
            for (int s = 0; s < seriesCount; ++s) {
                QList<QPointF> points;
                points.reserve(pointCount);
                for (int i = 0; i < pointCount; ++i)
                    points.append({static_cast<double>(startMs + (turn + i) * stepMs), sampleOf(panel, s, turn + i)});
                static_cast<QLineSeries *>(all.at(s))->replace(points);
            }
            m_image.fill(Qt::black);
            view.QWidget::render(&m_image, {}, {}, QWidget::DrawChildren);
        }
    }

private:
    std::vector<std::unique_ptr<QChartView>> m_views;
    QImage m_image{panelSize, QImage::Format_ARGB32_Premultiplied};
};

double cpuMilliseconds(Dashboard &dashboard, int turn)
{
    const std::clock_t before = std::clock();
    dashboard.refresh(turn);
    return 1000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

void ownAgainstPlain(benchmark::State &state)
{
    OwnDashboard own;
    PlainDashboard plain;
    own.refresh(0);
    plain.refresh(0);
    std::vector<double> ownTimes, plainTimes;
    int turn = 1;
    for (auto _ : state) {
        ownTimes.push_back(cpuMilliseconds(own, turn));
        plainTimes.push_back(cpuMilliseconds(plain, turn));
        ++turn;
    }
    const auto median = [](std::vector<double> times) {
        std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
        return times[times.size() / 2];
    };
    const double ownMedian = median(ownTimes);
    const double plainMedian = median(plainTimes);
    state.counters["own_ms"] = ownMedian;
    state.counters["plain_ms"] = plainMedian;
    state.counters["plain_over_own"] = plainMedian / ownMedian;
    // Qt Charts with our own curves must stay at a third of Qt Charts as it comes, or the drawing by hand is not worth
    // its code.
    if (plainMedian < 3 * ownMedian)
        state.SkipWithError("our chart takes more than a third of what plain Qt Charts takes");
}
BENCHMARK(ownAgainstPlain)->Iterations(20)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    theme::applyTheme(app, theme::Scheme::Dark);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
