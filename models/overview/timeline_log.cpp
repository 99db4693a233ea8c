// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/timeline_log.h"

#include "models/base/time_text.h"
#include "models/overview/overview_words.h"

#include <QtCore/QSet>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using alerts::Alert;
using alerts::AlertState;
using breakers::Breaker;
using breakers::BreakerMode;
using breakers::BreakerState;
using health::HealthStatus;

namespace {

constexpr std::size_t eventsKept = 2000;
constexpr Milliseconds endedKept = 24h;

QString millis(Timestamp at)
{
    return QString::number(at.time_since_epoch().count());
}

QString withSystem(const QString &system, const QString &text)
{
    if (system.isEmpty() || text.isEmpty())
        return system + text;
    return system + u", "_s + text;
}

QString breakerWord(BreakerState state, BreakerMode mode)
{
    Breaker breaker;
    breaker.control = breakers::ControlReading();
    breaker.control->state = state;
    breaker.control->mode = mode;
    breaker.controlLive = true;
    return breaker.shownWord();
}

} // namespace

void TimelineLog::look(const QList<SystemFacts> &systems, const QList<Alert> &alerts,
                       const QStringList &silentAlertSources, const QList<refresh::SourceStatus> &sources,
                       Timestamp now)
{
    for (const refresh::SourceStatus &source : sources)
        lookAtSource(source, now);
    lookAtAlerts(alerts, silentAlertSources, now);
    for (const SystemFacts &system : systems) {
        for (const Breaker &breaker : system.breakers)
            lookAtBreaker(breaker, now);
        for (const InstanceFact &instance : system.instances)
            lookAtHealth(system.key, instance, now);
        lookAtFlags(system, now);
    }
    while (m_events.size() > eventsKept)
        m_events.erase(m_events.begin());
    m_ended.removeIf([now](const auto &stretch) { return now - stretch.second > endedKept; });
}

QList<TimelineEvent> TimelineLog::events() const
{
    QList<TimelineEvent> newestFirst;
    newestFirst.reserve(static_cast<qsizetype>(m_events.size()));
    for (auto it = m_events.rbegin(); it != m_events.rend(); ++it)
        newestFirst.append(it->second);
    return newestFirst;
}

std::optional<std::pair<QString, Timestamp>> TimelineLog::lastResolved(const QString &system) const
{
    const auto it = m_resolved.constFind(system);
    return it == m_resolved.constEnd() ? std::nullopt : std::optional(*it);
}

void TimelineLog::add(TimelineEvent event)
{
    const std::pair<Timestamp, QString> place{event.at, event.key};
    m_events.insert_or_assign(place, std::move(event));
}

void TimelineLog::addEnded(Timestamp from, Timestamp to)
{
    if (from < to)
        m_ended.append({from, to});
}

void TimelineLog::lookAtAlerts(const QList<Alert> &alerts, const QStringList &silentSources, Timestamp now)
{
    QHash<QString, Alert> current;
    current.reserve(alerts.size());
    for (const Alert &alert : alerts) {
        current.insert(alert.fingerprint, alert);
        const auto before = m_alerts.constFind(alert.fingerprint);
        if (before != m_alerts.constEnd() && before->state == alert.state)
            continue;
        TimelineEvent event;
        event.kind = TimelineEvent::Kind::Alert;
        event.system = alert.system;
        event.state = alerts::stateOf(alert);
        event.text = withSystem(alert.system, alert.summary());
        switch (alert.state) {
        case AlertState::Pending:
            event.at = alert.activeAt;
            event.title = alert.name + u" pending"_s;
            if (alert.firesAt)
                event.text = withSystem(alert.system, u"fires at %1"_s.arg(clockText(*alert.firesAt, m_zone)));
            break;
        case AlertState::Firing: {
            const bool wasHidden = before != m_alerts.constEnd() && before->state != AlertState::Pending;
            event.at = wasHidden ? now : alert.startsAt;
            event.title = alert.name + (wasHidden ? u" fires again in the open"_s : u" fired"_s);
            break;
        }
        case AlertState::Silenced:
        case AlertState::Inhibited:
            event.at = before == m_alerts.constEnd() ? alert.startsAt : now;
            event.title = alert.name + u' ' + alerts::stateWord(alert.state);
            break;
        }
        event.key = u"alert/%1/%2/%3"_s.arg(alert.fingerprint, alerts::stateWord(alert.state), millis(event.at));
        add(std::move(event));
    }
    for (auto it = m_alerts.cbegin(); it != m_alerts.cend(); ++it) {
        if (current.contains(it.key()))
            continue;
        const bool isSilent = std::any_of(it->sources.begin(), it->sources.end(),
                                          [&](const QString &source) { return silentSources.contains(source); });
        TimelineEvent event;
        event.kind = TimelineEvent::Kind::Alert;
        event.system = it->system;
        event.at = now;
        event.state = isSilent ? State::Unknown : State::Ok;
        event.title = it->name + (isSilent                           ? u" is no longer reported"_s
                                  : it->state == AlertState::Pending ? u" no longer pending"_s
                                                                     : u" resolved"_s);
        event.text = withSystem(it->system, isSilent ? u"a source of it is silent"_s
                                                     : u"after %1"_s.arg(ageText(now - it->activeAt)));
        event.key = u"alert/%1/gone/%2"_s.arg(it.key(), millis(now));
        add(std::move(event));
        addEnded(it->activeAt, now);
        if (!isSilent && it->state != AlertState::Pending)
            m_resolved.insert(it->system, {it->name, now});
    }
    m_alerts = std::move(current);
}

