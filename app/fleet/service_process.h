// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/ops_contract.h"
#include "app/fleet/service_log.h"
#include "app/fleet/startup_probes.h"
#include "app/fleet/surroundings.h"

namespace atalaya::fleet {

/// What a process is born with. The references outlive it.
struct ProcessContext
{
    Simulation &simulation;
    Surroundings &surroundings;
    LogFile &logFile;
    AuditLog &audit;
    FlagOverrides &overrides;
    std::string instanceId;
    std::string version;
    Environment environment;
    std::uint64_t seed = 0;
    std::function<quint64()> nextVersion;
};

/// One run of one simulated service, from start-up validation to exit. A restart makes a new one, so all that lives in
/// a process (counters, breakers, flags) dies with it. Systems derive from this; shared here are the phases and
/// `/ops/v1`.
class ServiceProcess
{
public:
    enum class Phase
    {
        Starting,
        Serving,
        Draining,
        Exited
    };
    /// A drain lasts at least this (and a second of real time), so that whoever watches sees it; at most that, whatever
    /// is still under way.
    static constexpr SimTime shortestDrain = Seconds(3);
    static constexpr SimTime longestDrain = Seconds(15);

    virtual ~ServiceProcess();

    /// Begins the start-up validation, then serves. `exited` runs when the process is gone, drained or failed.
    void start(std::function<void()> exited);
    /// Takes nothing new, finishes what is under way, exits; at once while it starts.
    void drain();
    /// Answers one request in the process's present phase. `caller` decides who may see `/ops/v1`.
    Answer answer(const Request &request, AccessControl &access, const CorrelationContext &correlation);

    Phase phase() const { return m_phase; }
    const Moment &startedAt() const { return m_startedAt; }
    const FeatureFlags &flags() const { return m_flags; }
    const StartupValidation &startup() const { return *m_startup; }
    const CircuitBreaker *breaker(const std::string &name) const;
    /// Requests and background jobs not yet finished.
    virtual int workUnderWay() const = 0;

protected:
    ServiceProcess(ProcessContext context, std::string service, const std::vector<FlagDefinition> &flags,
                   std::string opsBase);

    /// From here on traffic comes.
    virtual void beginServing() = 0;
    virtual void stopTraffic() = 0;
    /// What the system's own paths answer to a GET; empty for a path it does not have.
    virtual std::optional<Answer> page(const std::string &path) = 0;
    virtual std::vector<StartupCheck> startupChecks() = 0;
    virtual bool isStartupValidated() const { return true; }
    virtual bool failsOnStartupWarning() const { return false; }
    virtual LogShape logShape() const = 0;
    virtual void logLineWritten(LogLevel, bool /*isJson*/) {}
    /// An operator set a flag; a live one has its new value already.
    virtual void flagSet(const FlagDefinition &) {}

    CircuitBreaker &addBreaker(const std::string &name, const BreakerConfig &config, CircuitBreaker::Listener listener);
    StartupProbes &probes() { return m_probes; }
    ServiceLog &log() { return *m_log; }
    Simulation &simulation() { return m_context.simulation; }
    const ProcessContext &context() const { return m_context; }
    const std::vector<std::unique_ptr<CircuitBreaker>> &breakers() const { return m_breakers; }
    /// Events scheduled for this owner are dropped once the process is gone.
    std::weak_ptr<const void> owner() const { return m_alive; }

private:
    void startupFinished();
    void watchDrain();
    void exit();
    Answer opsAnswer(const Request &request, AccessControl &access, const CorrelationContext &correlation);

    ProcessContext m_context;
    std::string m_service;
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
    Moment m_startedAt;
    FeatureFlags m_flags;
    OpsContract m_ops;
    StartupProbes m_probes;
    Phase m_phase = Phase::Starting;
    SimTime m_drainBegan{0};
    std::unique_ptr<ServiceLog> m_log;
    std::unique_ptr<StartupValidation> m_startup;
    std::vector<std::unique_ptr<CircuitBreaker>> m_breakers;
    std::function<void()> m_exited;
};

} // namespace atalaya::fleet
