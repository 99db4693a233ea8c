// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/firing_chart.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtGui/QPolygonF>

#include <algorithm>
#include <cmath>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

constexpr std::size_t mostCurves = 8;

QString axisFigure(double value)
{
    // Round figures stay short: 0.05 and not 0.0500.
    if (std::abs(value) < 10'000)
        return QString::number(value, 'g', 3);
    return quantity(value, u"short"_s).joined();
}

} // namespace

QList<double> axisTicks(double bottom, double top)
{
    if (!(top > bottom))
        top = bottom + 1;
    const double rough = (top - bottom) / 4;
    const double magnitude = std::pow(10, std::floor(std::log10(rough)));
    double step = 10 * magnitude;
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * magnitude >= rough) {
            step = factor * magnitude;
            break;
        }
    }
    QList<double> ticks;
    for (double tick = std::floor(bottom / step) * step; ticks.size() < 8; tick += step) {
        ticks.append(std::abs(tick) < step / 1000 ? 0 : tick);
        if (tick >= top - step / 1000)
            break;
    }
    return ticks;
}

struct FiringChart::Axis
{
    QRectF plot;
    TimeRange range;
    QList<double> ticks;

    qreal x(Timestamp at) const
    {
        return plot.left() + plot.width() * static_cast<double>((at - range.from).count()) /
                                 static_cast<double>(range.length().count());
    }
    qreal y(double value) const
    {
        const double bottom = ticks.first();
        const double top = ticks.last();
        return plot.bottom() - plot.height() * (value - bottom) / (top - bottom);
    }
};

FiringChart::FiringChart(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"firingChart"_s);
    setMouseTracking(true);
    setFixedHeight(168);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FiringChart::show(const FiringView &view, const QTimeZone &zone)
{
    if (view == m_view && zone == m_zone)
        return;
    m_view = view;
    m_zone = zone;
    QStringList words;
    if (!view.words.isEmpty())
        words += view.words;
    if (view.limit)
        words += tr("limit %1").arg(axisFigure(*view.limit));
    if (view.overSince)
        words += tr("over the limit since %1").arg(clockText(*view.overSince, zone));
    if (view.fired)
        words += tr("fired %1").arg(clockText(*view.fired, zone));
    setAccessibleName(tr("Value around the firing. %1").arg(words.join(u", ")));
    update();
}

FiringChart::Axis FiringChart::axis() const
{
    double bottom = 0;
    double top = m_view.limit.value_or(0);
    bottom = std::min(bottom, top);
    for (const metrics::Series &series : m_view.series) {
        for (const double value : series.values) {
            if (std::isfinite(value)) {
                top = std::max(top, value);
                bottom = std::min(bottom, value);
            }
        }
    }
    Axis axis;
    axis.range = m_view.range;
    axis.ticks = axisTicks(bottom, top);
    qreal labels = 0;
    const QFontMetricsF metrics(theme::font(theme::TextSize::Small));
    for (const double tick : axis.ticks)
        labels = std::max(labels, metrics.horizontalAdvance(axisFigure(tick)));
    axis.plot = QRectF(labels + 8, 12, width() - labels - 10, height() - 12 - 20);
    return axis;
}

void FiringChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const theme::Theme &look = theme::themeOf(this);
    const QFont small = theme::font(theme::TextSize::Small);
    const Axis axes = axis();
    for (const double tick : axes.ticks) {
        const qreal y = axes.y(tick);
        theme::paintHairline(painter, QPointF(axes.plot.left(), y), axes.plot.width(), Qt::Horizontal,
                             look.color(Token::Line));
        theme::paintText(painter, QRectF(0, y - 8, axes.plot.left() - 8, 16), axisFigure(tick), small,
                         look.color(Token::Text3), Qt::AlignRight);
    }
    if (m_view.range.length() > Milliseconds(0)) {
        constexpr int stamps = 4;
        for (int i = 0; i <= stamps; ++i) {
            const Timestamp at = m_view.range.from + m_view.range.length() * i / stamps;
            const QString text = clockText(at, m_zone).left(5);
            const qreal width = QFontMetricsF(small).horizontalAdvance(text) + 1;
            const qreal left = std::clamp(axes.x(at) - width / 2, 0.0, this->width() - width);
            theme::paintText(painter, QRectF(left, height() - 17, width, 16), text, small, look.color(Token::Text3));
        }
        paintCurves(painter, axes);
        paintMarks(painter, axes);
        paintCrosshair(painter, axes);
    }
    if (!m_view.words.isEmpty()) {
        const QRectF text(axes.plot.left() + 8, axes.plot.center().y() - 20, axes.plot.width() - 16, 40);
        painter.setFont(small);
        painter.setPen(look.color(Token::Text2));
        painter.drawText(text, Qt::AlignCenter | Qt::TextWordWrap, m_view.words);
    }
}

