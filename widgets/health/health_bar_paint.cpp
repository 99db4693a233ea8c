// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/health_bar_paint.h"

#include "widgets/common/sparkline.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {

namespace {

void paintStretch(QPainter &painter, const QRectF &box, const theme::Theme &look, HealthStatus status, bool isSilent)
{
    using theme::Token;
    switch (status) {
    case HealthStatus::Healthy:
        painter.fillRect(QRectF(box.left(), box.bottom() - 4, box.width(), 4),
                         look.color(isSilent ? Token::Stale : Token::Ok));
        return;
    case HealthStatus::Degraded:
        painter.fillRect(QRectF(box.left(), box.bottom() - 9, box.width(), 9),
                         look.color(isSilent ? Token::Stale : Token::Warning));
        return;
    case HealthStatus::Unhealthy: {
        const QRectF tall(box.left(), box.bottom() - 15, box.width(), 15);
        painter.fillRect(tall, look.color(isSilent ? Token::Stale : Token::Critical));
        if (tall.width() < 12)
            return;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(look.color(Token::Bg), 1.4, Qt::SolidLine, Qt::RoundCap));
        const int crosses = std::clamp(static_cast<int>(tall.width() / 18), 1, 3);
        const double step = std::min(18.0, tall.width() / (crosses + 1));
        for (int i = 0; i < crosses; ++i) {
            const QPointF middle(tall.left() + step * (i + 0.6), tall.center().y());
            painter.drawLine(middle + QPointF(-2.2, -2.2), middle + QPointF(2.2, 2.2));
            painter.drawLine(middle + QPointF(-2.2, 2.2), middle + QPointF(2.2, -2.2));
        }
        painter.restore();
        return;
    }
    case HealthStatus::Unknown: {
        const QRectF tall(box.left(), box.bottom() - 15, box.width(), 15);
        theme::paintHatch(painter, tall, look.color(Token::LineStrong));
        painter.save();
        QPen dashed(look.color(Token::Unknown), 1);
        dashed.setDashPattern({3, 2});
        painter.setPen(dashed);
        painter.drawRect(tall.adjusted(0.5, 0.5, -0.5, -0.5));
        painter.restore();
        if (tall.width() >= 14)
            theme::paintText(painter, QRectF(tall.center().x() - 6, tall.top(), 12, tall.height()), u"?"_s,
                             theme::font(theme::TextSize::Small, QFont::DemiBold), look.color(Token::Unknown),
                             Qt::AlignHCenter);
        return;
    }
    }
}

double xOf(Timestamp at, const QRectF &area, const TimeRange &range)
{
    const double length = static_cast<double>(std::max<qint64>(1, range.length().count()));
    return area.left() + area.width() * static_cast<double>((at - range.from).count()) / length;
}

} // namespace

void paintHealthBar(QPainter &painter, const QRectF &area, const theme::Theme &look, const QList<HealthStretch> &bar,
                    const TimeRange &range, bool isSilent)
{
    for (const HealthStretch &stretch : bar) {
        const double left = std::max(area.left(), std::round(xOf(stretch.from, area, range)));
        const double right = std::min(area.right(), std::round(xOf(stretch.to, area, range)));
        // A short trouble must stay visible, however long the range.
        const double least = stretch.status == HealthStatus::Healthy ? 1 : 2;
        if (right < area.left() || left > area.right())
            continue;
        paintStretch(painter, QRectF(left, area.top(), std::max(least, right - left), area.height()), look,
                     stretch.status, isSilent);
    }
}

void paintHealthSample(QPainter &painter, const QRectF &area, const theme::Theme &look, HealthStatus status)
{
    paintStretch(painter, area, look, status, false);
}

void paintLatency(QPainter &painter, const QRectF &area, const theme::Theme &look, const HealthLine &row,
                  const TimeRange &range)
{
    if (row.latency.size() < 2)
        return;
    common::SparklineValues values;
    for (const auto &[at, value] : row.latency) {
        values.times.push_back(static_cast<double>(at.time_since_epoch().count()));
        values.values.push_back(value);
    }
    values.from = static_cast<double>(range.from.time_since_epoch().count());
    values.to = static_cast<double>(range.to.time_since_epoch().count());
    values.stale = row.isSilent;
    common::paintSparkline(painter, area, values, look);
}

} // namespace atalaya::health
