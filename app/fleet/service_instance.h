// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/http_listener.h"
#include "app/fleet/system_definition.h"

#include <set>

namespace atalaya::fleet {

/// Environment variables to set, or to unset where empty.
using EnvironmentChanges = std::map<std::string, std::optional<std::string>>;

struct InstanceSettings
{
    std::string id;
    quint16 port = 0;
    EnvironmentChanges environment;
};

/// One address in the fleet: its port, log file, audit and surroundings, and the process that runs there now. Restarts
/// replace the process and nothing else. A process that fails its start closes the port until the next restart.
class ServiceInstance
{
public:
    enum class Phase
    {
        Starting,
        Serving,
        Draining,
        Stopped
    };

    ServiceInstance(const SystemDefinition &system, InstanceSettings settings, Simulation &simulation,
                    const Clock &clock, std::uint64_t seed, const std::vector<Credential> &credentials);
    ~ServiceInstance();

    /// Opens log and port, starts the first process.
    Result<void> open(const QString &logFolder);
    /// Starts the first process with no port and no log, for a run ahead of time.
    void openUnheard();
    Answer answer(const Request &request);

    /// Drains the process and starts another with `changes` in its environment; who asked is audited where a flag
    /// changes.
    void restart(const EnvironmentChanges &changes, const AuditEntry &asked);
    /// Drains the process for good.
    void shutDown();

    /// False where that was already so.
    bool beginIncident(const IncidentDefinition &incident);
    bool endIncident(const IncidentDefinition &incident);
    bool isStruckBy(const std::string &incident) const { return m_incidents.contains(incident); }

    const std::string &id() const { return m_settings.id; }
    const SystemDefinition &system() const { return m_system; }
    std::string url() const { return m_listener.url(); }
    Phase phase() const;
    /// Null before `open` and once stopped.
    const ServiceProcess *process() const { return m_process.get(); }
    const AuditLog &audit() const { return m_audit; }
    void flushLog();

private:
    std::optional<Answer> neighbourAnswer(const Request &request, const std::string &correlationId) const;
    void startProcess();
    void processExited();
    quint64 nextVersion();
    /// An override of a changed variable ends with it.
    void apply(const EnvironmentChanges &changes);
    bool configuredFlag(const FlagDefinition &flag) const;

    const SystemDefinition &m_system;
    InstanceSettings m_settings;
    Simulation &m_simulation;
    std::uint64_t m_seed;
    AccessControl m_access;
    RandomStream m_random;
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
    Environment m_environment;
    FlagOverrides m_overrides;
    Surroundings m_surroundings;
    AuditLog m_audit;
    std::set<std::string> m_incidents;
    std::unique_ptr<LogFile> m_log;
    HttpListener m_listener;
    std::unique_ptr<ServiceProcess> m_process;
    bool m_isHeard = false;
    bool m_startsAgain = false;
    int m_startCount = 0;
    quint64 m_version = 0;
};

} // namespace atalaya::fleet
