// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/system_judge.h"

#include "models/base/time_text.h"
#include "models/overview/overview_words.h"

#include <QtCore/QMap>
#include <QtCore/QSet>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;
using breakers::Breaker;
using breakers::BreakerMode;
using breakers::BreakerState;
using health::HealthStatus;

namespace {

State severityState(const QString &severity)
{
    if (severity == u"critical")
        return State::Critical;
    return severity == u"info" || severity == u"none" ? State::Info : State::Warning;
}

class SystemJudge
{
public:
    SystemJudge(const SystemFacts &facts, Timestamp now, const QTimeZone &zone)
        : m_facts(facts), m_now(now), m_zone(zone)
    {
    }

    Judgement judge()
    {
        SystemSummary &summary = m_result.summary;
        summary.key = m_facts.key;
        summary.title = m_facts.title;
        summary.hasBreakers = m_facts.hasBreakers;
        judgeAlerts();
        judgeHealth();
        judgeBreakers();
        countFlags();
        // What is known, before what is missing is counted: of a silent system this is what it was.
        State known = State::Ok;
        for (const Reason &reason : std::as_const(m_result.reasons))
            known = worse(known, reason.state);
        const bool wasEverKnown = judgeSilence();
        summary.lastKnown = wasEverKnown ? known : State::Unknown;
        summary.worst = known;
        for (const Reason &reason : std::as_const(m_silence))
            summary.worst = worse(summary.worst, reason.state);
        m_result.reasons += m_silence;
        speak();
        return m_result;
    }

private:
    void add(State state, const QString &title, const QString &text, std::optional<Timestamp> at)
    {
        if (state != State::Ok && state != State::Info && state != State::Forced)
            m_result.reasons.append({state, title, text, at});
    }

    void judgeAlerts()
    {
        SystemSummary &summary = m_result.summary;
        for (const alerts::Alert &alert : m_facts.alerts) {
            if (alert.state == alerts::AlertState::Pending) {
                ++summary.pending;
                const QString fires =
                    alert.firesAt ? u"pending, fires at %1"_s.arg(clockText(*alert.firesAt, m_zone)) : u"pending"_s;
                add(State::Pending, alert.name, fires, alert.startsAt);
            }
            if (alert.state != alerts::AlertState::Firing)
                continue;
            const State state = alerts::stateOf(alert);
            summary.critical += state == State::Critical;
            summary.warning += state == State::Warning;
            summary.info += state == State::Info;
            add(state, alert.name, alert.summary(), alert.startsAt);
        }
    }

    void judgeHealth()
    {
        QList<InstanceSummary> &shown = m_result.summary.instances;
        for (const InstanceFact &instance : m_facts.instances)
            shown.append({instance.name, instance.now(), health::statusWord(instance.now())});
        for (const QString &name : m_facts.unprobed)
            shown.append({name, HealthStatus::Unknown, u"no health path"_s});
        // What was unhealthy when it went silent does not turn from red to grey by going silent.
        for (const bool isLive : {true, false}) {
            judgeHealth(HealthStatus::Unhealthy, State::Critical, &InstanceFact::unhealthy, isLive);
            judgeHealth(HealthStatus::Degraded, State::Warning, &InstanceFact::degraded, isLive);
        }
        for (const InstanceFact &instance : m_facts.instances) {
            // It answers, but in words nobody knows: that is not known, and not healthy.
            if (instance.freshness == Freshness::Live && instance.status == HealthStatus::Unknown)
                m_silence.append({State::Unknown, u"Health"_s,
                                  instance.name + u" answers in words that are not known"_s, instance.since});
        }
    }