void TimelineLog::lookAtBreaker(const Breaker &breaker, Timestamp now)
{
    const bool isKnown = breaker.controlLive || breaker.gaugeLive;
    if (!isKnown || breaker.state() == BreakerState::Unknown)
        return;
    KnownBreaker &known = m_breakers[breaker.id];
    const bool isFirst = known.state == BreakerState::Unknown;
    const std::optional<BreakerState> gaugeBefore = known.gauge;
    if (breaker.gauge && breaker.gaugeLive)
        known.gauge = breaker.gauge->state;
    if (known.state == breaker.state() && known.mode == breaker.mode())
        return;
    // A gauge that merely takes the word because the control endpoint fell silent has moved nothing.
    if (breaker.control && !breaker.controlLive && !isFirst && (!gaugeBefore || *gaugeBefore == known.gauge))
        return;
    const KnownBreaker before = std::exchange(known, {breaker.state(), breaker.mode(), breaker.since, known.gauge});
    // A closed breaker seen for the first time is nothing new.
    if (isFirst && (!breaker.since || (breaker.state() == BreakerState::Closed && breaker.mode() == BreakerMode::Auto)))
        return;
    TimelineEvent event;
    event.kind = TimelineEvent::Kind::Breaker;
    event.system = breaker.id.system;
    event.state = breaker.shownState();
    event.breaker = breaker.state();
    // The service's own time where it is after what was seen before: reads are seconds apart.
    event.at = breaker.since.value_or(now);
    event.title =
        isFirst ? u"%1 %2"_s.arg(breaker.id.name, breaker.shownWord())
                : u"%1 %2 to %3"_s.arg(breaker.id.name, breakerWord(before.state, before.mode), breaker.shownWord());
    event.text = withSystem(breaker.id.system, breaker.id.instance);
    if (breaker.control && breaker.controlLive && !breaker.control->lastChangeBy.isEmpty()) {
        const QString by = breaker.control->lastChangeBy;
        event.text += by == u"automatic" ? u", automatic"_s : u", by "_s + by;
    }
    event.key = u"breaker/%1/%2/%3/%4"_s.arg(breaker.id.system, breaker.id.name, breaker.id.instance, millis(event.at));
    add(std::move(event));
    const bool wasAbnormal = before.state != BreakerState::Closed && before.mode == BreakerMode::Auto && !isFirst;
    if (wasAbnormal && before.since)
        addEnded(*before.since, breaker.since.value_or(now));
}

