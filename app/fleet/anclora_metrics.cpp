// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/anclora_metrics.h"

namespace atalaya::fleet {

namespace {

using Buckets = prometheus::Histogram::BucketBoundaries;

const Buckets queueBuckets{0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10};
const Buckets responseBuckets{10, 30, 60, 120, 300, 600, 1800, 3600};
const Buckets apiBuckets{0.1, 0.5, 1, 2, 5, 10};
const Buckets redisBuckets{0.001, 0.005, 0.01, 0.05, 0.1, 0.5};
const Buckets confidenceBuckets{0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1};
const Buckets saleBuckets{100'000, 500'000, 1'000'000, 2'000'000, 5'000'000, 10'000'000};
const Buckets inquiryBuckets{500'000, 1'000'000, 2'000'000, 5'000'000, 10'000'000, 20'000'000};

const char *confidenceRange(double confidence)
{
    return confidence < 0.5 ? "low" : confidence < 0.8 ? "medium" : "high";
}

const char *typeOf(const AncloraMessage &message)
{
    return ancloraMessageTypes[message.type];
}

const char *priorityOf(const AncloraMessage &message)
{
    return ancloraPriorities[std::size_t(message.priority)];
}

} // namespace

AncloraMetrics::AncloraMetrics()
    : m_queued(m_registry.counters("anclora_queue_messages_total", "Messages added to the queue"))
    , m_processed(m_registry.counters("anclora_queue_messages_processed_total", "Messages processed"))
    , m_failed(m_registry.counters("anclora_queue_messages_failed_total", "Failed attempts"))
    , m_processing(m_registry.histograms("anclora_queue_processing_duration_seconds", "Time to process a message"))
    , m_waiting(m_registry.gauges("anclora_queue_waiting_messages", "Messages waiting in the queue"))
    , m_active(m_registry.gauges("anclora_queue_active_messages", "Messages being processed").Add({}))
    , m_dlq(m_registry.gauges("anclora_queue_dlq_messages", "Messages in the dead letter queue").Add({}))
    , m_bulk(m_registry.counters("anclora_queue_bulk_operations_total", "Bulk operations"))
    , m_sent(m_registry.counters("anclora_analytics_messages_sent_total", "Messages sent"))
    , m_received(m_registry.counters("anclora_analytics_messages_received_total", "Messages received"))
    , m_delivered(m_registry.counters("anclora_analytics_messages_delivered_total", "Messages delivered").Add({}))
    , m_read(m_registry.counters("anclora_analytics_messages_read_total", "Messages read").Add({}))
    , m_conversions(m_registry.counters("anclora_analytics_conversions_total", "Conversions"))
    , m_saleValue(m_registry.histograms("anclora_analytics_conversion_value_euros", "Value of conversions in euros")
                      .Add({{"conversion_type", "sale"}}, saleBuckets))
    , m_conversations(m_registry.gauges("anclora_analytics_active_conversations", "Active conversations").Add({}))
    , m_responseTime(m_registry.histograms("anclora_analytics_response_time_seconds", "Time to answer a customer")
                         .Add({}, responseBuckets))
    , m_handoffs(m_registry.counters("anclora_analytics_handoffs_total", "Handoffs to people"))
    , m_apiCalls(m_registry.counters("anclora_whatsapp_api_calls_total", "Calls of the WhatsApp API"))
    , m_apiLatency(m_registry.histograms("anclora_whatsapp_api_latency_seconds", "Latency of the WhatsApp API"))
    , m_activeInstances(m_registry.gauges("anclora_whatsapp_active_instances", "Active WhatsApp instances").Add({}))
    , m_rateLimitHits(m_registry.counters("anclora_whatsapp_rate_limit_hits_total", "Rate limit hits"))
    , m_webhooks(m_registry.counters("anclora_whatsapp_webhooks_received_total", "Webhooks received"))
    , m_redisOperations(m_registry.counters("anclora_redis_operations_total", "Redis operations"))
    , m_redisLatency(m_registry.histograms("anclora_redis_latency_seconds", "Latency of Redis operations"))
    , m_redisConnections(m_registry.gauges("anclora_redis_connections", "Redis connections"))
    , m_intents(m_registry.counters("anclora_bot_intents_detected_total", "Intents detected"))
    , m_confidence(m_registry.histograms("anclora_bot_intent_confidence", "Confidence of detected intents"))
    , m_responses(m_registry.counters("anclora_bot_automated_responses_total", "Automated responses"))
    , m_leads(m_registry.counters("anclora_business_leads_captured_total", "Leads captured"))
    , m_appointments(m_registry.counters("anclora_business_appointments_scheduled_total", "Appointments scheduled"))
    , m_inquiryValue(m_registry
                         .histograms("anclora_business_property_inquiry_value_euros",
                                     "Value of properties inquired about in euros")
                         .Add({}, inquiryBuckets))
    , m_pipeline(m_registry.gauges("anclora_business_sales_pipeline", "Leads in the sales pipeline"))
    , m_heapUsed(
          m_registry.gauges("anclora_nodejs_heap_size_used_bytes", "Process heap size used from Node.js").Add({}))
    , m_heapTotal(m_registry.gauges("anclora_nodejs_heap_size_total_bytes", "Process heap size from Node.js").Add({}))
    , m_eventLoopLag(m_registry.gauges("anclora_nodejs_eventloop_lag_seconds", "Lag of event loop").Add({}))
    , m_residentBytes(m_registry.gauges("anclora_process_resident_memory_bytes", "Resident memory size").Add({}))
    , m_cpuSeconds(m_registry.counters("anclora_process_cpu_seconds_total", "User and system CPU time spent").Add({}))
    , m_startTime(m_registry.gauges("anclora_process_start_time_seconds", "Start time since unix epoch").Add({}))
{
    bornAtZero();
}

void AncloraMetrics::bornAtZero()
{
    for (const char *type : ancloraMessageTypes) {
        m_processed.Add({{"message_type", type}});
        m_received.Add({{"message_type", type}});
        for (const char *error : {"api_error", "rate_limit", "timeout", "invalid_number"})
            m_failed.Add({{"message_type", type}, {"error_type", error}});
        for (const char *priority : ancloraPriorities) {
            m_queued.Add({{"priority", priority}, {"message_type", type}});
            m_processing.Add({{"message_type", type}, {"priority", priority}}, queueBuckets);
        }
    }
    for (const char *range : {"1-100", "101-500", "501-1000", "1000+"})
        m_bulk.Add({{"batch_size_range", range}});
    for (const char *campaign : ancloraCampaigns) {
        m_sent.Add({{"message_type", "template"}, {"campaign_id", campaign}});
        for (const char *type : {"lead", "appointment", "sale"})
            m_conversions.Add({{"conversion_type", type}, {"campaign_id", campaign}});
    }
    for (const char *type : {"text", "image"})
        m_sent.Add({{"message_type", type}, {"campaign_id", "none"}});
    for (const char *reason : {"user_request", "low_confidence"})
        m_handoffs.Add({{"reason", reason}});
    for (const char *endpoint : {"/message/sendText", "/message/sendMedia", "/message/sendTemplate"}) {
        m_apiLatency.Add({{"endpoint", endpoint}, {"method", "POST"}}, apiBuckets);
        for (const char *status : {"201", "400", "429", "500", "504"})
            m_apiCalls.Add({{"endpoint", endpoint}, {"method", "POST"}, {"status_code", status}});
    }
    for (const char *line : ancloraLines) {
        m_rateLimitHits.Add({{"instance_name", line}});
        for (const char *event : {"messages.upsert", "messages.update", "connection.update"})
            m_webhooks.Add({{"event_type", event}, {"instance_name", line}});
    }
    for (const char *operation : {"evalsha", "lpush", "get", "hget", "set", "hset", "incr", "del"})
        redisOperation(operation);
    for (const char *intent : ancloraIntents) {
        m_confidence.Add({{"intent", intent}}, confidenceBuckets);
        for (const char *range : {"low", "medium", "high"})
            m_intents.Add({{"intent", intent}, {"confidence_range", range}});
    }
    for (const char *quality : {"hot", "warm", "cold"})
        m_leads.Add({{"source", "whatsapp"}, {"quality", quality}});
    for (const char *type : {"visit", "call"})
        m_appointments.Add({{"type", type}, {"source", "bot"}});
}

void AncloraMetrics::enqueued(const AncloraMessage &message)
{
    m_queued.Add({{"priority", priorityOf(message)}, {"message_type", typeOf(message)}}).Increment();
}

void AncloraMetrics::bulkEnqueued(std::size_t count)
{
    const char *range = count <= 100 ? "1-100" : count <= 500 ? "101-500" : count <= 1000 ? "501-1000" : "1000+";
    m_bulk.Add({{"batch_size_range", range}}).Increment();
}

void AncloraMetrics::processed(const AncloraMessage &message, SimTime duration)
{
    m_processed.Add({{"message_type", typeOf(message)}}).Increment();
    m_processing.Add({{"message_type", typeOf(message)}, {"priority", priorityOf(message)}}, queueBuckets)
        .Observe(inSeconds(duration));
}

void AncloraMetrics::failed(const AncloraMessage &message, const std::string &errorType)
{
    m_failed.Add({{"message_type", typeOf(message)}, {"error_type", errorType}}).Increment();
}

void AncloraMetrics::sent(const AncloraMessage &message)
{
    m_sent.Add({{"message_type", typeOf(message)}, {"campaign_id", ancloraCampaigns[message.campaign]}}).Increment();
}

void AncloraMetrics::received(int type)
{
    m_received.Add({{"message_type", ancloraMessageTypes[type]}}).Increment();
}

void AncloraMetrics::handedOff(const std::string &reason)
{
    m_handoffs.Add({{"reason", reason}}).Increment();
}

void AncloraMetrics::converted(const std::string &type, int campaign)
{
    m_conversions.Add({{"conversion_type", type}, {"campaign_id", ancloraCampaigns[campaign]}}).Increment();
}

void AncloraMetrics::sold(double euros, int campaign)
{
    converted("sale", campaign);
    m_saleValue.Observe(euros);
}

void AncloraMetrics::apiCalled(const std::string &endpoint, const std::string &method, int statusCode, SimTime latency)
{
    m_apiCalls.Add({{"endpoint", endpoint}, {"method", method}, {"status_code", std::to_string(statusCode)}})
        .Increment();
    m_apiLatency.Add({{"endpoint", endpoint}, {"method", method}}, apiBuckets).Observe(inSeconds(latency));
}

void AncloraMetrics::rateLimited(int line)
{
    m_rateLimitHits.Add({{"instance_name", ancloraLines[line]}}).Increment();
}

void AncloraMetrics::webhook(const std::string &event, int line)
{
    m_webhooks.Add({{"event_type", event}, {"instance_name", ancloraLines[line]}}).Increment();
}

void AncloraMetrics::redisCalled(const std::string &operation, bool isGood, SimTime latency)
{
    const RedisOperation &called = redisOperation(operation);
    (isGood ? called.good : called.bad)->Increment();
    called.latency->Observe(inSeconds(latency));
}

AncloraMetrics::RedisOperation &AncloraMetrics::redisOperation(const std::string &operation)
{
    RedisOperation &found = m_byRedisOperation[operation];
    if (!found.good) {
        found = {.good = &m_redisOperations.Add({{"operation", operation}, {"status", "success"}}),
                 .bad = &m_redisOperations.Add({{"operation", operation}, {"status", "error"}}),
                 .latency = &m_redisLatency.Add({{"operation", operation}}, redisBuckets)};
    }
    return found;
}

void AncloraMetrics::intent(int intent, double confidence)
{
    m_intents.Add({{"intent", ancloraIntents[intent]}, {"confidence_range", confidenceRange(confidence)}}).Increment();
    m_confidence.Add({{"intent", ancloraIntents[intent]}}, confidenceBuckets).Observe(confidence);
}

void AncloraMetrics::automatedResponse(const std::string &flow, const std::string &step)
{
    m_responses.Add({{"flow", flow}, {"step", step}}).Increment();
}

void AncloraMetrics::leadCaptured(const std::string &source, const std::string &quality)
{
    m_leads.Add({{"source", source}, {"quality", quality}}).Increment();
}

void AncloraMetrics::appointment(const std::string &type, const std::string &source)
{
    m_appointments.Add({{"type", type}, {"source", source}}).Increment();
}

void AncloraMetrics::shared(const AncloraBackend &backend)
{
    for (const AncloraPriority priority : {AncloraPriority::High, AncloraPriority::Normal, AncloraPriority::Low})
        m_waiting.Add({{"priority", ancloraPriorities[std::size_t(priority)]}}).Set(double(backend.waiting(priority)));
    m_active.Set(backend.active());
    m_dlq.Set(double(backend.dead()));
    m_conversations.Set(backend.conversations());
    for (std::size_t stage = 0; stage < std::size(ancloraStages); ++stage)
        m_pipeline.Add({{"stage", ancloraStages[stage]}}).Set(backend.leadsIn(stage));
}

void AncloraMetrics::redisConnections(const std::string &pool, int count)
{
    m_redisConnections.Add({{"pool", pool}}).Set(count);
}

void AncloraMetrics::runtime(const NodeRuntime &runtime)
{
    m_heapUsed.Set(runtime.heapUsedBytes());
    m_heapTotal.Set(runtime.heapTotalBytes());
    m_eventLoopLag.Set(runtime.eventLoopLagSeconds());
    m_residentBytes.Set(runtime.residentBytes());
}

void AncloraMetrics::processStarted(Timestamp at)
{
    m_startTime.Set(double(at.time_since_epoch().count()) / 1000);
}

} // namespace atalaya::fleet
