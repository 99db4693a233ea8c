// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/breakers/breaker_store.h"
#include "models/flags/flag_store.h"
#include "models/health/health_store.h"
#include "models/metrics/metric_store.h"
#include "models/overview/overview_store.h"
#include "models/refresh/refresh_schedule.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/endpoint_resolver.h"

#include <QtCore/QTimeZone>

#include <memory>
#include <optional>

namespace atalaya::console {

/// Everything that lives as long as one environment is shown, in order of dependency. Stores that a verb does not need
/// are not built, so that `health` sends no query.
class EnvironmentSession
{
public:
    enum Part
    {
        Metrics = 1,
        Alerts = 2,
        Health = 4,
        Breakers = 8,
        Flags = 16,
        Overview = 32 | Alerts | Health | Breakers | Flags,
        All = 63
    };

    /// `transport`, `secrets` and `clock` must outlive it.
    EnvironmentSession(workspace::Environment environment, int parts, http::Transport &transport,
                       workspace::SecretSource &secrets, const Clock &clock);

    const workspace::Environment environment;
    const QTimeZone zone;
    workspace::EndpointResolver resolver;
    refresh::RefreshSchedule schedule;
    refresh::SourceMonitor monitor;
    std::unique_ptr<metrics::MetricStore> metrics;
    std::unique_ptr<alerts::AlertStore> alerts;
    std::unique_ptr<health::HealthStore> health;
    std::unique_ptr<breakers::BreakerStore> breakers;
    std::unique_ptr<flags::FlagStore> flags;
    std::unique_ptr<overview::OverviewStore> overview;

private:
    EnvironmentSession(const EnvironmentSession &) = delete;
};

/// The zone that times are shown in: the environment's, else the operator's own.
QTimeZone zoneOf(const workspace::Environment &environment);

} // namespace atalaya::console
