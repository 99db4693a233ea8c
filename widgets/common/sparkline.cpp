// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sparkline.h"

#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>
#include <cmath>

namespace atalaya::common {

namespace {

/// One point a pixel column at most: lowest and highest of the column, so that no spike is lost.
std::vector<QPolygonF> sparklineRuns(const QRectF &plot, const SparklineValues &v)
{
    double low = 0;
    double high = 0;
    for (const double value : v.values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (high - low <= 0)
        high = low + 1;
    const double span = v.to > v.from ? v.to - v.from : 1;
    const auto yOf = [&](double value) { return plot.bottom() - (value - low) / (high - low) * plot.height(); };

    std::vector<QPolygonF> runs;
    QPolygonF run;
    int column = -1;
    double first = 0, last = 0, least = 0, most = 0;
    const auto flush = [&] {
        if (column < 0)
            return;
        const double x = plot.left() + column + 0.5;
        run.append({x, yOf(first)});
        if (least < std::min(first, last))
            run.append({x, yOf(least)});
        if (most > std::max(first, last))
            run.append({x, yOf(most)});
        if (last != first)
            run.append({x, yOf(last)});
        column = -1;
    };
    const std::size_t count = std::min(v.times.size(), v.values.size());
    for (std::size_t i = 0; i < count; ++i) {
        const double share = (v.times[i] - v.from) / span;
        if (share < 0 || share > 1)
            continue;
        if (!std::isfinite(v.values[i])) {
            flush();
            if (!run.isEmpty())
                runs.push_back(std::exchange(run, {}));
            continue;
        }
        const int here = static_cast<int>(share * std::max(0.0, plot.width() - 1));
        if (here != column) {
            flush();
            column = here;
            first = least = most = v.values[i];
        }
        last = v.values[i];
        least = std::min(least, last);
        most = std::max(most, last);
    }
    flush();
    if (!run.isEmpty())
        runs.push_back(run);
    return runs;
}

} // namespace

void paintSparkline(QPainter &painter, const QRectF &area, const SparklineValues &values, const theme::Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF plot = area.adjusted(1, 3, -3, -2);
    theme::paintHairline(painter, {area.left(), area.bottom() - 1}, area.width(), Qt::Horizontal,
                         theme.color(theme::Token::Line));

    const QColor color = values.stale ? theme.color(theme::Token::Stale) : theme.hue(0);
    const std::vector<QPolygonF> runs = sparklineRuns(plot, values);
    QColor fill = color;
    fill.setAlphaF(theme.isDark() ? 0.16f : 0.13f);
    for (const QPolygonF &run : runs) {
        if (run.size() < 2)
            continue;
        QPolygonF body = run;
        body.append({run.last().x(), area.bottom() - 1});
        body.append({run.first().x(), area.bottom() - 1});
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(body);
    }
    QPen pen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (values.stale) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({3.0, 1.8});
    }
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF &run : runs) {
        if (run.size() == 1) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(run.first(), 1.2, 1.2);
            painter.setBrush(Qt::NoBrush);
            continue;
        }
        painter.setPen(pen);
        painter.drawPolyline(run);
    }
    if (values.beganAt && values.to > values.from) {
        const double share = (*values.beganAt - values.from) / (values.to - values.from);
        if (share >= 0 && share <= 1) {
            const double x = std::round(plot.left() + share * (plot.width() - 1)) + 0.5;
            QPen dotted(theme.color(theme::Token::Text2), 1, Qt::CustomDashLine, Qt::FlatCap);
            dotted.setDashPattern({2, 2});
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.setPen(dotted);
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() - 1));
            painter.setRenderHint(QPainter::Antialiasing);
        }
    }
    if (!runs.empty() && !values.stale) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(runs.back().last(), 2.4, 2.4);
    }
    painter.restore();
}

} // namespace atalaya::common