void TimelineLog::lookAtHealth(const QString &system, const InstanceFact &instance, Timestamp now)
{
    const health::InstanceId id{system, instance.name};
    const auto before = m_health.constFind(id);
    if (instance.freshness == Freshness::Waiting || (before != m_health.constEnd() && before->status == instance.now()))
        return;
    const bool isFirst = before == m_health.constEnd();
    const KnownHealth last = isFirst ? KnownHealth() : *before;
    const Timestamp at = isFirst ? now : instance.now() == HealthStatus::Unknown ? instance.since.value_or(now) : now;
    m_health.insert(id, {instance.now(), at});
    if (isFirst && instance.now() == HealthStatus::Healthy)
        return;
    TimelineEvent event;
    event.kind = TimelineEvent::Kind::Health;
    event.system = system;
    event.at = at;
    event.state = instance.now() == HealthStatus::Unknown && instance.freshness == Freshness::Stale
                      ? State::Stale
                      : health::stateOf(instance.now());
    event.title = isFirst ? u"%1 %2 when first asked"_s.arg(instance.name, health::statusWord(instance.now()))
                          : u"%1 %2 to %3"_s.arg(instance.name, health::statusWord(last.status),
                                                 health::statusWord(instance.now()));
    QString text;
    if (instance.now() == HealthStatus::Unhealthy)
        text = listText(instance.unhealthy);
    else if (instance.now() == HealthStatus::Degraded)
        text = listText(instance.degraded);
    else if (instance.now() == HealthStatus::Unknown && instance.error)
        text = failureText(*instance.error);
    event.text = withSystem(system, text);
    event.key = u"health/%1/%2/%3"_s.arg(system, instance.name, millis(at));
    add(std::move(event));
    if (!isFirst && (last.status == HealthStatus::Unhealthy || last.status == HealthStatus::Degraded))
        addEnded(last.since, at);
}

void TimelineLog::lookAtFlags(const SystemFacts &system, Timestamp now)
{
    for (const flags::Flag &flag : system.flags) {
        if (!flag.updatedAt || flag.updatedBy.isEmpty() || now - *flag.updatedAt > 24h)
            continue;
        const bool wanted = flag.configuredValue.value_or(flag.value);
        TimelineEvent event;
        event.kind = TimelineEvent::Kind::Flag;
        event.system = system.key;
        event.at = *flag.updatedAt;
        event.state = State::Info;
        event.title =
            flag.id.name + (wanted ? u" on"_s : u" off"_s) + (wanted != flag.value ? u" after restart"_s : u""_s);
        event.text = withSystem(system.key, u"by "_s + flag.updatedBy);
        // Instances take one change at slightly different moments: to the second it is one change.
        event.key = u"flag/%1/%2/%3/%4"_s.arg(system.key, flag.id.name, wanted ? u"on"_s : u"off"_s,
                                              QString::number(flag.updatedAt->time_since_epoch().count() / 2000));
        const bool isKnown = std::any_of(m_events.begin(), m_events.end(),
                                         [&](const auto &entry) { return entry.second.key == event.key; });
        if (!isKnown)
            add(std::move(event));
    }
}

void TimelineLog::lookAtSource(const refresh::SourceStatus &source, Timestamp now)
{
    if (source.freshness == Freshness::Waiting)
        return;
    const auto before = m_sources.constFind(source.name);
    const bool isFirst = before == m_sources.constEnd();
    const bool wasLive = isFirst || *before == Freshness::Live;
    const bool isLive = source.freshness == Freshness::Live;
    m_sources.insert(source.name, source.freshness);
    if (wasLive == isLive)
        return;
    TimelineEvent event;
    event.kind = TimelineEvent::Kind::Source;
    event.at = now;
    if (isLive) {
        event.state = State::Ok;
        event.title = u"Source %1 answers again"_s.arg(source.name);
    } else {
        const bool wasGood = source.lastGood != Timestamp{};
        event.at = wasGood ? source.lastGood : source.failingSince;
        event.state = wasGood ? State::Stale : State::Unknown;
        event.title =
            wasGood ? u"Source %1 went silent"_s.arg(source.name) : u"Source %1 does not answer"_s.arg(source.name);
        QStringList texts;
        if (!source.words.isEmpty())
            texts += source.words;
        if (source.error)
            texts += u"last answer: %1"_s.arg(failureText(*source.error));
        event.text = texts.join(u", "_s);
    }
    event.key = u"source/%1/%2/%3"_s.arg(source.name, isLive ? u"live"_s : u"silent"_s, millis(event.at));
    add(std::move(event));
}

} // namespace atalaya::overview
