// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/card_text.h"

#include "models/base/time_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;

namespace {

QString cardTr(const char *text, int n = -1)
{
    return QCoreApplication::translate("atalaya::overview::Card", text, nullptr, n);
}

/// False while nothing of a system has answered: then no alert is not "none".
bool isAnythingKnown(const SystemSummary &system)
{
    if (system.worst != State::Unknown && system.worst != State::Stale)
        return true;
    if (system.breakersClosed + system.breakersOpen + system.breakersHalfOpen + system.breakersForced +
            system.breakersBypassed >
        0)
        return true;
    return std::any_of(system.instances.begin(), system.instances.end(),
                       [](const InstanceSummary &each) { return each.status != health::HealthStatus::Unknown; });
}

/// The order of `worse`, as a number.
int severityOf(State state)
{
    int rank = 0;
    for (const State other : {State::Ok, State::Pending, State::Warning, State::Stale, State::Unknown, State::Critical})
        rank += other != state && worse(state, other) == state ? 1 : 0;
    return rank;
}

} // namespace

theme::Switch glyphOf(breakers::BreakerState state)
{
    switch (state) {
    case breakers::BreakerState::Closed:
        return theme::Switch::Closed;
    case breakers::BreakerState::HalfOpen:
        return theme::Switch::HalfOpen;
    case breakers::BreakerState::Open:
        return theme::Switch::Open;
    case breakers::BreakerState::Unknown:
        break;
    }
    return theme::Switch::Unknown;
}

QList<CardLine> alertLines(const SystemSummary &system)
{
    const QString more = system.silentSources.isEmpty() ? QString() : u"+"_s;
    QList<CardLine> lines;
    const auto add = [&](int count, State shape, const QString &words) {
        if (count > 0)
            lines.append({shape, std::nullopt, QString::number(count) + more, words});
    };
    add(system.critical, State::Critical, cardTr("critical"));
    add(system.warning, State::Warning, cardTr("warning"));
    add(system.info, State::Info, cardTr("info"));
    add(system.pending, State::Pending, cardTr("pending"));
    if (lines.isEmpty())
        lines.append(
            {std::nullopt,
             std::nullopt,
             {},
             system.silentSources.isEmpty() && isAnythingKnown(system) ? cardTr("None") : cardTr("Not known")});
    return lines;
}

QList<CardLine> breakerLines(const SystemSummary &system)
{
    if (!system.hasBreakers)
        return {{std::nullopt, std::nullopt, {}, cardTr("No breakers")}};
    QList<CardLine> lines;
    const auto add = [&](int count, theme::Switch glyph) {
        if (count > 0)
            lines.append({std::nullopt, glyph, QString::number(count), theme::switchWord(glyph)});
    };
    add(system.breakersOpen, theme::Switch::Open);
    add(system.breakersForced, theme::Switch::ForcedOpen);
    add(system.breakersHalfOpen, theme::Switch::HalfOpen);
    add(system.breakersBypassed, theme::Switch::Bypassed);
    add(system.breakersUnknown, theme::Switch::Unknown);
    if (lines.isEmpty() && system.breakersClosed > 0)
        add(system.breakersClosed, theme::Switch::Closed);
    if (lines.isEmpty())
        lines.append({std::nullopt, std::nullopt, {}, cardTr("Not known")});
    return lines;
}

QString healthCountText(const SystemSummary &system)
{
    const auto total = static_cast<int>(system.instances.size());
    if (total == 0)
        return cardTr("No instances");
    const auto count = [&](health::HealthStatus status) {
        return static_cast<int>(std::count_if(system.instances.begin(), system.instances.end(),
                                              [status](const InstanceSummary &each) { return each.status == status; }));
    };
    const int unknown = count(health::HealthStatus::Unknown);
    if (unknown == total)
        return cardTr("%1 not known").arg(total);
    const QString text = cardTr("%1 of %2 healthy").arg(count(health::HealthStatus::Healthy)).arg(total);
    return text;
}

std::pair<QString, QString> sinceTexts(const SystemSummary &system, Timestamp now, const QTimeZone &zone)
{
    if (!system.since)
        return {};
    const Milliseconds age = now - *system.since;
    return {cardTr("since %1").arg(whenText(*system.since, now, zone)), ageText(age)};
}

QString spokenSummary(const SystemSummary &system, Timestamp now, const QTimeZone &zone)
{
    QStringList parts{system.title, system.worstWord};
    const auto [since, age] = sinceTexts(system, now, zone);
    if (!since.isEmpty())
        parts += since + u", "_s + age;
    const auto lines = [&parts](const QString &what, const QList<CardLine> &list) {
        QStringList words;
        for (const CardLine &line : list)
            words += line.figure.isEmpty() ? line.words : line.figure + u' ' + line.words;
        parts += what + u' ' + words.join(u", ");
    };
    lines(cardTr("alerts:"), alertLines(system));
    lines(cardTr("breakers:"), breakerLines(system));
    parts += healthCountText(system);
    if (!system.reasonTitle.isEmpty())
        parts += system.reasonTitle + u": "_s + system.reasonText;
    return parts.join(u". ");
}

QList<SystemSummary> worstFirst(QList<SystemSummary> systems)
{
    std::stable_sort(systems.begin(), systems.end(), [](const SystemSummary &a, const SystemSummary &b) {
        return severityOf(a.worst) > severityOf(b.worst);
    });
    return systems;
}

} // namespace atalaya::overview
