// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/breakers/breaker_store.h"
#include "models/flags/flag_store.h"
#include "models/health/health_store.h"

namespace atalaya::overview {

/// Health of one instance as it is known now.
struct InstanceFact
{
    QString name;
    Freshness freshness = Freshness::Waiting;
    health::HealthStatus status = health::HealthStatus::Unknown; ///< of the last good answer
    QStringList unhealthy, degraded;                             ///< its components that are
    std::optional<Timestamp> since;
    Timestamp lastGood{};
    Timestamp failingSince{};
    std::optional<Error> error;

    health::HealthStatus now() const { return freshness == Freshness::Live ? status : health::HealthStatus::Unknown; }
};

/// Everything that the judgement of one system stands on.
struct SystemFacts
{
    QString key, title;
    QList<alerts::Alert> alerts;
    QList<InstanceFact> instances; ///< those with a health path
    QStringList unprobed;          ///< configured instances without a health path
    QList<breakers::Breaker> breakers;
    bool hasBreakers = false; ///< configured for some, and does not say that it has none
    QList<flags::Flag> flags;
    std::optional<refresh::SourceStatus> prometheus; ///< nothing: the system has none
};

SystemFacts factsOf(const workspace::Environment &environment, const workspace::System &system,
                    const QList<alerts::Alert> &alerts, const health::HealthStore &health,
                    const breakers::BreakerStore &breakers, const flags::FlagStore &flags,
                    const refresh::SourceMonitor &monitor, Timestamp now);

/// The name of the Prometheus that knows a system; empty where there is none.
QString prometheusOf(const workspace::Environment &environment, const workspace::System &system);

} // namespace atalaya::overview
