// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/service_instance.h"

#include <nlohmann/json.hpp>

namespace atalaya::fleet {

using namespace Qt::Literals::StringLiterals;

ServiceInstance::ServiceInstance(const SystemDefinition &system, InstanceSettings settings, Simulation &simulation,
                                 const Clock &clock, std::uint64_t seed, const std::vector<Credential> &credentials)
    : m_system(system)
    , m_settings(std::move(settings))
    , m_simulation(simulation)
    , m_seed(seed)
    , m_access(credentials, {Role::Viewer, Role::Operator, Role::Admin}, clock)
    , m_random(seed, m_settings.id + " http")
    , m_environment(system.environment)
    , m_surroundings(system.makeSurroundings())
    , m_listener([this](const Request &request) { return answer(request); })
{
    apply(m_settings.environment);
}

ServiceInstance::~ServiceInstance() = default;

Result<void> ServiceInstance::open(const QString &logFolder)
{
    auto log = LogFile::open(logFolder + u'/' + QString::fromStdString(m_settings.id) + u".log"_s);
    if (!log)
        return failure(log.error());
    m_log = std::move(*log);
    if (const auto port = m_listener.listen(m_settings.port); !port)
        return failure(port.error());
    m_isHeard = true;
    startProcess();
    return {};
}

void ServiceInstance::openUnheard()
{
    m_log = LogFile::discarding();
    startProcess();
}

Answer ServiceInstance::answer(const Request &request)
{
    m_simulation.catchUp();
    return answerCorrelated(request, m_random, [this](const Request &given, const CorrelationContext &correlation) {
        if (auto answer = neighbourAnswer(given, correlation.correlationId))
            return *answer;
        if (!m_process)
            return problem(503, "unavailable", "the process is not running", correlation.correlationId);
        return m_process->answer(given, m_access, correlation);
    });
}

std::optional<Answer> ServiceInstance::neighbourAnswer(const Request &request, const std::string &correlationId) const
{
    for (const NeighbourTarget &neighbour : m_system.neighbours) {
        if (neighbour.metricsPath != request.path)
            continue;
        if (request.method != "GET")
            return wrongMethod("GET", correlationId);
        return Answer{.body = neighbour.text(m_surroundings, m_simulation),
                      .contentType = "text/plain; version=0.0.4; charset=utf-8"};
    }
    return {};
}

void ServiceInstance::startProcess()
{
    // A port lost while the process was down: stay stopped, as a real one that cannot bind would.
    if (m_isHeard && !m_listener.isListening() && !m_listener.listen(m_settings.port))
        return;
    ++m_startCount;
    m_startsAgain = false;
    m_process = m_system.makeProcess(
        {.simulation = m_simulation,
         .surroundings = m_surroundings,
         .logFile = *m_log,
         .audit = m_audit,
         .overrides = m_overrides,
         .instanceId = m_settings.id,
         .version = m_system.version,
         .environment = m_environment,
         .seed = RandomStream(m_seed, m_settings.id + " start " + std::to_string(m_startCount)).draw(),
         .nextVersion = [this] { return nextVersion(); }});
    // The process tells of its end from within; it is taken down from outside, once it has returned.
    m_process->start([this] { m_simulation.schedule(m_simulation.now(), m_alive, [this] { processExited(); }); });
}

void ServiceInstance::processExited()
{
    m_process.reset();
    if (m_startsAgain)
        startProcess();
    else
        m_listener.close();
}

void ServiceInstance::restart(const EnvironmentChanges &changes, const AuditEntry &asked)
{
    m_simulation.catchUp();
    for (const FlagDefinition &flag : m_system.flags) {
        const auto change = changes.find(flag.name);
        if (change == changes.end())
            continue;
        const bool before = configuredFlag(flag);
        const bool after = change->second ? *change->second == "true" : flag.defaultValue;
        AuditEntry entry = asked;
        entry.at = m_simulation.moment().wall;
        entry.action = "flag.set";
        entry.target = flag.name;
        entry.before = nlohmann::json{{"value", before}}.dump();
        entry.after = nlohmann::json{{"value", after}}.dump();
        entry.result = before == after ? "noop" : "applied";
        m_audit.add(std::move(entry));
    }
    apply(changes);
    m_startsAgain = true;
    if (m_process)
        m_process->drain();
    else
        startProcess();
}

void ServiceInstance::shutDown()
{
    m_startsAgain = false;
    if (m_process)
        m_process->drain();
    else
        m_listener.close();
}

bool ServiceInstance::beginIncident(const IncidentDefinition &incident)
{
    if (!m_incidents.insert(incident.name).second)
        return false;
    incident.begin(m_surroundings);
    if (incident.restartsInstance)
        restart({}, {});
    return true;
}

bool ServiceInstance::endIncident(const IncidentDefinition &incident)
{
    if (m_incidents.erase(incident.name) == 0)
        return false;
    incident.end(m_surroundings);
    return true;
}

ServiceInstance::Phase ServiceInstance::phase() const
{
    if (!m_process)
        return Phase::Stopped;
    switch (m_process->phase()) {
    case ServiceProcess::Phase::Starting:
        return Phase::Starting;
    case ServiceProcess::Phase::Serving:
        return Phase::Serving;
    case ServiceProcess::Phase::Draining:
        return Phase::Draining;
    case ServiceProcess::Phase::Exited:
        break;
    }
    return Phase::Stopped;
}

void ServiceInstance::flushLog()
{
    if (m_log)
        m_log->flush();
}

quint64 ServiceInstance::nextVersion()
{
    // Milliseconds since 1970 as the floor: a number given out before a restart, of the process or of the fleet, never
    // comes again.
    const auto floor = m_simulation.moment().wall.time_since_epoch().count();
    m_version = std::max(m_version + 1, quint64(std::max<qint64>(0, floor)));
    return m_version;
}

void ServiceInstance::apply(const EnvironmentChanges &changes)
{
    for (const auto &[name, value] : changes) {
        m_overrides.erase(name);
        if (value)
            m_environment[name] = *value;
        else
            m_environment.erase(name);
    }
}

bool ServiceInstance::configuredFlag(const FlagDefinition &flag) const
{
    if (const auto chosen = m_overrides.find(flag.name); chosen != m_overrides.end())
        return chosen->second.value;
    const auto found = m_environment.find(flag.name);
    return found == m_environment.end() ? flag.defaultValue : found->second == "true";
}

} // namespace atalaya::fleet
