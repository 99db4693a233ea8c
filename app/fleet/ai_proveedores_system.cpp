// SPDX-License-Identifier: GPL-3.0-or-later
// ai-proveedores as the fleet starts it, and what can go wrong around it.
#include "app/fleet/ai_proveedores.h"

namespace atalaya::fleet {

namespace {

Behaviour calmSupabase()
{
    return {.medianMs = 13,
            .spread = 0.45,
            .failureShare = 0.00005,
            .failures = {{"connection_error", 0.6}, {"server_error", 0.4}},
            .timeLimit = Seconds(5),
            .comfortableCalls = 20};
}

Behaviour calmOpenAi()
{
    return {.medianMs = 650,
            .spread = 0.35,
            .failureShare = 0.003,
            .failureMedianMs = 200,
            .failures = {{"rate_limit", 0.7}, {"server_error", 0.3}},
            .timeLimit = Seconds(10)};
}

Behaviour calmRedis()
{
    return {.medianMs = 0.8,
            .spread = 0.4,
            .failureShare = 0.00001,
            .failures = {{"connection_error", 1}},
            .timeLimit = Seconds(1)};
}

/// Refused at the door, in milliseconds: an outage behind an edge that still answers. A probe is over so fast that the
/// half-open breaker is hardly ever scraped, and its alerts stay up.
Behaviour down(double medianMs, std::vector<FailureKind> failures)
{
    return {.failureShare = 1, .failureMedianMs = medianMs, .failureSpread = 0.25, .failures = std::move(failures)};
}

IncidentDefinition openAiOutage()
{
    return {.name = "OpenAI outage",
            .system = "ai-proveedores",
            .summary = "Every call to OpenAI is answered with an error at once; answers fall back to rules",
            .breakers = {"openai"},
            .alerts = {{"CircuitBreakerOpen", Seconds(120)},
                       {"CircuitBreakerRecoveryTooSlow", Seconds(180)},
                       {"OpenAIErrorRatioHigh", Seconds(600), true}},
            .begin =
                [](Surroundings &around) {
                    around.dependency("openai")->disturb("OpenAI outage",
                                                         down(8, {{"server_error", 0.7}, {"connection_error", 0.3}}));
                },
            .end = [](Surroundings &around) { around.dependency("openai")->calm("OpenAI outage"); }};
}

IncidentDefinition supabaseErrors()
{
    return {.name = "Supabase errors",
            .system = "ai-proveedores",
            .summary = "Every query fails at once; there is no fallback, so most requests are answered 500, then 503",
            .breakers = {"supabase_db"},
            .alerts = {{"CircuitBreakerOpen", Seconds(120)},
                       {"CircuitBreakerRecoveryTooSlow", Seconds(180)},
                       {"HighErrorRate", Seconds(240)},
                       {"ErrorRateAboveTarget", Seconds(660)}},
            .begin =
                [](Surroundings &around) {
                    around.dependency("supabase")
                        ->disturb("Supabase errors", down(6, {{"server_error", 0.6}, {"connection_error", 0.4}}));
                },
            .end = [](Surroundings &around) { around.dependency("supabase")->calm("Supabase errors"); }};
}

IncidentDefinition slowStart()
{
    return {.name = "slow start",
            .system = "ai-proveedores",
            .summary = "The instance restarts, and its openai_api check waits two and a half minutes for an answer",
            .alerts = {{"AiProveedoresTargetDown", Seconds(120)}},
            .restartsInstance = true,
            .begin = [](Surroundings &around) { around.slowChecks["openai_api"] = Seconds(150); },
            .end = [](Surroundings &around) { around.slowChecks.erase("openai_api"); }};
}

} // namespace

const std::vector<FlagDefinition> &aiProveedoresFlags()
{
    static const std::vector<FlagDefinition> flags{
        {.name = "ENABLE_STARTUP_VALIDATION",
         .phase = 8,
         .description = "Check variables and dependencies before serving",
         .rollback =
             "Set it to false in docker-compose.yml, build with --no-cache, start, read the last 1000 log lines"},
        {.name = "STARTUP_FAIL_ON_WARNING",
         .phase = 8,
         .description = "Let warnings of the start-up validation stop the start too",
         .rollback = "Set it to false and restart",
         .dependsOn = {"ENABLE_STARTUP_VALIDATION"}},
        {.name = "ENABLE_CIRCUIT_BREAKER",
         .phase = 9,
         .isLive = true,
         .description = "Guard calls to Supabase and OpenAI with circuit breakers",
         .rollback = "Set it to false in docker-compose.yml, build, start, read the last 1000 log lines"},
        {.name = "ENABLE_PROMETHEUS_METRICS",
         .phase = 10,
         .isLive = true,
         .description = "Serve /metrics (404 when off)",
         .rollback = "Set it to false in docker-compose.yml, build, start, read the last 1000 log lines"},
        {.name = "ENABLE_STRUCTURED_LOGGING",
         .phase = 11,
         .description = "Write logs as JSON with correlation IDs",
         .rollback = "Set it to false in docker-compose.yml, build, start, read the last 1000 log lines"},
    };
    return flags;
}

SystemDefinition aiProveedoresSystem()
{
    return {.key = "ai-proveedores",
            .job = "ai-proveedores",
            .metricsPath = "/metrics",
            .version = "1.4.0",
            .environment = {{"ENABLE_STARTUP_VALIDATION", "true"},
                            {"STARTUP_FAIL_ON_WARNING", "true"},
                            {"ENABLE_CIRCUIT_BREAKER", "true"},
                            {"ENABLE_PROMETHEUS_METRICS", "true"},
                            {"ENABLE_STRUCTURED_LOGGING", "true"},
                            {"DATABASE_URL", "postgresql://simulated"},
                            {"SUPABASE_URL", "https://supabase.example"},
                            {"SUPABASE_BACKEND_API_KEY", "simulated"},
                            {"OPENAI_API_KEY", "simulated"},
                            {"REDIS_URL", "redis://simulated"},
                            {"SUPABASE_PROVIDERS_BUCKET", "tinkubot-providers"},
                            {"SERVER_HOST", "127.0.0.1"},
                            {"PROVEEDORES_SERVER_PORT", "8002"}},
            .flags = aiProveedoresFlags(),
            .makeSurroundings =
                [] {
                    Behaviour storage = calmSupabase();
                    storage.medianMs = 90;
                    return Surroundings({Dependency("supabase", calmSupabase()),
                                         Dependency("supabase_storage", storage), Dependency("openai", calmOpenAi()),
                                         Dependency("redis", calmRedis())});
                },
            .makeProcess = [](ProcessContext context) { return std::make_unique<AiProveedores>(std::move(context)); },
            .incidents = {openAiOutage(), supabaseErrors(), slowStart()}};
}

} // namespace atalaya::fleet
