// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/bar_button.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QEvent>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

namespace atalaya::shell {

namespace {

constexpr qreal barGlyph = 16;
constexpr qreal barChevron = 12;
constexpr qreal barGap = 8;

qreal barTextWidth(const BarText &part)
{
    return QFontMetricsF(theme::font(theme::TextSize::Body, part.weight)).horizontalAdvance(part.text);
}

qreal keyChipWidth(const QString &key)
{
    return QFontMetricsF(theme::font(theme::TextSize::Small)).horizontalAdvance(key) + 10;
}

} // namespace

BarButton::BarButton(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void BarButton::setGlyph(theme::Icon icon)
{
    m_glyph = icon;
    updateGeometry();
    update();
}

void BarButton::setTexts(const QList<BarText> &texts)
{
    if (texts == m_texts)
        return;
    m_texts = texts;
    updateGeometry();
    update();
}

void BarButton::setOpensSomething(bool opens)
{
    m_opens = opens;
    updateGeometry();
}

void BarButton::setKeyChip(const QString &key)
{
    m_key = key;
    updateGeometry();
}

QSize BarButton::sizeHint() const
{
    const bool alone = m_glyph && m_texts.isEmpty() && m_key.isEmpty() && !m_opens;
    if (alone)
        return {theme::buttonHeight, theme::buttonHeight};
    qreal width = 10;
    if (m_glyph)
        width += barGlyph + barGap;
    for (int i = 0; i < m_texts.size(); ++i)
        width += barTextWidth(m_texts.at(i)) + (i > 0 ? 6 : 0);
    if (!m_key.isEmpty())
        width += (m_texts.isEmpty() ? 0 : barGap) + keyChipWidth(m_key) - 4;
    if (m_opens)
        width += barGap + barChevron;
    return {static_cast<int>(std::ceil(width + 10)), theme::buttonHeight};
}

void BarButton::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QRectF box = rect();
    const bool active = isEnabled() && (underMouse() || isDown() || isChecked());
    theme::paintSurface(painter, box, theme::fieldRadius, look.color(active ? Token::Hover : Token::Surface),
                        look.color(isChecked() ? Token::Accent : Token::Line));
    if (hasFocus())
        theme::paintFocusRing(painter, box.adjusted(1, 1, -1, -1), theme::fieldRadius - 1, look);

    const auto tone = [&](Token token) { return look.color(isEnabled() ? token : Token::Disabled); };
    qreal x = 10;
    if (m_glyph) {
        const bool alone = m_texts.isEmpty() && m_key.isEmpty() && !m_opens;
        const qreal left = alone ? (box.width() - barGlyph) / 2 : x;
        theme::paintIcon(painter, *m_glyph, QRectF(left, (box.height() - barGlyph) / 2, barGlyph, barGlyph),
                         tone(Token::Text2));
        x += barGlyph + barGap;
    }
    for (int i = 0; i < m_texts.size(); ++i) {
        const BarText &part = m_texts.at(i);
        x += i > 0 ? 6 : 0;
        const qreal width = barTextWidth(part);
        theme::paintText(painter, QRectF(x, 0, width + 1, box.height()), part.text,
                         theme::font(theme::TextSize::Body, part.weight), tone(part.token));
        x += width;
    }
    if (!m_key.isEmpty()) {
        x += m_texts.isEmpty() ? 0 : barGap;
        const QRectF chip(x, (box.height() - 20) / 2, keyChipWidth(m_key), 20);
        theme::paintSurface(painter, chip, theme::chipRadius, {}, look.color(Token::Line));
        theme::paintText(painter, chip, m_key, theme::font(theme::TextSize::Small), tone(Token::Text2),
                         Qt::AlignHCenter);
    }
    if (m_opens)
        theme::paintIcon(
            painter, theme::Icon::ChevronDown,
            QRectF(box.right() - 10 - barChevron + 1, (box.height() - barChevron) / 2, barChevron, barChevron),
            tone(Token::Text3));
}

void BarButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void BarButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void BarButton::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometry();
    QAbstractButton::changeEvent(event);
}

} // namespace atalaya::shell

#include "moc_bar_button.cpp"
