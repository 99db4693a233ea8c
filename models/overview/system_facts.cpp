// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/system_facts.h"

namespace atalaya::overview {

namespace {

InstanceFact factOf(const health::HealthStore &store, const health::InstanceId &id, Timestamp now)
{
    const Snapshot<health::InstanceHealth> snapshot = store.health(id);
    InstanceFact fact;
    fact.name = id.instance;
    fact.freshness = snapshot.freshness(now);
    fact.since = store.since(id);
    fact.lastGood = snapshot.fetchedAt;
    fact.failingSince = snapshot.failingSince;
    fact.error = snapshot.error;
    if (!snapshot.data)
        return fact;
    fact.status = snapshot.data->status;
    if (snapshot.data->probes.isEmpty())
        return fact;
    for (const health::ComponentHealth &component : snapshot.data->probes.first().components) {
        if (component.status == health::HealthStatus::Unhealthy)
            fact.unhealthy += component.name;
        else if (component.status == health::HealthStatus::Degraded)
            fact.degraded += component.name;
    }
    return fact;
}

} // namespace

QString prometheusOf(const workspace::Environment &environment, const workspace::System &system)
{
    for (const workspace::Source &source : environment.sources) {
        if (source.kind == workspace::SourceKind::Prometheus &&
            (system.prometheus.isEmpty() || system.prometheus == source.name))
            return source.name;
    }
    return {};
}

SystemFacts factsOf(const workspace::Environment &environment, const workspace::System &system,
                    const QList<alerts::Alert> &alerts, const health::HealthStore &health,
                    const breakers::BreakerStore &breakers, const flags::FlagStore &flags,
                    const refresh::SourceMonitor &monitor, Timestamp now)
{
    SystemFacts facts;
    facts.key = system.key;
    facts.title = system.title.isEmpty() ? system.key : system.title;
    for (const alerts::Alert &alert : alerts) {
        if (alert.system == system.key)
            facts.alerts.append(alert);
    }
    const QList<health::InstanceId> probed = health.instances();
    for (const workspace::Instance &instance : system.instances) {
        const health::InstanceId id{system.key, instance.name};
        if (probed.contains(id))
            facts.instances.append(factOf(health, id, now));
        else
            facts.unprobed += instance.name;
    }
    const QList<breakers::Breaker> all = breakers.breakers();
    for (const breakers::Breaker &breaker : all) {
        if (breaker.id.system == system.key)
            facts.breakers.append(breaker);
    }
    facts.hasBreakers = !breakers.systemsWithout().contains(system.key);
    const QList<flags::Flag> known = flags.flags();
    for (const flags::Flag &flag : known) {
        if (flag.id.system == system.key)
            facts.flags.append(flag);
    }
    if (const QString name = prometheusOf(environment, system); !name.isEmpty()) {
        facts.prometheus = monitor.status(name);
        if (!facts.prometheus) {
            facts.prometheus = refresh::SourceStatus();
            facts.prometheus->name = name;
        }
    }
    return facts;
}

} // namespace atalaya::overview
