// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakers/breaker_cell.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/common/sparkline.h"
#include "widgets/theme/color_science.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::breakers {

namespace {

constexpr double notQuiet = 0.1;

struct CellWords
{
    Q_DECLARE_TR_FUNCTIONS(BreakerCell)
};

/// Three significant digits without the zeros at their end: "7.2 /s", "13.8 /s", "312 /s".
QString perSecond(double rate)
{
    QString figure = quantity(rate, u"ops"_s).figure;
    if (figure.contains(u'.') && !figure.contains(u' ')) {
        while (figure.endsWith(u'0'))
            figure.chop(1);
        if (figure.endsWith(u'.'))
            figure.chop(1);
    }
    return figure + u" /s"_s;
}

QString percentOf(double share)
{
    // Under a tenth of a percent the digits would only flicker.
    const double percent = share * 100;
    if (std::abs(percent) < 0.05)
        return u"0 %"_s;
    const QString figure = QString::number(percent, 'f', std::abs(percent) < 9.95 ? 1 : 0);
    return (figure.endsWith(u".0"_s) ? figure.chopped(2) : figure) + u" %"_s;
}

void paintHistory(QPainter &painter, const QRectF &area, const theme::Theme &look,
                  const QList<std::pair<Timestamp, double>> &history)
{
    if (history.size() < 2)
        return;
    common::SparklineValues values;
    for (const auto &[at, rate] : history) {
        values.times.push_back(static_cast<double>(at.time_since_epoch().count()));
        values.values.push_back(rate);
    }
    values.from = values.times.front();
    values.to = values.times.back();
    // A rate of nearly nothing must not fill the height: the line is flat where nothing fails.
    if (*std::max_element(values.values.begin(), values.values.end()) < 0.02)
        std::fill(values.values.begin(), values.values.end(), 0.0);
    common::paintSparkline(painter, area, values, look);
}

std::optional<double> elapsedShare(std::optional<Timestamp> from, Timestamp now, Timestamp to)
{
    if (!from || to <= *from)
        return std::nullopt;
    return std::clamp(static_cast<double>((now - *from).count()) / static_cast<double>((to - *from).count()), 0.0, 1.0);
}

void setCountdown(BreakerCell &cell, const Breaker &breaker, Timestamp now)
{
    if (!breaker.control || !breaker.controlLive)
        return;
    const ControlReading &control = *breaker.control;
    if (control.mode == BreakerMode::ForcedOpen) {
        if (!control.forcedUntil) {
            cell.countdown = CellWords::tr("until reset");
            return;
        }
        cell.countdown = *control.forcedUntil > now
                             ? CellWords::tr("ends in %1").arg(countdownText(*control.forcedUntil - now))
                             : CellWords::tr("hold is over");
        cell.elapsed = elapsedShare(control.since ? control.since : breaker.since, now, *control.forcedUntil);
        return;
    }
    if (control.state == BreakerState::Open) {
        std::optional<Timestamp> probe = control.nextProbeAt;
        const std::optional<Timestamp> opened = control.openedAt ? control.openedAt : control.since;
        if (!probe && opened && control.config.timeoutSeconds)
            probe = *opened + Milliseconds(std::llround(*control.config.timeoutSeconds * 1000));
        if (!probe)
            return;
        const Milliseconds left = *probe - now;
        if (left <= Milliseconds(0))
            cell.countdown = CellWords::tr("probe due");
        else if (left < std::chrono::minutes(2))
            cell.countdown = CellWords::tr("probe in %1 s").arg((left.count() + 999) / 1000);
        else
            cell.countdown = CellWords::tr("probe in %1").arg(countdownText(left));
        cell.elapsed = elapsedShare(opened, now, *probe);
        return;
    }
    if (control.state == BreakerState::HalfOpen && control.counters && control.config.halfOpenMaxCalls &&
        *control.config.halfOpenMaxCalls > 0) {
        const int most = *control.config.halfOpenMaxCalls;
        const int done = std::clamp(static_cast<int>(control.counters->halfOpenCalls), 0, most);
        cell.countdown = CellWords::tr("probe %1 of %2").arg(done).arg(most);
        cell.elapsed = static_cast<double>(done) / most;
    }
}

void setFigures(BreakerCell &cell, const Breaker &breaker)
{
    const bool cuts = cell.glyph == theme::Switch::ForcedOpen || cell.glyph == theme::Switch::Open ||
                      cell.glyph == theme::Switch::HalfOpen;
    if (breaker.failureRate && cell.glyph != theme::Switch::ForcedOpen)
        cell.rate = percentOf(*breaker.failureRate);
    // A half-open breaker that rejects is judged by what it rejects; one that lets all through, by its calls.
    if (cuts && breaker.rejectedPerSecond &&
        (cell.glyph != theme::Switch::HalfOpen || *breaker.rejectedPerSecond > 0)) {
        cell.calls = CellWords::tr("%1 rejected").arg(perSecond(*breaker.rejectedPerSecond));
        cell.callsShort = CellWords::tr("%1 cut").arg(perSecond(*breaker.rejectedPerSecond));
    } else if (breaker.callsPerSecond) {
        cell.calls = CellWords::tr("%1 calls").arg(perSecond(*breaker.callsPerSecond));
        cell.callsShort = perSecond(*breaker.callsPerSecond);
    } else {
        cell.calls = CellWords::tr("calls not known");
        cell.callsShort = CellWords::tr("calls not known");
    }
}

} // namespace

