// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/time_series_chart.h"

#include "models/base/pending.h"
#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>
#include <map>

namespace atalaya::charts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

constexpr std::size_t pointsInThread = 20'000; ///< more are decimated off the GUI thread
constexpr int hueCurves = 8;
constexpr double boxWidth = 248;
constexpr double markApart = 12;

/// Sums from the bottom up, at the times that any series has; a series that is silent at a time adds nothing there.
std::vector<metrics::Series> stackedSums(const QList<ChartSeries> &series)
{
    std::map<std::int64_t, double> sums;
    std::vector<metrics::Series> stacked;
    for (const ChartSeries &each : series) {
        metrics::Series sum;
        for (std::size_t i = 0; i < each.series.times.size(); ++i) {
            if (!std::isfinite(each.series.values[i]))
                continue;
            double &total = sums[each.series.times[i]];
            total += each.series.values[i];
            sum.times.push_back(each.series.times[i]);
            sum.values.push_back(total);
        }
        stacked.push_back(std::move(sum));
    }
    return stacked;
}

std::vector<Stretches> decimatedAll(const ChartView &view, double columns)
{
    std::vector<Stretches> curves;
    if (view.stacked) {
        for (const metrics::Series &sum : stackedSums(view.series))
            curves.push_back(decimated(sum, view.range, view.step, columns));
        return curves;
    }
    for (const ChartSeries &each : view.series)
        curves.push_back(decimated(each.series, view.range, view.step, columns));
    return curves;
}

QColor faded(QColor color, double share)
{
    color.setAlphaF(static_cast<float>(share));
    return color;
}

} // namespace

TimeSeriesChart::TimeSeriesChart(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent, false);
}

void TimeSeriesChart::setView(const ChartView &view, const QTimeZone &zone)
{
    if (m_view == view && m_zone == zone)
        return;
    m_view = view;
    m_zone = zone;
    layOut();
    decimate();
    update();
}

void TimeSeriesChart::setCrosshair(std::optional<Timestamp> at)
{
    if (m_crosshair == at)
        return;
    m_crosshair = at;
    update();
}

void TimeSeriesChart::setIsolated(const QSet<int> &series)
{
    if (m_isolated == series)
        return;
    m_isolated = series;
    update();
}

std::optional<double> TimeSeriesChart::valueAt(int series, Timestamp at) const
{
    if (series < 0 || series >= m_view.series.size())
        return std::nullopt;
    const metrics::Series &points = m_view.series.at(series).series;
    const std::int64_t time = at.time_since_epoch().count();
    const auto after = std::upper_bound(points.times.begin(), points.times.end(), time);
    if (after == points.times.begin())
        return std::nullopt;
    const auto index = static_cast<std::size_t>(std::distance(points.times.begin(), after) - 1);
    if (time - points.times[index] > m_view.step.count() * 3 / 2 || !std::isfinite(points.values[index]))
        return std::nullopt;
    return points.values[index];
}

void TimeSeriesChart::layOut()
{
    const auto [bottom, top] = valueExtent(m_view);
    m_frame.layOut({valueTicks(bottom, top, m_view.unit), m_view.range}, size(), devicePixelRatioF(),
                   theme::themeOf(this));
}

void TimeSeriesChart::decimate()
{
    const quint64 turn = ++m_turn;
    const double columns = m_frame.plot().width() * devicePixelRatioF();
    std::size_t points = 0;
    for (const ChartSeries &each : m_view.series)
        points += each.series.times.size();
    if (points <= pointsInThread) {
        m_curves = decimatedAll(m_view, columns);
        return;
    }
    // Until the new curves are there the old ones stay, unless they are of other series.
    if (m_curves.size() != static_cast<std::size_t>(m_view.series.size()))
        m_curves.clear();
    const auto work = decodeOffThread<std::vector<Stretches>>(
        readyNow<ChartView>(ChartView(m_view)),
        [columns](const ChartView &view) -> Result<std::vector<Stretches>> { return decimatedAll(view, columns); });
    whenDone(work, this, [this, turn](const Result<std::vector<Stretches>> &curves) {
        if (turn != m_turn || !curves)
            return;
        m_curves = *curves;
        update();
    });
}

