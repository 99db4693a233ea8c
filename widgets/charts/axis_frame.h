// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chart_scale.h"
#include "widgets/theme/theme.h"

#include <QtCore/QRectF>
#include <QtCore/QSize>
#include <QtGui/QPixmap>

namespace atalaya::charts {

/// The ticks of the value axis (its first and last are its ends) and the range of time.
struct AxisPlan
{
    QList<Tick> values;
    TimeRange range{};

    bool operator==(const AxisPlan &) const = default;
};

/// The value axis with its grid, laid out by a QChart and kept as a pixmap for as long as ticks, size, ratio and theme
/// stay. The range may move at every refresh: it only changes the mapping, and the few texts below the plot are painted
/// each time.
class AxisFrame
{
public:
    void layOut(const AxisPlan &plan, const QSize &size, qreal ratio, const theme::Theme &theme);
    void paint(QPainter &painter, const QList<Tick> &times) const;
    /// Where the curves go, in logical pixels.
    QRectF plot() const { return m_plot; }
    const AxisPlan &plan() const { return m_plan; }
    /// How often the chart was laid out, for the benchmark and its test.
    int layoutCount() const { return m_layoutCount; }

    double xOf(Timestamp time) const;
    double yOf(double value) const;
    Timestamp timeAt(double x) const;

private:
    AxisPlan m_plan;
    QSize m_size;
    qreal m_ratio = 0;
    const theme::Theme *m_theme = nullptr;
    QString m_fontKey;
    QPixmap m_pixmap;
    QRectF m_plot;
    int m_layoutCount = 0;
};

} // namespace atalaya::charts
