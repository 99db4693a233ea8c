// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fleet/rule_watch.h"

#include <cmath>

namespace atalaya::fleet::test {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

double perSecond(double increase, Seconds window = RuleWatch::usualWindow)
{
    return increase / double(window.count());
}

void judgeQueue(RuleWatch &watch, Seconds at)
{
    const double p99 = watch.quantile(0.99, "anclora_queue_processing_duration_seconds");
    watch.judge("CriticalQueueLatency", {}, p99 > 1, minutes(2), at);
    watch.judge("HighQueueLatency", {}, p99 > 0.5, minutes(5), at);

    double waiting = 0;
    for (const std::string priority : {"high", "normal", "low"})
        waiting += watch.highest("anclora_queue_waiting_messages", "priority=\"" + priority + "\"");
    watch.judge("CriticalQueueBacklog", {}, waiting > 50'000, minutes(5), at);
    watch.judge("HighQueueBacklog", {}, waiting > 10'000, minutes(10), at);

    const double processed = watch.increase("anclora_queue_messages_processed_total");
    const double failed = watch.increase("anclora_queue_messages_failed_total");
    const double failedShare = failed / (processed + failed);
    watch.judge("CriticalQueueErrorRate", {}, failedShare > 0.05, minutes(2), at);
    watch.judge("HighQueueErrorRate", {}, failedShare > 0.01, minutes(5), at);
    watch.judge("QueueProcessingStopped", {}, processed == 0 && waiting > 0, minutes(5), at);
    watch.judge("HighDLQMessages", {}, watch.highest("anclora_queue_dlq_messages") > 1000, minutes(15), at);
}

void judgeAnalytics(RuleWatch &watch, Seconds at)
{
    const double delivered = watch.increase("anclora_analytics_messages_delivered_total", {}, minutes(15));
    const double sent = watch.increase("anclora_analytics_messages_sent_total", {}, minutes(15));
    watch.judge("CriticalDeliveryRate", {}, delivered / sent < 0.5, minutes(5), at);
    watch.judge("LowDeliveryRate", {}, delivered / sent < 0.8, minutes(10), at);
    watch.judge("HighResponseTime", {}, watch.quantile(0.95, "anclora_analytics_response_time_seconds") > 300,
                minutes(10), at);
    watch.judge("HighHandoffRate", {}, perSecond(watch.increase("anclora_analytics_handoffs_total")) > 0.5, minutes(15),
                at);
}

void judgeWhatsApp(RuleWatch &watch, Seconds at)
{
    watch.judge("NoActiveInstances", {}, watch.highest("anclora_whatsapp_active_instances") == 0, minutes(2), at);
    watch.judge("HighWhatsAppAPILatency", {}, watch.quantile(0.95, "anclora_whatsapp_api_latency_seconds") > 2,
                minutes(5), at);
    const double errors = watch.increase("anclora_whatsapp_api_calls_total", "status_code=\"5");
    watch.judge("WhatsAppAPIErrors", {}, perSecond(errors) > 0.1, minutes(5), at);
    for (const std::string line : {"ventas", "alquileres"}) {
        const double hits = watch.increase("anclora_whatsapp_rate_limit_hits_total", "\"" + line + "\"");
        watch.judge("WhatsAppRateLimitHit", line, perSecond(hits) > 1, minutes(5), at);
    }
}

void judgeMachines(RuleWatch &watch, Seconds at)
{
    watch.judge("HighRedisLatency", {}, watch.quantile(0.95, "anclora_redis_latency_seconds") > 0.01, minutes(5), at);
    for (const auto &[series, value] : watch.values("anclora_redis_connections"))
        watch.judge("RedisConnectionPoolExhausted", series, value >= 20, minutes(5), at);
    for (const auto &[series, value] : watch.values("anclora_nodejs_heap_size_used_bytes")) {
        watch.judge("CriticalMemoryUsage", series, value > 1'073'741'824, minutes(5), at);
        watch.judge("HighMemoryUsage", series, value > 805'306'368, minutes(10), at);
    }
    for (const auto &[series, value] : watch.values("anclora_nodejs_eventloop_lag_seconds"))
        watch.judge("HighEventLoopLag", series, value > 0.1, minutes(5), at);

    double idle = 0;
    double all = 0;
    for (const auto &[series, seconds] : watch.increases("node_cpu_seconds_total")) {
        all += seconds;
        idle += labelIn(series, "mode") == "idle" ? seconds : 0;
    }
    watch.judge("HighCPUUsage", {}, 1 - idle / all > 0.8, minutes(10), at);
    const auto sizes = watch.values("node_filesystem_size_bytes");
    for (const auto &[series, free] : watch.values("node_filesystem_avail_bytes")) {
        std::string size = series;
        size.replace(size.find("_avail_"), 7, "_size_");
        if (labelIn(series, "fstype") != "tmpfs")
            watch.judge("HighDiskUsage", series, 1 - free / sizes.at(size) > 0.85, minutes(10), at);
    }
    for (const auto &[target, isUp] : watch.up()) {
        if (!target.starts_with("node "))
            watch.judge("AncloraTargetDown", target, !isUp, minutes(1), at);
    }
}

void judgeBusiness(RuleWatch &watch, Seconds at)
{
    const double conversions = watch.increase("anclora_analytics_conversions_total", {}, hours(1));
    watch.judge("NoConversionsToday", {}, conversions == 0, hours(6), at);
    const double leads = watch.increase("anclora_business_leads_captured_total", {}, hours(1));
    watch.judge("LowLeadCaptureRate", {}, leads < 0.1, hours(2), at);
    const double sales = watch.increase("anclora_analytics_conversion_value_euros_count");
    double upToFive = 0;
    for (const auto &[series, count] : watch.increases("anclora_analytics_conversion_value_euros_bucket"))
        upToFive += labelIn(series, "le") == "5000000" || labelIn(series, "le") == "5e+06" ? count : 0;
    watch.judge("HighValueSale", {}, sales - upToFive > 0.5, Seconds(0), at);
}

} // namespace

void judgeAnclora(RuleWatch &watch, Seconds at)
{
    judgeQueue(watch, at);
    judgeAnalytics(watch, at);
    judgeWhatsApp(watch, at);
    judgeMachines(watch, at);
    judgeBusiness(watch, at);
}

} // namespace atalaya::fleet::test
