// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/stat_content.h"

#include "models/base/quantity.h"
#include "models/dashboards/instant_table_model.h"
#include "widgets/common/sparkline.h"
#include "widgets/dashboards/series_statistics.h"
#include "widgets/dashboards/threshold_state.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QToolTip>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {

constexpr int statRowHeight = 24;
constexpr qsizetype mostFigures = 200;

QString reducerWords(const QString &reducer)
{
    if (reducer == u"mean" || reducer == u"avg")
        return StatContent::tr("mean of the range");
    if (reducer == u"max")
        return StatContent::tr("highest of the range");
    if (reducer == u"min")
        return StatContent::tr("lowest of the range");
    if (reducer == u"sum" || reducer == u"total")
        return StatContent::tr("sum of the range");
    return {};
}

} // namespace

QString insteadOfData(const PanelMoment &moment)
{
    switch (moment.status.kind) {
    case PanelStatus::Kind::Waiting:
    case PanelStatus::Kind::Slow:
        return {};
    case PanelStatus::Kind::Failed:
        return moment.status.serverWords;
    case PanelStatus::Kind::Empty:
        return PanelContent::tr("No data in this range");
    case PanelStatus::Kind::Fine:
    case PanelStatus::Kind::Stale:
        break;
    }
    return PanelContent::tr("No data in this range");
}

StatContent::StatContent(const Panel &panel, QWidget *parent) : PanelContent(parent), m_panel(panel)
{
    setObjectName(u"statContent"_s);
}

void StatContent::showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment)
{
    QList<Figure> figures;
    for (const PanelQueries::Answer &answer : answers) {
        if (!answer.snapshot.data)
            continue;
        for (const metrics::Series &series : answer.snapshot.data->series) {
            if (figures.size() >= mostFigures)
                break;
            Figure figure;
            figure.name = legendFor(answer.target.legend, series.labels, m_panel.title);
            const std::optional<double> value = reduced(series, m_panel.reducer);
            if (value) {
                const QString mapped =
                    m_panel.valueTexts.isEmpty() ? QString() : panelValueText(*value, m_panel.unit, m_panel.valueTexts);
                const QuantityText text = quantity(*value, m_panel.unit);
                const bool isMapped = !mapped.isEmpty() && mapped != text.joined();
                figure.figure = isMapped ? mapped : text.figure;
                figure.unit = isMapped ? QString() : text.unit;
                figure.inFull = fullQuantity(*value, m_panel.unit);
                figure.state = stateOfValue(*value, m_panel.thresholds);
            } else {
                figure.figure = tr("no value");
            }
            figure.times = series.times;
            figure.values = series.values;
            figures.append(figure);
        }
        if (answer.snapshot.data->kind == metrics::QueryResult::Kind::String)
            figures.append({answer.target.legend, answer.snapshot.data->text, {}, {}, {}, {}, {}});
    }
    m_words = figures.isEmpty() ? insteadOfData(moment) : QString();
    m_hint = reducerWords(m_panel.reducer);
    m_range = moment.range;
    m_isStale = moment.status.kind == PanelStatus::Kind::Stale;
    m_figures = figures;
    QStringList words;
    for (const Figure &figure : std::as_const(m_figures))
        words.append(figure.name + u": "_s + figure.figure + u' ' + figure.unit);
    setAccessibleName(words.isEmpty() ? m_words : words.join(u", "_s));
    update();
}

