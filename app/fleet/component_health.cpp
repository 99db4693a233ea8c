// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/component_health.h"

#include "models/base/time_text.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace atalaya::fleet {

namespace {

const char *wordFor(HealthLevel level)
{
    switch (level) {
    case HealthLevel::Healthy:
        return "healthy";
    case HealthLevel::Degraded:
        return "degraded";
    case HealthLevel::Unhealthy:
        break;
    }
    return "unhealthy";
}

} // namespace

ComponentHealth healthOf(const std::string &name, bool isCritical, const DependencyClient &client)
{
    ComponentHealth health{.name = name, .isCritical = isCritical};
    if (const auto &last = client.lastOutcome())
        health.latencyMs = double(last->latency.count()) / 1000;

    const CircuitBreaker *breaker = client.breaker();
    const double failures = client.recentFailureShare();
    if (breaker && breaker->isEnabled() && breaker->state() != BreakerState::Closed) {
        health.level = HealthLevel::Unhealthy;
        health.message = breaker->isOpen() ? "circuit breaker open" : "circuit breaker half-open";
    } else if (failures >= 0.2) {
        health.level = failures >= 0.5 ? HealthLevel::Unhealthy : HealthLevel::Degraded;
        health.message = std::to_string(int(failures * 100 + 0.5)) + "% of the last calls failed";
    }
    return health;
}

HealthLevel overallHealth(const std::vector<ComponentHealth> &components)
{
    HealthLevel overall = HealthLevel::Healthy;
    for (const ComponentHealth &component : components) {
        if (component.level == HealthLevel::Unhealthy && component.isCritical)
            return HealthLevel::Unhealthy;
        if (component.level != HealthLevel::Healthy)
            overall = HealthLevel::Degraded;
    }
    return overall;
}

Answer healthAnswer(const std::string &service, const std::string &version, Timestamp now,
                    const std::vector<ComponentHealth> &components)
{
    using Json = nlohmann::ordered_json;
    Json parts = Json::object();
    for (const ComponentHealth &component : components) {
        const double rounded = component.latencyMs ? std::round(*component.latencyMs * 10) / 10 : 0;
        parts[component.name] = {{"status", wordFor(component.level)},
                                 {"critical", component.isCritical},
                                 {"latency_ms", component.latencyMs ? Json(rounded) : Json(nullptr)},
                                 {"message", component.message.empty() ? Json(nullptr) : Json(component.message)}};
    }
    const HealthLevel overall = overallHealth(components);
    const Json json{{"status", wordFor(overall)},
                    {"timestamp", rfc3339(now).toStdString()},
                    {"service", service},
                    {"version", version},
                    {"components", parts}};
    return {.status = overall == HealthLevel::Unhealthy ? 503 : 200, .body = json.dump()};
}

} // namespace atalaya::fleet
