// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ai_proveedores_metrics.h"

#include "app/fleet/ai_proveedores_plan.h"

namespace atalaya::fleet {

AiProveedoresMetrics::AiProveedoresMetrics()
    : m_httpRequests(m_registry.counters("http_requests_total", "Total HTTP requests"))
    , m_httpDuration(m_registry.histograms("http_request_duration_seconds", "HTTP request duration in seconds"))
    , m_dbQueries(m_registry.counters("db_queries_total", "Total database queries"))
    , m_dbDuration(m_registry.histograms("db_query_duration_seconds", "Database query duration in seconds"))
    , m_dbErrors(m_registry.counters("db_errors_total", "Total database errors"))
    , m_breakerState(
          m_registry.gauges("circuit_breaker_state", "Circuit breaker state (0=closed, 1=open, 2=half_open)"))
    , m_breakerFailures(m_registry.counters("circuit_breaker_failures_total", "Total circuit breaker failures"))
    , m_openAiRequests(m_registry.counters("openai_requests_total", "Total OpenAI API requests"))
    , m_openAiDuration(m_registry.histograms("openai_request_duration_seconds", "OpenAI request duration in seconds"))
    , m_openAiErrors(m_registry.counters("openai_errors_total", "Total OpenAI errors"))
    , m_redisOperations(m_registry.counters("redis_operations_total", "Total Redis operations"))
    , m_redisErrors(m_registry.counters("redis_errors_total", "Total Redis errors"))
    , m_flagEnabled(m_registry.gauges("feature_flag_enabled", "Feature flag in force (1=on, 0=off)"))
    , m_startupDuration(m_registry.gauges("startup_validation_duration_seconds", "Duration of the start-up validation"))
    , m_startupStatus(
          m_registry.gauges("startup_validation_check_status", "Start-up check (0=pass, 1=warning, 2=fail)"))
    , m_logMessages(m_registry.counters("log_messages_total", "Log lines written"))
    , m_logMalformed(m_registry.counters("log_malformed_total", "Log lines written that are not valid JSON").Add({}))
    , m_cpuSeconds(m_registry.counters("process_cpu_seconds_total", "CPU seconds of the simulated process").Add({}))
    , m_residentBytes(
          m_registry.gauges("process_resident_memory_bytes", "Resident bytes of the simulated process").Add({}))
    , m_startTime(
          m_registry.gauges("process_start_time_seconds", "Start of the simulated process, Unix seconds").Add({}))
{
    for (const ProveedoresEndpoint &endpoint : proveedoresEndpoints())
        m_endpoints.push_back({.duration = &m_httpDuration.Add(
                                   {{"method", endpoint.method}, {"endpoint", endpoint.path}}, pythonBuckets())});
    bornAtZero();
}

void AiProveedoresMetrics::bornAtZero()
{
    for (std::size_t i = 0; i < m_endpoints.size(); ++i) {
        for (const int status : {200, 500, 503})
            requestCounter(i, status);
    }
    for (const auto &[operation, table] : {std::pair{"select", "providers"},
                                           {"select", "provider_services"},
                                           {"update", "providers"},
                                           {"upsert", "provider_services"}}) {
        m_dbQueries.Add({{"operation", operation}, {"table", table}});
        m_dbDuration.Add({{"operation", operation}, {"table", table}}, pythonBuckets());
    }
    for (const auto &[model, operation] : {std::pair{chatModel, "intent_classification"},
                                           {chatModel, "service_extraction"},
                                           {embeddingModel, "embedding"}}) {
        m_openAiRequests.Add({{"model", model}, {"operation", operation}});
        m_openAiDuration.Add({{"model", model}}, pythonBuckets());
    }
    for (const char *operation : {"select", "update", "upsert"}) {
        for (const char *errorType : {"connection_error", "server_error", "timeout"})
            m_dbErrors.Add({{"operation", operation}, {"error_type", errorType}});
    }
    for (const char *model : {chatModel, embeddingModel}) {
        for (const char *errorType : {"rate_limit", "server_error", "connection_error", "timeout"})
            m_openAiErrors.Add({{"model", model}, {"error_type", errorType}});
    }
    for (const char *operation : {"get", "set"}) {
        m_redisOperations.Add({{"operation", operation}});
        for (const char *errorType : {"connection_error", "timeout"})
            m_redisErrors.Add({{"operation", operation}, {"error_type", errorType}});
    }
    for (const LogLevel level : allLogLevels)
        m_logMessages.Add({{"level", wordFor(level)}});
}

prometheus::Counter &AiProveedoresMetrics::requestCounter(std::size_t endpoint, int status)
{
    prometheus::Counter *&counter = m_endpoints[endpoint].byStatus[status];
    if (!counter) {
        const ProveedoresEndpoint &about = proveedoresEndpoints()[endpoint];
        counter = &m_httpRequests.Add(
            {{"method", about.method}, {"endpoint", about.path}, {"status", std::to_string(status)}});
    }
    return *counter;
}

void AiProveedoresMetrics::httpFinished(std::size_t endpoint, int status, SimTime latency)
{
    requestCounter(endpoint, status).Increment();
    m_endpoints[endpoint].duration->Observe(inSeconds(latency));
}

void AiProveedoresMetrics::databaseFinished(const std::string &operation, const std::string &table, SimTime latency)
{
    m_dbQueries.Add({{"operation", operation}, {"table", table}}).Increment();
    m_dbDuration.Add({{"operation", operation}, {"table", table}}, pythonBuckets()).Observe(inSeconds(latency));
}

void AiProveedoresMetrics::databaseFailed(const std::string &operation, const std::string &errorType)
{
    m_dbErrors.Add({{"operation", operation}, {"error_type", errorType}}).Increment();
}

void AiProveedoresMetrics::openAiFinished(const std::string &model, const std::string &operation, SimTime latency)
{
    m_openAiRequests.Add({{"model", model}, {"operation", operation}}).Increment();
    m_openAiDuration.Add({{"model", model}}, pythonBuckets()).Observe(inSeconds(latency));
}

void AiProveedoresMetrics::openAiFailed(const std::string &model, const std::string &errorType)
{
    m_openAiErrors.Add({{"model", model}, {"error_type", errorType}}).Increment();
}

void AiProveedoresMetrics::redisFinished(const std::string &operation)
{
    m_redisOperations.Add({{"operation", operation}}).Increment();
}

void AiProveedoresMetrics::redisFailed(const std::string &operation, const std::string &errorType)
{
    m_redisErrors.Add({{"operation", operation}, {"error_type", errorType}}).Increment();
}

void AiProveedoresMetrics::breakerState(const std::string &name, BreakerState state)
{
    const double number = state == BreakerState::Closed ? 0 : state == BreakerState::Open ? 1 : 2;
    m_breakerState.Add({{"name", name}}).Set(number);
    m_breakerFailures.Add({{"name", name}});
}

void AiProveedoresMetrics::breakerFailed(const std::string &name)
{
    m_breakerFailures.Add({{"name", name}}).Increment();
}

void AiProveedoresMetrics::flags(const FeatureFlags &flags)
{
    for (const FlagDefinition &definition : flags.definitions())
        m_flagEnabled.Add({{"flag", definition.name}}).Set(flags.isOn(definition.name) ? 1 : 0);
}

void AiProveedoresMetrics::startup(const StartupValidation &startup)
{
    if (startup.phase() == StartupValidation::Phase::Skipped)
        return; // nothing was measured, so there is nothing to say
    m_startupDuration.Add({}).Set(inSeconds(startup.duration()));
    for (const CheckResult &result : startup.results())
        m_startupStatus.Add({{"name", result.name}, {"critical", result.isCritical ? "true" : "false"}})
            .Set(double(result.verdict.status));
}

void AiProveedoresMetrics::logLine(LogLevel level, bool isJson)
{
    m_logMessages.Add({{"level", wordFor(level)}}).Increment();
    if (!isJson)
        m_logMalformed.Increment();
}

void AiProveedoresMetrics::usage(double cpuSeconds, double residentBytes)
{
    m_cpuSeconds.Increment(cpuSeconds);
    m_residentBytes.Set(residentBytes);
}

void AiProveedoresMetrics::processStarted(Timestamp at)
{
    m_startTime.Set(double(at.time_since_epoch().count()) / 1000);
}

} // namespace atalaya::fleet
