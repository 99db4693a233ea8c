// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/anclora.h"

#include <cmath>

namespace atalaya::fleet {

namespace {

constexpr int workersPerInstance = 25;
/// Campaigns are sent no faster than this, so that WhatsApp does not take the numbers away.
constexpr SimTime campaignGap = Milliseconds(125);
constexpr int attemptsAtMost = 3;
constexpr std::size_t runawayBatch = 1000;
constexpr std::size_t runawayCeiling = 80'000;
/// Connections BullMQ keeps for itself, and those the pool adds to them.
constexpr int ownConnections = 4;
constexpr int pooledConnections = 16;

enum AncloraArrival : std::size_t
{
    Webhook,
    Reminder,
    Campaign
};
const std::vector<double> ancloraPerSecond{2.0, 0.5, 1.0 / 720};

struct AncloraStep
{
    enum class Kind
    {
        Redis,
        Analytics,
        Think,
        Send
    };
    Kind kind;
    const char *operation;
};
using StepKind = AncloraStep::Kind;
constexpr AncloraStep ancloraSteps[] = {
    {StepKind::Redis, "evalsha"},  {StepKind::Redis, "hget"}, {StepKind::Redis, "get"},      {StepKind::Think, ""},
    {StepKind::Redis, "set"},      {StepKind::Redis, "hset"}, {StepKind::Analytics, "incr"}, {StepKind::Send, ""},
    {StepKind::Analytics, "incr"}, {StepKind::Redis, "del"}};

constexpr const char *sendEndpoints[] = {"/message/sendText", "/message/sendMedia", "/message/sendTemplate"};

int statusOf(const CallOutcome &outcome, int good)
{
    if (outcome.isGood)
        return good;
    return outcome.errorType == "rate_limit"       ? 429
           : outcome.errorType == "invalid_number" ? 400
           : outcome.errorType == "timeout"        ? 504
                                                   : 500;
}

SimTime secondsLong(double seconds)
{
    return SimTime(std::llround(seconds * 1e6));
}

} // namespace

int Anclora::RedisPool::inUse() const
{
    return ownConnections + connections.busy();
}

Anclora::Anclora(ProcessContext given, std::shared_ptr<AncloraBackend> backend)
    : ServiceProcess(std::move(given), "anclora-bot", {}, "/ops/v1")
    , m_random(context().seed, "messages")
    , m_backend(std::move(backend))
    , m_redis{"main",
              {simulation(), *context().surroundings.dependency("redis"), nullptr,
               RandomStream(context().seed, "redis")},
              {pooledConnections, 1'000'000}}
    , m_analytics{"analytics",
                  {simulation(), *context().surroundings.dependency("analytics_redis"), nullptr,
                   RandomStream(context().seed, "analytics")},
                  {pooledConnections, 1'000'000}}
    , m_api(simulation(), *context().surroundings.dependency("whatsapp_api"), nullptr,
            RandomStream(context().seed, "api"))
    , m_delivery(simulation(), *context().surroundings.dependency("whatsapp_delivery"), nullptr,
                 RandomStream(context().seed, "delivery"))
    , m_traffic(simulation(), RandomStream(context().seed, "traffic"), ancloraPerSecond)
{
    m_metrics.processStarted(startedAt().wall);
    m_backend->open(simulation(), context().seed);
}

Anclora::~Anclora()
{
    m_backend->leave(this);
    while (m_working-- > 0)
        m_backend->settle();
}

std::vector<StartupCheck> Anclora::startupChecks()
{
    std::vector<StartupCheck> checks{
        probes().requiredVariables({"REDIS_URL", "EVOLUTION_API_URL", "EVOLUTION_API_KEY"})};
    for (StartupCheck &check : probes().optionalVariables({"ANALYTICS_REDIS_URL", "SENTRY_DSN"}))
        checks.push_back(std::move(check));
    checks.push_back(probes().dependency("redis", "redis", true, "ping answered"));
    checks.push_back(probes().dependency("analyticsRedis", "analytics_redis", false, "read and written"));
    checks.push_back(probes().dependency("whatsapp_api", "whatsapp_api", true, "the API answers"));
    return checks;
}

void Anclora::beginServing()
{
    m_lastProcessed = simulation().now();
    m_traffic.start(owner(), [this](std::size_t arrival) {
        if (arrival == Webhook)
            receive();
        else if (arrival == Reminder)
            enqueue({.priority = AncloraPriority::Normal, .type = 2});
        else
            launchCampaign(std::size_t(std::clamp(m_random.lognormal(150, 0.5), 20.0, 600.0)),
                           1 + int(m_random.uniform() * 3), nullptr);
    });
    m_backend->join(this, [this] { pull(); });
    everySecond();
}

void Anclora::stopTraffic()
{
    m_traffic.stop();
    m_backend->leave(this);
}

void Anclora::receive()
{
    const int type = m_random.chance(0.12) ? 1 : 0;
    m_runtime.addWork(1.5, 20);
    m_metrics.webhook("messages.upsert", m_random.chance(0.6) ? 0 : 1);
    m_metrics.received(type);
    if (m_random.chance(0.2))
        m_backend->beginConversation();
    enqueue({.type = m_random.chance(0.1) ? 1 : 0, .isReply = true, .received = simulation().now()});
}

void Anclora::enqueue(const AncloraMessage &message)
{
    callRedis(m_redis, "lpush", [this, message] {
        m_metrics.enqueued(message);
        m_backend->enqueue(message);
    });
}

void Anclora::launchCampaign(std::size_t size, int campaign, const void *runaway)
{
    m_runtime.addWork(2 + 0.004 * double(size), 0.5 * double(size));
    callRedis(m_redis, "lpush", [this, size, campaign, runaway] {
        m_metrics.bulkEnqueued(size);
        const AncloraMessage message{
            .priority = AncloraPriority::Low, .type = 2, .campaign = campaign, .runaway = runaway};
        for (std::size_t i = 0; i < size; ++i) {
            m_metrics.enqueued(message);
            m_backend->enqueue(message);
        }
        log().write(LogLevel::Info, "queue",
                    "Campaign " + std::string(ancloraCampaigns[campaign]) + ": " + std::to_string(size) +
                        " messages added");
    });
}

void Anclora::pull()
{
    while (phase() == Phase::Serving && m_working < workersPerInstance) {
        const SimTime now = simulation().now();
        const auto message = m_backend->take(now >= m_nextCampaign);
        if (!message)
            return;
        if (message->priority == AncloraPriority::Low) {
            m_nextCampaign = now + campaignGap;
            simulation().schedule(m_nextCampaign, owner(), [this] { pull(); });
        }
        ++m_working;
        const auto job = std::make_shared<Job>();
        job->message = *message;
        ++job->message.attempts;
        job->began = now;
        job->line = m_random.chance(0.6) ? 0 : 1;
        runNext(job);
    }
}

void Anclora::runNext(const JobPtr &job)
{
    if (job->next == std::size(ancloraSteps)) {
        finish(job);
        return;
    }
    const AncloraStep &step = ancloraSteps[job->next++];
    switch (step.kind) {
    case StepKind::Redis:
        callRedis(m_redis, step.operation, [this, job] { runNext(job); });
        break;
    case StepKind::Analytics:
        callRedis(m_analytics, step.operation, [this, job] { runNext(job); });
        break;
    case StepKind::Think:
        think(job);
        break;
    case StepKind::Send:
        send(job);
        break;
    }
}

void Anclora::think(const JobPtr &job)
{
    double ms = m_random.lognormal(1.5, 0.3);
    if (job->message.isReply) {
        ms = m_random.lognormal(7, 0.3);
        static constexpr double weights[] = {0.3, 0.2, 0.14, 0.04, 0.2, 0.12};
        meetIntent(job, int(m_random.pick(weights)), std::clamp(0.88 + 0.11 * m_random.normal(), 0.05, 0.999));
    }
    m_runtime.addWork(ms, 45);
    simulation().schedule(simulation().now() + secondsLong(ms / 1000), owner(), [this, job] { runNext(job); });
}

void Anclora::meetIntent(const JobPtr &job, int intent, double confidence)
{
    if (job->message.attempts > 1)
        return; // understood the first time
    m_metrics.intent(intent, confidence);
    if (intent == 3 || confidence < 0.6) {
        handOff(job, intent == 3 ? "user_request" : "low_confidence");
        return;
    }
    static constexpr const char *steps[] = {"ask", "offer", "confirm"};
    m_metrics.automatedResponse(ancloraIntents[intent], steps[std::size_t(m_random.uniform() * 3)]);
    doBusiness(intent);
}

void Anclora::handOff(const JobPtr &job, const std::string &reason)
{
    job->message.isHandedOff = true;
    m_metrics.handedOff(reason);
    m_metrics.automatedResponse("handoff", "notice");
    log().write(LogLevel::Info, "bot", "Handed " + maskedPhone() + " to a person: " + reason);
    // Whoever answers has to read first.
    const SimTime wait = secondsLong(m_random.lognormal(95, 0.45));
    const SimTime received = job->message.received;
    simulation().schedule(simulation().now() + wait, owner(),
                          [this, received] { m_metrics.answered(simulation().now() - received); });
}

void Anclora::doBusiness(int intent)
{
    // A campaign is credited with every fifth success.
    const int campaign = m_random.chance(0.2) ? 1 + int(m_random.uniform() * 3) : 0;
    if (intent < 2)
        m_metrics.inquiry(m_random.lognormal(690'000, 0.7));
    if (intent < 2 && m_random.chance(0.006)) {
        static constexpr const char *qualities[] = {"hot", "warm", "cold"};
        m_metrics.leadCaptured(campaign == 0 ? "whatsapp" : "campaign", qualities[std::size_t(m_random.uniform() * 3)]);
        m_metrics.converted("lead", campaign);
        m_backend->addLead();
    }
    if (intent == 2 && m_random.chance(0.012)) {
        m_metrics.appointment(m_random.chance(0.7) ? "visit" : "call", campaign == 0 ? "bot" : "campaign");
        m_metrics.converted("appointment", campaign);
    }
    if (intent == 4 && m_random.chance(0.0006)) {
        // The dearest house on offer is below five million.
        const double euros = std::min(4'800'000.0, m_random.lognormal(520'000, 0.6));
        m_metrics.sold(euros, campaign);
        log().write(LogLevel::Info, "analytics", "Conversion sale: " + std::to_string(std::llround(euros)) + " EUR");
    }
}

void Anclora::send(const JobPtr &job)
{
    m_runtime.addWork(1.2, 25);
    const double effort = job->message.type == 1 ? 1.3 : 1;
    m_api.call(owner(), effort, [this, job](const CallOutcome &outcome) {
        m_metrics.apiCalled(sendEndpoints[job->message.type], "POST", statusOf(outcome, 201), outcome.latency);
        if (outcome.errorType == "rate_limit")
            m_metrics.rateLimited(job->line);
        if (!outcome.isGood) {
            fail(job, outcome.errorType);
            return;
        }
        m_metrics.sent(job->message);
        if (job->message.isReply && !job->message.isHandedOff)
            m_metrics.answered(simulation().now() - job->message.received);
        awaitDelivery(job->line);
        runNext(job);
    });
}

void Anclora::awaitDelivery(int line)
{
    m_delivery.call(owner(), 1, [this, line](const CallOutcome &outcome) {
        if (!outcome.isGood)
            return; // nobody tells
        m_runtime.addWork(0.4, 4);
        m_metrics.webhook("messages.update", line);
        m_metrics.delivered();
        if (!m_random.chance(0.72))
            return;
        simulation().schedule(simulation().now() + secondsLong(m_random.exponential(45)), owner(), [this, line] {
            m_runtime.addWork(0.4, 4);
            m_metrics.webhook("messages.update", line);
            m_metrics.read();
        });
    });
}

void Anclora::finish(const JobPtr &job)
{
    const SimTime lasted = simulation().now() - job->began;
    ++m_processed;
    m_lastProcessed = simulation().now();
    m_metrics.processed(job->message, lasted);
    log().write(LogLevel::Info, "queue",
                "Processed " + std::string(ancloraMessageTypes[job->message.type]) + " for " + maskedPhone() + " in " +
                    std::to_string(lasted.count() / 1000) + " ms");
    leave();
}

void Anclora::fail(const JobPtr &job, const std::string &errorType)
{
    ++m_failed;
    m_metrics.failed(job->message, errorType);
    const bool isHopeless = errorType == "invalid_number" || job->message.attempts >= attemptsAtMost;
    if (isHopeless)
        m_backend->bury();
    else
        m_backend->enqueueAfter(Seconds(5) * job->message.attempts, job->message);
    log().write(isHopeless ? LogLevel::Error : LogLevel::Warning, "queue",
                "Message to " + maskedPhone() + " failed: " + errorType +
                    (isHopeless ? "; moved to the dead letters" : "; it will be tried again"));
    leave();
}

void Anclora::leave()
{
    --m_working;
    m_backend->settle();
    pull();
}

void Anclora::callRedis(RedisPool &redis, const char *operation, std::function<void()> then)
{
    m_runtime.addWork(0.12, 1);
    redis.connections.enter([this, &redis, operation, then = std::move(then)] {
        redis.client.call(owner(), 1, [this, &redis, operation, then](const CallOutcome &outcome) {
            m_metrics.redisCalled(operation, outcome.isGood, outcome.latency);
            redis.connections.leave();
            then();
        });
    });
}

void Anclora::everySecond()
{
    // CPU time is a share of the machine's own time, so it does not grow with the fleet's speed.
    const double cpuSeconds = m_runtime.tick() / simulation().speed();
    m_metrics.cpuUsed(cpuSeconds);
    context().surroundings.host.addBusy(cpuSeconds);
    if (phase() == Phase::Serving) {
        runCampaignAway();
        if (m_seconds++ % 30 == 0) {
            for (int line = 0; line < int(m_isLineUp.size()); ++line)
                checkLine(line);
        }
    }
    simulation().schedule(simulation().now() + Seconds(1), owner(), [this] { everySecond(); });
}

void Anclora::runCampaignAway()
{
    const void *instance = &context().surroundings;
    if (!context().surroundings.conditions.contains(runawayCampaign)) {
        if (m_backend->hasRunaway(instance)) {
            m_backend->withdrawRunaway(instance);
            log().write(LogLevel::Warning, "queue", "Campaign spring-offers withdrawn");
        }
        return;
    }
    if (m_backend->waiting(AncloraPriority::Low) < runawayCeiling)
        launchCampaign(runawayBatch, 3, instance);
}

void Anclora::checkLine(int line)
{
    m_api.call(owner(), 0.4, [this, line](const CallOutcome &outcome) {
        m_metrics.apiCalled("/instance/connectionState", "GET", statusOf(outcome, 200), outcome.latency);
        if (std::exchange(m_isLineUp[std::size_t(line)], outcome.isGood) == outcome.isGood)
            return;
        m_metrics.webhook("connection.update", line);
        log().write(outcome.isGood ? LogLevel::Info : LogLevel::Warning, "whatsapp",
                    std::string(ancloraLines[line]) + (outcome.isGood ? " is connected" : " is not connected"));
    });
}

std::string Anclora::maskedPhone()
{
    return "+34 *** *** *" + std::to_string(10 + int(m_random.uniform() * 90));
}

void Anclora::logLineWritten(LogLevel, bool)
{
    context().surroundings.host.addLogBytes(190);
}

std::optional<Answer> Anclora::page(const std::string &path)
{
    if (path == "/metrics")
        return metricsText();
    if (path == "/health")
        return healthNow();
    if (path == "/health/live")
        return Answer{.body = R"({"alive":true})"};
    if (path != "/health/ready")
        return {};
    if (phase() == Phase::Serving)
        return Answer{.body = R"({"ready":true})"};
    return Answer{.status = 503, .body = R"({"ready":false})"};
}

Answer Anclora::metricsText()
{
    if (phase() == Phase::Starting)
        return {.status = 503, .body = R"({"error":"starting"})"};
    m_metrics.shared(*m_backend);
    m_metrics.activeInstances(int(std::count(m_isLineUp.begin(), m_isLineUp.end(), true)));
    for (const RedisPool *redis : {&m_redis, &m_analytics})
        m_metrics.redisConnections(redis->name, redis->inUse());
    m_metrics.runtime(m_runtime);
    return {.body = m_metrics.registry().text(), .contentType = "text/plain; version=0.0.4; charset=utf-8"};
}

} // namespace atalaya::fleet