    /// One reason for all instances with one status: "openai unhealthy on worker-1 and worker-3".
    void judgeHealth(HealthStatus status, State state, QStringList InstanceFact::*components, bool isLive)
    {
        QStringList instances;
        QMap<QString, QStringList> byComponent;
        std::optional<Timestamp> at;
        for (const InstanceFact &instance : m_facts.instances) {
            if (instance.status != status || (instance.freshness == Freshness::Live) != isLive)
                continue;
            instances += instance.name;
            for (const QString &component : instance.*components)
                byComponent[component] += instance.name;
            if (instance.since)
                at = at ? std::min(*at, *instance.since) : *instance.since;
        }
        if (instances.isEmpty())
            return;
        const QString word = (isLive ? QString() : u"was "_s) + health::statusWord(status);
        QString text = u"%1 on %2"_s.arg(word, listText(instances));
        qsizetype most = 0;
        for (auto it = byComponent.cbegin(); it != byComponent.cend(); ++it) {
            if (it->size() > most) {
                most = it->size();
                text = u"%1 %2 on %3"_s.arg(it.key(), word, listText(*it));
            }
        }
        add(state, u"Health"_s, text, at);
    }

    void judgeBreakers()
    {
        SystemSummary &summary = m_result.summary;
        QMap<QString, std::pair<int, int>> notClosed; ///< name -> not closed, all
        int lastSeenClosed = 0;
        for (const Breaker &breaker : m_facts.breakers) {
            auto &count = notClosed[breaker.id.name];
            ++count.second;
            if (breaker.mode() == BreakerMode::ForcedOpen) {
                ++summary.breakersForced;
                ++count.first;
                continue;
            }
            if (breaker.mode() == BreakerMode::Bypassed || breaker.mode() == BreakerMode::Disabled ||
                breaker.mode() == BreakerMode::MetricsOnly) {
                ++summary.breakersBypassed;
                ++count.first;
                continue;
            }
            switch (breaker.state()) {
            case BreakerState::Open:
                ++summary.breakersOpen;
                ++count.first;
                add(openBreakerState(breaker, m_facts.alerts), u"Breaker"_s,
                    u"%1 open on %2"_s.arg(breaker.id.name, breaker.id.instance), breaker.since);
                break;
            case BreakerState::HalfOpen:
                ++summary.breakersHalfOpen;
                ++count.first;
                add(State::Pending, u"Breaker"_s, u"%1 half-open on %2"_s.arg(breaker.id.name, breaker.id.instance),
                    breaker.since);
                break;
            case BreakerState::Closed:
                ++summary.breakersClosed;
                break;
            case BreakerState::Unknown:
                ++summary.breakersUnknown;
                if (const auto seen = breaker.lastSeen(); seen && seen->first == BreakerState::Closed)
                    ++lastSeenClosed;
                break;
            }
        }
        QStringList names;
        for (auto it = notClosed.cbegin(); it != notClosed.cend(); ++it) {
            if (it->first > 0)
                names += u"%1, %2 of %3"_s.arg(it.key()).arg(it->first).arg(it->second);
        }
        if (names.isEmpty() && summary.breakersUnknown == m_facts.breakers.size() && summary.breakersUnknown > 0)
            names += lastSeenClosed == summary.breakersUnknown ? u"last seen closed"_s : u"not known"_s;
        else if (names.isEmpty() && notClosed.size() == 1)
            names +=
                u"%1, %2 of %3"_s.arg(notClosed.firstKey()).arg(summary.breakersClosed).arg(notClosed.first().second);
        else if (names.isEmpty())
            names += QStringList(notClosed.keys()).join(u", "_s);
        summary.breakerNames = names.join(u"; "_s);
    }

    void countFlags()
    {
        using namespace std::chrono_literals;
        QSet<QString> changed;
        for (const flags::Flag &flag : m_facts.flags) {
            // A few minutes into the future is a service whose clock runs ahead of ours.
            // Nobody's change is a start of the service with the values of its environment.
            if (flag.updatedAt && !flag.updatedBy.isEmpty() && m_now - *flag.updatedAt <= 1h &&
                *flag.updatedAt - m_now <= 5min)
                changed.insert(flag.id.name);
        }
        m_result.summary.flagsChangedLastHour = static_cast<int>(changed.size());
    }

