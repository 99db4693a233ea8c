// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/anclora_backend.h"
#include "app/fleet/metric_registry.h"
#include "app/fleet/node_runtime.h"

namespace atalaya::fleet {

inline constexpr const char *ancloraMessageTypes[] = {"text", "image", "template"};
inline constexpr const char *ancloraCampaigns[] = {"none", "open-house", "price-drop", "spring-offers"};
/// The WhatsApp numbers every instance speaks for.
inline constexpr const char *ancloraLines[] = {"ventas", "alquileres"};
inline constexpr const char *ancloraIntents[] = {"property_search", "price_inquiry",    "schedule_visit",
                                                 "contact_agent",   "property_details", "greeting"};

/// Every metric of Anclora, under the names, labels and buckets of its specification.
class AncloraMetrics
{
public:
    AncloraMetrics();

    void enqueued(const AncloraMessage &message);
    void bulkEnqueued(std::size_t count);
    void processed(const AncloraMessage &message, SimTime duration);
    void failed(const AncloraMessage &message, const std::string &errorType);
    void sent(const AncloraMessage &message);
    void received(int type);
    void delivered() { m_delivered.Increment(); }
    void read() { m_read.Increment(); }
    void answered(SimTime after) { m_responseTime.Observe(inSeconds(after)); }
    void handedOff(const std::string &reason);
    void converted(const std::string &type, int campaign);
    void sold(double euros, int campaign);
    void apiCalled(const std::string &endpoint, const std::string &method, int statusCode, SimTime latency);
    void rateLimited(int line);
    void webhook(const std::string &event, int line);
    void redisCalled(const std::string &operation, bool isGood, SimTime latency);
    void intent(int intent, double confidence);
    void automatedResponse(const std::string &flow, const std::string &step);
    void leadCaptured(const std::string &source, const std::string &quality);
    void appointment(const std::string &type, const std::string &source);
    void inquiry(double euros) { m_inquiryValue.Observe(euros); }

    /// What a scrape reads from elsewhere.
    void shared(const AncloraBackend &backend);
    void activeInstances(int count) { m_activeInstances.Set(count); }
    void redisConnections(const std::string &pool, int count);
    void runtime(const NodeRuntime &runtime);
    void cpuUsed(double seconds) { m_cpuSeconds.Increment(seconds); }
    void processStarted(Timestamp at);

    const MetricRegistry &registry() const { return m_registry; }

private:
    struct RedisOperation
    {
        prometheus::Counter *good = nullptr;
        prometheus::Counter *bad = nullptr;
        prometheus::Histogram *latency = nullptr;
    };

    void bornAtZero();
    RedisOperation &redisOperation(const std::string &operation);

    MetricRegistry m_registry;
    prometheus::Family<prometheus::Counter> &m_queued;
    prometheus::Family<prometheus::Counter> &m_processed;
    prometheus::Family<prometheus::Counter> &m_failed;
    prometheus::Family<prometheus::Histogram> &m_processing;
    prometheus::Family<prometheus::Gauge> &m_waiting;
    prometheus::Gauge &m_active;
    prometheus::Gauge &m_dlq;
    prometheus::Family<prometheus::Counter> &m_bulk;
    prometheus::Family<prometheus::Counter> &m_sent;
    prometheus::Family<prometheus::Counter> &m_received;
    prometheus::Counter &m_delivered;
    prometheus::Counter &m_read;
    prometheus::Family<prometheus::Counter> &m_conversions;
    prometheus::Histogram &m_saleValue;
    prometheus::Gauge &m_conversations;
    prometheus::Histogram &m_responseTime;
    prometheus::Family<prometheus::Counter> &m_handoffs;
    prometheus::Family<prometheus::Counter> &m_apiCalls;
    prometheus::Family<prometheus::Histogram> &m_apiLatency;
    prometheus::Gauge &m_activeInstances;
    prometheus::Family<prometheus::Counter> &m_rateLimitHits;
    prometheus::Family<prometheus::Counter> &m_webhooks;
    prometheus::Family<prometheus::Counter> &m_redisOperations;
    prometheus::Family<prometheus::Histogram> &m_redisLatency;
    prometheus::Family<prometheus::Gauge> &m_redisConnections;
    prometheus::Family<prometheus::Counter> &m_intents;
    prometheus::Family<prometheus::Histogram> &m_confidence;
    prometheus::Family<prometheus::Counter> &m_responses;
    prometheus::Family<prometheus::Counter> &m_leads;
    prometheus::Family<prometheus::Counter> &m_appointments;
    prometheus::Histogram &m_inquiryValue;
    prometheus::Family<prometheus::Gauge> &m_pipeline;
    prometheus::Gauge &m_heapUsed;
    prometheus::Gauge &m_heapTotal;
    prometheus::Gauge &m_eventLoopLag;
    prometheus::Gauge &m_residentBytes;
    prometheus::Counter &m_cpuSeconds;
    prometheus::Gauge &m_startTime;
    std::map<std::string, RedisOperation> m_byRedisOperation; ///< looked up with every message, many times
};

} // namespace atalaya::fleet
