// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/state_painter.h"

#include "widgets/theme/surface_paint.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtGui/QPixmapCache>

#include <cmath>

namespace atalaya::theme {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qreal stroke = 1.4;

QString stateText(const char *source)
{
    return QCoreApplication::translate("State", source);
}

QPen penOf(const QColor &color, qreal width = stroke, Qt::PenStyle style = Qt::SolidLine)
{
    return QPen(color, width, style, Qt::RoundCap, Qt::RoundJoin);
}

/// An outline as an area, so that it can be cut out of a filled shape.
QPainterPath strokedArea(const QPainterPath &line, qreal width)
{
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    return stroker.createStroke(line);
}

QPainterPath questionMark(QPointF middle, qreal scale)
{
    QPainterPath mark;
    mark.moveTo(-1.5, -1.3);
    mark.cubicTo(-1.5, -3.4, 1.5, -3.4, 1.5, -1.4);
    mark.cubicTo(1.5, -0.2, 0, -0.2, 0, 1.1);
    mark.moveTo(0, 2.85);
    mark.lineTo(0, 2.9);
    return QTransform::fromTranslate(middle.x(), middle.y()).scale(scale, scale).map(mark);
}

void drawOk(QPainter &p, const QColor &color)
{
    p.setPen(penOf(color));
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(QPointF(8, 8), 6.3, 6.3);
    p.drawPolyline(QPolygonF{{5.2, 8.3}, {7.2, 10.2}, {10.9, 6.1}});
}

void drawPending(QPainter &p, const QColor &color)
{
    p.setPen(penOf(color, 1.5));
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(QPointF(8, 8), 6.25, 6.25);
    QPainterPath half;
    half.moveTo(8, 4);
    half.arcTo(QRectF(4, 4, 8, 8), 90, -180);
    half.closeSubpath();
    p.fillPath(half, color);
}

void drawWarning(QPainter &p, const QColor &color)
{
    QPainterPath triangle;
    triangle.moveTo(8, 2.1);
    triangle.lineTo(14.6, 13.7);
    triangle.lineTo(1.4, 13.7);
    triangle.closeSubpath();
    QPainterPath area = triangle.united(strokedArea(triangle, 1.6));
    QPainterPath mark;
    mark.moveTo(8, 6.5);
    mark.lineTo(8, 9.4);
    mark.moveTo(8, 11.85);
    mark.lineTo(8, 11.9);
    p.fillPath(area.subtracted(strokedArea(mark, 1.6)), color);
}

void drawCritical(QPainter &p, const QColor &color)
{
    QPainterPath octagon;
    octagon.addPolygon(QPolygonF{
        {5.2, 1.6}, {10.8, 1.6}, {14.4, 5.2}, {14.4, 10.8}, {10.8, 14.4}, {5.2, 14.4}, {1.6, 10.8}, {1.6, 5.2}});
    octagon.closeSubpath();
    QPainterPath area = octagon.united(strokedArea(octagon, 1.0));
    QPainterPath cross;
    cross.moveTo(5.7, 5.7);
    cross.lineTo(10.3, 10.3);
    cross.moveTo(10.3, 5.7);
    cross.lineTo(5.7, 10.3);
    p.fillPath(area.subtracted(strokedArea(cross, 1.7)), color);
}

void drawUnknown(QPainter &p, const QColor &color)
{
    p.setPen(penOf(color, 1.3));
    p.setBrush(Qt::NoBrush);
    p.drawPolygon(QPolygonF{{8, 1.1}, {14.9, 8}, {8, 14.9}, {1.1, 8}});
    p.setPen(penOf(color, 1.25));
    p.drawPath(questionMark({8, 8}, 0.92));
}

void drawStale(QPainter &p, const QColor &color)
{
    QPen ring(color, stroke, Qt::CustomDashLine, Qt::FlatCap);
    // Ten dashes round the ring, whatever the size.
    const qreal part = 2 * 3.14159265358979 * 6.3 / 10 / stroke;
    ring.setDashPattern({part * 0.58, part * 0.42});
    p.setPen(ring);
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(QPointF(8, 8), 6.3, 6.3);
    p.setPen(penOf(color));
    p.drawPolyline(QPolygonF{{8, 4.9}, {8, 8.2}, {10.2, 9.4}});
}

void drawForced(QPainter &p, const QColor &color)
{
    QPainterPath area;
    area.addRoundedRect(QRectF(1.6, 1.6, 12.8, 12.8), 2.4, 2.4);
    QPainterPath body;
    body.addRoundedRect(QRectF(4.6, 7.2, 6.8, 4.8), 0.8, 0.8);
    QPainterPath shackle;
    shackle.moveTo(6, 7.4);
    shackle.lineTo(6, 6.1);
    shackle.arcTo(QRectF(6, 4.1, 4, 4), 180, -180);
    shackle.lineTo(10, 7.4);
    p.fillPath(area.subtracted(body.united(strokedArea(shackle, 1.3))), color);
}

void drawInfo(QPainter &p, const QColor &color)
{
    p.setPen(penOf(color));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(QRectF(2.2, 2.2, 11.6, 11.6), 2.6, 2.6);
    p.drawLine(QPointF(8, 7.5), QPointF(8, 11));
    p.drawLine(QPointF(8, 4.95), QPointF(8, 5));
}

void drawState(QPainter &painter, State state, const QColor &color)
{
    switch (state) {
    case State::Ok:
        return drawOk(painter, color);
    case State::Pending:
        return drawPending(painter, color);
    case State::Warning:
        return drawWarning(painter, color);
    case State::Critical:
        return drawCritical(painter, color);
    case State::Unknown:
        return drawUnknown(painter, color);
    case State::Stale:
        return drawStale(painter, color);
    case State::Forced:
        return drawForced(painter, color);
    case State::Info:
        return drawInfo(painter, color);
    }
}

void drawPoles(QPainter &p, const QColor &color)
{
    p.setPen(penOf(color, 1.5));
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(QPointF(3, 10.5), 1.9, 1.9);
    p.drawEllipse(QPointF(19, 10.5), 1.9, 1.9);
}

void drawSwitch(QPainter &p, Switch glyph, const QColor &color)
{
    drawPoles(p, color);
    const QPen arm = penOf(color, 1.8);
    switch (glyph) {
    case Switch::Closed:
        p.setPen(arm);
        p.drawLine(QPointF(5.2, 10.5), QPointF(16.8, 10.5));
        return;
    case Switch::Open:
        p.setPen(arm);
        p.drawLine(QPointF(4.7, 9.2), QPointF(15, 2.4));
        return;
    case Switch::HalfOpen: {
        QPen dashed(color, 1.8, Qt::CustomDashLine, Qt::FlatCap);
        dashed.setDashPattern({1.75, 1.0});
        p.setPen(dashed);
        p.drawLine(QPointF(4.9, 9.6), QPointF(17.2, 6));
        return;
    }
    case Switch::ForcedOpen:
        p.setPen(arm);
        p.drawLine(QPointF(4.7, 9.2), QPointF(13, 4));
        p.setPen(Qt::NoPen);
        p.setBrush(color);
        p.drawRoundedRect(QRectF(12, 0.8, 5.6, 5.6), 0.6, 0.6);
        return;
    case Switch::Disabled:
        p.setPen(arm);
        p.drawLine(QPointF(5.2, 10.5), QPointF(16.8, 10.5));
        p.setPen(penOf(color, 1.5));
        p.drawLine(QPointF(8, 14), QPointF(14, 4));
        return;
    case Switch::Bypassed: {
        p.setPen(penOf(color, 1.7));
        QPainterPath arc;
        arc.moveTo(3.4, 8.3);
        arc.cubicTo(4.6, 1.2, 17.4, 1.2, 18.6, 8.3);
        p.drawPath(arc);
        return;
    }
    case Switch::Unknown:
        p.setPen(penOf(color, 1.5));
        p.drawPath(questionMark({11, 8}, 1.15));
        return;
    }
}

template <typename Draw>
QPixmap cachedGlyph(const QString &key, QSizeF grid, int height, qreal ratio, Draw draw)
{
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const qreal scale = height / grid.height();
    pixmap =
        QPixmap(static_cast<int>(std::ceil(grid.width() * scale * ratio)), static_cast<int>(std::ceil(height * ratio)));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    draw(painter);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QPixmap stateGlyph(State state, int size, qreal ratio, const QColor &color)
{
    const QString key =
        u"atalaya-state/%1/%2/%3/%4"_s.arg(static_cast<int>(state)).arg(size).arg(ratio).arg(color.rgba(), 0, 16);
    return cachedGlyph(key, {16, 16}, size, ratio, [&](QPainter &p) { drawState(p, state, color); });
}

QPixmap switchGlyph(Switch glyph, int height, qreal ratio, const QColor &color)
{
    const QString key =
        u"atalaya-switch/%1/%2/%3/%4"_s.arg(static_cast<int>(glyph)).arg(height).arg(ratio).arg(color.rgba(), 0, 16);
    return cachedGlyph(key, {22, 16}, height, ratio, [&](QPainter &p) { drawSwitch(p, glyph, color); });
}

void drawCentred(QPainter &painter, const QPixmap &pixmap, const QRectF &box)
{
    const qreal ratio = pixmap.devicePixelRatio();
    const QSizeF size = pixmap.deviceIndependentSize();
    const QPointF corner(box.center().x() - size.width() / 2, box.center().y() - size.height() / 2);
    painter.drawPixmap(QPointF(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio), pixmap);
}

} // namespace

QString stateWord(State state, Subject subject)
{
    switch (state) {
    case State::Ok:
        return subject == Subject::Alert                                 ? stateText("resolved")
               : subject == Subject::Breaker                             ? stateText("closed")
               : subject == Subject::Command || subject == Subject::Flag ? stateText("applied")
                                                                         : stateText("healthy");
    case State::Pending:
        return subject == Subject::Breaker   ? stateText("half-open")
               : subject == Subject::Command ? stateText("accepted")
               : subject == Subject::Flag    ? stateText("at restart")
                                             : stateText("pending");
    case State::Warning:
        return subject == Subject::Health                                ? stateText("degraded")
               : subject == Subject::Breaker || subject == Subject::Flag ? stateText("differs")
                                                                         : stateText("warning");
    case State::Critical:
        return subject == Subject::Health                                ? stateText("unhealthy")
               : subject == Subject::Breaker                             ? stateText("open")
               : subject == Subject::Command || subject == Subject::Flag ? stateText("refused")
                                                                         : stateText("critical");
    case State::Unknown:
        return subject == Subject::Command || subject == Subject::Flag ? stateText("not confirmed")
                                                                       : stateText("unknown");
    case State::Stale:
        return stateText("stale");
    case State::Forced:
        return subject == Subject::Any || subject == Subject::Breaker ? stateText("forced open") : stateText("held");
    case State::Info:
        return stateText("note");
    }
    return stateText("unknown");
}

QString switchWord(Switch glyph)
{
    switch (glyph) {
    case Switch::Closed:
        return stateText("closed");
    case Switch::Open:
        return stateText("open");
    case Switch::HalfOpen:
        return stateText("half-open");
    case Switch::ForcedOpen:
        return stateText("forced open");
    case Switch::Disabled:
        return stateText("disabled");
    case Switch::Bypassed:
        return stateText("bypassed");
    case Switch::Unknown:
        return stateText("unknown");
    }
    return stateText("unknown");
}

State switchState(Switch glyph)
{
    switch (glyph) {
    case Switch::Closed:
        return State::Ok;
    case Switch::Open:
        return State::Critical;
    case Switch::HalfOpen:
        return State::Pending;
    case Switch::ForcedOpen:
        return State::Forced;
    case Switch::Disabled:
        return State::Stale;
    case Switch::Bypassed:
        return State::Warning;
    case Switch::Unknown:
        return State::Unknown;
    }
    return State::Unknown;
}

void StatePainter::paint(QPainter &painter, State state, const QRectF &box) const
{
    paint(painter, state, box, m_theme.color(state));
}

void StatePainter::paint(QPainter &painter, Switch glyph, const QRectF &box) const
{
    paint(painter, glyph, box, m_theme.color(switchState(glyph)));
}

void StatePainter::paint(QPainter &painter, State state, const QRectF &box, const QColor &color) const
{
    const int size = static_cast<int>(std::lround(std::min(box.width(), box.height())));
    drawCentred(painter, stateGlyph(state, size, deviceRatioOf(painter), color), box);
}

void StatePainter::paint(QPainter &painter, Switch glyph, const QRectF &box, const QColor &color) const
{
    const int height = static_cast<int>(std::lround(std::min(box.height(), box.width() * 16 / 22)));
    drawCentred(painter, switchGlyph(glyph, height, deviceRatioOf(painter), color), box);
}

QPixmap StatePainter::pixmap(State state, int size, qreal ratio) const
{
    return stateGlyph(state, size, ratio, m_theme.color(state));
}

QPixmap StatePainter::pixmap(Switch glyph, int height, qreal ratio) const
{
    return switchGlyph(glyph, height, ratio, m_theme.color(switchState(glyph)));
}

} // namespace atalaya::theme
