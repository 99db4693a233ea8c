// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dashboards/panel_content.h"

namespace atalaya::charts {
class ChartLegend;
class TimeSeriesChart;
struct ChartView;
} // namespace atalaya::charts

namespace atalaya::dashboards {

/// Curves with their legend below.
class TimeSeriesContent final : public PanelContent
{
    Q_OBJECT
public:
    TimeSeriesContent(const Panel &panel, QWidget *parent);

    void showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment) override;
    void showMarks(const QList<PanelMark> &marks) override;
    void showCrosshair(std::optional<Timestamp> at) override;
    int columns() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    const Panel m_panel;
    charts::TimeSeriesChart *m_chart;
    charts::ChartLegend *m_legend;
    QList<PanelMark> m_marks;
    QTimeZone m_zone = QTimeZone::utc();
};

/// The chart a panel's answers make: series of all queries in order, a second measure of the same label set in the same
/// hue and dashed, thresholds as lines, and the words said while there is nothing to draw. Pure.
charts::ChartView chartViewOf(const Panel &panel, const QList<PanelQueries::Answer> &answers,
                              const PanelMoment &moment);

} // namespace atalaya::dashboards
