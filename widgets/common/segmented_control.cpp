// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/segmented_control.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <cmath>

namespace atalaya::common {

SegmentedControl::SegmentedControl(const QStringList &choices, QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setChoices(choices);
}

void SegmentedControl::setChoices(const QStringList &choices)
{
    m_choices = choices;
    if (m_current >= choices.size())
        m_current = -1;
    describe();
    updateGeometry();
}

QString SegmentedControl::currentText() const
{
    return m_current < 0 ? QString() : m_choices.at(m_current);
}

void SegmentedControl::setCurrentIndex(int index)
{
    if (index == m_current || index >= m_choices.size() || index < -1)
        return;
    m_current = index;
    describe();
    Q_EMIT currentChanged(index);
}

void SegmentedControl::describe()
{
    setAccessibleDescription(currentText());
    update();
}

QSize SegmentedControl::sizeHint() const
{
    const QFontMetricsF metrics(theme::font(theme::TextSize::Body, QFont::DemiBold));
    qreal widest = 0;
    for (const QString &choice : m_choices)
        widest = std::max(widest, metrics.horizontalAdvance(choice));
    return {static_cast<int>(m_choices.size() * (std::ceil(widest) + 24)), theme::fieldHeight};
}

QRect SegmentedControl::choiceRect(int index) const
{
    const int count = static_cast<int>(m_choices.size());
    if (count == 0)
        return {};
    const int left = width() * index / count;
    return {left, 0, width() * (index + 1) / count - left, height()};
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const theme::Theme &theme = theme::themeOf(this);
    using theme::Token;
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(frame, theme::fieldRadius - 0.5, theme::fieldRadius - 0.5);
    painter.fillPath(outline, theme.color(Token::Bg));
    painter.save();
    painter.setClipPath(outline);
    for (int i = 0; i < m_choices.size(); ++i) {
        const QRectF box = choiceRect(i);
        const bool on = i == m_current;
        if (on)
            painter.fillRect(box, theme.color(isEnabled() ? Token::AccentFill : Token::Raised));
        else if (i > 0 && i - 1 != m_current)
            theme::paintHairline(painter, box.topLeft(), box.height(), Qt::Vertical, theme.color(Token::Line));
        theme::paintText(painter, box.adjusted(4, 0, -4, 0), m_choices.at(i),
                         theme::font(theme::TextSize::Body, on ? QFont::DemiBold : QFont::Normal),
                         theme.color(!isEnabled() ? Token::Disabled
                                     : on         ? Token::OnAccent
                                                  : Token::Text2),
                         Qt::AlignHCenter);
    }
    painter.restore();
    painter.setPen(QPen(theme.color(isEnabled() ? Token::LineStrong : Token::Line), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
    if (hasFocus())
        theme::paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme::fieldRadius - 1, theme);
}

void SegmentedControl::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    for (int i = 0; i < m_choices.size(); ++i) {
        if (choiceRect(i).contains(event->position().toPoint())) {
            setCurrentIndex(i);
            Q_EMIT chosen(i);
            return;
        }
    }
}

void SegmentedControl::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int wanted = std::clamp(m_current + step, 0, std::max(0, static_cast<int>(m_choices.size()) - 1));
    if (step == 0 || m_choices.isEmpty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (wanted != m_current) {
        setCurrentIndex(wanted);
        Q_EMIT chosen(wanted);
    }
}

} // namespace atalaya::common
