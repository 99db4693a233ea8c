// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ai_proveedores.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace atalaya::fleet {

namespace {

constexpr int workerCount = 32;
constexpr std::size_t queueLimit = 200;
/// Every call costs the interpreter a little, waiting aside.
constexpr double callCpuMs = 0.4;

std::vector<double> arrivalRates()
{
    std::vector<double> rates;
    for (const ProveedoresEndpoint &endpoint : proveedoresEndpoints())
        rates.push_back(endpoint.perSecond);
    return rates;
}

/// What a client sends as X-Correlation-ID: nothing, a good one, or now and then an attempt to forge a log line.
std::optional<std::string> clientsCorrelationId(RandomStream &random)
{
    const double kind = random.uniform();
    if (kind < 0.6)
        return {};
    if (kind < 0.995)
        return random.uuid();
    return "x\n{\"level\":\"ERROR\",\"message\":\"forged\"}";
}

} // namespace

AiProveedores::AiProveedores(ProcessContext given)
    : ServiceProcess(std::move(given), "ai-proveedores", aiProveedoresFlags(), "/ops/v1")
    , m_random(context().seed, "requests")
    , m_databaseBreaker(addBreaker("supabase_db", {}, listenerFor("supabase_db")))
    , m_openAiBreaker(addBreaker("openai", {.hasFallback = true}, listenerFor("openai")))
    , m_database(simulation(), *context().surroundings.dependency("supabase"), &m_databaseBreaker,
                 RandomStream(context().seed, "supabase"))
    , m_openAi(simulation(), *context().surroundings.dependency("openai"), &m_openAiBreaker,
               RandomStream(context().seed, "openai"))
    , m_redis(simulation(), *context().surroundings.dependency("redis"), nullptr, RandomStream(context().seed, "redis"))
    , m_traffic(simulation(), RandomStream(context().seed, "traffic"), arrivalRates())
    , m_workers(workerCount, queueLimit)
    , m_usage(startedAt().sim)
{
    m_metrics.processStarted(startedAt().wall);
    for (const auto &breaker : breakers())
        m_metrics.breakerState(breaker->name(), breaker->state());
    applyFlags(startedAt());
}

void AiProveedores::applyFlags(const Moment &now)
{
    m_metrics.flags(flags());
    for (const auto &breaker : breakers())
        breaker->setEnabled(flags().isOn("ENABLE_CIRCUIT_BREAKER"), now);
}

void AiProveedores::flagSet(const FlagDefinition &)
{
    applyFlags(simulation().moment());
}

CircuitBreaker::Listener AiProveedores::listenerFor(const std::string &breaker)
{
    return {.stateChanged =
                [this, breaker](BreakerState from, BreakerState to, const Moment &) {
                    m_metrics.breakerState(breaker, to);
                    log().write(to == BreakerState::Open ? LogLevel::Warning : LogLevel::Info, "circuit_breaker",
                                "Circuit breaker " + breaker + ": " + wordFor(from) + " -> " + wordFor(to));
                },
            .failed = [this, breaker] { m_metrics.breakerFailed(breaker); }};
}

void AiProveedores::beginServing()
{
    m_metrics.startup(startup());
    m_traffic.start(owner(), [this](std::size_t endpoint) { arrive(endpoint); });
    measureUsage();
}

void AiProveedores::stopTraffic()
{
    m_traffic.stop();
}

int AiProveedores::workUnderWay() const
{
    return m_requestsUnderWay + m_backgroundUnderWay;
}

void AiProveedores::arrive(std::size_t endpoint)
{
    const auto job = std::make_shared<Job>();
    job->endpoint = endpoint;
    job->arrived = simulation().now();
    job->plan = proveedoresEndpoints()[endpoint].plan(m_random);
    job->correlation = correlationFor(clientsCorrelationId(m_random), m_random);
    ++m_requestsUnderWay;
    if (!m_workers.enter([this, job] { runNext(job); }))
        finish(job, 503);
}

