// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/buttons.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QVariant>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

namespace {

QString roleName(ButtonRole role)
{
    switch (role) {
    case ButtonRole::Normal:
        return {};
    case ButtonRole::Outline:
        return u"outline"_s;
    case ButtonRole::Primary:
        return u"primary"_s;
    case ButtonRole::Danger:
        return u"danger"_s;
    case ButtonRole::Quiet:
        return u"quiet"_s;
    case ButtonRole::Link:
        return u"link"_s;
    }
    return {};
}

void setLooks(QAbstractButton *button, ButtonRole role, ButtonSize size)
{
    if (role != ButtonRole::Normal)
        button->setProperty("role", roleName(role));
    if (size != ButtonSize::Normal)
        button->setProperty("size", size == ButtonSize::Small ? u"small"_s : u"dialog"_s);
    button->setFont(theme::font(size == ButtonSize::Small ? theme::TextSize::Small : theme::TextSize::Body));
}

constexpr qreal dropPadding = 10;
constexpr qreal dropChevron = 12;

} // namespace

QPushButton *button(const QString &text, ButtonRole role, std::optional<theme::Icon> icon, ButtonSize size,
                    QWidget *parent)
{
    auto *result = new QPushButton(text, parent);
    result->setAutoDefault(false);
    setLooks(result, role, size);
    if (icon) {
        const theme::Token token = role == ButtonRole::Primary  ? theme::Token::OnAccent
                                   : role == ButtonRole::Danger ? theme::Token::OnDanger
                                   : role == ButtonRole::Link   ? theme::Token::Accent
                                   : role == ButtonRole::Quiet  ? theme::Token::Text2
                                                                : theme::Token::Text1;
        result->setIcon(theme::icon(*icon, token));
        result->setIconSize(size == ButtonSize::Small ? QSize(15, 12) : QSize(20, 16));
    }
    result->setAccessibleName(text);
    return result;
}

QToolButton *iconButton(theme::Icon icon, const QString &name, const QKeySequence &key, ButtonRole role,
                        ButtonSize size, QWidget *parent)
{
    auto *result = new QToolButton(parent);
    setLooks(result, role, size);
    result->setIcon(theme::icon(icon));
    result->setIconSize({16, 16});
    result->setFocusPolicy(Qt::TabFocus);
    result->setAccessibleName(name);
    result->setToolTip(key.isEmpty() ? name : u"%1 (%2)"_s.arg(name, key.toString(QKeySequence::NativeText)));
    return result;
}

void setEnabledBecause(QWidget *control, bool enabled, const QString &reasonOrTip)
{
    control->setEnabled(enabled);
    control->setToolTip(reasonOrTip);
    control->setAccessibleDescription(enabled ? QString() : reasonOrTip);
}

DropButton::DropButton(const QString &caption, QWidget *parent) : QToolButton(parent), m_caption(caption)
{
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAccessibleName(caption);
}

void DropButton::setValue(const QString &value, const QString &detail)
{
    m_value = value;
    m_detail = detail;
    setAccessibleName(QStringList({m_caption, value, detail}).join(u' ').simplified());
    updateGeometry();
    update();
}

QSize DropButton::sizeHint() const
{
    const QFontMetricsF normal(theme::font());
    const QFontMetricsF medium(theme::font(theme::TextSize::Body, QFont::Medium));
    qreal width = 2 * dropPadding + 8 + dropChevron + medium.horizontalAdvance(m_value);
    if (!m_caption.isEmpty())
        width += normal.horizontalAdvance(m_caption) + 6;
    if (!m_detail.isEmpty())
        width += normal.horizontalAdvance(m_detail) + 7;
    return {static_cast<int>(std::ceil(width)), theme::buttonHeight};
}

QSize DropButton::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 72), theme::buttonHeight};
}

void DropButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    using theme::Token;
    theme::paintSurface(painter, rect(), theme::fieldRadius,
                        theme.color(isDown()                      ? Token::Selected
                                    : underMouse() && isEnabled() ? Token::Hover
                                                                  : Token::Surface),
                        theme.color(underMouse() && isEnabled() ? Token::LineStrong : Token::Line));
    QRectF area = QRectF(rect()).adjusted(dropPadding, 0, -dropPadding, 0);
    theme::paintIcon(painter, theme::Icon::ChevronDown,
                     QRectF(area.right() - dropChevron, area.center().y() - 6, 12, 12),
                     theme.color(isEnabled() ? Token::Text2 : Token::Disabled));
    area.setRight(area.right() - dropChevron - 4);
    const auto put = [&](const QString &text, QFont::Weight weight, Token token, qreal gap) {
        if (text.isEmpty())
            return;
        const qreal used = theme::paintText(painter, area, text, theme::font(theme::TextSize::Body, weight),
                                            theme.color(isEnabled() ? token : Token::Disabled));
        area.setLeft(area.left() + used + gap);
    };
    put(m_caption, QFont::Normal, Token::Text3, 6);
    put(m_value, QFont::Medium, Token::Text1, 7);
    put(m_detail, QFont::Normal, Token::Text3, 0);
    if (hasFocus())
        theme::paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme::fieldRadius, theme);
}

} // namespace atalaya::common