void FiringChart::paintCurves(QPainter &painter, const Axis &axes) const
{
    const theme::Theme &look = theme::themeOf(this);
    painter.save();
    painter.setClipRect(axes.plot.adjusted(-1, -2, 1, 1));
    for (std::size_t index = 0; index < std::min(m_view.series.size(), mostCurves); ++index) {
        const metrics::Series &series = m_view.series[index];
        std::int64_t usual = 0;
        for (std::size_t i = 1; i < series.times.size(); ++i) {
            const std::int64_t step = series.times[i] - series.times[i - 1];
            usual = usual == 0 ? step : std::min(usual, step);
        }
        QPolygonF stretch;
        const auto flush = [&] {
            if (stretch.isEmpty())
                return;
            if (index == 0) {
                QPolygonF under = stretch;
                under.append(QPointF(stretch.last().x(), axes.plot.bottom()));
                under.append(QPointF(stretch.first().x(), axes.plot.bottom()));
                QColor fill = look.hue(0);
                fill.setAlphaF(0.12F);
                painter.setPen(Qt::NoPen);
                painter.setBrush(fill);
                painter.drawPolygon(under);
            }
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(look.hue(static_cast<int>(index)), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            if (stretch.size() == 1)
                painter.drawPoint(stretch.first());
            else
                painter.drawPolyline(stretch);
            stretch.clear();
        };
        for (std::size_t i = 0; i < series.times.size(); ++i) {
            const bool broken = !std::isfinite(series.values[i]) ||
                                (i > 0 && series.times[i] - series.times[i - 1] > usual + usual / 2);
            if (broken)
                flush();
            if (std::isfinite(series.values[i]))
                stretch.append(QPointF(axes.x(Timestamp(Milliseconds(series.times[i]))), axes.y(series.values[i])));
        }
        flush();
    }
    painter.restore();
}

void FiringChart::paintMarks(QPainter &painter, const Axis &axes) const
{
    const theme::Theme &look = theme::themeOf(this);
    const theme::StatePainter states(look);
    const State severe = m_view.critical ? State::Critical : State::Warning;
    const QFont small = theme::font(theme::TextSize::Small);
    const auto inside = [&](const std::optional<Timestamp> &at) { return at && axes.range.contains(*at); };
    if (inside(m_view.overSince)) {
        const qreal from = axes.x(*m_view.overSince);
        const qreal to = inside(m_view.fired) ? axes.x(*m_view.fired) : axes.plot.right();
        QColor waiting = look.color(State::Pending);
        waiting.setAlphaF(look.isDark() ? 0.10F : 0.08F);
        painter.fillRect(QRectF(from, axes.plot.top(), to - from, axes.plot.height()), waiting);
    }
    const auto mark = [&](Timestamp at, State state) {
        const qreal x = std::round(axes.x(at)) + 0.5;
        QPen pen(look.color(state), 1);
        pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, axes.plot.top()), QPointF(x, axes.plot.bottom()));
        states.paint(painter, state, QRectF(x - 6, axes.plot.top() - 8, 12, 12));
    };
    if (inside(m_view.overSince) && m_view.overSince != m_view.fired)
        mark(*m_view.overSince, State::Pending);
    if (inside(m_view.fired)) {
        mark(*m_view.fired, severe);
        const QString word = tr("fired");
        const qreal width = QFontMetricsF(small).horizontalAdvance(word) + 1;
        const qreal x = axes.x(*m_view.fired);
        // Where there is no room at its right it stands left of both marks.
        const qreal first = inside(m_view.overSince) ? std::min(x, axes.x(*m_view.overSince)) : x;
        const qreal left = x + 12 + width > this->width() ? first - 12 - width : x + 11;
        theme::paintText(painter, QRectF(left, 2, width, 16), word, small, look.color(severe));
    }
    if (m_view.limit) {
        const qreal y = std::round(axes.y(*m_view.limit)) + 0.5;
        QPen pen(look.color(severe), 1);
        pen.setDashPattern({6, 4});
        painter.setPen(pen);
        painter.drawLine(QPointF(axes.plot.left(), y), QPointF(axes.plot.right(), y));
        const QString word = tr("limit %1").arg(axisFigure(*m_view.limit));
        const qreal top = y - 17 < axes.plot.top() ? y + 1 : y - 17;
        theme::paintText(painter, QRectF(axes.plot.left() + 4, top, axes.plot.width(), 16), word, small,
                         look.color(severe));
    }
}

void FiringChart::paintCrosshair(QPainter &painter, const Axis &axes) const
{
    if (!m_pointer || m_view.series.empty() || *m_pointer < axes.plot.left() || *m_pointer > axes.plot.right())
        return;
    const theme::Theme &look = theme::themeOf(this);
    const double share = (*m_pointer - axes.plot.left()) / axes.plot.width();
    const auto wanted = axes.range.from.time_since_epoch().count() +
                        static_cast<std::int64_t>(share * static_cast<double>(axes.range.length().count()));
    painter.fillRect(QRectF(std::round(*m_pointer), axes.plot.top(), 1, axes.plot.height()), look.color(Token::Text2));
    const metrics::Series &series = m_view.series.front();
    const auto after = std::lower_bound(series.times.begin(), series.times.end(), wanted);
    if (after == series.times.end())
        return;
    const auto index = static_cast<std::size_t>(after - series.times.begin());
    const QString text = u"%1  %2"_s.arg(clockText(Timestamp(Milliseconds(series.times[index])), m_zone),
                                         axisFigure(series.values[index]));
    const QFont small = theme::font(theme::TextSize::Small, QFont::DemiBold);
    const qreal width = QFontMetricsF(small).horizontalAdvance(text) + 12;
    const QRectF chip(std::clamp(*m_pointer - width / 2, 0.0, this->width() - width), axes.plot.bottom() + 1, width,
                      18);
    theme::paintSurface(painter, chip, theme::chipRadius, look.color(Token::Text1), {});
    theme::paintText(painter, chip, text, small, look.color(Token::Surface), Qt::AlignHCenter);
}

void FiringChart::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position().x();
    update();
}

void FiringChart::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_pointer.reset();
    update();
}

} // namespace atalaya::alerts

#include "moc_firing_chart.cpp"