theme::Switch switchOf(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return theme::Switch::Closed;
    case BreakerState::HalfOpen:
        return theme::Switch::HalfOpen;
    case BreakerState::Open:
        return theme::Switch::Open;
    case BreakerState::Unknown:
        break;
    }
    return theme::Switch::Unknown;
}

theme::Switch switchOf(const Breaker &breaker)
{
    switch (breaker.mode()) {
    case BreakerMode::ForcedOpen:
        return theme::Switch::ForcedOpen;
    case BreakerMode::Disabled:
        return theme::Switch::Disabled;
    case BreakerMode::MetricsOnly:
    case BreakerMode::Bypassed:
        return theme::Switch::Bypassed;
    case BreakerMode::Auto:
        break;
    }
    return switchOf(breaker.state());
}

BreakerCell breakerCell(const Breaker &breaker, Timestamp now, const QTimeZone &zone)
{
    BreakerCell cell;
    cell.glyph = switchOf(breaker);
    cell.word = breaker.shownWord();
    cell.state = theme::switchState(cell.glyph);

    if (!breaker.controlLive && !breaker.gaugeLive) {
        cell.surface = BreakerCell::Surface::Hatched;
        cell.state = State::Stale;
        const auto last = breaker.lastSeen();
        if (last)
            cell.note = CellWords::tr("last seen %1, %2")
                            .arg(theme::switchWord(switchOf(last->first)), whenText(last->second, now, zone));
        else
            cell.note = breaker.controlError.isEmpty() ? CellWords::tr("not answered yet")
                                                       : CellWords::tr("never read: %1").arg(breaker.controlError);
        return cell;
    }

    cell.surface = cell.glyph == theme::Switch::Closed ? BreakerCell::Surface::Plain : BreakerCell::Surface::OfState;
    if (breaker.since)
        cell.since =
            cell.glyph == theme::Switch::Closed ? shortAge(now - *breaker.since) : whenText(*breaker.since, now, zone);
    setCountdown(cell, breaker, now);
    setFigures(cell, breaker);

    // Closed, but not quiet: it lets through what fails.
    if (cell.glyph == theme::Switch::Closed && breaker.failureRate && *breaker.failureRate >= notQuiet) {
        cell.surface = BreakerCell::Surface::Warning;
        cell.rateWarns = true;
    }

    if (breaker.differs()) {
        cell.surface = BreakerCell::Surface::Warning;
        cell.noteWarns = true;
        const QString other = theme::switchWord(switchOf(breaker.gauge->state));
        cell.note = CellWords::tr("metric says %1")
                        .arg(breaker.gauge->state == BreakerState::Unknown ? breaker.gauge->word() : other);
        cell.rate.clear();
        if (!breaker.callsPerSecond)
            cell.calls = cell.callsShort = QString();
    } else if (!breaker.controlLive && !breaker.controlError.isEmpty()) {
        // The metric still tells the state, but not what it costs.
        cell.noteWarns = true;
        cell.note = CellWords::tr("control: %1").arg(breaker.controlError);
        cell.rate.clear();
        cell.calls = cell.callsShort = QString();
    }
    return cell;
}

