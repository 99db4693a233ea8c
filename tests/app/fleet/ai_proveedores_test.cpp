// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ai_proveedores.h"
#include "tests/app/fleet/fleet_rig.h"

#include <gtest/gtest.h>

namespace atalaya::fleet::test {

namespace {

FleetSettings withEnvironment(EnvironmentChanges environment)
{
    FleetSettings settings = proveedoresSettings(1);
    settings.instances[0].settings.environment = std::move(environment);
    return settings;
}

std::optional<nlohmann::json> checkNamed(const nlohmann::json &startup, const std::string &name)
{
    for (const auto &result : startup["results"]) {
        if (result["name"] == name)
            return result;
    }
    return {};
}

const AuditEntry byDrill{.operatorName = "drill", .role = "admin", .reason = "a test", .correlationId = "c-1"};

} // namespace

TEST(AiProveedores, ServesEveryMetricOfItsSpecification)
{
    FleetRig rig;
    rig.advance(Seconds(120));
    const std::string text = rig.get("/metrics").body;
    for (const char *type : {"http_requests_total counter",
                             "http_request_duration_seconds histogram",
                             "db_queries_total counter",
                             "db_query_duration_seconds histogram",
                             "db_errors_total counter",
                             "circuit_breaker_state gauge",
                             "circuit_breaker_failures_total counter",
                             "openai_requests_total counter",
                             "openai_request_duration_seconds histogram",
                             "openai_errors_total counter",
                             "redis_operations_total counter",
                             "redis_errors_total counter",
                             "feature_flag_enabled gauge",
                             "startup_validation_duration_seconds gauge",
                             "startup_validation_check_status gauge",
                             "log_messages_total counter",
                             "log_malformed_total counter",
                             "process_cpu_seconds_total counter",
                             "process_resident_memory_bytes gauge",
                             "process_start_time_seconds gauge"})
        EXPECT_NE(text.find(std::string("# TYPE ") + type + "\n"), std::string::npos) << type;

    const auto series = parseMetrics(text);
    for (const char *name :
         {R"(http_requests_total{endpoint="/providers",method="GET",status="200"})",
          R"(http_request_duration_seconds_bucket{endpoint="/providers",method="GET",le="0.075"})",
          R"(http_request_duration_seconds_bucket{endpoint="/providers",method="GET",le="+Inf"})",
          R"(db_queries_total{operation="select",table="providers"})",
          R"(db_query_duration_seconds_count{operation="select",table="providers"})",
          R"(db_errors_total{error_type="timeout",operation="select"})", R"(circuit_breaker_state{name="supabase_db"})",
          R"(circuit_breaker_failures_total{name="openai"})",
          R"(openai_requests_total{model="gpt-3.5-turbo",operation="intent_classification"})",
          R"(openai_request_duration_seconds_sum{model="gpt-3.5-turbo"})",
          R"(openai_errors_total{error_type="rate_limit",model="gpt-3.5-turbo"})",
          R"(redis_operations_total{operation="get"})", R"(redis_errors_total{error_type="timeout",operation="set"})",
          R"(feature_flag_enabled{flag="ENABLE_STRUCTURED_LOGGING"})",
          R"(startup_validation_check_status{critical="true",name="openai_api"})",
          R"(log_messages_total{level="ERROR"})"})
        EXPECT_TRUE(series.contains(name)) << name;
    EXPECT_GT(series.at(R"(db_queries_total{operation="select",table="providers"})"), 100);
    EXPECT_GT(series.at("process_cpu_seconds_total"), 0);
    EXPECT_LT(series.at("process_resident_memory_bytes"), 500e6);
    EXPECT_EQ(series.at("log_malformed_total"), 0);
}

TEST(AiProveedores, TheSameSeedLivesTheSameHoursWhateverTheTick)
{
    FleetRig coarse(proveedoresSettings(1));
    FleetRig fine(proveedoresSettings(1));
    for (int i = 0; i < 4; ++i) {
        coarse.clock().advance(Seconds(15));
        coarse.fleet().advance();
    }
    fine.advance(Seconds(60));
    EXPECT_EQ(coarse.get("/metrics").body, fine.get("/metrics").body);
    FleetRig other(proveedoresSettings(1, 1, 8));
    other.advance(Seconds(60));
    EXPECT_NE(other.get("/metrics").body, fine.get("/metrics").body);
}

TEST(AiProveedores, Bug16_RefusedRequestsKeepTheirOwnStatus)
{
    FleetRig rig;
    rig.advance(Seconds(300));
    EXPECT_GT(rig.metricSum("http_requests_total", R"(status="404")"), 0);
    EXPECT_GT(rig.metricSum("http_requests_total", R"(status="422")"), 0);
    EXPECT_LE(rig.metricSum("http_requests_total", R"(status="5)"), 3) << "calm traffic hardly ever fails";
}

TEST(AiProveedores, OpenAiFailuresFallBackAndOpenTheBreakerByThemselves)
{
    FleetRig rig;
    rig.advance(Seconds(20));
    rig.setIncident("OpenAI outage", true);
    ASSERT_TRUE(rig.advanceUntil([&] { return rig.breaker("openai").isOpen(); }, Seconds(30)));
    rig.advance(Seconds(20));
    EXPECT_EQ(rig.metric(R"(circuit_breaker_state{name="openai"})"), 1);
    EXPECT_EQ(rig.metric(R"(circuit_breaker_failures_total{name="openai"})"),
              rig.breaker("openai").counters().totalFailures);
    EXPECT_GT(rig.breaker("openai").counters().totalRejected, 10);
    EXPECT_EQ(rig.metricSum("http_requests_total", R"(status="5)"), 0) << "rules answer instead";
    EXPECT_EQ(rig.breaker("supabase_db").state(), BreakerState::Closed);
    rig.setIncident("OpenAI outage", false);
    EXPECT_TRUE(rig.advanceUntil([&] { return rig.breaker("openai").state() == BreakerState::Closed; }, Seconds(90)));
}

TEST(AiProveedores, SupabaseFailuresReachTheCallersThereIsNoFallback)
{
    FleetRig rig;
    rig.advance(Seconds(20));
    rig.setIncident("Supabase errors", true);
    rig.advance(Seconds(30));
    EXPECT_TRUE(rig.breaker("supabase_db").isOpen());
    EXPECT_GT(rig.metricSum("http_requests_total", R"(status="503")"), 100) << "turned away by the breaker";
    const double failed = rig.metricSum("http_requests_total", R"(status="500")");
    EXPECT_GE(failed, 4);
    EXPECT_LT(failed, 15) << "the failures that opened it";
    EXPECT_GT(rig.metric(R"(http_requests_total{endpoint="/providers",method="GET",status="200"})"), 200)
        << "the cache still answers";
}

TEST(AiProveedores, WithBreakersOffEveryCallGoesThroughAndFails)
{
    FleetRig rig(withEnvironment({{"ENABLE_CIRCUIT_BREAKER", "false"}}));
    rig.advance(Seconds(20));
    rig.setIncident("Supabase errors", true);
    rig.advance(Seconds(30));
    EXPECT_EQ(rig.breaker("supabase_db").state(), BreakerState::Closed);
    EXPECT_EQ(rig.metric(R"(circuit_breaker_state{name="supabase_db"})"), 0);
    EXPECT_EQ(rig.getJson("/ops/v1/breakers/supabase_db")["enabled"], false);
    EXPECT_GT(rig.metricSum("http_requests_total", R"(status="500")"), 300);
    EXPECT_EQ(rig.metricSum("http_requests_total", R"(status="503")"), 0);
    EXPECT_GT(rig.metricSum("db_errors_total"), 300);
}

TEST(AiProveedores, HealthNamesTheSickComponentAndWeighsIt)
{
    FleetRig rig;
    rig.advance(Seconds(20));
    auto health = rig.getJson("/health");
    EXPECT_EQ(health["status"], "healthy");
    EXPECT_EQ(health["service"], "ai-proveedores");
    EXPECT_GT(health["components"]["supabase"]["latency_ms"], 0.5);
    EXPECT_TRUE(health["components"]["redis"]["message"].is_null());

    rig.setIncident("OpenAI outage", true);
    rig.advance(Seconds(30));
    EXPECT_EQ(rig.get("/health").status, 200);
    health = rig.getJson("/health");
    EXPECT_EQ(health["status"], "degraded");
    EXPECT_EQ(health["components"]["openai"]["status"], "unhealthy");
    EXPECT_EQ(health["components"]["openai"]["message"], "circuit breaker open");

    rig.setIncident("Supabase errors", true);
    rig.advance(Seconds(30));
    EXPECT_EQ(rig.get("/health").status, 503);
    EXPECT_EQ(rig.getJson("/health")["status"], "unhealthy");
    EXPECT_EQ(rig.get("/health/ready").status, 200) << "readiness is the process's own";
}

TEST(AiProveedores, MetricsAreNotFoundWhenTheirFlagIsOff)
{
    FleetRig rig(withEnvironment({{"ENABLE_PROMETHEUS_METRICS", "false"}}));
    rig.advance(Seconds(5));
    EXPECT_EQ(rig.get("/metrics").status, 404);
    EXPECT_EQ(rig.get("/metrics").body, R"({"detail":"Metrics not enabled"})");
    EXPECT_EQ(rig.get("/health").status, 200);
}

TEST(AiProveedores, UnstructuredLogsCountAsMalformed)
{
    FleetRig rig(withEnvironment({{"ENABLE_STRUCTURED_LOGGING", "false"}}));
    rig.advance(Seconds(10));
    EXPECT_EQ(rig.metric("log_malformed_total"), rig.metricSum("log_messages_total"));
    EXPECT_NE(rig.logLines().front().find(" - main - INFO - Starting"), std::string::npos);
}

TEST(AiProveedores, StartsWithFivePassedChecksWithinTheBudget)
{
    FleetRig rig;
    EXPECT_EQ(rig.get("/health/ready").status, 503);
    EXPECT_EQ(rig.get("/metrics").status, 503) << "nothing is scraped before it serves";
    EXPECT_EQ(rig.get("/health/live").status, 200);
    EXPECT_EQ(rig.getJson("/ops/v1/startup")["status"], "running");
    rig.advance(Seconds(5));
    EXPECT_EQ(rig.get("/health/ready").status, 200);
    const auto startup = rig.getJson("/ops/v1/startup");
    EXPECT_EQ(startup["status"], "healthy");
    EXPECT_EQ(startup["total_checks"], 5);
    EXPECT_EQ(startup["passed"], 5);
    EXPECT_LT(startup["total_duration_ms"], 5000);
    EXPECT_EQ(checkNamed(startup, "redis_connection")->at("critical"), false);
    EXPECT_EQ(rig.metric(R"(startup_validation_check_status{critical="true",name="supabase_connection"})"), 0);
    EXPECT_NEAR(*rig.metric("startup_validation_duration_seconds"), startup["total_duration_ms"].get<double>() / 1000,
                1e-6);
}

TEST(AiProveedores, ASkippedValidationSaysSo)
{
    FleetRig rig(withEnvironment({{"ENABLE_STARTUP_VALIDATION", "false"}}));
    rig.advance(Seconds(1));
    const Answer answer = rig.get("/ops/v1/startup");
    EXPECT_EQ(answer.status, 200);
    const auto startup = nlohmann::json::parse(answer.body);
    EXPECT_EQ(startup["status"], "skipped");
    EXPECT_EQ(startup["reason"], "feature_flag_disabled");
    EXPECT_TRUE(startup["results"].empty());
    EXPECT_FALSE(rig.metric("startup_validation_duration_seconds")) << "nothing was measured";
    EXPECT_EQ(rig.get("/health/ready").status, 200);
}

TEST(AiProveedores, Bug10_AFailedValidationEndsTheProcessCleanly)
{
    FleetRig rig(withEnvironment({{"OPENAI_API_KEY", std::nullopt}}));
    const std::string url = rig.instance().url();
    rig.advance(Seconds(5));
    EXPECT_EQ(rig.instance().phase(), ServiceInstance::Phase::Stopped);
    const auto lines = rig.logLines();
    EXPECT_NE(lines.back().find("exiting with status 1"), std::string::npos);
    EXPECT_TRUE(std::ranges::any_of(
        lines, [](const std::string &line) { return line.find("missing: OPENAI_API_KEY") != std::string::npos; }));
    rig.instance().restart({{"OPENAI_API_KEY", "again"}}, byDrill);
    rig.advance(Seconds(5));
    EXPECT_EQ(rig.instance().phase(), ServiceInstance::Phase::Serving);
    EXPECT_EQ(rig.instance().url(), url) << "it comes back where it was";
}

TEST(AiProveedores, Bug11_TheStorageCheckAsksTheStorage)
{
    FleetRig rig(withEnvironment({{"STARTUP_FAIL_ON_WARNING", "false"}}));
    rig.advance(Seconds(3));
    const IncidentDefinition broken{
        .name = "no bucket", .begin = [](Surroundings &around) {
            around.dependency("supabase_storage")->disturb("no bucket", {.failureShare = 1});
        }};
    rig.instance().beginIncident(broken);
    rig.instance().restart({}, byDrill);
    rig.advance(Seconds(10));
    const auto startup = rig.getJson("/ops/v1/startup");
    EXPECT_EQ(checkNamed(startup, "supabase_storage")->at("status"), "warning");
    EXPECT_EQ(startup["warnings"], 1);
    EXPECT_EQ(startup["status"], "healthy");
    EXPECT_EQ(rig.metric(R"(startup_validation_check_status{critical="false",name="supabase_storage"})"), 1);
}

TEST(AiProveedores, Bug12_AMissingRedisUrlDoesNotStopTheStart)
{
    FleetRig rig(withEnvironment({{"REDIS_URL", std::nullopt}, {"STARTUP_FAIL_ON_WARNING", "false"}}));
    rig.advance(Seconds(5));
    EXPECT_EQ(rig.instance().phase(), ServiceInstance::Phase::Serving);
    const auto startup = rig.getJson("/ops/v1/startup");
    EXPECT_EQ(startup["total_checks"], 6);
    EXPECT_EQ(checkNamed(startup, "environment_variables")->at("status"), "pass");
    EXPECT_EQ(checkNamed(startup, "environment_variables_optional")->at("status"), "warning");
}

TEST(AiProveedores, WarningsStopTheStartWhereTheFlagSaysSo)
{
    FleetRig rig(withEnvironment({{"SERVER_HOST", std::nullopt}}));
    rig.advance(Seconds(5));
    EXPECT_EQ(rig.instance().phase(), ServiceInstance::Phase::Stopped);
}

TEST(AiProveedores, ADrainFinishesWhatIsUnderWayReadyFailsLivePasses)
{
    FleetRig rig;
    rig.advance(Seconds(20));
    ASSERT_TRUE(rig.advanceUntil([&] { return rig.process().workUnderWay() > 2; }));
    const double before = rig.metricSum("http_requests_total");
    bool isDrained = false;
    QObject::connect(&rig.fleet(), &Fleet::drained, &rig.fleet(), [&] { isDrained = true; });
    rig.fleet().shutDown();
    EXPECT_EQ(rig.get("/health/ready").status, 503);
    EXPECT_EQ(rig.get("/health/live").status, 200);
    EXPECT_EQ(rig.get("/metrics").status, 200);
    rig.advance(Milliseconds(2500));
    EXPECT_EQ(rig.process().workUnderWay(), 0);
    EXPECT_LT(rig.metricSum("http_requests_total") - before, 10) << "nothing new was taken";
    EXPECT_FALSE(isDrained);
    rig.advance(Seconds(3));
    EXPECT_TRUE(isDrained);
    EXPECT_EQ(rig.instance().phase(), ServiceInstance::Phase::Stopped);
    EXPECT_NE(rig.logLines().back().find("Stopped with 0 jobs unfinished"), std::string::npos);
}

TEST(AiProveedores, ARestartIsANewProcessWithNewCountersAndVersions)
{
    FleetRig rig;
    rig.advance(Seconds(30));
    const auto before = rig.getJson("/ops/v1/breakers");
    const double requests = rig.metricSum("http_requests_total");
    rig.instance().restart({{"ENABLE_CIRCUIT_BREAKER", "false"}}, byDrill);
    rig.advance(Seconds(10));
    const auto after = rig.getJson("/ops/v1/breakers");
    EXPECT_NE(after["started_at"], before["started_at"]);
    EXPECT_GT(after["breakers"][0]["version"], before["breakers"][1]["version"]) << "a version never comes again";
    EXPECT_LT(rig.metricSum("http_requests_total"), requests);
    EXPECT_EQ(rig.metric(R"(feature_flag_enabled{flag="ENABLE_CIRCUIT_BREAKER"})"), 0);
    EXPECT_EQ(rig.getJson("/ops/v1/flags/ENABLE_CIRCUIT_BREAKER")["value"], false);

    const auto audit = rig.getJson("/ops/v1/audit");
    ASSERT_EQ(audit["entries"].size(), 1u);
    EXPECT_EQ(audit["entries"][0]["action"], "flag.set");
    EXPECT_EQ(audit["entries"][0]["target"], "ENABLE_CIRCUIT_BREAKER");
    EXPECT_EQ(audit["entries"][0]["before"]["value"], true);
    EXPECT_EQ(audit["entries"][0]["after"]["value"], false);
    EXPECT_EQ(audit["entries"][0]["operator"], "drill");
}

TEST(AiProveedores, ASlowStartIsNotScrapedUntilTheCheckAnswers)
{
    FleetRig rig;
    rig.advance(Seconds(20));
    rig.setIncident("slow start", true);
    rig.advance(Seconds(60));
    EXPECT_EQ(rig.get("/metrics").status, 503);
    const auto startup = rig.getJson("/ops/v1/startup");
    EXPECT_EQ(startup["status"], "running");
    EXPECT_EQ(startup["running_check"], "openai_api");
    EXPECT_TRUE(startup["finished_at"].is_null());
    EXPECT_EQ(rig.getJson("/health")["components"]["startup_validation"]["message"], "waiting for openai_api");
    rig.advance(Seconds(110));
    EXPECT_EQ(rig.get("/metrics").status, 200);
    EXPECT_GT(rig.metric("startup_validation_duration_seconds"), 150);
}

TEST(AiProveedores, ASlowStartThatIsCalledOffGoesOnAtOnce)
{
    FleetRig rig;
    rig.advance(Seconds(20));
    rig.setIncident("slow start", true);
    rig.advance(Seconds(30));
    rig.setIncident("slow start", false);
    rig.advance(Seconds(3));
    EXPECT_EQ(rig.instance().phase(), ServiceInstance::Phase::Serving);
}

TEST(AiProveedores, EachRestartWhileItStartsIsOneStart)
{
    FleetRig rig;
    rig.advance(Milliseconds(250));
    ASSERT_EQ(rig.instance().phase(), ServiceInstance::Phase::Starting);
    rig.instance().restart({}, byDrill);
    rig.instance().restart({}, byDrill);
    rig.advance(Seconds(5));
    EXPECT_EQ(rig.instance().phase(), ServiceInstance::Phase::Serving);
    int starts = 0;
    for (const std::string &line : rig.logLines())
        starts += line.find("Starting ai-proveedores") != std::string::npos ? 1 : 0;
    EXPECT_EQ(starts, 3);
}

TEST(AiProveedores, AtTwentyTimesTheSpeedABreakerReopensInSeconds)
{
    FleetRig rig(proveedoresSettings(1, 20));
    rig.advance(Seconds(2));
    rig.setIncident("OpenAI outage", true);
    ASSERT_TRUE(rig.advanceUntil([&] { return rig.breaker("openai").isOpen(); }, Seconds(3)));
    rig.setIncident("OpenAI outage", false);
    EXPECT_EQ(rig.getJson("/ops/v1/breakers/openai")["config"]["timeout_seconds"], 3.0);
    rig.advance(Milliseconds(2500));
    EXPECT_TRUE(rig.breaker("openai").isOpen());
    rig.advance(Seconds(1));
    EXPECT_EQ(rig.breaker("openai").state(), BreakerState::Closed);
}

} // namespace atalaya::fleet::test
