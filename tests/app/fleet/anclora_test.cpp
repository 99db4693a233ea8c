// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/anclora.h"
#include "app/fleet/history_writer.h"
#include "tests/app/fleet/fleet_rig.h"

#include <gtest/gtest.h>

#include <fstream>

namespace atalaya::fleet::test {

namespace {

const std::string firstBot = "anclora-1";
const std::string secondBot = "anclora-2";

class AncloraRig : public testing::Test
{
protected:
    explicit AncloraRig(FleetSettings settings = ancloraSettings(2)) : m_rig(std::move(settings)) {}

    double metric(const std::string &series, const std::string &id = firstBot)
    {
        return m_rig.metric(series, id).value_or(-1);
    }
    double sumOfBoth(const std::string &name, const std::string &part = {})
    {
        return m_rig.metricSum(name, part, firstBot) + m_rig.metricSum(name, part, secondBot);
    }
    nlohmann::json health(const std::string &id = firstBot) { return m_rig.getJson("/health", id); }
    std::map<std::string, double> machine() { return parseMetrics(m_rig.get("/node/metrics", {}, firstBot).body); }

    FleetRig m_rig;
};

FleetSettings botWithout(const std::string &variable)
{
    FleetSettings settings = ancloraSettings(1);
    settings.instances[0].settings.environment[variable] = std::nullopt;
    return settings;
}

class BackendQueue : public testing::Test
{
protected:
    BackendQueue() { m_backend.open(m_simulation, 1); }