void StatContent::paintOne(QPainter &painter, const Figure &figure) const
{
    using theme::TextSize;
    using theme::Token;
    const theme::Theme &look = theme::themeOf(this);
    const QColor tone = m_isStale      ? look.color(Token::Stale)
                        : figure.state ? look.color(*figure.state)
                                       : look.color(Token::Text1);
    const qreal top = std::max(0.0, std::min(4.0, height() - 56.0));
    QFont big = theme::font(TextSize::Figure, QFont::DemiBold);
    qreal x = 0;
    if (figure.state && !m_isStale) {
        theme::StatePainter(look).paint(painter, *figure.state, QRectF(0, top + 10, 16, 16));
        x = 24;
    }
    const bool hasTrend = figure.values.size() > 2 && width() > 200;
    const qreal room = hasTrend ? width() * 0.56 : width();
    const qreal taken = theme::paintText(painter, QRectF(x, top, room - x, 36), figure.figure, big, tone);
    theme::paintText(painter, QRectF(x + taken + 5, top + 8, std::max(0.0, room - x - taken - 5), 26), figure.unit,
                     theme::font(), look.color(Token::Text2));
    const QString hint = figure.name == m_panel.title ? m_hint : figure.name;
    if (height() >= 54)
        theme::paintText(painter, QRectF(0, top + 37, room, 18), hint, theme::font(TextSize::Small),
                         look.color(Token::Text2));
    if (hasTrend) {
        const qreal trendHeight = std::min<qreal>(height() - 4, 56);
        const QRectF trend(width() * 0.60, (std::min<qreal>(height(), 64) - trendHeight) / 2 + 1, width() * 0.40 - 3,
                           trendHeight);
        common::SparklineValues values;
        values.times.assign(figure.times.begin(), figure.times.end());
        values.values = figure.values;
        values.from = static_cast<double>(m_range.from.time_since_epoch().count());
        values.to = static_cast<double>(m_range.to.time_since_epoch().count());
        values.stale = m_isStale;
        common::paintSparkline(painter, trend, values, look);
    }
}

void StatContent::paintList(QPainter &painter) const
{
    using theme::Token;
    const theme::Theme &look = theme::themeOf(this);
    const int fits = std::max(1, height() / statRowHeight);
    const int columns = m_figures.size() > fits && width() > 420 ? 2 : 1;
    const qreal columnWidth = (width() - (columns - 1) * 24.0) / columns;
    const qsizetype shown = std::min<qsizetype>(m_figures.size(), fits * columns);
    const bool isCut = shown < m_figures.size();
    for (qsizetype i = 0; i < shown; ++i) {
        const qreal left = static_cast<qreal>(i / fits) * (columnWidth + 24);
        const QRectF row(left, static_cast<qreal>(i % fits) * statRowHeight, columnWidth, statRowHeight);
        if (isCut && i == shown - 1) {
            theme::paintText(painter, row, tr("%1 more").arg(m_figures.size() - shown + 1),
                             theme::font(theme::TextSize::Small), look.color(Token::Text3));
            break;
        }
        const Figure &figure = m_figures.at(i);
        const QColor tone = m_isStale      ? look.color(Token::Stale)
                            : figure.state ? look.color(*figure.state)
                                           : look.color(Token::Text1);
        const QFont strong = theme::font(theme::TextSize::Body, QFont::DemiBold);
        const QString value = figure.unit.isEmpty()
                                  ? figure.figure
                                  : figure.figure + (figure.unit == u"/s" ? QString() : u" "_s) + figure.unit;
        const qreal valueWidth = std::min(row.width() * 0.6, QFontMetricsF(strong).horizontalAdvance(value));
        theme::paintText(painter, QRectF(row.right() - valueWidth, row.top(), valueWidth, row.height()), value, strong,
                         tone, Qt::AlignRight);
        qreal x = row.left();
        if (figure.state && !m_isStale) {
            theme::StatePainter(look).paint(painter, *figure.state, QRectF(x, row.center().y() - 6, 12, 12));
            x += 18;
        }
        theme::paintText(painter, QRectF(x, row.top(), row.right() - valueWidth - 10 - x, row.height()), figure.name,
                         theme::font(), look.color(Token::Text2));
        theme::paintHairline(painter, QPointF(row.left(), row.bottom() - 1), row.width(), Qt::Horizontal,
                             look.color(Token::Line));
    }
}

void StatContent::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    if (m_figures.isEmpty()) {
        painter.setFont(theme::font());
        painter.setPen(look.color(theme::Token::Text2));
        painter.drawText(rect(), Qt::TextWordWrap, m_words);
        return;
    }
    if (m_figures.size() == 1)
        paintOne(painter, m_figures.first());
    else
        paintList(painter);
}

bool StatContent::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return PanelContent::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QStringList lines;
    for (const Figure &figure : std::as_const(m_figures).mid(0, 30))
        lines.append(figure.name + u": "_s + (figure.inFull.isEmpty() ? figure.figure : figure.inFull));
    QToolTip::showText(help->globalPos(), lines.isEmpty() ? m_words : lines.join(u'\n'), this);
    return true;
}

} // namespace atalaya::dashboards

#include "moc_stat_content.cpp"
