// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/service_process.h"

namespace atalaya::fleet {

namespace {

LogLevel thresholdFrom(const Environment &environment)
{
    const auto found = environment.find("LOG_LEVEL");
    for (const LogLevel level : allLogLevels) {
        if (found != environment.end() && found->second == wordFor(level))
            return level;
    }
    return LogLevel::Info;
}

} // namespace

ServiceProcess::ServiceProcess(ProcessContext context, std::string service, const std::vector<FlagDefinition> &flags,
                               std::string opsBase)
    : m_context(std::move(context))
    , m_service(std::move(service))
    , m_startedAt(m_context.simulation.moment())
    , m_flags(flags, m_context.environment, m_context.overrides, m_startedAt.wall, m_context.nextVersion)
    , m_ops(std::move(opsBase), m_context.simulation)
    , m_probes(m_context.simulation, m_context.surroundings, m_context.environment,
               RandomStream(m_context.seed, "startup"), m_alive)
{
}

ServiceProcess::~ServiceProcess() = default;

void ServiceProcess::start(std::function<void()> exited)
{
    m_exited = std::move(exited);
    m_log = std::make_unique<ServiceLog>(m_context.logFile, m_context.simulation, m_service, logShape(),
                                         thresholdFrom(m_context.environment),
                                         [this](LogLevel level, bool isJson) { logLineWritten(level, isJson); });
    m_log->write(LogLevel::Info, "main",
                 "Starting " + m_service + " " + m_context.version + " as " + m_context.instanceId);
    m_startup = std::make_unique<StartupValidation>(m_context.simulation, startupChecks(), isStartupValidated(),
                                                    failsOnStartupWarning());
    m_startup->start(owner(), [this] { startupFinished(); });
}

void ServiceProcess::startupFinished()
{
    const auto ms = std::chrono::duration_cast<Milliseconds>(m_startup->duration());
    for (const CheckResult &result : m_startup->results()) {
        if (result.verdict.status != CheckStatus::Pass) {
            const bool isBad = result.isCritical && result.verdict.status == CheckStatus::Fail;
            m_log->write(isBad ? LogLevel::Error : LogLevel::Warning, "startup",
                         "Check " + result.name + ": " + result.verdict.message);
        }
    }
    if (m_startup->phase() == StartupValidation::Phase::Failed) {
        m_log->write(LogLevel::Error, "startup",
                     "Start-up validation failed after " + std::to_string(ms.count()) + " ms; exiting with status 1");
        exit();
        return;
    }
    if (m_startup->phase() == StartupValidation::Phase::Skipped)
        m_log->write(LogLevel::Info, "startup", "Start-up validation skipped: its flag is off");
    else
        m_log->write(ms > StartupValidation::budget ? LogLevel::Warning : LogLevel::Info, "startup",
                     "Start-up validation passed in " + std::to_string(ms.count()) + " ms");
    if (m_phase != Phase::Starting)
        return; // told to stop meanwhile
    m_phase = Phase::Serving;
    beginServing();
}

void ServiceProcess::drain()
{
    if (m_phase == Phase::Draining || m_phase == Phase::Exited)
        return;
    if (m_phase == Phase::Starting) {
        m_log->write(LogLevel::Info, "main", "Stopped before it served");
        exit();
        return;
    }
    stopTraffic();
    m_phase = Phase::Draining;
    m_drainBegan = m_context.simulation.now();
    m_log->write(LogLevel::Info, "main", "Draining: " + std::to_string(workUnderWay()) + " jobs under way");
    watchDrain();
}

void ServiceProcess::watchDrain()
{
    const SimTime lasted = m_context.simulation.now() - m_drainBegan;
    const auto oneRealSecond = std::chrono::duration_cast<SimTime>(Seconds(1) * m_context.simulation.speed());
    const SimTime shortest = std::max(shortestDrain, oneRealSecond);
    if ((workUnderWay() == 0 && lasted >= shortest) || lasted >= std::max(longestDrain, shortest)) {
        m_log->write(workUnderWay() == 0 ? LogLevel::Info : LogLevel::Warning, "main",
                     "Stopped with " + std::to_string(workUnderWay()) + " jobs unfinished");
        exit();
        return;
    }
    m_context.simulation.schedule(m_context.simulation.now() + Milliseconds(100), owner(), [this] { watchDrain(); });
}

void ServiceProcess::exit()
{
    if (m_phase == Phase::Exited)
        return;
    m_phase = Phase::Exited;
    m_context.logFile.flush();
    if (m_exited)
        m_exited();
}

Answer ServiceProcess::answer(const Request &request, AccessControl &access, const CorrelationContext &correlation)
{
    if (m_ops.isBelow(request.path))
        return opsAnswer(request, access, correlation);
    if (auto answer = page(request.path))
        return request.method == "GET" ? *answer : wrongMethod("GET", correlation.correlationId);
    return {.status = 404, .body = R"({"detail":"Not Found"})"};
}

Answer ServiceProcess::opsAnswer(const Request &request, AccessControl &access, const CorrelationContext &correlation)
{
    OpsView view{.service = m_service,
                 .version = m_context.version,
                 .instanceId = m_context.instanceId,
                 .startedAt = m_startedAt,
                 .startup = m_startup.get(),
                 .audit = &m_context.audit,
                 .process = owner(),
                 .flagSet = [this](const FlagDefinition &definition, const FlagOverride &set) {
                     m_context.overrides[definition.name] = set;
                     flagSet(definition);
                 }};
    if (!m_flags.definitions().empty())
        view.flags = &m_flags;
    for (const auto &breaker : m_breakers)
        view.breakers.push_back(breaker.get());
    Answer answer = m_ops.answer(view, request, access, correlation.correlationId);
    const bool isRead = request.method == "GET" && answer.status < 400;
    const LogLevel level = isRead ? LogLevel::Debug : answer.status >= 400 ? LogLevel::Warning : LogLevel::Info;
    m_log->write(level, "ops", request.method + ' ' + request.path + ' ' + std::to_string(answer.status), &correlation);
    return answer;
}

const CircuitBreaker *ServiceProcess::breaker(const std::string &name) const
{
    for (const auto &breaker : m_breakers) {
        if (breaker->name() == name)
            return breaker.get();
    }
    return nullptr;
}

CircuitBreaker &ServiceProcess::addBreaker(const std::string &name, const BreakerConfig &config,
                                           CircuitBreaker::Listener listener)
{
    m_breakers.push_back(
        std::make_unique<CircuitBreaker>(name, config, m_startedAt, m_context.nextVersion(), m_context.nextVersion));
    m_breakers.back()->setListener(std::move(listener));
    return *m_breakers.back();
}

} // namespace atalaya::fleet
