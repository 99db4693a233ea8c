// SPDX-License-Identifier: GPL-3.0-or-later
// Anclora as the fleet starts it, and what can go wrong around it.
#include "app/fleet/anclora.h"

namespace atalaya::fleet {

namespace {

Behaviour redisBehaviour(double medianMs)
{
    return {.medianMs = medianMs,
            .spread = 0.45,
            .failureShare = 0.00001,
            .failures = {{"connection_error", 1}},
            .timeLimit = Seconds(2)};
}

Behaviour calmApi()
{
    return {.medianMs = 175,
            .spread = 0.28,
            .failureShare = 0.0015,
            .failureMedianMs = 90,
            .failures = {{"api_error", 0.35}, {"rate_limit", 0.25}, {"invalid_number", 0.4}},
            .timeLimit = Seconds(10),
            .comfortableCalls = 200};
}

/// From the API's "accepted" to the customer's telephone.
Behaviour delivery(double lostShare)
{
    return {.medianMs = 1800,
            .spread = 0.6,
            .failureShare = lostShare,
            .failures = {{"undelivered", 1}},
            .timeLimit = Seconds(300),
            .comfortableCalls = 1e6};
}

IncidentDefinition queueBacklog()
{
    return {.name = "queue backlog",
            .system = "anclora",
            .summary = "A campaign repeats itself without end and fills the queue; customers' replies still go first",
            .alerts = {{"CriticalQueueBacklog", Seconds(480)}, {"HighQueueBacklog", Seconds(720)}},
            .begin = [](Surroundings &around) { around.conditions.insert(runawayCampaign); },
            .end = [](Surroundings &around) { around.conditions.erase(runawayCampaign); }};
}

IncidentDefinition deliveryCollapse()
{
    return {.name = "delivery collapse",
            .system = "anclora",
            .summary = "WhatsApp accepts every message and delivers one in seven; no call fails",
            .alerts = {{"LowDeliveryRate", Seconds(1350)}, {"CriticalDeliveryRate", Seconds(1100), true}},
            .begin =
                [](Surroundings &around) {
                    around.dependency("whatsapp_delivery")->disturb("delivery collapse", delivery(0.86));
                },
            .end = [](Surroundings &around) { around.dependency("whatsapp_delivery")->calm("delivery collapse"); }};
}

IncidentDefinition slowRedis()
{
    return {.name = "slow Redis",
            .system = "anclora",
            .summary = "Every operation of the main Redis takes a sixth of a second; each message needs six",
            .alerts = {{"CriticalQueueLatency", Seconds(240)},
                       {"HighQueueLatency", Seconds(420)},
                       {"HighRedisLatency", Seconds(450)}},
            .begin =
                [](Surroundings &around) {
                    Behaviour slow = redisBehaviour(170);
                    slow.spread = 0.25;
                    around.dependency("redis")->disturb("slow Redis", slow);
                },
            .end = [](Surroundings &around) { around.dependency("redis")->calm("slow Redis"); }};
}

} // namespace

SystemDefinition ancloraSystem()
{
    const auto backend = std::make_shared<AncloraBackend>();
    return {.key = "anclora",
            .job = "anclora-bot",
            .metricsPath = "/metrics",
            .version = "6.3.4",
            .environment = {{"NODE_ENV", "production"},
                            {"REDIS_URL", "redis://simulated"},
                            {"ANALYTICS_REDIS_URL", "redis://simulated"},
                            {"EVOLUTION_API_URL", "https://evolution.example"},
                            {"EVOLUTION_API_KEY", "simulated"},
                            {"SENTRY_DSN", "https://sentry.example"}},
            .makeSurroundings =
                [] {
                    return Surroundings(
                        {Dependency("redis", redisBehaviour(0.9)), Dependency("analytics_redis", redisBehaviour(0.7)),
                         Dependency("whatsapp_api", calmApi()), Dependency("whatsapp_delivery", delivery(0.03))});
                },
            .makeProcess =
                [backend](ProcessContext context) { return std::make_unique<Anclora>(std::move(context), backend); },
            .incidents = {queueBacklog(), deliveryCollapse(), slowRedis()},
            .neighbours = {{.job = "anclora-node",
                            .metricsPath = "/node/metrics",
                            .text = [](const Surroundings &around, const Simulation &simulation) {
                                return around.host.metricsText(simulation);
                            }}}};
}

} // namespace atalaya::fleet