std::vector<QPointF> TimeSeriesChart::mapped(const std::vector<QPointF> &stretch) const
{
    const QRectF plot = m_frame.plot();
    const double columns = std::max(1.0, plot.width() * devicePixelRatioF());
    std::vector<QPointF> points;
    points.reserve(stretch.size());
    for (const QPointF &point : stretch)
        points.emplace_back(plot.left() + point.x() / columns * plot.width(), m_frame.yOf(point.y()));
    return points;
}

void TimeSeriesChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    layOut();
    painter.setRenderHint(QPainter::Antialiasing);
    m_frame.paint(painter, timeTicks(m_view.range, m_zone, m_frame.plot().width()));
    painter.save();
    painter.setClipRect(m_frame.plot().adjusted(-1, -1, 1, 1));
    if (m_view.bars)
        paintBars(painter);
    else
        paintCurves(painter);
    paintNotKnown(painter);
    painter.restore();
    paintThresholds(painter);
    paintMarks(painter);
    if (m_view.series.isEmpty() && !m_view.words.isEmpty())
        paintWords(painter);
    paintCrosshair(painter);
    if (m_dragFrom && m_pointer) {
        QColor selected = theme::themeOf(this).color(Token::Accent);
        painter.fillRect(
            QRectF(QPointF(*m_dragFrom, m_frame.plot().top()), QPointF(m_pointer->x(), m_frame.plot().bottom()))
                .normalized(),
            faded(selected, 0.18));
    }
}

void TimeSeriesChart::paintWords(QPainter &painter) const
{
    const theme::Theme &theme = theme::themeOf(this);
    const QFont small = theme::font(theme::TextSize::Small);
    const QRectF room = m_frame.plot().adjusted(8, 4, -8, -4);
    const double width = std::min(room.width(), QFontMetricsF(small).horizontalAdvance(m_view.words));
    const double height = theme::lineHeight(theme::TextSize::Small);
    // The grid must not run through the words.
    painter.fillRect(QRectF(m_frame.plot().left(), room.center().y() - height / 2, width + 16, height),
                     theme.color(Token::Surface));
    theme::paintText(painter, room, m_view.words, small, theme.color(Token::Text3), Qt::AlignLeft);
}

void TimeSeriesChart::paintCurves(QPainter &painter) const
{
    const theme::Theme &theme = theme::themeOf(this);
    const bool isStale = m_view.notKnownSince.has_value();
    const bool wide = m_view.series.size() <= hueCurves;
    const auto colorOf = [&](int index) {
        return isStale ? theme.color(State::Stale) : theme.hue(m_view.series.at(index).hue);
    };
    if (m_view.stacked) {
        // From the top down, so that each lower area covers the foot of the one above it.
        for (int i = static_cast<int>(m_curves.size()) - 1; i >= 0; --i) {
            if (!isShown(i) || i >= m_view.series.size())
                continue;
            for (const auto &stretch : m_curves[static_cast<std::size_t>(i)]) {
                const std::vector<QPointF> points = mapped(stretch);
                QPolygonF area;
                for (const QPointF &point : points)
                    area << point;
                area << QPointF(points.back().x(), m_frame.plot().bottom())
                     << QPointF(points.front().x(), m_frame.plot().bottom());
                painter.setPen(Qt::NoPen);
                painter.setBrush(theme.color(Token::Surface));
                painter.drawPolygon(area);
                painter.setBrush(faded(colorOf(i), 0.7));
                painter.drawPolygon(area);
            }
        }
        return;
    }
    for (int i = 0; i < static_cast<int>(m_curves.size()) && i < m_view.series.size(); ++i) {
        if (!isShown(i))
            continue;
        const bool fills = m_view.filled && (i == 0 || m_isolated.size() == 1);
        if (fills) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(faded(colorOf(i), 0.12));
            const double base = m_frame.yOf(std::max(0.0, m_frame.plan().values.first().at));
            for (const auto &stretch : m_curves[static_cast<std::size_t>(i)]) {
                QPolygonF area;
                for (const QPointF &point : mapped(stretch))
                    area << point;
                area << QPointF(area.last().x(), base) << QPointF(area.first().x(), base);
                painter.drawPolygon(area);
            }
        }
        paintCurve(painter, i, colorOf(i),
                   isStale || m_view.series.at(i).dashed || m_view.series.at(i).hue >= theme::Theme::hueCount, wide);
    }
}

