// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/golden_signal.h"

#include "widgets/theme/surface_paint.h"
#include "widgets/theme/theme.h"

#include <QtGui/QPainter>
#include <QtGui/QPolygonF>

#include <algorithm>
#include <cmath>

namespace atalaya::overview {

namespace {

struct TraceScale
{
    QRectF area;
    TimeRange range;
    double top = 1;

    QPointF at(std::int64_t time, double value) const
    {
        const double share = static_cast<double>(time - range.from.time_since_epoch().count()) /
                             static_cast<double>(range.length().count());
        return {area.left() + share * area.width(), area.bottom() - std::clamp(value / top, 0.0, 1.0) * area.height()};
    }
};

/// The stretches between gaps, at most four points a pixel column.
QList<QPolygonF> traceStretches(const GoldenView &golden, const TraceScale &scale)
{
    QList<QPolygonF> stretches;
    // Samples stand at equal steps: a hole of more than one and a half usual ones is a gap.
    std::int64_t usual = 0;
    for (std::size_t i = 1; i < golden.times.size(); ++i) {
        const std::int64_t step = golden.times[i] - golden.times[i - 1];
        usual = usual == 0 ? step : std::min(usual, step);
    }
    QPolygonF current;
    std::int64_t last = 0;
    for (std::size_t i = 0; i < golden.times.size(); ++i) {
        const double value = golden.values[i];
        const bool gap = !std::isfinite(value) || (last != 0 && golden.times[i] - last > usual + usual / 2);
        if (gap && !current.isEmpty()) {
            stretches.append(current);
            current.clear();
        }
        if (!std::isfinite(value)) {
            last = 0;
            continue;
        }
        last = golden.times[i];
        const QPointF point = scale.at(last, value);
        const auto size = current.size();
        if (size >= 2 && std::floor(current.at(size - 1).x()) == std::floor(point.x()) &&
            std::floor(current.at(size - 2).x()) == std::floor(point.x()) &&
            (point.y() - current.at(size - 1).y()) * (current.at(size - 1).y() - current.at(size - 2).y()) >= 0)
            current[size - 1] = point;
        else
            current.append(point);
    }
    if (!current.isEmpty())
        stretches.append(current);
    return stretches;
}

} // namespace

void paintTrace(QPainter &painter, const QRectF &area, const GoldenView &golden, std::optional<Timestamp> began,
                const theme::Theme &look)
{
    if (area.height() < 4 || golden.range.length() <= Milliseconds(0))
        return;
    theme::paintHairline(painter, QPointF(area.left(), area.bottom()), area.width(), Qt::Horizontal,
                         look.color(theme::Token::Line));
    TraceScale scale{area.adjusted(0, 4, -4, 0), golden.range, 0};
    for (const double value : golden.values) {
        if (std::isfinite(value))
            scale.top = std::max(scale.top, value);
    }
    if (scale.top <= 0)
        scale.top = 1;

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor line = golden.live ? look.hue(0) : look.color(theme::Token::Stale);
    QColor fill = line;
    fill.setAlphaF(0.14F);
    QPen pen(line, 1.5);
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setCapStyle(Qt::RoundCap);
    if (!golden.live) {
        pen.setDashPattern({3.3, 2});
        pen.setCapStyle(Qt::FlatCap);
    }
    const QList<QPolygonF> stretches = traceStretches(golden, scale);
    for (const QPolygonF &stretch : stretches) {
        QPolygonF under = stretch;
        under.append(QPointF(stretch.last().x(), scale.area.bottom()));
        under.append(QPointF(stretch.first().x(), scale.area.bottom()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(under);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        if (stretch.size() == 1)
            painter.drawPoint(stretch.first());
        else
            painter.drawPolyline(stretch);
    }
    if (began && golden.range.contains(*began)) {
        const QPointF at = scale.at(began->time_since_epoch().count(), 0);
        QPen mark(look.color(theme::Token::Text2), 1);
        mark.setDashPattern({1, 2});
        painter.setPen(mark);
        const qreal x = std::round(at.x()) + 0.5;
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    if (golden.live && golden.hasValue && !stretches.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(line);
        painter.drawEllipse(stretches.last().last(), 2.5, 2.5);
    }
    painter.restore();
}

} // namespace atalaya::overview
