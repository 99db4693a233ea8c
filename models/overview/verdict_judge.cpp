// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/verdict_judge.h"

#include "models/base/time_text.h"
#include "models/overview/overview_words.h"

#include <QtCore/QMap>
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

constexpr Milliseconds calm = 10min;

bool isNotClosed(const Breaker &breaker)
{
    return breaker.state() == BreakerState::Open || breaker.state() == BreakerState::HalfOpen ||
           breaker.mode() == BreakerMode::ForcedOpen;
}

QString sentenceOf(const VerdictFacts &facts, int strayCritical)
{
    QMap<State, int> counts;
    for (const Judgement &system : facts.systems)
        ++counts[system.summary.worst];
    const int notKnown = counts.value(State::Unknown) + counts.value(State::Stale);
    const QList<std::pair<int, QString>> kinds{{counts.value(State::Critical), u"critical"_s},
                                               {counts.value(State::Warning), u"warning"_s},
                                               {counts.value(State::Pending), u"pending"_s},
                                               {notKnown, u"not known"_s}};
    QStringList parts;
    for (const auto &[count, word] : kinds) {
        if (count == 0)
            continue;
        const QString noun = parts.isEmpty() ? (count == 1 ? u" system"_s : u" systems"_s) : QString();
        parts += u"%1%2 %3"_s.arg(QString::number(count), noun, word);
    }
    if (strayCritical > 0)
        parts += strayCritical == 1 ? u"1 critical alert of no system here"_s
                                    : u"%1 critical alerts of no system here"_s.arg(strayCritical);
    if (!parts.isEmpty())
        return parts.join(u", "_s);
    if (facts.systems.isEmpty())
        return u"No system is configured"_s;
    return facts.systems.size() == 1 ? u"The system is healthy"_s
                                     : u"All %1 systems healthy"_s.arg(facts.systems.size());
}

/// The label value that most firing alerts have in common, and how many do.
std::pair<QString, int> sharedBy(const QList<Alert> &firing)
{
    static const QSet<QString> tellsNothing{u"alertname"_s, u"severity"_s, u"system"_s,      u"job"_s,
                                            u"instance"_s,  u"signal"_s,   u"prometheus"_s,  u"cluster"_s,
                                            u"replica"_s,   u"env"_s,      u"environment"_s, u"monitor"_s};
    QMap<QString, int> counts;
    for (const Alert &alert : firing) {
        QSet<QString> values;
        for (const auto &[name, value] : alert.labels) {
            if (!tellsNothing.contains(name) && !value.isEmpty())
                values.insert(value);
        }
        for (const QString &value : std::as_const(values))
            ++counts[value];
    }
    std::pair<QString, int> best{{}, 0};
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (*it > best.second)
            best = {it.key(), *it};
    }
    const bool isWorthSaying = best.second >= 2 && best.second * 2 >= firing.size();
    return isWorthSaying ? best : std::pair<QString, int>{{}, 0};
}

QString silenceOf(const VerdictFacts &facts, Timestamp now)
{
    QStringList sentences;
    QSet<QString> told;
    QList<std::pair<QString, QStringList>> groups; ///< span -> systems
    QStringList never;
    for (const Judgement &system : facts.systems) {
        if (!system.silentSince || system.summary.silentSources.isEmpty())
            continue;
        for (const QString &source : system.summary.silentSources)
            told.insert(source);
        const bool isWhole = system.summary.worst == State::Stale || system.summary.worst == State::Unknown;
        const QString who = isWhole ? system.summary.key
                                    : u"%1 (%2)"_s.arg(system.summary.key, system.summary.silentSources.join(u", "_s));
        if (!system.hasAnswered || system.summary.lastKnown == State::Unknown) {
            never += who;
            continue;
        }
        const QString span = shortAge(now - *system.silentSince);
        const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto &g) { return g.first == span; });
        if (group == groups.end())
            groups.append({span, {who}});
        else
            group->second += who;
    }
    for (const auto &[span, who] : std::as_const(groups))
        sentences += u"%1 silent for %2."_s.arg(listText(who), span);
    if (!never.isEmpty())
        sentences += u"%1 never answered."_s.arg(listText(never));
    for (const refresh::SourceStatus &source : facts.sources) {
        const bool isSilent = source.freshness == Freshness::Stale || source.freshness == Freshness::Unreachable;
        if (!isSilent || !source.words.isEmpty() || told.contains(source.name))
            continue;
        sentences += source.lastGood == Timestamp{}
                         ? u"%1 never answered."_s.arg(source.name)
                         : u"%1 silent for %2."_s.arg(source.name, shortAge(now - source.lastGood));
    }
    return sentences.join(u' ');
}

} // namespace

