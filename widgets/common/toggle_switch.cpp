// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/toggle_switch.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

namespace atalaya::common {

QString toggleWord(ToggleValue value)
{
    switch (value) {
    case ToggleValue::Off:
        return ToggleSwitch::tr("off");
    case ToggleValue::On:
        return ToggleSwitch::tr("on");
    case ToggleValue::Differs:
        return ToggleSwitch::tr("differs");
    }
    return {};
}

void paintToggle(QPainter &painter, const QRectF &box, ToggleValue value, const theme::Theme &theme, bool enabled)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body(box.center().x() - 14, box.center().y() - 8, 28, 16);
    using theme::Token;
    switch (value) {
    case ToggleValue::On:
        theme::paintSurface(painter, body, 8, theme.color(enabled ? Token::AccentFill : Token::Disabled), {});
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Token::OnAccent));
        painter.drawEllipse(QPointF(body.right() - 8, body.center().y()), 5, 5);
        break;
    case ToggleValue::Off:
        theme::paintSurface(painter, body, 8, {}, theme.color(enabled ? Token::LineStrong : Token::Disabled), 1.4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(enabled ? Token::LineStrong : Token::Disabled));
        painter.drawEllipse(QPointF(body.left() + 8, body.center().y()), 4.5, 4.5);
        break;
    case ToggleValue::Differs:
        theme::paintSurface(painter, body, 8, {}, theme.color(enabled ? Token::Warning : Token::Disabled), 1.4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(enabled ? Token::Warning : Token::Disabled));
        painter.drawRoundedRect(QRectF(body.center().x() - 6, body.center().y() - 2.25, 12, 4.5), 1.2, 1.2);
        break;
    }
    painter.restore();
}

ToggleSwitch::ToggleSwitch(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, [this] { Q_EMIT toggleRequested(m_value != ToggleValue::On); });
    describe();
}

void ToggleSwitch::setValue(ToggleValue value)
{
    if (m_value == value)
        return;
    m_value = value;
    describe();
}

void ToggleSwitch::setWordShown(bool shown)
{
    m_wordShown = shown;
    describe();
}

void ToggleSwitch::describe()
{
    setText(toggleWord(m_value));
    setAccessibleDescription(toggleWord(m_value));
    updateGeometry();
    update();
}

QSize ToggleSwitch::sizeHint() const
{
    const QFontMetricsF metrics(theme::font(theme::TextSize::Body, QFont::DemiBold));
    return {4 + 28 +
                (m_wordShown ? 8 + static_cast<int>(std::ceil(metrics.horizontalAdvance(toggleWord(m_value)))) : 0),
            24};
}

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    const QRectF box(2, (height() - 16) / 2.0, 28, 16);
    paintToggle(painter, box, m_value, theme, isEnabled());
    if (m_wordShown) {
        const theme::Token token = !isEnabled()                      ? theme::Token::Disabled
                                   : m_value == ToggleValue::Differs ? theme::Token::Warning
                                   : m_value == ToggleValue::On      ? theme::Token::Text1
                                                                     : theme::Token::Text2;
        theme::paintText(
            painter, QRectF(box.right() + 8, 0, width() - box.right() - 8, height()), toggleWord(m_value),
            theme::font(theme::TextSize::Body, m_value == ToggleValue::Off ? QFont::Normal : QFont::DemiBold),
            theme.color(token));
    }
    if (hasFocus())
        theme::paintFocusRing(painter, box.adjusted(-1, -1, 1, 1), 9, theme);
}

} // namespace atalaya::common
