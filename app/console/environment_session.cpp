// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/environment_session.h"

namespace atalaya::console {

QTimeZone zoneOf(const workspace::Environment &environment)
{
    const QTimeZone named(environment.timeZone);
    return !environment.timeZone.isEmpty() && named.isValid() ? named : QTimeZone::systemTimeZone();
}

EnvironmentSession::EnvironmentSession(workspace::Environment environmentShown, int parts, http::Transport &transport,
                                       workspace::SecretSource &secrets, const Clock &clock)
    : environment(std::move(environmentShown))
    , zone(zoneOf(environment))
    , resolver(secrets)
    , schedule(clock)
    , monitor(clock)
{
    if (parts & Metrics)
        metrics = std::make_unique<metrics::MetricStore>(environment, transport, resolver, schedule, monitor, clock);
    if (parts & Alerts)
        alerts = std::make_unique<alerts::AlertStore>(environment, transport, resolver, schedule, monitor, clock);
    if (parts & Health)
        health = std::make_unique<health::HealthStore>(environment, transport, resolver, schedule, monitor, clock);
    if (parts & Breakers)
        breakers = std::make_unique<breakers::BreakerStore>(environment, transport, resolver, schedule, monitor, clock);
    if (parts & Flags)
        flags = std::make_unique<flags::FlagStore>(environment, transport, resolver, schedule, monitor, clock);
    if ((parts & Overview) == Overview)
        overview = std::make_unique<overview::OverviewStore>(environment, *alerts, *health, *breakers, *flags, monitor,
                                                             clock, zone);
}

} // namespace atalaya::console