    /// What critical would need and is missing. Returns whether there ever was an answer.
    bool judgeSilence()
    {
        bool wasEverKnown = false;
        if (m_facts.prometheus) {
            const refresh::SourceStatus &source = *m_facts.prometheus;
            wasEverKnown = source.lastGood != Timestamp{};
            addSilence(source.name, source.freshness, source.lastGood, source.failingSince, source.error);
        }
        for (const InstanceFact &instance : m_facts.instances) {
            wasEverKnown = wasEverKnown || instance.lastGood != Timestamp{};
            addSilence(instance.name, instance.freshness, instance.lastGood, instance.failingSince, instance.error);
        }
        if (!m_facts.prometheus && m_facts.instances.isEmpty())
            m_silence.append(
                {State::Unknown, u"Nothing to ask"_s, u"no Prometheus and no health path is configured"_s, {}});
        return wasEverKnown;
    }

    void addSilence(const QString &name, Freshness freshness, Timestamp lastGood, Timestamp failingSince,
                    const std::optional<Error> &error)
    {
        if (freshness == Freshness::Live)
            return;
        const bool isStale = freshness == Freshness::Stale;
        if (freshness != Freshness::Waiting) {
            m_result.summary.silentSources += name;
            m_result.hasAnswered = m_result.hasAnswered || lastGood != Timestamp{};
            const Timestamp since = isStale ? lastGood : failingSince;
            m_result.silentSince = m_result.silentSince ? std::min(*m_result.silentSince, since) : since;
        }
        QString text = u"has not answered yet"_s;
        std::optional<Timestamp> at;
        if (error) {
            at = isStale ? lastGood : failingSince;
            text = u"%1 at %2"_s.arg(failureText(*error), clockText(failingSince, m_zone));
        } else if (isStale) {
            at = lastGood;
            text = u"last answered at %1"_s.arg(clockText(lastGood, m_zone));
        }
        m_silence.append({isStale ? State::Stale : State::Unknown, name, text, at});
    }

    void speak()
    {
        SystemSummary &summary = m_result.summary;
        summary.worstWord = stateTitle(summary.worst);
        summary.reasonState = summary.worst;
        const Reason *first = nullptr;
        for (const Reason &reason : std::as_const(m_result.reasons)) {
            if (reason.state != summary.worst)
                continue;
            const bool isEarlier = !first || (reason.at && (!first->at || *reason.at < *first->at));
            if (isEarlier)
                first = &reason;
        }
        if (first) {
            summary.since = first->at;
            summary.reasonTitle = first->title;
            summary.reasonText = first->text;
            summary.reasonAt = first->at;
        }
        if (summary.worst == State::Stale && m_result.silentSince)
            summary.worstWord = u"Stale, %1"_s.arg(shortAge(m_now - *m_result.silentSince));
        if (summary.worst != State::Ok)
            return;
        for (const InstanceFact &instance : m_facts.instances) {
            if (instance.since)
                summary.since = summary.since ? std::max(*summary.since, *instance.since) : *instance.since;
        }
    }

    const SystemFacts &m_facts;
    Timestamp m_now;
    const QTimeZone &m_zone;
    Judgement m_result;
    QList<Reason> m_silence;
};

} // namespace

State openBreakerState(const Breaker &breaker, const QList<alerts::Alert> &alerts)
{
    State state = State::Ok;
    bool hasAlert = false;
    for (const alerts::Alert &alert : alerts) {
        if (alert.state == alerts::AlertState::Pending || labelValue(alert.labels, u"component"_s) != u"breaker")
            continue;
        const QString instance = labelValue(alert.labels, u"instance"_s);
        const bool isNamed = std::any_of(alert.labels.begin(), alert.labels.end(),
                                         [&](const auto &label) { return label.second == breaker.id.name; });
        const bool namesAny = !labelValue(alert.labels, u"name"_s).isEmpty() ||
                              !labelValue(alert.labels, u"service"_s).isEmpty() ||
                              !labelValue(alert.labels, u"circuit_name"_s).isEmpty();
        // A gauge without a name label (one breaker in the system) gives an alert that names none.
        if ((namesAny && !isNamed) || (!instance.isEmpty() && instance != breaker.id.instance))
            continue;
        hasAlert = true;
        const State severity = severityState(alert.severity);
        state = severity == State::Info ? state : worse(state, severity);
    }
    return hasAlert ? state : State::Warning;
}

Judgement judgeSystem(const SystemFacts &facts, Timestamp now, const QTimeZone &zone)
{
    return SystemJudge(facts, now, zone).judge();
}

} // namespace atalaya::overview