void TimeSeriesChart::paintCurve(QPainter &painter, int index, const QColor &color, bool dashed, bool wide) const
{
    QPen pen(color, wide ? 1.5 : 1.0);
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setCapStyle(dashed ? Qt::FlatCap : Qt::RoundCap);
    if (dashed)
        pen.setDashPattern({5 / pen.widthF(), 3 / pen.widthF()});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    std::size_t points = 0;
    for (const auto &stretch : m_curves[static_cast<std::size_t>(index)])
        points += stretch.size();
    for (const auto &stretch : m_curves[static_cast<std::size_t>(index)]) {
        const std::vector<QPointF> line = mapped(stretch);
        if (dashed) {
            // A dash has to run on over the points, so it is the one case that is drawn as a path.
            painter.drawPolyline(line.data(), static_cast<int>(line.size()));
        } else {
            QList<QLineF> segments;
            for (std::size_t i = 1; i < line.size(); ++i)
                segments.append({line[i - 1], line[i]});
            painter.drawLines(segments);
        }
        if (points < 30 || line.size() == 1) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            for (const QPointF &point : line)
                painter.drawEllipse(point, 2, 2);
            painter.setPen(pen);
            painter.setBrush(Qt::NoBrush);
        }
    }
}

void TimeSeriesChart::paintBars(QPainter &painter) const
{
    const theme::Theme &theme = theme::themeOf(this);
    const double slot = m_frame.plot().width() * static_cast<double>(m_view.step.count()) /
                        std::max<double>(1, static_cast<double>(m_view.range.length().count()));
    const double base = m_frame.yOf(std::max(0.0, m_frame.plan().values.first().at));
    const int series = static_cast<int>(m_view.series.size());
    const double width = std::max(1.0, (slot - (slot > 4 ? 1 : 0)) / (m_view.stacked ? 1 : std::max(1, series)));
    for (int i = series - 1; i >= 0; --i) {
        if (!isShown(i) || i >= static_cast<int>(m_curves.size()))
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_view.notKnownSince ? theme.color(State::Stale) : theme.hue(m_view.series.at(i).hue));
        for (const auto &stretch : m_curves[static_cast<std::size_t>(i)]) {
            for (const QPointF &point : mapped(stretch))
                painter.drawRect(QRectF(QPointF(point.x() - slot / 2 + (m_view.stacked ? 0 : width * i), point.y()),
                                        QSizeF(width, base - point.y())));
        }
    }
}

void TimeSeriesChart::paintThresholds(QPainter &painter) const
{
    const theme::Theme &theme = theme::themeOf(this);
    const QRectF plot = m_frame.plot();
    for (const ChartThreshold &threshold : m_view.thresholds) {
        const double y = std::round(m_frame.yOf(threshold.value)) + 0.5;
        if (y < plot.top() || y > plot.bottom())
            continue;
        const QColor color = threshold.state == State::Info ? theme.color(Token::Text2) : theme.color(threshold.state);
        QPen pen(color, 1);
        pen.setDashPattern({6, 4});
        painter.setPen(pen);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        const QString text = (threshold.word.isEmpty() ? QString() : threshold.word + u' ') +
                             quantity(threshold.value, m_view.unit).joined();
        const double height = theme::lineHeight(theme::TextSize::Small);
        const bool below = y - height < plot.top();
        theme::paintText(painter, QRectF(plot.left() + 4, below ? y + 1 : y - height - 1, plot.width() - 8, height),
                         text, theme::font(theme::TextSize::Small), color);
    }
}

