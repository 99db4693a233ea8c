// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/heat_content.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "models/dashboards/variable_values.h"
#include "widgets/dashboards/stat_content.h"
#include "widgets/theme/color_science.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {
constexpr qreal heatAxisWidth = 52;
constexpr qreal heatTimeHeight = 20;
constexpr qreal heatFootHeight = 22;
} // namespace

HeatContent::HeatContent(const Panel &panel, QWidget *parent) : PanelContent(parent), m_panel(panel)
{
    setObjectName(u"heatContent"_s);
    setMouseTracking(true);
}

int HeatContent::columns() const
{
    // A cell narrower than a few pixels says nothing.
    return std::max(30, static_cast<int>(plot().width() / 5));
}

QRectF HeatContent::plot() const
{
    return QRectF(rect()).adjusted(heatAxisWidth, 6, -2, -heatTimeHeight - heatFootHeight);
}

void HeatContent::showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment)
{
    std::vector<metrics::Series> series;
    QStringList names;
    for (const PanelQueries::Answer &answer : answers) {
        if (!answer.snapshot.data)
            continue;
        for (const metrics::Series &one : answer.snapshot.data->series) {
            series.push_back(one);
            names.append(legendFor(answer.target.legend, one.labels, m_panel.title));
        }
        m_step = answer.step > Milliseconds(0) ? answer.step : m_step;
    }
    m_cells = heatCells(series, names);
    m_words = m_cells.buckets.empty() ? insteadOfData(moment) : QString();
    m_range = moment.range;
    m_zone = moment.zone;
    m_isStale = moment.status.kind == PanelStatus::Kind::Stale;
    setAccessibleName(m_cells.buckets.empty()
                          ? m_words
                          : tr("%1: heat map of %2")
                                .arg(m_panel.title, counted(static_cast<qsizetype>(m_cells.buckets.size()),
                                                            tr("%1 bucket"), tr("%1 buckets"))));
    m_pixmap = {};
    update();
}

void HeatContent::showCrosshair(std::optional<Timestamp> at)
{
    if (at == m_crosshair)
        return;
    m_crosshair = at;
    update();
}

QString HeatContent::boundText(double bound) const
{
    if (std::isinf(bound))
        return u"+Inf"_s;
    // Buckets of durations are in seconds, whatever unit the counts have.
    return quantity(bound, m_panel.unit == u"short" || m_panel.unit.isEmpty() || m_panel.unit == u"none" ? u"s"_s
                                                                                                         : m_panel.unit)
        .joined();
}

int HeatContent::timeIndexAt(Timestamp at) const
{
    const std::int64_t wanted = at.time_since_epoch().count();
    const auto it = std::upper_bound(m_cells.times.begin(), m_cells.times.end(), wanted);
    if (it == m_cells.times.begin())
        return -1;
    const auto index = it - m_cells.times.begin() - 1;
    return wanted - m_cells.times[static_cast<std::size_t>(index)] > 2 * m_step.count() ? -1 : static_cast<int>(index);
}

QString HeatContent::modeAt(Timestamp at) const
{
    const int time = timeIndexAt(at);
    if (time < 0)
        return tr("nothing known");
    double most = 0;
    std::size_t mode = 0;
    for (std::size_t b = 0; b < m_cells.buckets.size(); ++b) {
        const double count = m_cells.counts[b][static_cast<std::size_t>(time)];
        if (!std::isnan(count) && count > most) {
            most = count;
            mode = b;
        }
    }
    if (most <= 0)
        return tr("nothing fell in");
    const HeatCells::Bucket &bucket = m_cells.buckets[mode];
    return bucket.name.isEmpty() ? tr("mode %1 to %2").arg(boundText(bucket.lower), boundText(bucket.upper))
                                 : tr("mode %1").arg(bucket.name);
}

void HeatContent::drawCells()
{
    const QRectF area = plot();
    if (area.width() < 4 || area.height() < 4)
        return;
    const qreal ratio = devicePixelRatioF();
    m_pixmap = QPixmap((area.size() * ratio).toSize());
    m_pixmap.setDevicePixelRatio(ratio);
    m_pixmap.fill(Qt::transparent);
    QPainter painter(&m_pixmap);
    const theme::Theme &look = theme::themeOf(this);
    const double span = std::max<double>(1, static_cast<double>(m_range.length().count()));
    const double rowHeight = area.height() / static_cast<double>(m_cells.buckets.size());
    for (std::size_t t = 0; t < m_cells.times.size(); ++t) {
        const double from =
            static_cast<double>(m_cells.times[t] - m_step.count() - m_range.from.time_since_epoch().count()) / span;
        const double to = static_cast<double>(m_cells.times[t] - m_range.from.time_since_epoch().count()) / span;
        const double left = std::floor(std::max(0.0, from) * area.width());
        const double right = std::floor(std::min(1.0, to) * area.width());
        if (right <= left)
            continue;
        for (std::size_t b = 0; b < m_cells.buckets.size(); ++b) {
            const double count = m_cells.counts[b][t];
            if (std::isnan(count) || count <= 0 || m_cells.most <= 0)
                continue;
            const double top = std::floor(area.height() - static_cast<double>(b + 1) * rowHeight);
            const double bottom = std::floor(area.height() - static_cast<double>(b) * rowHeight);
            QColor color = look.heat(std::sqrt(count / m_cells.most));
            if (m_isStale)
                color = theme::mixed(look.color(theme::Token::Surface), look.color(theme::Token::Stale),
                                     0.2 + 0.6 * count / m_cells.most);
            const double gap = right - left > 4 ? 1 : 0;
            painter.fillRect(QRectF(left, top, right - left - gap, std::max(1.0, bottom - top - 1)), color);
        }
    }
}

