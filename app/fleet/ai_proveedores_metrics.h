// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/circuit_breaker.h"
#include "app/fleet/feature_flags.h"
#include "app/fleet/metric_registry.h"
#include "app/fleet/service_log.h"
#include "app/fleet/startup_validation.h"

namespace atalaya::fleet {

/// Every metric of ai-proveedores, under the names and labels of its specification.
class AiProveedoresMetrics
{
public:
    AiProveedoresMetrics();

    void httpFinished(std::size_t endpoint, int status, SimTime latency);
    void databaseFinished(const std::string &operation, const std::string &table, SimTime latency);
    void databaseFailed(const std::string &operation, const std::string &errorType);
    void openAiFinished(const std::string &model, const std::string &operation, SimTime latency);
    void openAiFailed(const std::string &model, const std::string &errorType);
    void redisFinished(const std::string &operation);
    void redisFailed(const std::string &operation, const std::string &errorType);
    /// 0 closed, 1 open, 2 half-open.
    void breakerState(const std::string &name, BreakerState state);
    void breakerFailed(const std::string &name);
    void flags(const FeatureFlags &flags);
    void startup(const StartupValidation &startup);
    void logLine(LogLevel level, bool isJson);
    void usage(double cpuSeconds, double residentBytes);
    void processStarted(Timestamp at);

    const MetricRegistry &registry() const { return m_registry; }

private:
    struct Endpoint
    {
        prometheus::Histogram *duration = nullptr;
        std::map<int, prometheus::Counter *> byStatus;
    };

    prometheus::Counter &requestCounter(std::size_t endpoint, int status);
    void bornAtZero();

    MetricRegistry m_registry;
    prometheus::Family<prometheus::Counter> &m_httpRequests;
    prometheus::Family<prometheus::Histogram> &m_httpDuration;
    prometheus::Family<prometheus::Counter> &m_dbQueries;
    prometheus::Family<prometheus::Histogram> &m_dbDuration;
    prometheus::Family<prometheus::Counter> &m_dbErrors;
    prometheus::Family<prometheus::Gauge> &m_breakerState;
    prometheus::Family<prometheus::Counter> &m_breakerFailures;
    prometheus::Family<prometheus::Counter> &m_openAiRequests;
    prometheus::Family<prometheus::Histogram> &m_openAiDuration;
    prometheus::Family<prometheus::Counter> &m_openAiErrors;
    prometheus::Family<prometheus::Counter> &m_redisOperations;
    prometheus::Family<prometheus::Counter> &m_redisErrors;
    prometheus::Family<prometheus::Gauge> &m_flagEnabled;
    prometheus::Family<prometheus::Gauge> &m_startupDuration;
    prometheus::Family<prometheus::Gauge> &m_startupStatus;
    prometheus::Family<prometheus::Counter> &m_logMessages;
    prometheus::Counter &m_logMalformed;
    prometheus::Counter &m_cpuSeconds;
    prometheus::Gauge &m_residentBytes;
    prometheus::Gauge &m_startTime;
    std::vector<Endpoint> m_endpoints;
};

} // namespace atalaya::fleet