void TimeSeriesChart::paintMarks(QPainter &painter) const
{
    const theme::Theme &theme = theme::themeOf(this);
    const QRectF plot = m_frame.plot();
    QList<ChartMark> marks;
    for (const ChartMark &mark : m_view.marks) {
        if (m_view.range.contains(mark.at))
            marks.append(mark);
    }
    std::sort(marks.begin(), marks.end(), [](const ChartMark &a, const ChartMark &b) { return a.at < b.at; });
    for (qsizetype i = 0; i < marks.size();) {
        qsizetype end = i + 1;
        while (end < marks.size() && m_frame.xOf(marks.at(end).at) - m_frame.xOf(marks.at(i).at) < markApart)
            ++end;
        const ChartMark &mark = marks.at(i);
        const QColor color = mark.kind == ChartMark::Kind::Alert     ? theme.color(mark.state)
                             : mark.kind == ChartMark::Kind::Command ? theme.color(State::Forced)
                                                                     : theme.color(Token::Accent);
        const double x = std::round(m_frame.xOf(mark.at)) + 0.5;
        QPen pen(color, 1);
        pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, plot.top() + 4), QPointF(x, plot.bottom()));
        const QRectF head(x - 5, plot.top() - 6, 10, 10);
        if (end - i > 1) {
            theme::paintSurface(painter, head.adjusted(-2, -2, 2, 2), 3, color, QColor());
            theme::paintText(painter, head.adjusted(-2, -2, 2, 2), QString::number(end - i),
                             theme::font(theme::TextSize::Small, QFont::DemiBold), theme.color(Token::Bg),
                             Qt::AlignHCenter);
        } else if (mark.kind == ChartMark::Kind::Alert) {
            theme::StatePainter(theme).paint(painter, mark.state, head);
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            if (mark.kind == ChartMark::Kind::Command)
                painter.drawRoundedRect(head, 2, 2);
            else
                painter.drawPolygon(QPolygonF{{x - 0.5, head.top()},
                                              {x + 9, head.top()},
                                              {x + 6, head.center().y()},
                                              {x + 9, head.bottom()},
                                              {x - 0.5, head.bottom()}});
        }
        i = end;
    }
}

void TimeSeriesChart::paintNotKnown(QPainter &painter) const
{
    if (!m_view.notKnownSince)
        return;
    const theme::Theme &theme = theme::themeOf(this);
    const QRectF plot = m_frame.plot();
    const double x = std::clamp(m_frame.xOf(*m_view.notKnownSince), plot.left(), plot.right());
    const QRectF zone(QPointF(x, plot.top()), plot.bottomRight());
    painter.fillRect(zone, theme.background(State::Warning));
    QPen pen(theme.color(State::Warning), 1);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawLine(QPointF(std::round(x) + 0.5, plot.top()), QPointF(std::round(x) + 0.5, plot.bottom()));
    const QString text = u"not known since "_s + clockText(*m_view.notKnownSince, m_zone);
    const QFont font = theme::font(theme::TextSize::Small);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 4;
    const double height = theme::lineHeight(theme::TextSize::Small);
    const bool fitsLeft = x - plot.left() > width + 8;
    theme::paintText(painter, QRectF(fitsLeft ? x - width - 4 : x + 6, plot.top() + 2, width, height), text, font,
                     theme.color(State::Warning));
}

void TimeSeriesChart::paintCrosshair(QPainter &painter) const
{
    if (!m_crosshair || !m_view.range.contains(*m_crosshair))
        return;
    const theme::Theme &theme = theme::themeOf(this);
    const QRectF plot = m_frame.plot();
    const double x = std::round(m_frame.xOf(*m_crosshair)) + 0.5;
    painter.setPen(QPen(theme.color(Token::Text2), 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    if (!m_view.stacked) {
        for (int i = 0; i < m_view.series.size(); ++i) {
            const auto value = valueAt(i, *m_crosshair);
            if (!value || !isShown(i))
                continue;
            painter.setPen(QPen(theme.color(Token::Surface), 1));
            painter.setBrush(theme.hue(m_view.series.at(i).hue));
            painter.drawEllipse(QPointF(x, m_frame.yOf(*value)), 3.5, 3.5);
        }
    }
    const QFont font = theme::font(theme::TextSize::Small, QFont::Medium);
    const QString text = clockText(*m_crosshair, m_zone);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 12;
    const double height = theme::lineHeight(theme::TextSize::Small) + 2;
    const QRectF chip(std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width)), plot.bottom() + 3, width,
                      height);
    theme::paintSurface(painter, chip.adjusted(-2, -1, 2, 1), theme::chipRadius, theme.color(Token::Surface), QColor());
    theme::paintSurface(painter, chip, theme::chipRadius, theme.color(Token::Text2), QColor());
    theme::paintText(painter, chip, text, font, theme.color(Token::Bg), Qt::AlignHCenter);
    if (m_pointer && !m_dragFrom)
        paintFloatingBox(painter);
}

