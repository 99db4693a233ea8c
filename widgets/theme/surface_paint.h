// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtCore/QRectF>
#include <QtCore/QString>

class QFont;
class QPainter;
class QPainterPath;

namespace atalaya::theme {

/// Small pieces of painting that delegates, charts and widgets share. All honour the painter's device ratio.

/// Device pixels per logical pixel of what is painted now: the screen's ratio, and any scale of a picture being
/// rendered.
qreal deviceRatioOf(const QPainter &painter);
/// A hairline of one logical pixel on whole device pixels, filled and never stroked.
void paintHairline(QPainter &painter, const QPointF &from, qreal length, Qt::Orientation orientation,
                   const QColor &color);
/// The 8 x 8 diagonal hatch that says "not known", clipped to `area`; line colour usually Token::Line.
void paintHatch(QPainter &painter, const QRectF &area, const QColor &color, qreal radius = 0);
/// A rounded surface with a one-pixel border inside `area` (2 px where asked); an invalid colour leaves that part out.
void paintSurface(QPainter &painter, const QRectF &area, qreal radius, const QColor &fill, const QColor &border,
                  qreal borderWidth = 1);
/// The cell or banner of a state: its background, and in high contrast a 2 px border instead.
void paintStateSurface(QPainter &painter, const QRectF &area, qreal radius, const Theme &theme, State state);
/// The focus ring: 1 px accent border and 1 px accent outside it; `area` is the control's own border box.
void paintFocusRing(QPainter &painter, const QRectF &area, qreal radius, const Theme &theme);

/// One line of text, vertically centred in `area`, elided at the right. Returns the width it took.
qreal paintText(QPainter &painter, const QRectF &area, const QString &text, const QFont &font, const QColor &color,
                Qt::Alignment alignment = Qt::AlignLeft);

} // namespace atalaya::theme
