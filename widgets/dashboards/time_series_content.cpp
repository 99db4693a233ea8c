// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/time_series_content.h"

#include "widgets/charts/chart_legend.h"
#include "widgets/charts/time_series_chart.h"
#include "widgets/dashboards/stat_content.h"
#include "widgets/dashboards/threshold_state.h"
#include "widgets/theme/state_painter.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {

constexpr qsizetype mostCurves = 60;

QList<charts::ChartMark> chartMarks(const QList<PanelMark> &marks, const TimeRange &range)
{
    QList<charts::ChartMark> shown;
    for (const PanelMark &mark : marks) {
        if (range.contains(mark.at))
            shown.append({mark.at, charts::ChartMark::Kind::Alert, mark.state, mark.text});
    }
    return shown;
}

} // namespace

charts::ChartView chartViewOf(const Panel &panel, const QList<PanelQueries::Answer> &answers, const PanelMoment &moment)
{
    charts::ChartView view;
    view.range = moment.range;
    view.unit = panel.unit;
    view.minimum = panel.minimum;
    view.maximum = panel.maximum;
    view.stacked = panel.stacked;
    view.bars = panel.bars;
    // Where several label sets come twice, the second measure of one takes its hue and a dash.
    QMap<QString, int> hueOfLabels;
    int nextHue = 0;
    std::map<QString, int> repeats;
    for (const PanelQueries::Answer &answer : answers) {
        if (!answer.snapshot.data)
            continue;
        for (const metrics::Series &series : answer.snapshot.data->series) {
            Labels identity = series.labels;
            identity.erase(u"__name__"_s);
            if (!identity.empty())
                ++repeats[labelsText(identity)];
        }
    }
    qsizetype leftOut = 0;
    for (const PanelQueries::Answer &answer : answers) {
        if (answer.step > Milliseconds(0))
            view.step = answer.step;
        if (!answer.snapshot.data)
            continue;
        for (const metrics::Series &series : answer.snapshot.data->series) {
            if (view.series.size() >= mostCurves) {
                ++leftOut;
                continue;
            }
            charts::ChartSeries curve;
            curve.name = legendFor(answer.target.legend, series.labels, answer.target.expr);
            curve.series = series;
            Labels identity = series.labels;
            identity.erase(u"__name__"_s);
            const QString key = labelsText(identity);
            const bool pairs = !identity.empty() && repeats[key] == 2;
            if (pairs && hueOfLabels.contains(key)) {
                curve.hue = hueOfLabels.value(key);
                curve.dashed = true;
            } else {
                curve.hue = nextHue++;
                hueOfLabels.insert(key, curve.hue);
            }
            view.series.append(curve);
        }
    }
    if (leftOut > 0 && !view.series.isEmpty())
        view.series.last().name += PanelContent::tr(" (%1 more not drawn)").arg(leftOut);
    view.filled = panel.filled || view.series.size() == 1;
    for (const Threshold &threshold : panel.thresholds) {
        const std::optional<State> state = stateOfThreshold(threshold.color);
        if (!threshold.isBase && state)
            view.thresholds.append({threshold.value, *state, theme::stateWord(*state, theme::Subject::Alert)});
    }
    if (moment.status.kind == PanelStatus::Kind::Stale)
        view.notKnownSince = moment.status.lastGood;
    if (view.series.isEmpty())
        view.words = insteadOfData(moment);
    return view;
}

TimeSeriesContent::TimeSeriesContent(const Panel &panel, QWidget *parent)
    : PanelContent(parent)
    , m_panel(panel)
    , m_chart(new charts::TimeSeriesChart(this))
    , m_legend(new charts::ChartLegend(this))
{
    setObjectName(u"timeSeriesContent"_s);
    m_chart->setObjectName(u"chart"_s);
    m_chart->setAccessibleName(panel.title);
    m_legend->setObjectName(u"legend"_s);
    connect(m_chart, &charts::TimeSeriesChart::hovered, this, &PanelContent::crosshairMoved);
    connect(m_chart, &charts::TimeSeriesChart::rangeSelected, this, &PanelContent::rangeChosen);
    connect(m_legend, &charts::ChartLegend::isolatedChanged, m_chart, &charts::TimeSeriesChart::setIsolated);
}

int TimeSeriesContent::columns() const
{
    return std::max(60, width() - 44);
}

void TimeSeriesContent::showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment)
{
    m_zone = moment.zone;
    charts::ChartView view = chartViewOf(m_panel, answers, moment);
    view.marks = chartMarks(m_marks, view.range);
    m_chart->setView(view, moment.zone);
    const auto before = m_legend->rows().size();
    m_legend->setRows(charts::legendRows(view), m_panel.unit);
    m_legend->setVisible(!view.series.isEmpty());
    if (m_legend->rows().size() != before)
        arrange();
    showCrosshair(m_chart->crosshair());
}

void TimeSeriesContent::showMarks(const QList<PanelMark> &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    charts::ChartView view = m_chart->view();
    view.marks = chartMarks(m_marks, view.range);
    m_chart->setView(view, m_zone);
}

void TimeSeriesContent::showCrosshair(std::optional<Timestamp> at)
{
    m_chart->setCrosshair(at);
    QList<std::optional<double>> values;
    if (at) {
        for (int i = 0; i < m_chart->view().series.size(); ++i)
            values.append(m_chart->valueAt(i, *at));
    }
    m_legend->setCrosshair(at, m_zone, values);
}

void TimeSeriesContent::arrange()
{
    const int rows = static_cast<int>(m_legend->rows().size());
    // The legend may take what the curves can spare, never more than half.
    const int legend = rows == 0 ? 0 : std::min(m_legend->sizeHint().height(), height() / 2);
    m_chart->setGeometry(0, 0, width(), height() - legend - (legend > 0 ? 4 : 0));
    m_legend->setGeometry(0, height() - legend, width(), legend);
}

void TimeSeriesContent::resizeEvent(QResizeEvent *event)
{
    PanelContent::resizeEvent(event);
    arrange();
}

} // namespace atalaya::dashboards

#include "moc_time_series_content.cpp"