void AiProveedores::runNext(const JobPtr &job)
{
    if (job->next == job->steps().size()) {
        finish(job, job->plan.goodStatus);
        return;
    }
    const ProveedoresStep &step = job->steps()[job->next++];
    switch (step.kind) {
    case ProveedoresStep::Kind::Work:
        work(job, step);
        break;
    case ProveedoresStep::Kind::Redis:
        callRedis(job, step);
        break;
    case ProveedoresStep::Kind::Database:
        callDatabase(job, step);
        break;
    case ProveedoresStep::Kind::OpenAi:
        callOpenAi(job, step);
        break;
    }
}

void AiProveedores::work(const JobPtr &job, const ProveedoresStep &step)
{
    const double ms = m_random.lognormal(step.workMs, 0.3);
    m_usage.addWork(ms);
    simulation().schedule(simulation().now() + SimTime(std::llround(ms * 1000)), owner(),
                          [this, job] { runNext(job); });
}

void AiProveedores::callRedis(const JobPtr &job, const ProveedoresStep &step)
{
    m_usage.addWork(callCpuMs);
    m_redis.call(owner(), 1, [this, job, &step](const CallOutcome &outcome) {
        m_metrics.redisFinished(step.operation);
        if (!outcome.isGood) {
            m_metrics.redisFailed(step.operation, outcome.errorType);
            job->isDegraded = true; // answered from the process's own memory
        }
        runNext(job);
    });
}

void AiProveedores::callDatabase(const JobPtr &job, const ProveedoresStep &step)
{
    m_usage.addWork(callCpuMs);
    m_database.call(owner(), 1, [this, job, &step](const CallOutcome &outcome) {
        if (!outcome.isRejected)
            m_metrics.databaseFinished(step.operation, step.target, outcome.latency);
        if (outcome.isGood) {
            runNext(job);
            return;
        }
        if (!outcome.isRejected)
            m_metrics.databaseFailed(step.operation, outcome.errorType);
        finish(job, outcome.isRejected ? 503 : 500);
    });
}

void AiProveedores::callOpenAi(const JobPtr &job, const ProveedoresStep &step)
{
    m_usage.addWork(callCpuMs);
    const double effort = std::string_view(step.target) == embeddingModel ? 0.3 : 1.0;
    m_openAi.call(owner(), effort, [this, job, &step](const CallOutcome &outcome) {
        if (!outcome.isRejected) {
            m_metrics.openAiFinished(step.target, step.operation, outcome.latency);
            if (!outcome.isGood)
                m_metrics.openAiFailed(step.target, outcome.errorType);
        }
        if (!outcome.isGood)
            job->isDegraded = true; // rules and keywords instead of the model
        runNext(job);
    });
}

void AiProveedores::finish(const JobPtr &job, int status)
{
    const ProveedoresEndpoint &endpoint = proveedoresEndpoints()[job->endpoint];
    const bool isGood = status < 500;
    if (job->isBackground) {
        --m_backgroundUnderWay;
        if (!isGood || job->isDegraded)
            log().write(LogLevel::Warning, "worker",
                        std::string("Background work of ") + endpoint.path +
                            (isGood ? " fell back to rules" : " given up: Supabase failed"),
                        &job->correlation);
        return;
    }
    --m_requestsUnderWay;
    const SimTime latency = simulation().now() - job->arrived;
    const bool hadWorker = job->next > 0;
    m_metrics.httpFinished(job->endpoint, status, latency);
    log().write(status >= 500   ? LogLevel::Error
                : status >= 400 ? LogLevel::Warning
                                : LogLevel::Info,
                "api",
                std::string(endpoint.method) + " " + endpoint.path + " " + std::to_string(status) + " in " +
                    std::to_string(latency.count() / 1000) + " ms" + (job->isDegraded ? " (degraded)" : ""),
                &job->correlation);
    if (isGood && !job->plan.background.empty()) {
        const auto background = std::make_shared<Job>(*job);
        background->isBackground = true;
        background->isDegraded = false;
        background->next = 0;
        ++m_backgroundUnderWay;
        simulation().schedule(simulation().now(), owner(), [this, background] { runNext(background); });
    }
    if (hadWorker)
        m_workers.leave();
}

