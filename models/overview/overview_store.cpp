// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/overview_store.h"

#include "models/base/time_text.h"
#include "models/overview/overview_words.h"
#include "models/overview/timeline_log.h"
#include "models/overview/verdict_judge.h"

#include <QtCore/QTimer>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;

class OverviewStore::Private
{
public:
    /// Since when a system's worst state holds, as it was judged so far.
    struct Held
    {
        State worst = State::Unknown;
        std::optional<Timestamp> since;
    };

    void look()
    {
        const Timestamp now = clock.now();
        const QList<alerts::Alert> known = alerts.alerts();
        VerdictFacts facts;
        facts.alerts = known;
        facts.sources = monitor.statuses();
        facts.isAlertSourceSilent = !alerts.silentSources().isEmpty();
        for (const workspace::System &system : environment.systems)
            facts.facts.append(factsOf(environment, system, known, health, breakers, flags, monitor, now));
        log.look(facts.facts, known, alerts.silentSources(), facts.sources, now);
        facts.ended = log.ended();
        QList<SystemSummary> judged;
        for (const SystemFacts &system : std::as_const(facts.facts)) {
            Judgement judgement = judgeSystem(system, now, zone);
            hold(judgement.summary, now);
            remindOfResolved(judgement.summary, now);
            judged.append(judgement.summary);
            facts.systems.append(std::move(judgement));
        }
        const Verdict judgedVerdict = judgeAll(facts, now, zone);
        const QList<TimelineEvent> events = log.events();
        if (judged == systems && judgedVerdict == verdict && events == timeline)
            return;
        systems = judged;
        verdict = judgedVerdict;
        timeline = events;
        Q_EMIT q->changed();
    }

    /// The first reason may go while another keeps the state: the state then holds since the earlier one.
    void hold(SystemSummary &summary, Timestamp now)
    {
        const auto it = held.find(summary.key);
        if (it == held.end() || it->worst != summary.worst) {
            held.insert(summary.key, {summary.worst, summary.since ? summary.since : now});
        } else if (it->since && (!summary.since || *it->since < *summary.since)) {
            summary.since = it->since;
            return;
        } else {
            it->since = summary.since;
        }
        if (!summary.since)
            summary.since = held.value(summary.key).since;
    }

    void remindOfResolved(SystemSummary &summary, Timestamp now) const
    {
        const auto resolved = log.lastResolved(summary.key);
        if (summary.worst != State::Ok || !summary.reasonTitle.isEmpty() || !resolved)
            return;
        summary.reasonTitle = u"Last alert"_s;
        summary.reasonText = u"%1, resolved %2"_s.arg(resolved->first, whenText(resolved->second, now, zone));
        summary.reasonAt = resolved->second;
    }

    OverviewStore *q;
    workspace::Environment environment;
    const alerts::AlertStore &alerts;
    const health::HealthStore &health;
    const breakers::BreakerStore &breakers;
    const flags::FlagStore &flags;
    const refresh::SourceMonitor &monitor;
    const Clock &clock;
    QTimeZone zone;
    TimelineLog log;
    QHash<QString, Held> held;
    QList<SystemSummary> systems;
    Verdict verdict;
    QList<TimelineEvent> timeline;
    QTimer soon{nullptr};
    QTimer second{nullptr};
};

OverviewStore::OverviewStore(const workspace::Environment &environment, const alerts::AlertStore &alerts,
                             const health::HealthStore &health, const breakers::BreakerStore &breakers,
                             const flags::FlagStore &flags, const refresh::SourceMonitor &monitor, const Clock &clock,
                             const QTimeZone &zone, QObject *parent)
    : QObject(parent)
    , d(new Private{this, environment, alerts, health, breakers, flags, monitor, clock, zone, TimelineLog(zone)})
{
    // Several stores change in one turn of the event loop: judged once. Freshness and spans move with the clock alone.
    d->soon.setSingleShot(true);
    d->soon.setInterval(0);
    connect(&d->soon, &QTimer::timeout, this, [this] { look(); });
    connect(&d->second, &QTimer::timeout, this, [this] { look(); });
    d->second.start(1000);
    const auto later = [this] { d->soon.start(); };
    connect(&alerts, &alerts::AlertStore::changed, this, later);
    connect(&health, &health::HealthStore::changed, this, later);
    connect(&breakers, &breakers::BreakerStore::changed, this, later);
    connect(&flags, &flags::FlagStore::changed, this, later);
    connect(&monitor, &refresh::SourceMonitor::changed, this, later);
    look();
}

OverviewStore::~OverviewStore() = default;

void OverviewStore::look()
{
    d->look();
}

QList<SystemSummary> OverviewStore::systems() const
{
    return d->systems;
}

Verdict OverviewStore::verdict() const
{
    return d->verdict;
}

QList<TimelineEvent> OverviewStore::timeline() const
{
    return d->timeline;
}

} // namespace atalaya::overview

#include "moc_overview_store.cpp"
