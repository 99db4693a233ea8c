// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chart_legend.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolTip>

#include <cmath>

namespace atalaya::charts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

constexpr int rowHeight = 17;
constexpr int columnWidth = 56;
constexpr int narrow = 300;

QString figure(const std::optional<double> &value, const QString &unit)
{
    if (!value)
        return u"no value"_s;
    const QuantityText text = quantity(*value, unit);
    // The unit stands in the panel's head, except where it scales with the figure.
    return text.unit == u"%" || text.unit == u"/s" || text.unit.isEmpty() ? text.figure : text.joined();
}

} // namespace

QList<LegendRow> legendRows(const ChartView &view)
{
    QList<LegendRow> rows;
    for (const ChartSeries &each : view.series) {
        LegendRow row{each.name, each.hue, each.dashed};
        double sum = 0;
        int count = 0;
        for (const double value : each.series.values) {
            if (!std::isfinite(value))
                continue;
            row.last = value;
            row.minimum = std::min(row.minimum.value_or(value), value);
            row.maximum = std::max(row.maximum.value_or(value), value);
            sum += value;
            ++count;
        }
        if (count > 0)
            row.mean = sum / count;
        rows.append(row);
    }
    return rows;
}

ChartLegend::ChartLegend(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend"));
    setToolTip(tr("Click: only this series. Ctrl+click: add a series."));
}

void ChartLegend::setRows(const QList<LegendRow> &rows, const QString &unit)
{
    if (m_rows == rows && m_unit == unit)
        return;
    const bool resized = m_rows.size() != rows.size();
    m_rows = rows;
    m_unit = unit;
    m_isolated.removeIf([&](int index) { return index >= m_rows.size(); });
    if (resized)
        updateGeometry();
    updateScrollBar();
    viewport()->update();
}

void ChartLegend::setCrosshair(std::optional<Timestamp> at, const QTimeZone &zone,
                               const QList<std::optional<double>> &values)
{
    m_crosshairHead = at ? std::optional(tr("at %1").arg(clockText(*at, zone))) : std::nullopt;
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        m_rows[i].atCrosshair = values.value(i);
    viewport()->update();
}

QSize ChartLegend::sizeHint() const
{
    const int rows = std::clamp(static_cast<int>(m_rows.size()), 1, mostRows);
    return {200, (rows + 1) * rowHeight};
}

void ChartLegend::updateScrollBar()
{
    const int all = static_cast<int>(m_rows.size() + 1) * rowHeight;
    verticalScrollBar()->setRange(0, std::max(0, all - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight);
}

void ChartLegend::resizeEvent(QResizeEvent *)
{
    updateScrollBar();
}

int ChartLegend::rowAt(const QPoint &position) const
{
    const int row = (position.y() + verticalScrollBar()->value()) / rowHeight - 1;
    return row >= 0 && row < m_rows.size() ? row : -1;
}

void ChartLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const theme::Theme &theme = theme::themeOf(this);
    const QFont plain = theme::font(theme::TextSize::Small);
    const QFont strong = theme::font(theme::TextSize::Small, QFont::DemiBold);
    const int right = viewport()->width() - 2;
    const bool isNarrow = viewport()->width() < narrow;
    QStringList heads = isNarrow ? QStringList{tr("last")} : QStringList{tr("last"), tr("min"), tr("max"), tr("mean")};
    const int figures = static_cast<int>(heads.size()) * columnWidth;
    const int crosshairWidth = m_crosshairHead && !isNarrow ? 84 : 0;
    int y = -verticalScrollBar()->value();
    for (int i = 0; i < heads.size(); ++i)
        theme::paintText(painter, QRectF(right - figures + i * columnWidth, y, columnWidth, rowHeight), heads.at(i),
                         plain, theme.color(Token::Text3), Qt::AlignRight);
    if (crosshairWidth > 0)
        theme::paintText(painter, QRectF(right - figures - crosshairWidth, y, crosshairWidth, rowHeight),
                         *m_crosshairHead, plain, theme.color(Token::Text3), Qt::AlignRight);
    for (int i = 0; i < m_rows.size(); ++i) {
        y += rowHeight;
        if (y + rowHeight < 0 || y > viewport()->height())
            continue;
        const LegendRow &row = m_rows.at(i);
        const bool isShown = m_isolated.isEmpty() || m_isolated.contains(i);
        const QColor color = isShown ? theme.hue(row.hue) : theme.color(Token::Disabled);
        // A square cap would close the gaps of a dash.
        QPen pen(color, 2, Qt::SolidLine, Qt::FlatCap);
        if (row.dashed || row.hue >= theme::Theme::hueCount)
            pen.setDashPattern({2.5, 1.5});
        painter.setPen(pen);
        painter.drawLine(QPointF(0, y + rowHeight / 2.0), QPointF(12, y + rowHeight / 2.0));
        const double nameWidth = right - figures - crosshairWidth - 18;
        theme::paintText(painter, QRectF(18, y, std::max(20.0, nameWidth), rowHeight), row.name, plain,
                         theme.color(isShown ? Token::Text1 : Token::Disabled));
        if (crosshairWidth > 0)
            theme::paintText(painter, QRectF(right - figures - crosshairWidth, y, crosshairWidth, rowHeight),
                             figure(row.atCrosshair, m_unit), strong, theme.color(Token::Text1), Qt::AlignRight);
        const std::optional<double> values[] = {row.last, row.minimum, row.maximum, row.mean};
        for (int n = 0; n < heads.size(); ++n)
            theme::paintText(painter, QRectF(right - figures + n * columnWidth, y, columnWidth, rowHeight),
                             figure(values[n], m_unit), plain, theme.color(Token::Text2), Qt::AlignRight);
        if (hasFocus() && i == m_current)
            theme::paintFocusRing(painter, QRectF(1, y + 1, right - 1, rowHeight - 2), 3, theme);
    }
}

void ChartLegend::toggle(int row, bool add)
{
    QSet<int> next = m_isolated;
    if (add) {
        if (!next.remove(row))
            next.insert(row);
    } else {
        next = m_isolated == QSet<int>{row} ? QSet<int>{} : QSet<int>{row};
    }
    m_isolated = next;
    viewport()->update();
    Q_EMIT isolatedChanged(m_isolated);
}

void ChartLegend::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->pos());
    if (event->button() == Qt::LeftButton && row >= 0)
        toggle(row, event->modifiers().testFlag(Qt::ControlModifier));
}

void ChartLegend::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_rows.size()) - 1;
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) {
        m_current = std::clamp(m_current + (event->key() == Qt::Key_Down ? 1 : -1), 0, std::max(0, last));
        viewport()->update();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Space) && m_current >= 0 &&
               m_current <= last) {
        toggle(m_current, event->modifiers().testFlag(Qt::ControlModifier));
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool ChartLegend::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const int row = rowAt(help->pos()); row >= 0) {
            const LegendRow &each = m_rows.at(row);
            QToolTip::showText(help->globalPos(),
                               each.last ? u"%1: %2"_s.arg(each.name, fullQuantity(*each.last, m_unit)) : each.name,
                               viewport());
            return true;
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace atalaya::charts

#include "moc_chart_legend.cpp"
