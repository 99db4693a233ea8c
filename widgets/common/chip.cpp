// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chip.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

#include <cmath>

namespace atalaya::common {

namespace {

constexpr qreal chipHeight = 20;
constexpr qreal chipPadding = 7;
constexpr qreal chipCross = 20;
constexpr qreal chipGlyph = 12;

QFont chipFont(const ChipText &text)
{
    return text.isLabel() ? theme::monoFont() : theme::font(theme::TextSize::Small);
}

/// Raised is the surface itself in the light theme: there a chip takes the hover colour, or it could not be seen.
const QColor &chipFill(const theme::Theme &theme)
{
    return theme.color(theme.isDark() ? theme::Token::Raised : theme::Token::Hover);
}

void paintChipText(QPainter &painter, QRectF area, const ChipText &text, const theme::Theme &theme, const QColor &color)
{
    if (text.state) {
        theme::StatePainter(theme).paint(painter, *text.state, QRectF(area.left(), area.center().y() - 6, 12, 12));
        area.setLeft(area.left() + chipGlyph + 6);
    } else if (text.icon) {
        theme::paintIcon(painter, *text.icon, QRectF(area.left(), area.center().y() - 6, 12, 12),
                         theme.color(text.iconToken));
        area.setLeft(area.left() + chipGlyph + 6);
    }
    const QFont font = chipFont(text);
    if (text.isLabel()) {
        const qreal used = theme::paintText(painter, area, text.name + text.op, font, theme.color(theme::Token::Text2));
        area.setLeft(area.left() + used + 4);
    }
    theme::paintText(painter, area, text.text, font, color);
}

} // namespace

qreal chipWidth(const ChipText &text)
{
    const QFontMetricsF metrics(chipFont(text));
    qreal width = 2 * chipPadding + metrics.horizontalAdvance(text.text);
    if (text.isLabel())
        width += metrics.horizontalAdvance(text.name + text.op) + 4;
    if (text.state || text.icon)
        width += chipGlyph + 6;
    return std::ceil(width);
}

qreal paintChip(QPainter &painter, const QPointF &topLeft, qreal available, const ChipText &text,
                const theme::Theme &theme)
{
    const QRectF area(topLeft, QSizeF(std::min(chipWidth(text), available), chipHeight));
    theme::paintSurface(painter, area, theme::chipRadius, chipFill(theme),
                        theme.isHighContrast() ? theme.color(theme::Token::Line) : QColor());
    paintChipText(painter, area.adjusted(chipPadding, 0, -chipPadding, 0), text, theme,
                  theme.color(theme::Token::Text1));
    return area.width();
}

Chip::Chip(const ChipText &text, QWidget *parent) : QAbstractButton(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setChipText(text);
}

Chip::Chip(const QString &text, QWidget *parent) : Chip(ChipText{.text = text}, parent) {}

void Chip::setChipText(const ChipText &text)
{
    m_text = text;
    const QString whole = text.isLabel() ? text.name + text.op + text.text : text.text;
    setText(whole);
    setAccessibleName(whole);
    updateGeometry();
    update();
}

void Chip::setRemovable(bool removable)
{
    m_removable = removable;
    setAccessibleDescription(removable ? tr("Delete removes it") : QString());
    updateGeometry();
    update();
}

void Chip::setStatic(bool isStatic)
{
    m_static = isStatic;
    setFocusPolicy(isStatic ? Qt::NoFocus : Qt::TabFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, isStatic);
}

QSize Chip::sizeHint() const
{
    const int height = m_removable || isCheckable() ? 24 : static_cast<int>(chipHeight);
    return {static_cast<int>(chipWidth(m_text) + (m_removable ? chipCross - 4 : 0)), height};
}

QSize Chip::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 48), sizeHint().height()};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    const bool off = isCheckable() && !isChecked();
    const QColor fill = underMouse() && !m_static ? theme.color(theme::Token::Hover) : off ? QColor() : chipFill(theme);
    const bool bordered = m_removable || off || theme.isHighContrast();
    theme::paintSurface(painter, rect(), theme::chipRadius, fill,
                        bordered ? theme.color(theme::Token::Line) : QColor());
    QRectF inner = QRectF(rect()).adjusted(chipPadding, 0, m_removable ? -chipCross : -chipPadding, 0);
    paintChipText(painter, inner, m_text, theme,
                  theme.color(!isEnabled() ? theme::Token::Disabled
                              : off        ? theme::Token::Text3
                                           : theme::Token::Text1));
    if (m_removable)
        theme::paintIcon(painter, theme::Icon::Close, QRectF(width() - chipCross + 3, height() / 2.0 - 6, 12, 12),
                         theme.color(theme::Token::Text2));
    if (hasFocus())
        theme::paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme::chipRadius, theme);
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (m_removable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace))
        Q_EMIT removeRequested();
    else
        QAbstractButton::keyPressEvent(event);
}

void Chip::mouseReleaseEvent(QMouseEvent *event)
{
    const bool onCross =
        m_removable && event->button() == Qt::LeftButton && event->position().x() >= width() - chipCross;
    if (onCross) {
        setDown(false);
        Q_EMIT removeRequested();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void Chip::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void Chip::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace atalaya::common
