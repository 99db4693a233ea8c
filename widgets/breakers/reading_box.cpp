// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakers/reading_box.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::breakers {

ReadingBox::ReadingBox(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ReadingBox::show(const Reading &reading)
{
    if (reading == m_reading)
        return;
    m_reading = reading;
    setToolTip(reading.toolTip);
    setAccessibleName(reading.title + u": "_s + reading.word + u", "_s + reading.age);
    update();
}

void ReadingBox::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QRectF box = rect();
    const bool isSilent = !m_reading.isLive;
    const QColor fill = m_reading.disagrees ? look.color(Token::WarningBackground)
                                            : look.color(isSilent ? Token::StaleBackground : Token::Bg);
    theme::paintSurface(painter, box, theme::fieldRadius, fill, look.color(Token::Line));
    if (isSilent)
        theme::paintHatch(painter, box.adjusted(1, 1, -1, -1), look.color(Token::Line), theme::fieldRadius - 1);
    const QRectF inner = box.adjusted(10, 8, -10, -8);
    const qreal line = inner.height() / 3;
    theme::paintText(painter, QRectF(inner.left(), inner.top(), inner.width(), line), m_reading.title,
                     theme::font(theme::TextSize::Small), look.color(Token::Text2));
    const QRectF middle(inner.left(), inner.top() + line, inner.width(), line);
    const QColor color = look.color(isSilent ? State::Stale : theme::switchState(m_reading.glyph));
    if (m_reading.word.isEmpty()) {
        theme::paintText(painter, middle, tr("none"), theme::font(theme::TextSize::Body, QFont::DemiBold),
                         look.color(Token::Text2));
    } else {
        theme::StatePainter(look).paint(painter, m_reading.glyph,
                                        QRectF(middle.left(), middle.center().y() - 8, 22, 16), color);
        theme::paintText(painter, middle.adjusted(28, 0, 0, 0), m_reading.word,
                         theme::font(theme::TextSize::Body, QFont::DemiBold), color);
    }
    theme::paintText(painter, QRectF(inner.left(), inner.bottom() - line, inner.width(), line), m_reading.age,
                     theme::font(theme::TextSize::Small), look.color(isSilent ? Token::Warning : Token::Text3));
}

} // namespace atalaya::breakers

#include "moc_reading_box.cpp"
