// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/gauge_dial.h"

#include "models/base/quantity.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace atalaya::charts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

State gaugeState(const GaugeView &view)
{
    if (!view.value || !std::isfinite(*view.value))
        return State::Unknown;
    State state = State::Ok;
    for (const GaugeStep &step : view.steps) {
        if (*view.value >= step.from)
            state = step.state;
    }
    return state;
}

GaugeDial::GaugeDial(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void GaugeDial::setView(const GaugeView &view)
{
    if (m_view == view)
        return;
    m_view = view;
    const QString text = view.value ? quantity(*view.value, view.unit).joined() : tr("no data");
    setAccessibleName(tr("%1, %2").arg(text, theme::stateWord(gaugeState(view), theme::Subject::Alert)));
    setToolTip(view.value ? fullQuantity(*view.value, view.unit) : tr("The query answers nothing."));
    update();
}

/// Too low for an arc: figure and hint beside a bar with the limits as marks.
void GaugeDial::paintBar(QPainter &painter) const
{
    const theme::Theme &theme = theme::themeOf(this);
    const bool hasValue = m_view.value && std::isfinite(*m_view.value);
    const State state = gaugeState(m_view);
    const double extent = m_view.maximum > m_view.minimum ? m_view.maximum - m_view.minimum : 1;
    const double line = theme::lineHeight(theme::TextSize::Body);
    const double top = std::max(0.0, (height() - line - 10) / 2);
    const QString text = hasValue ? quantity(*m_view.value, m_view.unit).joined() : tr("no data");
    const QFont figureFont = theme::font(theme::TextSize::Body, QFont::DemiBold);
    const double figureWidth = QFontMetricsF(figureFont).horizontalAdvance(text) + 2;
    theme::paintText(painter, QRectF(4, top, width() - figureWidth - 16, line), m_view.hint,
                     theme::font(theme::TextSize::Small), theme.color(Token::Text2));
    theme::paintText(painter, QRectF(width() - figureWidth - 4, top, figureWidth, line), text, figureFont,
                     theme.color(!hasValue || m_view.isStale ? Token::Text3 : Token::Text1), Qt::AlignRight);
    const QRectF track(4, top + line + 2, width() - 8, 6);
    theme::paintSurface(painter, track, 3, theme.color(Token::Line), QColor());
    const auto share = [&](double value) { return std::clamp((value - m_view.minimum) / extent, 0.0, 1.0); };
    if (hasValue)
        theme::paintSurface(
            painter,
            QRectF(track.topLeft(), QSizeF(std::max(2.0, track.width() * share(*m_view.value)), track.height())), 3,
            theme.color(m_view.isStale ? State::Stale : state), QColor());
    for (const GaugeStep &step : m_view.steps) {
        if (step.from > m_view.minimum && step.from < m_view.maximum)
            painter.fillRect(
                QRectF(track.left() + track.width() * share(step.from) - 1, track.top() - 2, 2, track.height() + 4),
                theme.color(step.state));
    }
}

void GaugeDial::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const theme::Theme &theme = theme::themeOf(this);
    constexpr int leastArc = 104;
    if (height() < leastArc || width() < leastArc) {
        paintBar(painter);
        return;
    }
    const QFont figureFont = theme::font(theme::TextSize::Figure, QFont::DemiBold);
    const double textHeight = theme::lineHeight(theme::TextSize::Figure);
    const double hintHeight = theme::lineHeight(theme::TextSize::Small);
    constexpr double thickness = 10;
    const double radius = std::max(24.0, std::min((width() - 24) / 2.0, height() - textHeight / 2 - hintHeight - 6));
    const QPointF center(width() / 2.0, radius + 4);
    const QRectF circle(center.x() - radius + thickness / 2, center.y() - radius + thickness / 2,
                        2 * radius - thickness, 2 * radius - thickness);
    const double extent = m_view.maximum > m_view.minimum ? m_view.maximum - m_view.minimum : 1;
    const auto angleOf = [&](double value) { return 180.0 * std::clamp((value - m_view.minimum) / extent, 0.0, 1.0); };
    const auto arc = [&](double from, double to, const QColor &color) {
        painter.setPen(QPen(color, thickness, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(circle, static_cast<int>((180 - from) * 16), static_cast<int>((from - to) * 16));
    };
    const State state = gaugeState(m_view);
    arc(0, 180, theme.color(Token::Line));
    const bool hasValue = m_view.value && std::isfinite(*m_view.value);
    if (hasValue)
        arc(0, std::max(1.0, angleOf(*m_view.value)), theme.color(m_view.isStale ? State::Stale : state));
    for (const GaugeStep &step : m_view.steps) {
        if (step.from <= m_view.minimum || step.from >= m_view.maximum)
            continue;
        const double angle = (180 - angleOf(step.from)) * M_PI / 180;
        const QPointF direction(std::cos(angle), -std::sin(angle));
        painter.setPen(QPen(theme.color(step.state), 2));
        painter.drawLine(center + direction * (radius - thickness - 2), center + direction * (radius + 2));
    }
    const QuantityText text = hasValue ? quantity(*m_view.value, m_view.unit) : QuantityText{tr("no data"), {}};
    const QFont shownFont = hasValue ? figureFont : theme::font(theme::TextSize::Title, QFont::DemiBold);
    const QFont unitFont = theme::font();
    const double figureWidth = QFontMetricsF(shownFont).horizontalAdvance(text.figure);
    const double unitWidth = text.unit.isEmpty() ? 0 : QFontMetricsF(unitFont).horizontalAdvance(text.unit) + 4;
    const double left = center.x() - (figureWidth + unitWidth) / 2;
    const QRectF line(left, center.y() - textHeight + 4, figureWidth + 2, textHeight);
    theme::paintText(painter, line, text.figure, shownFont,
                     theme.color(hasValue && !m_view.isStale ? Token::Text1 : Token::Text3));
    if (unitWidth > 0)
        theme::paintText(painter, QRectF(line.right() + 2, line.top() + 4, unitWidth + 2, textHeight - 4), text.unit,
                         unitFont, theme.color(Token::Text2));
    const bool saysState = hasValue && m_view.steps.size() > 1 && state != State::Ok;
    const QString hint = saysState ? theme::stateWord(state, theme::Subject::Alert) +
                                         (m_view.hint.isEmpty() ? QString() : u", "_s + m_view.hint)
                                   : m_view.hint;
    theme::paintText(painter, QRectF(0, center.y() + 6, width(), hintHeight), hint, theme::font(theme::TextSize::Small),
                     saysState ? theme.color(state) : theme.color(Token::Text3), Qt::AlignHCenter);
}

} // namespace atalaya::charts

#include "moc_gauge_dial.cpp"
