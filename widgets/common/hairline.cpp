// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/hairline.h"

#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>

namespace atalaya::common {

Hairline::Hairline(Qt::Orientation orientation, QWidget *parent) : QWidget(parent), m_orientation(orientation)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Hairline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    theme::paintHairline(painter, {0, 0}, m_orientation == Qt::Horizontal ? width() : height(), m_orientation,
                         theme::themeOf(this).color(theme::Token::Line));
}

} // namespace atalaya::common