void HeatContent::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QFont small = theme::font(theme::TextSize::Small);
    const QRectF area = plot();
    if (m_cells.buckets.empty()) {
        painter.setFont(theme::font());
        painter.setPen(look.color(Token::Text2));
        painter.drawText(rect(), Qt::TextWordWrap, m_words);
        return;
    }
    if (m_pixmap.isNull() || m_pixmap.devicePixelRatioF() != devicePixelRatioF())
        drawCells();
    painter.drawPixmap(area.topLeft(), m_pixmap);

    const double rowHeight = area.height() / static_cast<double>(m_cells.buckets.size());
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(18 / rowHeight)));
    for (std::size_t b = 0; b < m_cells.buckets.size(); b += every) {
        const HeatCells::Bucket &bucket = m_cells.buckets[b];
        const QString text = bucket.name.isEmpty() ? boundText(bucket.upper) : bucket.name;
        const qreal middle = bucket.name.isEmpty() ? area.bottom() - static_cast<double>(b + 1) * rowHeight
                                                   : area.bottom() - (static_cast<double>(b) + 0.5) * rowHeight;
        theme::paintText(painter, QRectF(0, middle - 8, heatAxisWidth - 8, 16), text, small, look.color(Token::Text3),
                         Qt::AlignRight);
    }
    for (int i = 0; i <= 3; ++i) {
        const Timestamp at = m_range.from + m_range.length() * (2 * i + 1) / 8;
        const QString text = clockText(at, m_zone).left(5);
        const qreal x = area.left() + area.width() * (2 * i + 1) / 8;
        theme::paintText(painter, QRectF(x - 24, area.bottom() + 2, 48, heatTimeHeight - 2), text, small,
                         look.color(Token::Text3), Qt::AlignHCenter);
    }

    const QRectF foot(0, height() - heatFootHeight + 4, width(), heatFootHeight - 4);
    const QString most = quantity(m_cells.most, u"short"_s).joined();
    const qreal mostWidth = QFontMetricsF(small).horizontalAdvance(most);
    theme::paintText(painter, QRectF(foot.right() - mostWidth, foot.top(), mostWidth + 1, foot.height()), most, small,
                     look.color(Token::Text2));
    const QRectF ramp(foot.right() - mostWidth - 8 - 92, foot.center().y() - 3, 92, 6);
    for (int x = 0; x < static_cast<int>(ramp.width()); ++x)
        painter.fillRect(QRectF(ramp.left() + x, ramp.top(), 1, ramp.height()), look.heat(x / ramp.width()));
    theme::paintText(painter, QRectF(ramp.left() - 18, foot.top(), 12, foot.height()), u"0"_s, small,
                     look.color(Token::Text2), Qt::AlignRight);
    if (m_crosshair && m_range.contains(*m_crosshair)) {
        const double share = static_cast<double>((*m_crosshair - m_range.from).count()) /
                             std::max<double>(1, static_cast<double>(m_range.length().count()));
        const qreal x = std::round(area.left() + area.width() * share);
        painter.fillRect(QRectF(x - 1, area.top(), 3, area.height()), look.color(Token::Surface));
        painter.fillRect(QRectF(x, area.top(), 1, area.height()), look.color(Token::Text2));
        theme::paintText(painter, QRectF(0, foot.top(), ramp.left() - 24, foot.height()),
                         tr("at %1, %2").arg(clockText(*m_crosshair, m_zone), modeAt(*m_crosshair)), small,
                         look.color(Token::Text2));
    } else if (!m_cells.times.empty()) {
        const Timestamp last{Milliseconds(m_cells.times.back())};
        theme::paintText(painter, QRectF(0, foot.top(), ramp.left() - 24, foot.height()),
                         tr("last: %1").arg(modeAt(last)), small, look.color(Token::Text2));
    }
}

void HeatContent::resizeEvent(QResizeEvent *event)
{
    m_pixmap = {};
    PanelContent::resizeEvent(event);
}

void HeatContent::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        m_pixmap = {};
    PanelContent::changeEvent(event);
}

void HeatContent::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF area = plot();
    if (!area.contains(event->position())) {
        Q_EMIT crosshairMoved(std::nullopt);
        return;
    }
    const double share = (event->position().x() - area.left()) / area.width();
    Q_EMIT crosshairMoved(m_range.from +
                          Milliseconds(static_cast<qint64>(share * static_cast<double>(m_range.length().count()))));
}

void HeatContent::leaveEvent(QEvent *event)
{
    Q_EMIT crosshairMoved(std::nullopt);
    PanelContent::leaveEvent(event);
}

} // namespace atalaya::dashboards

#include "moc_heat_content.cpp"