std::optional<Timestamp> beganAt(const VerdictFacts &facts)
{
    std::optional<Timestamp> began;
    const auto reach = [&began](Timestamp at) { began = began ? std::min(*began, at) : at; };
    for (const Alert &alert : facts.alerts) {
        const bool counts = alert.state == AlertState::Pending || alerts::stateOf(alert) == State::Critical ||
                            alerts::stateOf(alert) == State::Warning;
        if (counts && alerts::severityRank(alert.severity) != 2)
            reach(alert.activeAt);
    }
    for (const SystemFacts &system : facts.facts) {
        for (const Breaker &breaker : system.breakers) {
            if (isNotClosed(breaker) && breaker.mode() != BreakerMode::ForcedOpen && breaker.since)
                reach(*breaker.since);
        }
        for (const InstanceFact &instance : system.instances) {
            if ((instance.now() == HealthStatus::Unhealthy || instance.now() == HealthStatus::Degraded) &&
                instance.since)
                reach(*instance.since);
        }
    }
    if (!began)
        return std::nullopt;
    for (bool isReaching = true; isReaching;) {
        isReaching = false;
        for (const auto &[from, to] : facts.ended) {
            if (from < *began && *began - to < calm) {
                began = from;
                isReaching = true;
            }
        }
    }
    return began;
}

Verdict judgeAll(const VerdictFacts &facts, Timestamp now, const QTimeZone &zone)
{
    Verdict verdict;
    QSet<QString> systems;
    verdict.worst = facts.systems.isEmpty() ? State::Unknown : State::Ok;
    for (const Judgement &system : facts.systems) {
        systems.insert(system.summary.key);
        verdict.worst = worse(verdict.worst, system.summary.worst);
    }
    QList<Alert> firing;
    int strayCritical = 0;
    for (const Alert &alert : facts.alerts) {
        if (alert.state != AlertState::Firing)
            continue;
        firing.append(alert);
        if (!systems.contains(alert.system)) {
            verdict.worst = worse(verdict.worst, alerts::stateOf(alert));
            strayCritical += alerts::stateOf(alert) == State::Critical;
        }
    }
    QSet<QString> waiting;
    for (const SystemFacts &system : facts.facts) {
        for (const Breaker &breaker : system.breakers)
            verdict.breakersNotClosed += isNotClosed(breaker);
        for (const InstanceFact &instance : system.instances)
            verdict.instancesNotHealthy +=
                instance.now() == HealthStatus::Unhealthy || instance.now() == HealthStatus::Degraded;
        for (const flags::Flag &flag : system.flags) {
            if (flag.pendingRestart)
                waiting.insert(flag.id.system + u'/' + flag.id.name);
        }
    }
    verdict.flagsPendingRestart = static_cast<int>(waiting.size());
    verdict.alertsFiring = static_cast<int>(firing.size());
    verdict.began = beganAt(facts);
    verdict.sentence = sentenceOf(facts, strayCritical);
    verdict.silent = silenceOf(facts, now);
    verdict.atLeast = facts.isAlertSourceSilent ||
                      std::any_of(facts.sources.begin(), facts.sources.end(), [](const refresh::SourceStatus &source) {
                          return source.freshness != Freshness::Live;
                      });

    QString alertText = verdict.alertsFiring == 0   ? u"no alert firing"_s
                        : verdict.alertsFiring == 1 ? u"1 alert firing"_s
                                                    : u"%1 alerts firing"_s.arg(verdict.alertsFiring);
    if (verdict.atLeast)
        alertText = verdict.alertsFiring == 0 ? u"no alert known to fire"_s : u"at least "_s + alertText;
    if (const auto [value, count] = sharedBy(firing); count > 0)
        alertText += count == firing.size() ? u", all share %1"_s.arg(value) : u", %1 share %2"_s.arg(count).arg(value);
    alertText[0] = alertText.at(0).toUpper();
    verdict.detail = alertText + u'.';
    if (verdict.began)
        verdict.detail +=
            u" Began %1, %2 ago."_s.arg(whenText(*verdict.began, now, zone), shortAge(now - *verdict.began));
    return verdict;
}

} // namespace atalaya::overview