QString cellSentence(const Breaker &breaker, Timestamp now, const QTimeZone &zone)
{
    const BreakerCell cell = breakerCell(breaker, now, zone);
    QStringList parts{CellWords::tr("%1 on %2: %3").arg(breaker.id.name, breaker.id.instance, cell.word)};
    if (breaker.since && cell.surface != BreakerCell::Surface::Hatched)
        parts.append(
            CellWords::tr("since %1 (%2)").arg(whenText(*breaker.since, now, zone), ageText(now - *breaker.since)));
    if (!cell.note.isEmpty())
        parts.append(cell.note);
    if (!cell.rate.isEmpty())
        parts.append(CellWords::tr("%1 of calls fail").arg(cell.rate));
    if (!cell.calls.isEmpty())
        parts.append(cell.calls);
    if (!cell.countdown.isEmpty())
        parts.append(cell.countdown);
    return parts.join(u", "_s);
}

void paintBreakerCell(QPainter &painter, const QRectF &area, const theme::Theme &theme, const BreakerCell &cell,
                      const QList<std::pair<Timestamp, double>> &history, bool selected, bool focused, bool hovered)
{
    using theme::TextSize;
    using theme::Token;
    constexpr qreal padding = 8;
    const bool hatched = cell.surface == BreakerCell::Surface::Hatched;
    const QColor stateColor = theme.color(cell.state);

    QColor fill = hovered ? theme.color(Token::Hover) : theme.color(Token::Surface);
    QColor border = theme.color(Token::Line);
    if (cell.surface == BreakerCell::Surface::OfState) {
        fill = theme.background(cell.state);
        border = theme.isHighContrast() ? stateColor : theme::mixed(fill, stateColor, 0.25);
    } else if (cell.surface == BreakerCell::Surface::Warning) {
        fill = theme.color(Token::WarningBackground);
        border = theme.isHighContrast() ? theme.color(Token::Warning)
                                        : theme::mixed(fill, theme.color(Token::Warning), 0.25);
    } else if (hatched) {
        fill = theme.color(Token::StaleBackground);
    }
    if (selected)
        border = theme.color(Token::Accent);
    const qreal width = theme.isHighContrast() && cell.surface != BreakerCell::Surface::Plain ? 2 : 1;
    theme::paintSurface(painter, area, theme::fieldRadius, fill, border, width);
    if (hatched)
        theme::paintHatch(painter, area.adjusted(1, 1, -1, -1), theme.color(Token::Line), theme::fieldRadius - 1);

    if (cell.elapsed) {
        painter.save();
        QPainterPath inside;
        inside.addRoundedRect(area, theme::fieldRadius, theme::fieldRadius);
        painter.setClipPath(inside, Qt::IntersectClip);
        painter.fillRect(QRectF(area.left(), area.bottom() - 2, area.width() * *cell.elapsed, 2), stateColor);
        painter.restore();
    }

    const QRectF inner = area.adjusted(padding, 5, -padding, -5);
    const QRectF first(inner.left(), inner.top(), inner.width(), inner.height() / 2);
    const QRectF second(inner.left(), first.bottom(), inner.width(), inner.height() / 2);
    const QFont body = theme::font();
    const QFont strong = theme::font(TextSize::Body, QFont::DemiBold);
    const QFont small = theme::font(TextSize::Small);
    const QColor hint = theme.color(Token::Text3);

    theme::StatePainter(theme).paint(painter, cell.glyph, QRectF(first.left(), first.center().y() - 8, 22, 16),
                                     stateColor);
    // Where both do not fit, the word stays: the tool tip has the time.
    const qreal wordWidth = QFontMetricsF(strong).horizontalAdvance(cell.word);
    qreal sinceWidth = cell.since.isEmpty() ? 0 : QFontMetricsF(small).horizontalAdvance(cell.since);
    if (28 + wordWidth + 8 + sinceWidth > first.width())
        sinceWidth = 0;
    if (sinceWidth > 0)
        theme::paintText(painter, QRectF(first.right() - sinceWidth, first.top(), sinceWidth, first.height()),
                         cell.since, small, hint, Qt::AlignRight);
    theme::paintText(painter, first.adjusted(28, 0, sinceWidth > 0 ? -sinceWidth - 8 : 0, 0), cell.word, strong,
                     stateColor);

    // From the right: what matters most at a glance stays, what does not fit goes.
    QRectF rest = second;
    if (!cell.countdown.isEmpty()) {
        const qreal taken = std::min(QFontMetricsF(small).horizontalAdvance(cell.countdown), rest.width() * 0.6);
        theme::paintText(painter, QRectF(rest.right() - taken, rest.top(), taken, rest.height()), cell.countdown, small,
                         theme.color(Token::Text2), Qt::AlignRight);
        rest.setRight(rest.right() - taken - 8);
    }
    if (!cell.note.isEmpty()) {
        if (!cell.callsShort.isEmpty()) {
            const qreal taken = QFontMetricsF(small).horizontalAdvance(cell.callsShort);
            theme::paintText(painter, QRectF(rest.right() - taken, rest.top(), taken, rest.height()), cell.callsShort,
                             small, hint, Qt::AlignRight);
            rest.setRight(rest.right() - taken - 8);
        }
        if (cell.noteWarns) {
            theme::StatePainter(theme).paint(painter, State::Warning,
                                             QRectF(rest.left(), rest.center().y() - 6, 12, 12));
            rest.setLeft(rest.left() + 16);
        }
        theme::paintText(painter, rest, cell.note, small, theme.color(cell.noteWarns ? Token::Warning : Token::Text2));
    } else {
        const QFont rateFont = theme::font(TextSize::Small, QFont::DemiBold);
        const qreal rateWidth =
            cell.rate.isEmpty() ? 0 : std::max(36.0, QFontMetricsF(rateFont).horizontalAdvance(cell.rate) + 8);
        const qreal shortWidth = QFontMetricsF(small).horizontalAdvance(cell.callsShort);
        const qreal sparkWidth = std::clamp(second.width() * 0.18, 32.0, 56.0);
        // What does not fit goes, the line first: a figure cut short would be read as another figure.
        if (sparkWidth + 10 + rateWidth + shortWidth <= rest.width()) {
            paintHistory(painter, QRectF(rest.left(), rest.top() + 1, sparkWidth, rest.height() - 3), theme, history);
            rest.setLeft(rest.left() + sparkWidth + 10);
        }
        if (rateWidth > 0 && rateWidth - 8 <= rest.width()) {
            theme::paintText(painter, rest, cell.rate, rateFont,
                             theme.color(cell.rateWarns ? Token::Warning : Token::Text1));
            rest.setLeft(rest.left() + rateWidth);
        }
        const bool longFits = QFontMetricsF(small).horizontalAdvance(cell.calls) <= rest.width();
        if (longFits || shortWidth <= rest.width())
            theme::paintText(painter, rest, longFits ? cell.calls : cell.callsShort, small, theme.color(Token::Text2));
    }
    if (focused)
        theme::paintFocusRing(painter, area, theme::fieldRadius, theme);
}

} // namespace atalaya::breakers
