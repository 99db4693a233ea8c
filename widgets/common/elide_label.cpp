// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/elide_label.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

namespace atalaya::common {

ElideLabel::ElideLabel(const QString &text, QWidget *parent) : QWidget(parent)
{
    setFont(theme::font());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElideLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
    update();
}

void ElideLabel::setToken(theme::Token token)
{
    m_token = token;
    update();
}

void ElideLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void ElideLabel::setHint(const QString &hint)
{
    m_hint = hint;
    updateToolTip();
}

bool ElideLabel::isElided() const
{
    return QFontMetricsF(font()).horizontalAdvance(m_text) > width() + 0.5;
}

QSize ElideLabel::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {static_cast<int>(std::ceil(metrics.horizontalAdvance(m_text))),
            static_cast<int>(std::ceil(metrics.height()))};
}

QSize ElideLabel::minimumSizeHint() const
{
    const QFontMetricsF metrics(font());
    return {std::min(sizeHint().width(), static_cast<int>(metrics.averageCharWidth() * 4)), sizeHint().height()};
}

void ElideLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    theme::paintText(painter, rect(), m_text, font(), theme.color(isEnabled() ? m_token : theme::Token::Disabled),
                     m_alignment);
}

void ElideLabel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateToolTip();
}

void ElideLabel::updateToolTip()
{
    setToolTip(!m_hint.isEmpty() ? m_hint : isElided() ? m_text : QString());
}

} // namespace atalaya::common