void AiProveedores::measureUsage()
{
    // CPU time is a share of the machine's own time, so it does not grow with the fleet's speed.
    m_metrics.usage(m_usage.takeCpuSeconds() / simulation().speed(),
                    m_usage.residentBytes(simulation().now(), workUnderWay()));
    simulation().schedule(simulation().now() + Seconds(1), owner(), [this] { measureUsage(); });
}

std::optional<Answer> AiProveedores::page(const std::string &path)
{
    if (path == "/metrics")
        return metricsText();
    if (path == "/health")
        return healthNow();
    if (path == "/health/live")
        return Answer{.body = R"({"status":"alive"})"};
    if (path == "/health/ready")
        return readiness();
    return {};
}

Answer AiProveedores::metricsText() const
{
    if (phase() == Phase::Starting)
        return {.status = 503, .body = R"({"detail":"Service starting"})"};
    if (!flags().isOn("ENABLE_PROMETHEUS_METRICS"))
        return {.status = 404, .body = R"({"detail":"Metrics not enabled"})"};
    return {.body = m_metrics.registry().text(), .contentType = "text/plain; version=0.0.4; charset=utf-8"};
}

std::vector<StartupCheck> AiProveedores::startupChecks()
{
    std::vector<StartupCheck> checks{
        probes().requiredVariables({"DATABASE_URL", "SUPABASE_URL", "SUPABASE_BACKEND_API_KEY", "OPENAI_API_KEY"})};
    // REDIS_URL is among these: what only serves a dependency with a fallback must not stop the start.
    for (StartupCheck &check : probes().optionalVariables(
             {"REDIS_URL", "SUPABASE_PROVIDERS_BUCKET", "SERVER_HOST", "PROVEEDORES_SERVER_PORT"}))
        checks.push_back(std::move(check));
    checks.push_back(probes().dependency("supabase_connection", "supabase", true, "selected one row of providers"));
    checks.push_back(probes().dependency("supabase_storage", "supabase_storage", false, "the bucket answers"));
    checks.push_back(probes().dependency("openai_api", "openai", true, "the model answers"));
    checks.push_back(probes().dependency("redis_connection", "redis", false, "connected"));
    return checks;
}

Answer AiProveedores::healthNow() const
{
    std::vector<ComponentHealth> components;
    if (phase() == Phase::Starting) {
        components.push_back({.name = "startup_validation",
                              .level = HealthLevel::Unhealthy,
                              .isCritical = true,
                              .message = "waiting for " + startup().runningCheck().value_or("the next check")});
    } else {
        components = {healthOf("supabase", true, m_database), healthOf("openai", false, m_openAi),
                      healthOf("redis", false, m_redis)};
    }
    return healthAnswer("ai-proveedores", context().version, context().simulation.moment().wall, components);
}

Answer AiProveedores::readiness() const
{
    // Of the process only: an instance that left the balancer because a dependency all share is down would help nobody.
    switch (phase()) {
    case Phase::Serving:
        return {.body = R"({"status":"ready"})"};
    case Phase::Starting:
        return {.status = 503, .body = R"({"status":"not_ready","message":"start-up validation is running"})"};
    case Phase::Draining:
        return {.status = 503, .body = R"({"status":"not_ready","message":"draining"})"};
    case Phase::Exited:
        break;
    }
    return {.status = 503, .body = R"({"status":"not_ready","message":"stopped"})"};
}

bool AiProveedores::isStartupValidated() const
{
    return flags().isOn("ENABLE_STARTUP_VALIDATION");
}

bool AiProveedores::failsOnStartupWarning() const
{
    return flags().isOn("STARTUP_FAIL_ON_WARNING");
}

LogShape AiProveedores::logShape() const
{
    return flags().isOn("ENABLE_STRUCTURED_LOGGING") ? LogShape::Correlated : LogShape::Plain;
}

void AiProveedores::logLineWritten(LogLevel level, bool isJson)
{
    m_metrics.logLine(level, isJson);
}

} // namespace atalaya::fleet
