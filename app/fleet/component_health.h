// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/dependency_client.h"
#include "app/fleet/http_exchange.h"

namespace atalaya::fleet {

enum class HealthLevel
{
    Healthy,
    Degraded,
    Unhealthy
};

struct ComponentHealth
{
    std::string name;
    HealthLevel level = HealthLevel::Healthy;
    bool isCritical = false;
    std::optional<double> latencyMs; ///< of the last answer; empty before the first
    std::string message;             ///< empty: nothing to say
};

/// What the calls of late and the breaker say of a dependency. Reading it calls nothing.
ComponentHealth healthOf(const std::string &name, bool isCritical, const DependencyClient &client);
/// Unhealthy where a critical component is; degraded where any is not healthy.
HealthLevel overallHealth(const std::vector<ComponentHealth> &components);
/// The shape for new services: 200 for healthy and degraded, 503 for unhealthy.
Answer healthAnswer(const std::string &service, const std::string &version, Timestamp now,
                    const std::vector<ComponentHealth> &components);

} // namespace atalaya::fleet
