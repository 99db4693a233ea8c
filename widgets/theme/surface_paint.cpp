// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/surface_paint.h"

#include "widgets/theme/color_science.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtGui/QPixmapCache>

#include <cmath>

namespace atalaya::theme {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A tile of `side` logical pixels with stripes from lower left to upper right that meet at its edges.
QPixmap stripeTile(int side, qreal lineShare, qreal ratio, const QColor &color)
{
    const QString key = u"atalaya-stripes/%1/%2/%3/%4"_s.arg(side).arg(lineShare).arg(ratio).arg(color.rgba(), 0, 16);
    QPixmap tile;
    if (QPixmapCache::find(key, &tile))
        return tile;
    // Whole device pixels, so that the stripes of neighbouring tiles meet.
    const int pixels = std::max(4, static_cast<int>(std::lround(side * ratio)));
    tile = QPixmap(pixels, pixels);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, pixels * lineShare, Qt::SolidLine, Qt::FlatCap));
    for (const int offset : {-pixels, 0, pixels})
        painter.drawLine(QPointF(offset - pixels, 2.0 * pixels), QPointF(offset + 2.0 * pixels, -pixels));
    painter.end();
    tile.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, tile);
    return tile;
}

void tileOver(QPainter &painter, const QRectF &area, const QPixmap &tile)
{
    const qreal ratio = deviceRatioOf(painter);
    // drawTiledPixmap resamples at fractional ratios; tiles laid by hand on device pixels stay sharp.
    const qreal side = tile.width() / ratio;
    for (qreal y = std::floor(area.top() / side) * side; y < area.bottom(); y += side) {
        for (qreal x = std::floor(area.left() / side) * side; x < area.right(); x += side)
            painter.drawPixmap(QPointF(x, y), tile);
    }
}

} // namespace

qreal deviceRatioOf(const QPainter &painter)
{
    const qreal scale = std::abs(painter.deviceTransform().m11());
    return scale > 0.05 ? scale : painter.device()->devicePixelRatioF();
}

void paintHairline(QPainter &painter, const QPointF &from, qreal length, Qt::Orientation orientation,
                   const QColor &color)
{
    const qreal ratio = deviceRatioOf(painter);
    const auto snapped = [ratio](qreal value) { return std::round(value * ratio) / ratio; };
    const qreal thickness = std::max(1.0, std::floor(ratio)) / ratio;
    const QPointF start(snapped(from.x()), snapped(from.y()));
    painter.fillRect(orientation == Qt::Horizontal ? QRectF(start, QSizeF(length, thickness))
                                                   : QRectF(start, QSizeF(thickness, length)),
                     color);
}

void paintHatch(QPainter &painter, const QRectF &area, const QColor &color, qreal radius)
{
    painter.save();
    if (radius > 0) {
        QPainterPath clip;
        clip.addRoundedRect(area, radius, radius);
        painter.setClipPath(clip, Qt::IntersectClip);
    } else {
        painter.setClipRect(area, Qt::IntersectClip);
    }
    tileOver(painter, area, stripeTile(8, 0.12, deviceRatioOf(painter), color));
    painter.restore();
}

void paintSurface(QPainter &painter, const QRectF &area, qreal radius, const QColor &fill, const QColor &border,
                  qreal borderWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal inset = border.isValid() ? borderWidth / 2 : 0;
    painter.setPen(border.isValid() ? QPen(border, borderWidth) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal corner = std::max(0.0, radius - inset);
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), corner, corner);
    painter.restore();
}

void paintStateSurface(QPainter &painter, const QRectF &area, qreal radius, const Theme &theme, State state)
{
    if (theme.isHighContrast())
        paintSurface(painter, area, radius, theme.background(state), theme.color(state), 2);
    else
        paintSurface(painter, area, radius, theme.background(state), {});
}

void paintFocusRing(QPainter &painter, const QRectF &area, qreal radius, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Token::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(area, radius, radius);
    painter.restore();
}

qreal paintText(QPainter &painter, const QRectF &area, const QString &text, const QFont &font, const QColor &color,
                Qt::Alignment alignment)
{
    const QFontMetricsF metrics(font);
    QString shown = text;
    qreal width = metrics.horizontalAdvance(shown);
    // Half a pixel of grace: rounding must not cut a text that fits.
    if (width > area.width() + 0.5) {
        shown = metrics.elidedText(text, Qt::ElideRight, area.width());
        width = metrics.horizontalAdvance(shown);
    }
    qreal x = area.left();
    if (alignment & Qt::AlignRight)
        x = area.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = area.center().x() - width / 2;
    painter.setFont(font);
    painter.setPen(color);
    const qreal baseline = std::round(area.center().y() + (metrics.ascent() - metrics.descent()) / 2);
    painter.drawText(QPointF(x, baseline), shown);
    return width;
}

} // namespace atalaya::theme
