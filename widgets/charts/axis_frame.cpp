// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/axis_frame.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtWidgets/QGraphicsLayout>
#include <QtWidgets/QGraphicsScene>

#include <cmath>

namespace atalaya::charts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

/// The chart that only lays out. Texts are ours (QCategoryAxis), so that units hold.
class Layout
{
public:
    Layout() : chart(new QChart)
    {
        scene.addItem(chart); // owns it
        chart->legend()->hide();
        chart->setBackgroundVisible(false);
        chart->setPlotAreaBackgroundVisible(false);
        chart->setMargins({});
        chart->layout()->setContentsMargins(0, 0, 0, 0);
        chart->setAnimationOptions(QChart::NoAnimation);
        // An axis without a series has no domain; this one never holds a point.
        auto *empty = new QLineSeries(chart);
        chart->addSeries(empty);
    }

    void setValues(const QList<Tick> &ticks, const QColor &color)
    {
        auto *values = new QCategoryAxis(chart);
        values->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        values->setLineVisible(false);
        values->setGridLineVisible(false);
        values->setTruncateLabels(false);
        values->setLabelsFont(theme::font(theme::TextSize::Small));
        values->setLabelsBrush(color);
        chart->addAxis(values, Qt::AlignLeft);
        chart->series().constFirst()->attachAxis(values);
        values->setStartValue(ticks.first().at);
        QStringList taken;
        for (const Tick &tick : ticks) {
            // Qt Charts refuses two categories of one name; marks without width keep equal texts apart.
            QString text = tick.text;
            while (taken.contains(text))
                text += QChar(0x200B);
            taken += text;
            values->append(text, tick.at);
        }
        values->setRange(ticks.first().at, ticks.last().at);
    }

    QGraphicsScene scene;
    QChart *chart;
};

} // namespace

void AxisFrame::layOut(const AxisPlan &plan, const QSize &size, qreal ratio, const theme::Theme &theme)
{
    const QString fontKey = theme::font(theme::TextSize::Small).key();
    const bool isKept = m_plan.values == plan.values && m_size == size && m_ratio == ratio && m_theme == &theme &&
                        m_fontKey == fontKey && !m_pixmap.isNull();
    m_plan = plan;
    if (isKept || plan.values.size() < 2 || size.isEmpty())
        return;
    m_size = size;
    m_ratio = ratio;
    m_theme = &theme;
    m_fontKey = fontKey;
    ++m_layoutCount;
    // A chart of its own each time: Qt Charts keeps the texts of an axis that was taken away until the event loop
    // turns.
    Layout layout;
    layout.setValues(plan.values, theme.color(Token::Text3));
    const int below = theme::lineHeight(theme::TextSize::Small) + 4;
    layout.chart->setMargins({0, 8, 8, below});
    layout.chart->resize(size);
    layout.scene.setSceneRect(QRectF(QPointF(), size));
    layout.chart->layout()->activate();

    m_pixmap = QPixmap(size * ratio);
    m_pixmap.setDevicePixelRatio(ratio);
    m_pixmap.fill(Qt::transparent);
    QPainter painter(&m_pixmap);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    layout.scene.render(&painter, QRectF(QPointF(), size), QRectF(QPointF(), size));
    m_plot = layout.chart->plotArea();
    for (const Tick &tick : plan.values)
        theme::paintHairline(painter, {m_plot.left(), std::round(yOf(tick.at))}, m_plot.width(), Qt::Horizontal,
                             theme.color(Token::Line));
}

void AxisFrame::paint(QPainter &painter, const QList<Tick> &times) const
{
    if (m_pixmap.isNull())
        return;
    painter.drawPixmap(0, 0, m_pixmap);
    const QFont font = theme::font(theme::TextSize::Small);
    const QFontMetricsF metrics(font);
    const double height = theme::lineHeight(theme::TextSize::Small);
    for (const Tick &tick : times) {
        const double width = metrics.horizontalAdvance(tick.text) + 2;
        double left = xOf(Timestamp(Milliseconds(static_cast<std::int64_t>(tick.at)))) - width / 2;
        if (left < m_plot.left() - width / 2 || left + width > m_size.width())
            continue;
        theme::paintText(painter, QRectF(left, m_plot.bottom() + 4, width, height), tick.text, font,
                         m_theme->color(Token::Text3), Qt::AlignHCenter);
    }
}

double AxisFrame::xOf(Timestamp time) const
{
    const double length = std::max<double>(1, static_cast<double>(m_plan.range.length().count()));
    return m_plot.left() + m_plot.width() * static_cast<double>((time - m_plan.range.from).count()) / length;
}

double AxisFrame::yOf(double value) const
{
    const double bottom = m_plan.values.isEmpty() ? 0 : m_plan.values.first().at;
    const double top = m_plan.values.isEmpty() ? 1 : m_plan.values.last().at;
    return m_plot.bottom() - m_plot.height() * (value - bottom) / (top - bottom);
}

Timestamp AxisFrame::timeAt(double x) const
{
    if (m_plot.width() <= 0)
        return m_plan.range.from;
    const double share = std::clamp((x - m_plot.left()) / m_plot.width(), 0.0, 1.0);
    return m_plan.range.from +
           Milliseconds(static_cast<std::int64_t>(share * static_cast<double>(m_plan.range.length().count())));
}

} // namespace atalaya::charts
