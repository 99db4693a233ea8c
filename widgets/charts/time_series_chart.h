// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/axis_frame.h"
#include "widgets/charts/chart_view.h"
#include "widgets/charts/decimation.h"

#include <QtCore/QSet>
#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

#include <optional>

namespace atalaya::charts {

/// Curves over time. Frame and axes are drawn at once, also while there is nothing to draw; stale curves are grey and
/// dashed with a shaded zone where nothing is known. Large data are decimated off the GUI thread and appear a moment
/// later.
class TimeSeriesChart final : public QWidget
{
    Q_OBJECT
public:
    explicit TimeSeriesChart(QWidget *parent = nullptr);

    /// A view equal to the shown one costs nothing.
    void setView(const ChartView &view, const QTimeZone &zone);
    const ChartView &view() const { return m_view; }
    /// The moment that all charts of a page point at; nothing where the pointer is over none.
    void setCrosshair(std::optional<Timestamp> at);
    std::optional<Timestamp> crosshair() const { return m_crosshair; }
    /// Indexes of the only series shown; empty: all.
    void setIsolated(const QSet<int> &series);
    const QSet<int> &isolated() const { return m_isolated; }
    /// The value of a series at the crosshair: its newest point at or before it, within one and a half steps.
    std::optional<double> valueAt(int series, Timestamp at) const;

    QSize sizeHint() const override { return {400, 200}; }
    QSize minimumSizeHint() const override { return {120, 80}; }

Q_SIGNALS:
    void hovered(std::optional<atalaya::Timestamp> at);
    /// Dragged over: zoom to it.
    void rangeSelected(const atalaya::TimeRange &range);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void decimate();
    bool isShown(int series) const { return m_isolated.isEmpty() || m_isolated.contains(series); }
    std::vector<QPointF> mapped(const std::vector<QPointF> &stretch) const;
    void paintWords(QPainter &painter) const;
    void paintCurves(QPainter &painter) const;
    void paintCurve(QPainter &painter, int index, const QColor &color, bool dashed, bool wide) const;
    void paintBars(QPainter &painter) const;
    void paintThresholds(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintNotKnown(QPainter &painter) const;
    void paintCrosshair(QPainter &painter) const;
    void paintFloatingBox(QPainter &painter) const;

    ChartView m_view;
    QTimeZone m_zone = QTimeZone::utc();
    AxisFrame m_frame;
    std::vector<Stretches> m_curves; ///< per series, in columns of the plot; stacked sums where the view is stacked
    quint64 m_turn = 0;
    std::optional<Timestamp> m_crosshair;
    std::optional<QPointF> m_pointer;
    std::optional<double> m_dragFrom;
    QSet<int> m_isolated;
};

} // namespace atalaya::charts
