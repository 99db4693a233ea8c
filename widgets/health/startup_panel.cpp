// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/startup_panel.h"

#include "models/base/time_text.h"
#include "models/health/health_table_model.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {

namespace {

constexpr int startupTitleHeight = 24;
constexpr int startupBudgetHeight = 34;
constexpr int startupLineHeight = 24;

State checkState(const StartupCheck &check)
{
    if (check.status == u"pass")
        return State::Ok;
    if (check.status == u"warning")
        return State::Warning;
    return check.status == u"fail" ? State::Critical : State::Unknown;
}

} // namespace

StartupPanel::StartupPanel(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void StartupPanel::show(const QString &instance, const Snapshot<StartupReport> &startup, Timestamp now,
                        const QTimeZone &zone)
{
    const int before = sizeHint().height();
    m_title = tr("Start-up validation, %1").arg(instance);
    m_problem.clear();
    m_total.clear();
    m_rest.clear();
    m_lines.clear();
    m_share = 0;
    m_overBudget = false;
    if (!startup.data) {
        m_problem = startup.error ? sentenceFor(*startup.error) : tr("not answered yet");
    } else if (startup.data->status == u"skipped") {
        m_problem = startup.data->reason.isEmpty() ? tr("Skipped.") : tr("Skipped: %1.").arg(startup.data->reason);
    } else {
        const StartupReport &report = *startup.data;
        m_total = latencyText(report.totalDurationMs);
        m_totalMs = std::max(1.0, report.totalDurationMs);
        m_overBudget = report.totalDurationMs > StartupReport::budgetMs;
        m_share = std::min(1.0, report.totalDurationMs / StartupReport::budgetMs);
        m_rest = m_overBudget ? tr("over the 5 s budget") : tr("of the 5 s budget");
        const auto moment = report.finishedAt ? report.finishedAt : report.startedAt;
        if (moment)
            m_rest += u", "_s + whenText(*moment, now, zone);
        if (report.status != u"healthy")
            m_rest += u", "_s + report.status;
        double began = 0;
        for (const StartupCheck &check : report.checks) {
            m_lines.append({check, began});
            began += check.durationMs;
        }
        m_totalMs = std::max(m_totalMs, began);
    }
    QStringList words{m_title, m_problem, m_total + u' ' + m_rest};
    for (const Line &line : std::as_const(m_lines))
        words.append(line.check.name + u": "_s + line.check.status + u", "_s + latencyText(line.check.durationMs));
    setAccessibleName(m_title);
    setAccessibleDescription(words.join(u'\n'));
    if (sizeHint().height() != before)
        updateGeometry();
    update();
}

QSize StartupPanel::sizeHint() const
{
    int height = startupTitleHeight;
    if (!m_problem.isEmpty())
        height += startupLineHeight * 2;
    else
        height += startupBudgetHeight + static_cast<int>(m_lines.size()) * startupLineHeight;
    return {340, height};
}

void StartupPanel::paintEvent(QPaintEvent *)
{
    using theme::TextSize;
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const qreal all = width();
    theme::paintText(painter, QRectF(0, 0, all, startupTitleHeight), m_title,
                     theme::font(TextSize::Body, QFont::DemiBold), look.color(Token::Text1));
    if (!m_problem.isEmpty()) {
        painter.setFont(theme::font());
        painter.setPen(look.color(Token::Text2));
        painter.drawText(QRectF(0, startupTitleHeight, all, 2 * startupLineHeight), Qt::TextWordWrap, m_problem);
        return;
    }
    qreal y = startupTitleHeight;
    const qreal taken =
        theme::paintText(painter, QRectF(0, y, all, 20), m_total, theme::font(TextSize::Body, QFont::DemiBold),
                         look.color(m_overBudget ? Token::Critical : Token::Text1));
    theme::paintText(painter, QRectF(taken + 5, y, all - taken - 5, 20), m_rest, theme::font(),
                     look.color(Token::Text2));
    const QRectF budget(0, y + 24, all, 4);
    painter.fillRect(budget, look.color(Token::Line));
    painter.fillRect(QRectF(budget.left(), budget.top(), budget.width() * m_share, budget.height()),
                     look.color(m_overBudget ? Token::Critical : Token::Ok));
    y += startupBudgetHeight;

    const QFont small = theme::font(TextSize::Small);
    const QFontMetricsF metrics(small);
    const qreal timeWidth = 62;
    const qreal trackWidth = std::clamp(all * 0.28, 60.0, 120.0);
    const qreal trackLeft = all - timeWidth - trackWidth;
    for (const Line &line : std::as_const(m_lines)) {
        const QRectF row(0, y, all, startupLineHeight);
        const State state = checkState(line.check);
        theme::StatePainter(look).paint(painter, state, QRectF(0, row.center().y() - 7, 14, 14));
        qreal nameRight = trackLeft - 8;
        if (line.check.critical) {
            const QString word = tr("critical");
            const qreal wordWidth = metrics.horizontalAdvance(word);
            theme::paintText(painter, QRectF(nameRight - wordWidth, y, wordWidth + 1, startupLineHeight), word, small,
                             look.color(Token::Text3));
            nameRight -= wordWidth + 8;
        }
        theme::paintText(painter, QRectF(20, y, nameRight - 20, startupLineHeight), line.check.name, theme::font(),
                         look.color(state == State::Ok        ? Token::Text1
                                    : state == State::Warning ? Token::Warning
                                                              : Token::Critical));
        const QRectF track(trackLeft, row.center().y() - 2, trackWidth, 4);
        painter.fillRect(track, look.color(Token::Line));
        const qreal from = track.left() + track.width() * line.beganAtMs / m_totalMs;
        const qreal length = std::max(2.0, track.width() * line.check.durationMs / m_totalMs);
        painter.fillRect(QRectF(std::min(from, track.right() - 2), track.top(), std::min(length, track.right() - from),
                                track.height()),
                         look.hue(0));
        theme::paintText(painter, QRectF(all - timeWidth, y, timeWidth, startupLineHeight),
                         latencyText(line.check.durationMs), theme::font(), look.color(Token::Text1), Qt::AlignRight);
        y += startupLineHeight;
    }
}

bool StartupPanel::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int at = (help->pos().y() - startupTitleHeight - startupBudgetHeight) / startupLineHeight;
    if (help->pos().y() > startupTitleHeight + startupBudgetHeight && at < m_lines.size()) {
        const StartupCheck &check = m_lines.at(at).check;
        QToolTip::showText(help->globalPos(),
                           check.message.isEmpty() ? check.name + u", "_s + check.status
                                                   : check.name + u", "_s + check.status + u": "_s + check.message,
                           this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

} // namespace atalaya::health

#include "moc_startup_panel.cpp"