    atalaya::test::ManualClock m_clock;
    Simulation m_simulation{m_clock, 1, std::chrono::hours(48)};
    AncloraBackend m_backend;
};

} // namespace

TEST_F(BackendQueue, UrgentMessagesGoFirstAndCampaignsOnlyWhereTheyMay)
{
    for (const AncloraPriority priority : {AncloraPriority::Low, AncloraPriority::Normal, AncloraPriority::High})
        m_backend.enqueue({.priority = priority});
    EXPECT_EQ(m_backend.take(false)->priority, AncloraPriority::High);
    EXPECT_EQ(m_backend.take(false)->priority, AncloraPriority::Normal);
    EXPECT_FALSE(m_backend.take(false));
    EXPECT_EQ(m_backend.waitingInAll(), 1u);
    EXPECT_EQ(m_backend.take(true)->priority, AncloraPriority::Low);
    EXPECT_FALSE(m_backend.take(true));
    EXPECT_EQ(m_backend.active(), 3);
}

TEST_F(BackendQueue, ConsumersTakeTurns)
{
    std::vector<int> taken;
    for (const int consumer : {1, 2}) {
        m_backend.join(reinterpret_cast<const void *>(std::uintptr_t(consumer)), [this, &taken, consumer] {
            if (m_backend.take(true))
                taken.push_back(consumer);
        });
    }
    for (int i = 0; i < 4; ++i)
        m_backend.enqueue({});
    EXPECT_EQ(std::count(taken.begin(), taken.end(), 1), 2);
    EXPECT_EQ(std::count(taken.begin(), taken.end(), 2), 2);
    m_backend.leave(reinterpret_cast<const void *>(std::uintptr_t(1)));
    m_backend.enqueue({});
    EXPECT_EQ(taken.back(), 2);
}

TEST_F(BackendQueue, DeadLettersAreClearedAwayAfterADay)
{
    m_backend.bury();
    m_clock.advance(std::chrono::hours(23));
    m_simulation.catchUp();
    m_backend.bury();
    EXPECT_EQ(m_backend.dead(), 2u);
    m_clock.advance(std::chrono::hours(2));
    m_simulation.catchUp();
    EXPECT_EQ(m_backend.dead(), 1u);
}

TEST_F(BackendQueue, AWithdrawnCampaignTakesItsOwnMessagesOnly)
{
    const int one = 1;
    const int other = 2;
    for (int i = 0; i < 3; ++i) {
        m_backend.enqueue({.priority = AncloraPriority::Low, .runaway = &one});
        m_backend.enqueue({.priority = AncloraPriority::Low, .runaway = &other});
        m_backend.enqueue({.priority = AncloraPriority::Low});
    }
    m_backend.withdrawRunaway(&one);
    EXPECT_FALSE(m_backend.hasRunaway(&one));
    EXPECT_TRUE(m_backend.hasRunaway(&other));
    EXPECT_EQ(m_backend.waitingInAll(), 6u);
}

TEST_F(AncloraRig, ServesEveryMetricOfItsSpecification)
{
    m_rig.advance(Seconds(600));
    const std::string text = m_rig.get("/metrics", {}, firstBot).body;
    for (const char *type : {"anclora_queue_messages_total counter",
                             "anclora_queue_messages_processed_total counter",
                             "anclora_queue_messages_failed_total counter",
                             "anclora_queue_processing_duration_seconds histogram",
                             "anclora_queue_waiting_messages gauge",
                             "anclora_queue_active_messages gauge",
                             "anclora_queue_dlq_messages gauge",
                             "anclora_queue_bulk_operations_total counter",
                             "anclora_analytics_messages_sent_total counter",
                             "anclora_analytics_messages_received_total counter",
                             "anclora_analytics_messages_delivered_total counter",
                             "anclora_analytics_messages_read_total counter",
                             "anclora_analytics_conversions_total counter",
                             "anclora_analytics_conversion_value_euros histogram",
                             "anclora_analytics_active_conversations gauge",
                             "anclora_analytics_response_time_seconds histogram",
                             "anclora_analytics_handoffs_total counter",
                             "anclora_whatsapp_api_calls_total counter",
                             "anclora_whatsapp_api_latency_seconds histogram",
                             "anclora_whatsapp_active_instances gauge",
                             "anclora_whatsapp_rate_limit_hits_total counter",
                             "anclora_whatsapp_webhooks_received_total counter",
                             "anclora_redis_operations_total counter",
                             "anclora_redis_latency_seconds histogram",
                             "anclora_redis_connections gauge",
                             "anclora_bot_intents_detected_total counter",
                             "anclora_bot_intent_confidence histogram",
                             "anclora_bot_automated_responses_total counter",
                             "anclora_business_leads_captured_total counter",
                             "anclora_business_appointments_scheduled_total counter",
                             "anclora_business_property_inquiry_value_euros histogram",
                             "anclora_business_sales_pipeline gauge",
                             "anclora_nodejs_heap_size_used_bytes gauge",
                             "anclora_nodejs_heap_size_total_bytes gauge",
                             "anclora_nodejs_eventloop_lag_seconds gauge",
                             "anclora_process_resident_memory_bytes gauge",
                             "anclora_process_cpu_seconds_total counter",
                             "anclora_process_start_time_seconds gauge"})
        EXPECT_NE(text.find(std::string("# TYPE ") + type + "\n"), std::string::npos) << type;

    const auto series = parseMetrics(text);
    for (const char *name :
         {R"(anclora_queue_messages_total{message_type="text",priority="high"})",
          R"(anclora_queue_messages_processed_total{message_type="template"})",
          R"(anclora_queue_messages_failed_total{error_type="invalid_number",message_type="text"})",
          R"(anclora_queue_processing_duration_seconds_bucket{message_type="text",priority="high",le="0.01"})",
          R"(anclora_queue_processing_duration_seconds_bucket{message_type="text",priority="high",le="10"})",
          R"(anclora_queue_waiting_messages{priority="low"})",
          R"(anclora_queue_bulk_operations_total{batch_size_range="101-500"})",
          R"(anclora_analytics_messages_sent_total{campaign_id="none",message_type="text"})",
          R"(anclora_analytics_messages_sent_total{campaign_id="open-house",message_type="template"})",
          R"(anclora_analytics_conversions_total{campaign_id="none",conversion_type="sale"})",
          R"(anclora_analytics_response_time_seconds_bucket{le="3600"})",
          R"(anclora_analytics_handoffs_total{reason="user_request"})",
          R"(anclora_whatsapp_api_calls_total{endpoint="/message/sendText",method="POST",status_code="201"})",
          R"(anclora_whatsapp_api_latency_seconds_bucket{endpoint="/message/sendText",method="POST",le="0.1"})",
          R"(anclora_whatsapp_rate_limit_hits_total{instance_name="ventas"})",
          R"(anclora_whatsapp_webhooks_received_total{event_type="messages.upsert",instance_name="ventas"})",
          R"(anclora_redis_operations_total{operation="get",status="success"})",
          R"(anclora_redis_latency_seconds_bucket{operation="get",le="0.001"})",
          R"(anclora_redis_connections{pool="main"})",
          R"(anclora_redis_connections{pool="analytics"})",
          R"(anclora_bot_intents_detected_total{confidence_range="high",intent="greeting"})",
          R"(anclora_bot_intent_confidence_bucket{intent="greeting",le="0.95"})",
          R"(anclora_business_leads_captured_total{quality="hot",source="whatsapp"})",
          R"(anclora_business_appointments_scheduled_total{source="bot",type="visit"})",
          R"(anclora_business_sales_pipeline{stage="negotiation"})"})
        EXPECT_TRUE(series.contains(name)) << name;
    EXPECT_TRUE(std::ranges::any_of(series, [](const auto &entry) {
        return entry.first.starts_with("anclora_analytics_conversion_value_euros_bucket") &&
               (entry.first.find("le=\"5000000\"") != std::string::npos ||
                entry.first.find("le=\"5e+06\"") != std::string::npos);
    }));
    EXPECT_EQ(series.at("anclora_whatsapp_active_instances"), 2);
    EXPECT_GT(series.at("anclora_analytics_active_conversations"), 200);
    EXPECT_GT(series.at(R"(anclora_business_sales_pipeline{stage="new"})"), 20);
    EXPECT_LT(series.at("anclora_nodejs_heap_size_used_bytes"), 300e6);
    EXPECT_LT(series.at("anclora_nodejs_eventloop_lag_seconds"), 0.02);
}

TEST_F(AncloraRig, TheSameSeedLivesTheSameHoursWhateverTheTick)
{
    FleetRig coarse(ancloraSettings(2));
    for (int i = 0; i < 8; ++i) {
        coarse.clock().advance(Seconds(15));
        coarse.fleet().advance();
    }
    m_rig.advance(Seconds(120));
    EXPECT_EQ(coarse.get("/metrics", {}, secondBot).body, m_rig.get("/metrics", {}, secondBot).body);
    FleetRig other(ancloraSettings(2, 1, 8));
    other.advance(Seconds(120));
    EXPECT_NE(other.get("/metrics", {}, secondBot).body, m_rig.get("/metrics", {}, secondBot).body);
}

TEST_F(AncloraRig, TheQueueIsOneAndItsWorkIsShared)
{
    m_rig.advance(Seconds(300));
    for (const char *gauge : {R"(anclora_queue_waiting_messages{priority="low"})", "anclora_queue_active_messages",
                              "anclora_queue_dlq_messages", "anclora_analytics_active_conversations",
                              R"(anclora_business_sales_pipeline{stage="visit"})"})
        EXPECT_EQ(metric(gauge, firstBot), metric(gauge, secondBot)) << gauge;
    const double first = m_rig.metricSum("anclora_queue_messages_processed_total", {}, firstBot);
    const double second = m_rig.metricSum("anclora_queue_messages_processed_total", {}, secondBot);
    EXPECT_NEAR(first / (first + second), 0.5, 0.05);
    EXPECT_NEAR(sumOfBoth("anclora_queue_messages_total"), first + second, 30) << "calm leaves nothing behind";
    const double sent = sumOfBoth("anclora_analytics_messages_sent_total");
    EXPECT_NEAR(sumOfBoth("anclora_analytics_messages_delivered_total") / sent, 0.97, 0.03);
    EXPECT_GT(sumOfBoth("anclora_analytics_messages_read_total"), 0.4 * sent);
}

TEST_F(AncloraRig, HealthIsInItsOwnWords)
{
    m_rig.advance(Seconds(60));
    EXPECT_EQ(m_rig.get("/health", {}, firstBot).status, 200);
    const auto json = health();
    EXPECT_EQ(json["status"], "healthy");
    EXPECT_GT(json["uptime"], 50);
    for (const char *check : {"redis", "analyticsRedis", "queue", "memory", "eventLoop", "disk"}) {
        ASSERT_TRUE(json["checks"].contains(check)) << check;
        EXPECT_EQ(json["checks"][check]["status"], "pass") << check;
        for (const char *key : {"message", "duration", "details"})
            EXPECT_TRUE(json["checks"][check].contains(key)) << check << ' ' << key;
    }
    EXPECT_EQ(json["checks"].size(), 6u);
    EXPECT_GT(json["checks"]["queue"]["details"]["completed"], 100);
    EXPECT_EQ(json["metadata"]["version"], "6.3.4");
    EXPECT_EQ(json["metadata"]["environment"], "production");
    EXPECT_EQ(m_rig.get("/health/live", {}, firstBot).body, R"({"alive":true})");
    EXPECT_EQ(m_rig.get("/health/ready", {}, firstBot).body, R"({"ready":true})");
    EXPECT_EQ(m_rig.instance(firstBot).answer(request("POST", "/health")).status, 405);
}

TEST_F(AncloraRig, ASlowRedisDegradesADeadOneIsUnhealthy)
{
    m_rig.advance(Seconds(20));
    m_rig.setIncident("slow Redis", true, firstBot);
    m_rig.advance(Seconds(20));
    EXPECT_EQ(m_rig.get("/health", {}, firstBot).status, 200);
    EXPECT_EQ(health()["status"], "degraded");
    EXPECT_EQ(health()["checks"]["redis"]["status"], "warn");
    EXPECT_EQ(health(secondBot)["status"], "healthy");

    const IncidentDefinition dead{.name = "dead Redis", .begin = [](Surroundings &around) {
                                      around.dependency("redis")->disturb("dead Redis", {.failureShare = 1});
                                  }};
    m_rig.instance(firstBot).beginIncident(dead);
    m_rig.advance(Seconds(20));
    EXPECT_EQ(m_rig.get("/health", {}, firstBot).status, 503);
    EXPECT_EQ(health()["status"], "unhealthy");
    EXPECT_EQ(health()["checks"]["redis"]["status"], "fail");
    EXPECT_GT(m_rig.metricSum("anclora_redis_operations_total", R"(status="error")", firstBot), 20);
}

TEST_F(AncloraRig, ItHasNeitherBreakersNorFlagsAndSaysSo)
{
    m_rig.advance(Seconds(5));
    const auto info = m_rig.getJson("/ops/v1/info", firstBot);
    EXPECT_EQ(info["service"], "anclora-bot");
    EXPECT_EQ(info["capabilities"], nlohmann::json({"startup", "audit.read"}));
    for (const char *path : {"/ops/v1/breakers", "/ops/v1/breakers/redis", "/ops/v1/flags", "/ops/v1/flags/X"})
        EXPECT_EQ(m_rig.get(path, viewerToken, firstBot).status, 404) << path;
    for (const char *path : {"/ops/v1/breakers/redis/trip", "/ops/v1/breakers/reset-all"}) {
        EXPECT_EQ(m_rig.instance(firstBot).answer(request("POST", path, operatorToken, "{}")).status, 404) << path;
    }
    EXPECT_TRUE(m_rig.getJson("/ops/v1/audit", firstBot)["entries"].empty());
}

TEST_F(AncloraRig, StartsWithItsChecksAndIsNotScrapedBeforeItServes)
{
    EXPECT_EQ(m_rig.get("/health/ready", {}, firstBot).status, 503);
    EXPECT_EQ(m_rig.get("/health/ready", {}, firstBot).body, R"({"ready":false})");
    EXPECT_EQ(m_rig.get("/metrics", {}, firstBot).status, 503);
    EXPECT_EQ(m_rig.get("/health", {}, firstBot).status, 503);
    EXPECT_EQ(m_rig.get("/node/metrics", {}, firstBot).status, 200) << "the machine is another target";
    m_rig.advance(Seconds(5));
    const auto startup = m_rig.getJson("/ops/v1/startup", firstBot);
    EXPECT_EQ(startup["status"], "healthy");
    EXPECT_EQ(startup["total_checks"], 4);
    EXPECT_EQ(startup["passed"], 4);
}

TEST_F(AncloraRig, ARunawayCampaignFillsTheQueueCustomersAreAnsweredAllTheSame)
{
    m_rig.advance(Seconds(60));
    m_rig.setIncident("queue backlog", true, firstBot);
    m_rig.advance(Seconds(120));
    EXPECT_GT(metric(R"(anclora_queue_waiting_messages{priority="low"})"), 60'000);
    EXPECT_LT(metric(R"(anclora_queue_waiting_messages{priority="high"})"), 20);
    EXPECT_EQ(health()["checks"]["queue"]["status"], "warn");
    EXPECT_EQ(health()["status"], "degraded");
    EXPECT_GT(m_rig.metricSum("anclora_queue_bulk_operations_total", R"("501-1000")", firstBot), 60);
    EXPECT_EQ(m_rig.metricSum("anclora_queue_bulk_operations_total", R"("501-1000")", secondBot), 0);

    m_rig.instance(firstBot).restart({}, {});
    m_rig.advance(Seconds(10));
    EXPECT_GT(metric(R"(anclora_queue_waiting_messages{priority="low"})"), 60'000) << "the queue is not the process's";
    m_rig.setIncident("queue backlog", false);
    m_rig.advance(Seconds(3));
    EXPECT_LT(metric(R"(anclora_queue_waiting_messages{priority="low"})"), 1000);
    EXPECT_EQ(health()["status"], "healthy");
}

TEST_F(AncloraRig, InADeliveryCollapseEverySendSucceedsAndHardlyAnyArrives)
{
    m_rig.advance(Seconds(60));
    m_rig.setIncident("delivery collapse", true);
    const double sent = sumOfBoth("anclora_analytics_messages_sent_total");
    const double delivered = sumOfBoth("anclora_analytics_messages_delivered_total");
    m_rig.advance(Seconds(300));
    const double share = (sumOfBoth("anclora_analytics_messages_delivered_total") - delivered) /
                         (sumOfBoth("anclora_analytics_messages_sent_total") - sent);
    EXPECT_NEAR(share, 0.14, 0.06);
    EXPECT_LT(sumOfBoth("anclora_queue_messages_failed_total"), 20);
    EXPECT_EQ(health()["status"], "healthy") << "its own health knows nothing of it";
}

TEST_F(AncloraRig, AFailedMessageIsTriedAgainAHopelessOneIsBuried)
{
    m_rig.advance(Seconds(10));
    const IncidentDefinition refusing{
        .name = "refusing", .begin = [](Surroundings &around) {
            around.dependency("whatsapp_api")->disturb("refusing", {.failureShare = 1, .failures = {{"api_error", 1}}});
        }};
    for (const std::string &id : {firstBot, secondBot})
        m_rig.instance(id).beginIncident(refusing);
    m_rig.advance(Seconds(14));
    EXPECT_EQ(metric("anclora_queue_dlq_messages"), 0);
    m_rig.advance(Seconds(60));
    EXPECT_GT(metric("anclora_queue_dlq_messages"), 50) << "three attempts each";
    const double failed = sumOfBoth("anclora_queue_messages_failed_total", R"(error_type="api_error")");
    EXPECT_NEAR(failed / metric("anclora_queue_dlq_messages"), 3, 1.2);
    EXPECT_GT(sumOfBoth("anclora_whatsapp_api_calls_total", R"(status_code="500")"), 100);
}

TEST_F(AncloraRig, TheMachineCountsItsOwnTime)
{
    m_rig.advance(Seconds(30));
    const auto before = machine();
    m_rig.advance(Seconds(60));
    const auto after = machine();
    double all = 0;
    double idle = 0;
    for (const auto &[series, value] : after) {
        if (!series.starts_with("node_cpu_seconds_total"))
            continue;
        EXPECT_GE(value, before.at(series)) << series;
        all += value - before.at(series);
        idle += series.find("idle") != std::string::npos ? value - before.at(series) : 0;
    }
    EXPECT_NEAR(all, 60 * HostMachine::processorCount, 1e-3);
    EXPECT_LT(idle / all, 0.965);
    EXPECT_GT(idle / all, 0.8);
    EXPECT_TRUE(after.contains(R"(node_filesystem_avail_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"})"));
    EXPECT_LT(after.at(R"(node_filesystem_avail_bytes{device="/dev/vda1",fstype="ext4",mountpoint="/"})"),
              before.at(R"(node_filesystem_avail_bytes{device="/dev/vda1",fstype="ext4",mountpoint="/"})"))
        << "logs take their place";
    EXPECT_EQ(m_rig.instance(firstBot).answer(request("POST", "/node/metrics")).status, 405);

    m_rig.instance(firstBot).restart({}, {});
    m_rig.advance(Seconds(5));
    for (const auto &[series, value] : machine()) {
        if (series.starts_with("node_cpu_seconds_total")) {
            EXPECT_GE(value, after.at(series)) << "it outlasts the process";
        }
    }
}

TEST(AncloraFast, AtTwentyTimesTheSpeedASecondStillHasOneSecondOfCpu)
{
    FleetRig rig(ancloraSettings(2, 20));
    rig.advance(Seconds(5));
    const auto cpu = [&] {
        double all = 0;
        for (const auto &[series, value] : parseMetrics(rig.get("/node/metrics", {}, firstBot).body))
            all += series.starts_with("node_cpu_seconds_total") ? value : 0;
        return all;
    };
    const double before = cpu();
    rig.advance(Seconds(10));
    EXPECT_NEAR(cpu() - before, 10 * HostMachine::processorCount, 1e-2);
    EXPECT_GT(rig.metricSum("anclora_queue_messages_processed_total", {}, firstBot), 15 * 20);
}

TEST_F(AncloraRig, LogsAreFlatJsonWithoutTelephoneNumbers)
{
    m_rig.advance(Seconds(30));
    const auto lines = m_rig.logLines(firstBot);
    ASSERT_GT(lines.size(), 30u);
    std::set<std::string> components;
    for (const std::string &line : lines) {
        const auto json = nlohmann::json::parse(line, nullptr, false);
        ASSERT_TRUE(json.is_object()) << line;
        EXPECT_TRUE(json["level"] == "info" || json["level"] == "warn" || json["level"] == "error") << line;
        EXPECT_FALSE(json.contains("correlation_id"));
        components.insert(json["component"]);
        const std::string message = json["message"];
        if (const auto phone = message.find("+34"); phone != std::string::npos) {
            EXPECT_EQ(message.substr(phone, 13), "+34 *** *** *") << message;
        }
    }
    EXPECT_TRUE(components.contains("queue"));
    EXPECT_TRUE(components.contains("whatsapp"));
}

TEST(AncloraStart, AMissingRequiredVariableStopsItAMissingOptionalOneDoesNot)
{
    FleetRig broken(botWithout("REDIS_URL"));
    broken.advance(Seconds(5));
    EXPECT_EQ(broken.instance(firstBot).phase(), ServiceInstance::Phase::Stopped);
    FleetRig lacking(botWithout("SENTRY_DSN"));
    lacking.advance(Seconds(5));
    EXPECT_EQ(lacking.instance(firstBot).phase(), ServiceInstance::Phase::Serving);
    EXPECT_EQ(lacking.getJson("/ops/v1/startup", firstBot)["warnings"], 1);
}

TEST_F(AncloraRig, ADrainFinishesWhatIsUnderWayAndLeavesTheRestToTheOther)
{
    m_rig.advance(Seconds(20));
    m_rig.instance(firstBot).shutDown();
    EXPECT_EQ(m_rig.get("/health/ready", {}, firstBot).status, 503);
    EXPECT_EQ(m_rig.get("/health/live", {}, firstBot).status, 200);
    m_rig.advance(Seconds(10));
    EXPECT_EQ(m_rig.instance(firstBot).phase(), ServiceInstance::Phase::Stopped);
    const double processed = m_rig.metricSum("anclora_queue_messages_processed_total", {}, secondBot);
    m_rig.advance(Seconds(30));
    EXPECT_GT(m_rig.metricSum("anclora_queue_messages_processed_total", {}, secondBot), processed + 30);
    EXPECT_LT(metric("anclora_queue_active_messages", secondBot), 10);
}

TEST(AncloraHistory, HasItsMachineAsASecondTarget)
{
    QTemporaryDir folder;
    std::map<std::string, int> ups;
    bool hasQueue = false;
    bool hasProcessors = false;
    const auto written = writeHistory(
        ancloraSettings(2),
        {folder.path(), Timestamp(Milliseconds(7'200'000LL * 236'000 + 600'000)), std::chrono::minutes(5), Seconds(15)},
        [&](const QString &piece) {
            std::ifstream file(piece.toStdString());
            for (std::string line; std::getline(file, line);) {
                for (const char *job : {"anclora-bot", "anclora-node"}) {
                    if (line.starts_with("up{job=\"" + std::string(job) + "\"") &&
                        line.find("} 1 ") != std::string::npos)
                        ++ups[job];
                }
                hasQueue =
                    hasQueue || line.find("anclora_queue_waiting_messages{priority=\"low\",job=\"anclora-bot\"") == 0;
                hasProcessors =
                    hasProcessors || (line.starts_with("node_cpu_seconds_total{") &&
                                      line.find("job=\"anclora-node\",instance=\"anclora-2\"") != std::string::npos);
            }
        });
    ASSERT_TRUE(written.has_value());
    EXPECT_EQ(ups["anclora-bot"], 2 * 20);
    EXPECT_EQ(ups["anclora-node"], 2 * 20);
    EXPECT_TRUE(hasQueue);
    EXPECT_TRUE(hasProcessors);
}

} // namespace atalaya::fleet::test