void TimeSeriesChart::paintFloatingBox(QPainter &painter) const
{
    const theme::Theme &theme = theme::themeOf(this);
    struct Line
    {
        QString name, value;
        std::optional<QColor> swatch;
        std::optional<State> state;
    };
    QList<Line> lines;
    for (int i = 0; i < m_view.series.size() && lines.size() < 8; ++i) {
        if (!isShown(i))
            continue;
        const auto value = valueAt(i, *m_crosshair);
        lines.append({m_view.series.at(i).name,
                      value ? quantity(*value, m_view.unit).joined() : u"no value"_s,
                      theme.hue(m_view.series.at(i).hue),
                      {}});
    }
    // What happened closer than 2 % of the range to the pointed moment.
    const Milliseconds near = m_view.range.length() / 50;
    for (const ChartMark &mark : m_view.marks) {
        if (mark.at >= *m_crosshair - near && mark.at <= *m_crosshair + near && lines.size() < 11)
            lines.append({mark.text,
                          clockText(mark.at, m_zone),
                          {},
                          mark.kind == ChartMark::Kind::Alert ? mark.state : State::Forced});
    }
    if (lines.isEmpty())
        return;
    const QRectF plot = m_frame.plot();
    const double row = theme::lineHeight(theme::TextSize::Body);
    const double width = std::min(boxWidth, plot.width() - 16);
    const double height = row * static_cast<double>(lines.size() + 1) + 16;
    const double x = m_frame.xOf(*m_crosshair);
    const bool onLeft = x > plot.center().x();
    QRectF box(onLeft ? x - width - 12 : x + 12, plot.top() + 4, width, height);
    box.moveLeft(std::clamp(box.left(), 0.0, std::max(0.0, this->width() - width)));
    theme::paintSurface(painter, box, theme::fieldRadius, theme.color(Token::Raised), theme.color(Token::LineStrong));
    QRectF line(box.left() + 10, box.top() + 8, width - 20, row);
    theme::paintText(painter, line, clockText(*m_crosshair, m_zone),
                     theme::font(theme::TextSize::Body, QFont::DemiBold), theme.color(Token::Text1));
    for (const Line &each : lines) {
        line.translate(0, row);
        if (each.swatch)
            painter.fillRect(QRectF(line.left(), line.center().y() - 1, 10, 2), *each.swatch);
        else
            theme::StatePainter(theme).paint(painter, *each.state,
                                             QRectF(line.left() - 1, line.center().y() - 6, 12, 12));
        const QFont strong = theme::font(theme::TextSize::Body, QFont::DemiBold);
        const double valueWidth = QFontMetricsF(strong).horizontalAdvance(each.value) + 2;
        theme::paintText(painter, QRectF(line.left() + 18, line.top(), line.width() - valueWidth - 26, row), each.name,
                         theme::font(), theme.color(Token::Text2));
        theme::paintText(painter, QRectF(line.right() - valueWidth, line.top(), valueWidth, row), each.value, strong,
                         theme.color(Token::Text1), Qt::AlignRight);
    }
}

void TimeSeriesChart::resizeEvent(QResizeEvent *)
{
    layOut();
    decimate();
}

void TimeSeriesChart::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position();
    const QRectF plot = m_frame.plot();
    const bool inside = event->position().x() >= plot.left() - 1 && event->position().x() <= plot.right() + 1;
    m_crosshair = inside ? std::optional(m_frame.timeAt(event->position().x())) : std::nullopt;
    Q_EMIT hovered(m_crosshair);
    update();
}

void TimeSeriesChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_frame.plot().contains(event->position()))
        m_dragFrom = event->position().x();
}

void TimeSeriesChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_dragFrom)
        return;
    const Timestamp from = m_frame.timeAt(std::min(*m_dragFrom, event->position().x()));
    const Timestamp to = m_frame.timeAt(std::max(*m_dragFrom, event->position().x()));
    const bool isDrag = std::abs(*m_dragFrom - event->position().x()) >= 6;
    m_dragFrom.reset();
    update();
    if (isDrag && from < to)
        Q_EMIT rangeSelected({from, to});
}

void TimeSeriesChart::leaveEvent(QEvent *)
{
    m_pointer.reset();
    m_crosshair.reset();
    Q_EMIT hovered(std::nullopt);
    update();
}

void TimeSeriesChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace atalaya::charts

#include "moc_time_series_chart.cpp"
