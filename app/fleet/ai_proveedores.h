// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/ai_proveedores_metrics.h"
#include "app/fleet/ai_proveedores_plan.h"
#include "app/fleet/component_health.h"
#include "app/fleet/process_usage.h"
#include "app/fleet/service_process.h"
#include "app/fleet/system_definition.h"
#include "app/fleet/traffic.h"
#include "app/fleet/worker_pool.h"

namespace atalaya::fleet {

/// The provider service: a FastAPI application on Supabase, OpenAI and Redis. Requests take a worker, go through their
/// steps, and fail or fall back as their dependencies do; breakers `supabase_db` (no fallback: 503) and `openai` (falls
/// back to rules) guard the first two.
class AiProveedores final : public ServiceProcess
{
public:
    explicit AiProveedores(ProcessContext context);

    const AiProveedoresMetrics &metrics() const { return m_metrics; }
    int workUnderWay() const override;

protected:
    void beginServing() override;
    void stopTraffic() override;
    std::optional<Answer> page(const std::string &path) override;
    std::vector<StartupCheck> startupChecks() override;
    bool isStartupValidated() const override;
    bool failsOnStartupWarning() const override;
    LogShape logShape() const override;
    void logLineWritten(LogLevel level, bool isJson) override;
    void flagSet(const FlagDefinition &definition) override;

private:
    struct Job
    {
        std::size_t endpoint = 0;
        ProveedoresPlan plan;
        CorrelationContext correlation;
        SimTime arrived{0};
        std::size_t next = 0;
        bool isBackground = false;
        bool isDegraded = false;

        const std::vector<ProveedoresStep> &steps() const { return isBackground ? plan.background : plan.steps; }
    };
    using JobPtr = std::shared_ptr<Job>;

    void applyFlags(const Moment &now);
    CircuitBreaker::Listener listenerFor(const std::string &breaker);
    void arrive(std::size_t endpoint);
    void runNext(const JobPtr &job);
    void work(const JobPtr &job, const ProveedoresStep &step);
    void callRedis(const JobPtr &job, const ProveedoresStep &step);
    void callDatabase(const JobPtr &job, const ProveedoresStep &step);
    void callOpenAi(const JobPtr &job, const ProveedoresStep &step);
    void finish(const JobPtr &job, int status);
    void measureUsage();

    Answer healthNow() const;
    Answer readiness() const;
    Answer metricsText() const;

    RandomStream m_random;
    AiProveedoresMetrics m_metrics;
    CircuitBreaker &m_databaseBreaker;
    CircuitBreaker &m_openAiBreaker;
    DependencyClient m_database;
    DependencyClient m_openAi;
    DependencyClient m_redis;
    Traffic m_traffic;
    WorkerPool m_workers;
    ProcessUsage m_usage;
    int m_requestsUnderWay = 0;
    int m_backgroundUnderWay = 0;
};

/// The system as the fleet starts it: dependencies, environment, flags, incidents.
SystemDefinition aiProveedoresSystem();
const std::vector<FlagDefinition> &aiProveedoresFlags();

} // namespace atalaya::fleet
