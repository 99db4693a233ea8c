// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/incident/incident_fleet.h"

#include "models/base/time_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QThreadPool>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::test {

namespace {

class NoSecrets final : public workspace::SecretSource
{
public:
    Pending<QByteArray> read(const workspace::SecretReference &) override { return readyNow<QByteArray>(QByteArray()); }
};

workspace::Access accessTo(const QString &host)
{
    workspace::Access access;
    access.url = QUrl(u"http://"_s + host);
    return access;
}

workspace::Instance instanceNamed(const QString &name)
{
    return {name, accessTo(name + u".test:8080"_s), Labels{{u"instance"_s, name}}};
}

workspace::ControlSettings control(const QString &metric, const QString &label, const QString &only, const QString &one,
                                   const QString &two, const QString &base = u"/ops/v1"_s)
{
    workspace::ControlSettings settings;
    settings.adapter = u"ops"_s;
    settings.base = base;
    settings.gauge = workspace::BreakerGauge{metric, label, only, {{0, u"closed"_s}, {1, one}, {2, two}}};
    return settings;
}

workspace::System systemOf(const QString &key, const QString &prometheus, const QString &job,
                           const QStringList &instances, const QStringList &paths)
{
    workspace::System system;
    system.key = system.title = key;
    system.prometheus = prometheus;
    system.selector = u"job=\"%1\""_s.arg(job);
    for (const QString &name : instances)
        system.instances.append(instanceNamed(name));
    system.health = workspace::HealthSettings{paths, 10s, {}};
    return system;
}

workspace::Environment madeEnvironment()
{
    workspace::Environment environment;
    environment.name = u"production"_s;
    environment.guard = workspace::Guard::Protected;
    environment.kind = u"production"_s;
    for (const QString &name : {u"prom-core"_s, u"prom-anclora"_s, u"prom-aurore"_s, u"prom-p2p"_s})
        environment.sources.append(
            {workspace::SourceKind::Prometheus, name, accessTo(name + u".test:9090"_s), 10s, {}});
    environment.sources.append(
        {workspace::SourceKind::Alertmanager, u"am-core"_s, accessTo(u"am-core.test:9093"_s), 15s, {}});

    workspace::System worker =
        systemOf(u"worker"_s, u"prom-core"_s, u"openai-worker"_s, {u"worker-1"_s, u"worker-2"_s, u"worker-3"_s},
                 {u"/health"_s, u"/health/live"_s, u"/health/ready"_s});
    worker.breakers = control(u"worker_circuit_breaker_state"_s, u"service"_s, {}, u"half_open"_s, u"open"_s);
    workspace::System provider = systemOf(u"ai-proveedores"_s, u"prom-core"_s, u"ai-proveedores"_s,
                                          {u"ai-prov-1"_s, u"ai-prov-2"_s}, {u"/health"_s});
    provider.breakers = control(u"circuit_breaker_state"_s, u"name"_s, {}, u"open"_s, u"half_open"_s);
    provider.flags = control({}, {}, {}, {}, {});
    provider.flags->gauge.reset();
    provider.startupPath = u"/ops/v1/startup"_s;
    workspace::System anclora =
        systemOf(u"anclora"_s, u"prom-anclora"_s, u"anclora"_s, {u"bot-1"_s, u"bot-2"_s}, {u"/health"_s});
    workspace::System aurore = systemOf(u"aurore"_s, u"prom-aurore"_s, u"aurore-events"_s,
                                        {u"aurore-1"_s, u"aurore-2"_s}, {u"/health/detailed"_s});
    aurore.breakers = control(u"circuit_breaker_state"_s, {}, u"database"_s, u"open"_s, u"half_open"_s);
    workspace::System p2p =
        systemOf(u"p2p"_s, u"prom-p2p"_s, u"p2p-backend"_s, {u"p2p-api-1"_s, u"p2p-api-2"_s}, {u"/api/v1/health"_s});
    p2p.breakers =
        control(u"circuit_breaker_state"_s, u"circuit_name"_s, {}, u"half_open"_s, u"open"_s, u"/api/v1/ops/v1"_s);
    environment.systems = {worker, provider, anclora, aurore, p2p};
    return environment;
}

/// One breaker of the script: what it says at a time.
struct ScriptedBreaker
{
    QString system, instance, name;
    double calls = 40, failing = 0.002; ///< before the incident
    double callsThen = 40, failingThen = 0.002, rejectedThen = 0;
    QString stateThen = u"closed"_s, mode = u"auto"_s;
    Timestamp turnsAt{};
    std::optional<Seconds> timeout;
    std::optional<Timestamp> forcedUntil;
    int halfOpenCalls = 0;
    QString by = u"automatic"_s, reason;
    QString gaugeSays; ///< where it differs
    bool fallback = false;
};

QList<ScriptedBreaker> scriptedBreakers()
{
    const Timestamp began = IncidentFleet::at(2, 59, 45);
    const auto breaker = [](const char16_t *system, const char16_t *instance, const char16_t *name, double calls,
                            double failing) {
        ScriptedBreaker b;
        b.system = QString::fromUtf16(system);
        b.instance = QString::fromUtf16(instance);
        b.name = QString::fromUtf16(name);
        b.calls = b.callsThen = calls;
        b.failing = b.failingThen = failing;
        b.turnsAt = IncidentFleet::at(2, 59, 45);
        return b;
    };
    QList<ScriptedBreaker> all;
    ScriptedBreaker b = breaker(u"worker", u"worker-1", u"openai", 14.2, 0.004);
    b.stateThen = u"half_open"_s;
    b.callsThen = 0.4;
    b.failingThen = 0.58;
    b.rejectedThen = 13.8;
    b.halfOpenCalls = 2;
    all << b;
    b = breaker(u"worker", u"worker-2", u"openai", 7.2, 0.01);
    b.failingThen = 0.47;
    all << b;
    b = breaker(u"worker", u"worker-3", u"openai", 14.1, 0.01);
    b.stateThen = u"open"_s;
    b.mode = u"forced_open"_s;
    b.callsThen = 0;
    b.rejectedThen = 13.9;
    b.turnsAt = IncidentFleet::at(3, 6, 0);
    b.forcedUntil = IncidentFleet::at(3, 21, 0);
    b.by = u"ana"_s;
    b.reason = u"OpenAI outage; stop 30 s time-outs on worker-3"_s;
    all << b;
    all << breaker(u"worker", u"worker-1", u"mongodb", 38, 0.002)
        << breaker(u"worker", u"worker-2", u"mongodb", 36, 0.001)
        << breaker(u"worker", u"worker-3", u"mongodb", 37, 0.003);
    all << breaker(u"worker", u"worker-1", u"postgresql", 21, 0)
        << breaker(u"worker", u"worker-2", u"postgresql", 20, 0)
        << breaker(u"worker", u"worker-3", u"postgresql", 22, 0.001);
    b = breaker(u"ai-proveedores", u"ai-prov-1", u"openai", 5.2, 0.003);
    b.stateThen = u"open"_s;
    b.callsThen = 0.1;
    b.failingThen = 0.61;
    b.rejectedThen = 5.2;
    b.turnsAt = IncidentFleet::at(3, 9, 52);
    b.timeout = 60s;
    all << b;
    b = breaker(u"ai-proveedores", u"ai-prov-2", u"openai", 5.0, 0.004);
    b.stateThen = u"half_open"_s;
    b.callsThen = 0.2;
    b.failingThen = 0.57;
    b.rejectedThen = 4.6;
    b.halfOpenCalls = 1;
    b.turnsAt = IncidentFleet::at(3, 8, 40);
    all << b;
    all << breaker(u"ai-proveedores", u"ai-prov-1", u"supabase_db", 64, 0.004)
        << breaker(u"ai-proveedores", u"ai-prov-2", u"supabase_db", 61, 0.002);
    all.last().fallback = true;
    b = breaker(u"aurore", u"aurore-1", u"database", 312, 0);
    all << b;
    b = breaker(u"aurore", u"aurore-2", u"database", 308, 0.001);
    b.gaugeSays = u"half_open"_s;
    all << b;
    for (const char16_t *instance : {u"p2p-api-1", u"p2p-api-2"}) {
        for (const char16_t *name : {u"binance", u"redis", u"database"})
            all << breaker(u"p2p", instance, name, 12, 0.001);
    }
    Q_UNUSED(began);
    return all;
}

double secondsSince(Timestamp from, Timestamp to)
{
    return static_cast<double>((to - from).count()) / 1000;
}

QString stateAt(const ScriptedBreaker &breaker, Timestamp now)
{
    return now >= breaker.turnsAt ? breaker.stateThen : u"closed"_s;
}

QJsonObject breakerJson(const ScriptedBreaker &b, Timestamp now, bool bypassed)
{
    const Timestamp epoch = IncidentFleet::at(0, 0, 0) - 24h * 9;
    const double before = secondsSince(epoch, std::min(now, b.turnsAt));
    const double after = now > b.turnsAt ? secondsSince(b.turnsAt, now) : 0;
    const double calls = std::floor(before * b.calls + after * b.callsThen);
    const double failures = std::floor(before * b.calls * b.failing + after * b.callsThen * b.failingThen);
    const double rejected = std::floor(after * b.rejectedThen);
    const QString state = stateAt(b, now);
    const bool turned = now >= b.turnsAt && b.stateThen != u"closed";
    const Timestamp since = turned ? b.turnsAt : epoch;
    QJsonObject object{
        {u"name"_s, b.name},
        {u"state"_s, state},
        {u"mode"_s, turned ? b.mode : u"auto"_s},
        {u"enabled"_s, !bypassed},
        {u"version"_s, turned && b.mode != u"auto" ? 18 : 17},
        {u"since"_s, rfc3339(since)},
        {u"opened_at"_s, state == u"open" ? QJsonValue(rfc3339(since)) : QJsonValue()},
        {u"next_probe_at"_s, state == u"open" && b.timeout ? QJsonValue(rfc3339(since + *b.timeout)) : QJsonValue()},
        {u"forced_until"_s, turned && b.forcedUntil ? QJsonValue(rfc3339(*b.forcedUntil)) : QJsonValue()},
        {u"has_fallback"_s, b.fallback},
        {u"config"_s, QJsonObject{{u"failure_threshold"_s, 5},
                                  {u"success_threshold"_s, 2},
                                  {u"timeout_seconds"_s, 60},
                                  {u"half_open_max_calls"_s, 3}}},
        {u"counters"_s, QJsonObject{{u"total_calls"_s, calls},
                                    {u"total_successes"_s, calls - failures},
                                    {u"total_failures"_s, failures},
                                    {u"total_rejected"_s, rejected},
                                    {u"failure_count"_s, turned ? 5 : 0},
                                    {u"success_count"_s, turned ? 0 : 2},
                                    {u"half_open_calls"_s, state == u"half_open" ? b.halfOpenCalls : 0},
                                    {u"failure_rate"_s, now >= b.turnsAt ? b.failingThen : b.failing}}},
        {u"last_change"_s, QJsonObject{{u"at"_s, rfc3339(since)},
                                       {u"by"_s, b.by == u"automatic" ? b.by : u"operator"_s},
                                       {u"operator"_s, b.by == u"automatic" ? QJsonValue() : QJsonValue(b.by)},
                                       {u"reason"_s, b.reason.isEmpty() ? QJsonValue() : QJsonValue(b.reason)},
                                       {u"correlation_id"_s, QJsonValue()}}}};
    return object;
}

QJsonObject flagJson(const char16_t *name, bool value, bool configured, int phase, bool live, const char16_t *by,
                     const QString &at, const char16_t *reason, const char16_t *description, const char16_t *rollback)
{
    const bool touched = by[0] != 0;
    return {{u"name"_s, QString::fromUtf16(name)},
            {u"type"_s, u"bool"_s},
            {u"value"_s, value},
            {u"configured_value"_s, configured},
            {u"default"_s, false},
            {u"phase"_s, phase},
            {u"description"_s, QString::fromUtf16(description)},
            {u"apply"_s, live ? u"live"_s : u"restart"_s},
            {u"pending_restart"_s, value != configured},
            {u"source"_s, touched ? u"override"_s : u"default"_s},
            {u"depends_on"_s, QJsonArray()},
            {u"rollback"_s, QString::fromUtf16(rollback)},
            {u"version"_s, touched ? 3 : 1},
            {u"updated_at"_s, touched ? QJsonValue(at) : QJsonValue()},
            {u"updated_by"_s, touched ? QJsonValue(QString::fromUtf16(by)) : QJsonValue()},
            {u"reason"_s, touched ? QJsonValue(QString::fromUtf16(reason)) : QJsonValue()}};
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A smooth step from 0 to 1 that begins at `from` and takes `over`.
double ramp(Timestamp now, Timestamp from, Milliseconds over)
{
    const double share =
        std::clamp(static_cast<double>((now - from).count()) / static_cast<double>(over.count()), 0.0, 1.0);
    return share * share * (3 - 2 * share);
}

double noise(Timestamp now, int seed)
{
    const double t = static_cast<double>(now.time_since_epoch().count()) / 1000;
    return std::sin(t / 17 + seed) * 0.4 + std::sin(t / 7.3 + seed * 3) * 0.35 + std::sin(t / 41 + seed * 7) * 0.5;
}

struct ScriptedSeries
{
    QJsonObject labels;
    std::function<double(Timestamp)> value;
};

} // namespace

class IncidentFleet::Private
{
public:
    explicit Private(IncidentFleet &fleet) : q(fleet) {}

    bool isSilent(const QString &system) const
    {
        return system == u"p2p" && !q.p2pAnswers && q.clock.now() >= at(3, 5, 28);
    }

    Result<http::HttpResponse> answer(const QByteArray &body, int status = 200) const
    {
        return FakeTransport::response(body, status);
    }
    Result<http::HttpResponse> silence(const QString &where) const
    {
        return failure(ErrorKind::Timeout, where, u"no answer within 10 s"_s);
    }

    void script()
    {
        for (const workspace::System &system : environment.systems) {
            for (const workspace::Instance &instance : system.instances)
                scriptInstance(system, instance);
        }
        for (const workspace::Source &source : environment.sources)
            scriptSource(source);
    }

    void scriptInstance(const workspace::System &system, const workspace::Instance &instance)
    {
        const QString base = u"http://%1.test:8080"_s.arg(instance.name);
        const auto on = [&](const QString &path, std::function<Result<http::HttpResponse>()> handler) {
            const QString place = base + path;
            const QString key = instance.name + path;
            q.transport.answerWith("GET", place, [this, handler, key, place, name = system.key](const RecordedCall &) {
                if (isSilent(name))
                    return silence(place);
                if (const auto body = q.bodies.constFind(key); body != q.bodies.cend())
                    return answer(*body);
                return handler();
            });
        };
        const QString ops = system.key == u"p2p" ? u"/api/v1/ops/v1"_s : u"/ops/v1"_s;
        on(ops + u"/info"_s, [this, system, instance] {
            QJsonArray capabilities;
            if (system.breakers)
                capabilities.append(u"breakers.read"_s);
            if (system.flags)
                capabilities.append(u"flags.read"_s);
            if (!system.startupPath.isEmpty())
                capabilities.append(u"startup"_s);
            return answer(text({{u"service"_s, system.key},
                                {u"version"_s, u"1.4.0"_s},
                                {u"instance_id"_s, instance.name},
                                {u"started_at"_s, rfc3339(at(0, 0, 0) - 24h * 9)},
                                {u"contract"_s, u"ops/1"_s},
                                {u"capabilities"_s, capabilities},
                                {u"roles"_s, QJsonArray{u"viewer"_s}}}));
        });
        on(ops + u"/breakers"_s, [this, system, instance] {
            QJsonArray list;
            for (const ScriptedBreaker &breaker : scriptedBreakers()) {
                if (breaker.instance == instance.name)
                    list.append(breakerJson(breaker, q.clock.now(),
                                            q.circuitBreakersBypassed && system.key == u"ai-proveedores"));
            }
            return answer(text({{u"instance_id"_s, instance.name},
                                {u"started_at"_s, rfc3339(at(0, 0, 0) - 24h * 9)},
                                {u"generated_at"_s, rfc3339(q.clock.now())},
                                {u"breakers"_s, list}}));
        });
        on(ops + u"/flags"_s, [this, instance] { return answer(flagsOf(instance.name)); });
        on(ops + u"/startup"_s, [this, instance] { return answer(startupOf(instance.name)); });
        for (const QString &path : system.health->paths)
            on(path, [this, key = system.key, name = instance.name, path] { return healthOf(key, name, path); });
    }

    QByteArray flagsOf(const QString &instance) const
    {
        QJsonArray list{
            flagJson(u"ENABLE_STARTUP_VALIDATION", true, true, 8, false, u"luis", u"2026-11-20T09:12:00Z"_s,
                     u"Phase 8 is signed off",
                     u"Checks environment, database, storage and OpenAI before the service takes traffic.",
                     u"ENABLE_STARTUP_VALIDATION=false\ndocker compose up -d ai-proveedores"),
            flagJson(u"STARTUP_FAIL_ON_WARNING", false, false, 8, false, u"", {}, u"",
                     u"Lets a warning stop the start, too.",
                     u"STARTUP_FAIL_ON_WARNING=false\ndocker compose up -d ai-proveedores"),
            flagJson(u"ENABLE_CIRCUIT_BREAKER", true, true, 9, true, u"ana", u"2026-11-24T02:41:07Z"_s,
                     u"Breakers wanted before the 03:00 batch",
                     u"Puts breakers around Supabase and OpenAI calls. Off means calls pass straight through and the "
                     u"breakers read bypassed.",
                     u"ENABLE_CIRCUIT_BREAKER=false   # docker-compose.yml\ndocker compose up -d "
                     u"ai-proveedores\ndocker compose logs --tail 1000"),
            flagJson(u"ENABLE_PROMETHEUS_METRICS", instance != u"ai-prov-2", instance != u"ai-prov-2", 10, true,
                     u"luis", u"2026-11-21T11:00:00Z"_s, u"Dashboards need it",
                     u"Serves /metrics. Off answers 404, and the scrape goes down.",
                     u"ENABLE_PROMETHEUS_METRICS=false"),
            flagJson(u"ENABLE_STRUCTURED_LOGGING", false, true, 11, false, u"ana", u"2026-11-24T03:07:12Z"_s,
                     u"Need correlation ids for the incident", u"JSON lines with correlation and request ids.",
                     u"ENABLE_STRUCTURED_LOGGING=false\ndocker compose up -d ai-proveedores"),
        };
        return text({{u"instance_id"_s, instance},
                     {u"started_at"_s, rfc3339(at(0, 0, 0) - 24h * 9)},
                     {u"generated_at"_s, rfc3339(q.clock.now())},
                     {u"flags"_s, list}});
    }

    QByteArray startupOf(const QString &instance) const
    {
        const auto check = [](const char16_t *name, bool critical, double ms, const char16_t *status = u"pass",
                              const char16_t *message = u"") {
            return QJsonObject{{u"name"_s, QString::fromUtf16(name)},
                               {u"status"_s, QString::fromUtf16(status)},
                               {u"message"_s, QString::fromUtf16(message)},
                               {u"critical"_s, critical},
                               {u"duration_ms"_s, ms}};
        };
        const bool second = instance == u"ai-prov-2";
        const QJsonArray results{check(u"environment_variables", true, 1), check(u"supabase_connection", true, 121),
                                 check(u"supabase_storage", false, second ? 1870 : 3, second ? u"warning" : u"pass",
                                       second ? u"bucket tinkubot-providers not found" : u""),
                                 check(u"openai_api", true, second ? 2310 : 642),
                                 check(u"redis_connection", false, 45)};
        return text({{u"total_duration_ms"_s, second ? 4347.0 : 812.4},
                     {u"total_checks"_s, 5},
                     {u"passed"_s, second ? 4 : 5},
                     {u"warnings"_s, second ? 1 : 0},
                     {u"critical_failures"_s, 0},
                     {u"status"_s, u"healthy"_s},
                     {u"results"_s, results},
                     {u"instance_id"_s, instance},
                     {u"started_at"_s, u"2026-11-17T05:12:00Z"_s},
                     {u"finished_at"_s, u"2026-11-17T05:12:01Z"_s}});
    }

    Result<http::HttpResponse> healthOf(const QString &system, const QString &instance, const QString &path) const
    {
        const Timestamp now = q.clock.now();
        const bool sick = now >= at(2, 59, 20);
        if (system == u"worker") {
            const bool worst = sick && instance != u"worker-2";
            if (path == u"/health/live")
                return answer(R"({"status":"alive"})");
            const QString openai = worst ? u"unhealthy"_s : sick ? u"degraded"_s : u"healthy"_s;
            const auto part = [](const char16_t *status, double ms) {
                return QJsonObject{{u"status"_s, QString::fromUtf16(status)}, {u"latency_ms"_s, ms}};
            };
            QJsonObject openaiPart{{u"status"_s, openai},
                                   {u"latency_ms"_s, worst  ? 31200.0
                                                     : sick ? 9400.0
                                                            : 420 + noise(now, 3) * 30}};
            if (worst)
                openaiPart.insert(u"message"_s, u"deadline exceeded"_s);
            const QJsonObject checks{{u"rabbitmq"_s, part(u"healthy", 1.8 + noise(now, 1) * 0.2)},
                                     {u"postgresql"_s, part(u"healthy", 2.4 + noise(now, 2) * 0.2)},
                                     {u"mongodb"_s, part(u"healthy", 3.1 + noise(now, 4) * 0.3)},
                                     {u"openai"_s, openaiPart}};
            const QString word = path == u"/health/ready" ? (worst  ? u"not_ready"_s
                                                             : sick ? u"ready_degraded"_s
                                                                    : u"ready"_s)
                                                          : (worst ? u"unhealthy"_s : u"healthy"_s);
            return answer(text({{u"status"_s, word}, {u"checks"_s, checks}}), worst ? 503 : 200);
        }
        if (system == u"ai-proveedores")
            return answer(sick ? R"({"status":"unhealthy","service":"ai-proveedores","version":"1.4.0"})"
                               : R"({"status":"healthy","service":"ai-proveedores","version":"1.4.0"})",
                          sick ? 503 : 200);
        if (system == u"anclora") {
            const bool tight = now >= at(2, 22, 0) && now < at(2, 25, 0);
            const auto part = [](const QString &status, double ms) {
                return QJsonObject{{u"status"_s, status}, {u"duration"_s, ms}};
            };
            return answer(
                text({{u"status"_s, tight ? u"degraded"_s : u"healthy"_s},
                      {u"uptime"_s, 777600},
                      {u"checks"_s, QJsonObject{{u"redis"_s, part(u"pass"_s, 0.9 + noise(now, 5) * 0.1)},
                                                {u"analyticsRedis"_s, part(u"pass"_s, 1.1 + noise(now, 6) * 0.1)},
                                                {u"queue"_s, part(u"pass"_s, 8 + noise(now, 7))},
                                                {u"memory"_s, part(tight ? u"warn"_s : u"pass"_s, 1)},
                                                {u"eventLoop"_s, part(u"pass"_s, 11 + noise(now, 8))},
                                                {u"disk"_s, part(u"pass"_s, 2)}}},
                      {u"metadata"_s, QJsonObject{{u"version"_s, u"6.3.4"_s}, {u"environment"_s, u"production"_s}}}}));
        }
        if (system == u"aurore")
            return answer(
                text({{u"timestamp"_s, rfc3339(now)},
                      {u"status"_s, u"healthy"_s},
                      {u"responseTimeMs"_s, 4},
                      {u"database"_s, QJsonObject{{u"status"_s, u"healthy"_s},
                                                  {u"database"_s, u"connected"_s},
                                                  {u"queryLatencyMs"_s, 2.2 + noise(now, 9) * 0.2}}},
                      {u"buffer"_s, QJsonObject{{u"status"_s, u"healthy"_s},
                                                {u"buffer"_s, QJsonObject{{u"size"_s, 247},
                                                                          {u"capacity"_s, 10000},
                                                                          {u"utilization_percent"_s, u"2.47"_s}}}}}}));
        return answer(text({{u"status"_s, u"healthy"_s},
                            {u"environment"_s, u"production"_s},
                            {u"version"_s, u"2.1.0"_s},
                            {u"services"_s, QJsonObject{{u"postgresql"_s, QJsonObject{{u"status"_s, u"connected"_s}}},
                                                        {u"redis"_s, QJsonObject{{u"status"_s, u"connected"_s}}},
                                                        {u"rabbitmq"_s, QJsonObject{{u"status"_s, u"connected"_s}}},
                                                        {u"celery"_s, QJsonObject{{u"status"_s, u"healthy"_s},
                                                                                  {u"worker_count"_s, 8},
                                                                                  {u"active_tasks"_s, 3},
                                                                                  {u"queue_count"_s, 4}}}}}}));
    }

    void scriptSource(const workspace::Source &source)
    {
        const QString base = source.access.url.toString();
        const QString system = source.name == u"prom-p2p" ? u"p2p"_s : QString();
        const auto on = [&](const QString &path, FakeTransport::Handler handler) {
            for (const QByteArray &method : {QByteArray("GET"), QByteArray("POST")}) {
                q.transport.answerWith(method, base + path,
                                       [this, handler, system,
                                        place = base + path](const RecordedCall &call) -> Result<http::HttpResponse> {
                                           if (isSilent(system))
                                               return answer("no healthy upstream", 503);
                                           return handler(call);
                                       });
            }
        };
        if (source.kind == workspace::SourceKind::Alertmanager) {
            on(u"/api/v2/alerts"_s, [this](const RecordedCall &) { return answer("[]"); });
            on(u"/api/v2/alerts/groups"_s, [this](const RecordedCall &) { return answer("[]"); });
            on(u"/api/v2/silences"_s, [this](const RecordedCall &) { return answer("[]"); });
            on(u"/api/v2/status"_s, [this](const RecordedCall &) {
                return answer(R"({"cluster":{"status":"ready"},"versionInfo":{"version":"0.25.0"}})");
            });
            return;
        }
        on(u"/api/v1/query"_s, [this, name = source.name](const RecordedCall &call) { return instant(name, call); });
        on(u"/api/v1/query_range"_s,
           [this, name = source.name](const RecordedCall &call) { return range(name, call); });
        on(u"/api/v1/rules"_s, [this, name = source.name](const RecordedCall &) { return rules(name); });
        on(u"/api/v1/alerts"_s,
           [this](const RecordedCall &) { return answer(R"({"status":"success","data":{"alerts":[]}})"); });
    }

    Result<http::HttpResponse> rules(const QString &source) const
    {
        QJsonArray list;
        const Timestamp now = q.clock.now();
        if (source == u"prom-anclora") {
            QJsonArray firing;
            if (now >= at(3, 8, 30))
                firing.append(
                    QJsonObject{{u"labels"_s, QJsonObject{{u"alertname"_s, u"HighQueueLatency"_s},
                                                          {u"severity"_s, u"warning"_s},
                                                          {u"system"_s, u"anclora"_s}}},
                                {u"annotations"_s, QJsonObject{{u"summary"_s, u"P99 742 ms, limit 500 ms"_s}}},
                                {u"state"_s, u"firing"_s},
                                {u"activeAt"_s, rfc3339(at(3, 8, 0))},
                                {u"value"_s, u"0.742"_s}});
            list.append(
                QJsonObject{{u"state"_s, firing.isEmpty() ? u"inactive"_s : u"firing"_s},
                            {u"name"_s, u"HighQueueLatency"_s},
                            {u"query"_s, u"anclora_p99 > 0.5"_s},
                            {u"duration"_s, 30},
                            {u"labels"_s, QJsonObject{{u"severity"_s, u"warning"_s}, {u"system"_s, u"anclora"_s}}},
                            {u"annotations"_s, QJsonObject()},
                            {u"alerts"_s, firing},
                            {u"health"_s, u"ok"_s},
                            {u"evaluationTime"_s, 0.001},
                            {u"lastEvaluation"_s, rfc3339(now)},
                            {u"type"_s, u"alerting"_s}});
        }
        return answer(text({{u"status"_s, u"success"_s},
                            {u"data"_s, QJsonObject{{u"groups"_s, QJsonArray{QJsonObject{{u"name"_s, u"rules"_s},
                                                                                         {u"file"_s, u"rules.yml"_s},
                                                                                         {u"interval"_s, 15},
                                                                                         {u"rules"_s, list}}}}}}}));
    }

    QList<ScriptedSeries> seriesFor(const QString &source, const QString &expr) const
    {
        QList<ScriptedSeries> found;
        const auto add = [&](const QJsonObject &labels, std::function<double(Timestamp)> value) {
            found.append({labels, std::move(value)});
        };
        const auto one = [](const char16_t *label, const char16_t *value) {
            return QJsonObject{{QString::fromUtf16(label), QString::fromUtf16(value)}};
        };
        if (expr.contains(u"circuit_breaker_state")) {
            addGauges(source, expr, found);
            return found;
        }
        const Timestamp hit = at(3, 3, 0);
        if (expr.contains(u"messages_total")) {
            add(one(u"message_type", u"text"),
                [hit](Timestamp t) { return 39 + noise(t, 1) * 0.9 - ramp(t, hit, 4min) * 0.3; });
            add(one(u"message_type", u"media"), [](Timestamp t) { return 11 + noise(t, 2) * 0.3; });
        } else if (expr.contains(u"processed_total")) {
            const bool byType = expr.contains(u"by");
            const auto dip = [hit](Timestamp t) { return ramp(t, hit, 2min) * (1 - ramp(t, hit + 6min, 2min)); };
            if (byType) {
                add(one(u"message_type", u"text"), [dip](Timestamp t) { return 39 + noise(t, 3) * 0.9 - 16 * dip(t); });
                add(one(u"message_type", u"media"), [dip](Timestamp t) { return 11 + noise(t, 4) * 0.3 - 5 * dip(t); });
            } else {
                add({}, [dip](Timestamp t) { return 50 + noise(t, 5) * 0.9 - 23 * dip(t); });
            }
        } else if (expr.contains(u"failed_total") && expr.contains(u"100 *")) {
            add({}, [hit](Timestamp t) { return 0.24 + noise(t, 6) * 0.02 + 2.1 * ramp(t, hit, 3min); });
        } else if (expr.contains(u"failed_total")) {
            add({}, [hit](Timestamp t) { return 0.12 + noise(t, 6) * 0.02 + 0.7 * ramp(t, hit, 3min); });
        } else if (expr.contains(u"histogram_quantile")) {
            add(one(u"message_type", u"text"),
                [hit](Timestamp t) { return 0.19 + noise(t, 7) * 0.006 + 0.38 * ramp(t, hit, 4min); });
            add(one(u"message_type", u"media"),
                [hit](Timestamp t) { return 0.31 + noise(t, 8) * 0.008 + 0.52 * ramp(t, hit, 4min); });
        } else if (expr.contains(u"_bucket")) {
            const QList<std::pair<const char16_t *, double>> buckets{{u"0.01", 0},  {u"0.05", 30},  {u"0.1", 210},
                                                                     {u"0.5", 980}, {u"1", 1190},   {u"5", 1230},
                                                                     {u"10", 1240}, {u"+Inf", 1240}};
            for (const auto &[le, count] : buckets) {
                const double share = count;
                const double slow = QString::fromUtf16(le) == u"0.5" || QString::fromUtf16(le) == u"1" ? 0.45 : 0.1;
                add(one(u"le", le), [share, slow, hit](Timestamp t) {
                    return std::max(0.0, share * (1 - slow * ramp(t, hit, 3min)) + noise(t, 9) * 4);
                });
            }
        } else if (expr.contains(u"waiting_messages")) {
            add(one(u"priority", u"normal"),
                [hit](Timestamp t) { return 400 + noise(t, 10) * 20 + 4500 * ramp(t, hit, 6min); });
            add(one(u"priority", u"high"),
                [hit](Timestamp t) { return 60 + noise(t, 11) * 6 + 860 * ramp(t, hit, 6min); });
        } else if (expr.contains(u"active_messages")) {
            add({}, [hit](Timestamp t) { return 58 + noise(t, 12) * 2 + 60 * ramp(t, hit, 6min); });
        } else if (expr.contains(u"dlq")) {
            add({}, [hit](Timestamp t) { return std::round(12 + 25 * ramp(t, hit, 5min)); });
        } else if (expr.contains(u"bulk")) {
            add({}, [](Timestamp t) { return 412 + std::round(noise(t, 13) * 3); });
        } else if (expr.contains(u"duration_seconds_sum")) {
            add({}, [hit](Timestamp t) { return 0.12 + noise(t, 14) * 0.003 + 0.11 * ramp(t, hit, 4min); });
        } else if (expr.contains(u"today")) {
            add({}, [](Timestamp t) { return 560'000 + 900.0 * secondsSince(at(2, 0, 0), t) / 60; });
        } else if (expr.contains(u"group by (instance)") || expr.startsWith(u"up")) {
            for (const workspace::System &system : environment.systems) {
                if (system.prometheus != source)
                    continue;
                for (const workspace::Instance &instance : system.instances)
                    add(QJsonObject{{u"__name__"_s, u"up"_s},
                                    {u"instance"_s, instance.name},
                                    {u"job"_s, system.selector.section(u'"', 1, 1)}},
                        [name = instance.name](Timestamp) { return name == u"ai-prov-2" ? 0.0 : 1.0; });
            }
        }
        return found;
    }

    void addGauges(const QString &source, const QString &expr, QList<ScriptedSeries> &found) const
    {
        for (const workspace::System &system : environment.systems) {
            if (system.prometheus != source || !system.breakers || !system.breakers->gauge)
                continue;
            const workspace::BreakerGauge gauge = *system.breakers->gauge;
            if (expr.contains(u"worker_circuit") != gauge.metric.startsWith(u"worker_circuit"))
                continue;
            for (const ScriptedBreaker &breaker : scriptedBreakers()) {
                if (breaker.system != system.key)
                    continue;
                QJsonObject labels{{u"__name__"_s, gauge.metric},
                                   {u"instance"_s, breaker.instance},
                                   {u"job"_s, system.selector.section(u'"', 1, 1)}};
                if (!gauge.nameLabel.isEmpty())
                    labels.insert(gauge.nameLabel, breaker.name);
                found.append({labels, [breaker, gauge](Timestamp t) {
                                  const QString word = breaker.gaugeSays.isEmpty() || t < breaker.turnsAt
                                                           ? stateAt(breaker, t)
                                                           : breaker.gaugeSays;
                                  return static_cast<double>(gauge.encoding.key(word, 9));
                              }});
            }
        }
    }

    std::optional<Result<http::HttpResponse>> refusal(const QString &expr) const
    {
        for (auto it = q.rangeErrors.cbegin(); it != q.rangeErrors.cend(); ++it) {
            if (expr.contains(it.key()))
                return answer(
                    text({{u"status"_s, u"error"_s}, {u"errorType"_s, u"bad_data"_s}, {u"error"_s, it.value()}}), 400);
        }
        return std::nullopt;
    }

    Result<http::HttpResponse> instant(const QString &source, const RecordedCall &call) const
    {
        const QString expr = call.field(u"query"_s);
        if (const auto refused = refusal(expr))
            return *refused;
        QJsonArray result;
        const Timestamp now = q.clock.now();
        for (const ScriptedSeries &series : seriesFor(source, expr))
            result.append(
                QJsonObject{{u"metric"_s, series.labels},
                            {u"value"_s, QJsonArray{static_cast<double>(now.time_since_epoch().count()) / 1000,
                                                    QString::number(series.value(now), 'g', 10)}}});
        return answer(text({{u"status"_s, u"success"_s},
                            {u"data"_s, QJsonObject{{u"resultType"_s, u"vector"_s}, {u"result"_s, result}}}}));
    }

    Result<http::HttpResponse> range(const QString &source, const RecordedCall &call) const
    {
        const QString expr = call.field(u"query"_s);
        if (const auto refused = refusal(expr))
            return *refused;
        const Result<Timestamp> from = parseTime(call.field(u"start"_s));
        const Result<Timestamp> to = parseTime(call.field(u"end"_s));
        const QString stepText = call.field(u"step"_s);
        bool plain = false;
        const double seconds = stepText.toDouble(&plain);
        const Milliseconds step =
            plain ? Milliseconds(std::llround(seconds * 1000)) : parseDuration(stepText).value_or(Milliseconds(15'000));
        if (!from || !to || step <= 0ms)
            return answer(R"({"status":"error","errorType":"bad_data","error":"bad range"})", 400);
        QJsonArray result;
        for (const ScriptedSeries &series : seriesFor(source, expr)) {
            QJsonArray values;
            for (Timestamp t = *from; t <= *to; t += step)
                values.append(QJsonArray{static_cast<double>(t.time_since_epoch().count()) / 1000,
                                         QString::number(series.value(t), 'g', 10)});
            result.append(QJsonObject{{u"metric"_s, series.labels}, {u"values"_s, values}});
        }
        return answer(text({{u"status"_s, u"success"_s},
                            {u"data"_s, QJsonObject{{u"resultType"_s, u"matrix"_s}, {u"result"_s, result}}}}));
    }

    IncidentFleet &q;
    workspace::Environment environment = madeEnvironment();
    NoSecrets secrets;
    workspace::EndpointResolver resolver{secrets};
    std::unique_ptr<refresh::RefreshSchedule> schedule;
    std::unique_ptr<refresh::SourceMonitor> monitor;
    std::unique_ptr<breakers::BreakerStore> breakers;
    std::unique_ptr<flags::FlagStore> flags;
    std::unique_ptr<health::HealthStore> health;
    std::unique_ptr<alerts::AlertStore> alerts;
    std::unique_ptr<metrics::MetricStore> metrics;
};

IncidentFleet::IncidentFleet(Timestamp start, Network network) : d(std::make_unique<Private>(*this))
{
    clock.jumpTo(start);
    d->schedule = std::make_unique<refresh::RefreshSchedule>(clock);
    d->monitor = std::make_unique<refresh::SourceMonitor>(clock);
    if (network == Network::Answers) {
        d->script();
    } else if (network == Network::Hangs) {
        const workspace::Environment &all = d->environment;
        const auto hang = [this](const QString &place) {
            transport.hang("GET", place);
            transport.hang("POST", place);
        };
        for (const workspace::Source &source : all.sources) {
            for (const QString &path :
                 {u"/api/v1/query"_s, u"/api/v1/query_range"_s, u"/api/v1/rules"_s, u"/api/v2/alerts"_s})
                hang(source.access.url.toString() + path);
        }
        for (const workspace::System &system : all.systems) {
            for (const workspace::Instance &instance : system.instances) {
                for (const QString &path : system.health->paths)
                    hang(instance.access.url.toString() + path);
                for (const QString &path : {u"/info"_s, u"/breakers"_s, u"/flags"_s, u"/startup"_s}) {
                    hang(instance.access.url.toString() + u"/ops/v1"_s + path);
                    hang(instance.access.url.toString() + u"/api/v1/ops/v1"_s + path);
                }
            }
        }
    }
}

IncidentFleet::~IncidentFleet() = default;

const workspace::Environment &IncidentFleet::environment() const
{
    return d->environment;
}
refresh::RefreshSchedule &IncidentFleet::schedule()
{
    return *d->schedule;
}
refresh::SourceMonitor &IncidentFleet::monitor()
{
    return *d->monitor;
}

namespace {
template <typename Store, typename Parts>
Store &madeOnce(std::unique_ptr<Store> &store, Parts &&make)
{
    if (!store)
        store = make();
    return *store;
}
} // namespace

breakers::BreakerStore &IncidentFleet::breakers()
{
    return madeOnce(d->breakers, [this] {
        return std::make_unique<breakers::BreakerStore>(d->environment, transport, d->resolver, *d->schedule,
                                                        *d->monitor, clock);
    });
}
flags::FlagStore &IncidentFleet::flags()
{
    return madeOnce(d->flags, [this] {
        return std::make_unique<flags::FlagStore>(d->environment, transport, d->resolver, *d->schedule, *d->monitor,
                                                  clock);
    });
}
health::HealthStore &IncidentFleet::health()
{
    return madeOnce(d->health, [this] {
        return std::make_unique<health::HealthStore>(d->environment, transport, d->resolver, *d->schedule, *d->monitor,
                                                     clock);
    });
}
alerts::AlertStore &IncidentFleet::alerts()
{
    return madeOnce(d->alerts, [this] {
        return std::make_unique<alerts::AlertStore>(d->environment, transport, d->resolver, *d->schedule, *d->monitor,
                                                    clock);
    });
}
metrics::MetricStore &IncidentFleet::metrics()
{
    return madeOnce(d->metrics, [this] {
        return std::make_unique<metrics::MetricStore>(d->environment, transport, d->resolver, *d->schedule, *d->monitor,
                                                      clock);
    });
}

void IncidentFleet::settle()
{
    // Answers pass through a few turns of the event loop (resolve, fetch, decode in a pool thread, publish).
    for (int round = 0; round < 40; ++round) {
        QCoreApplication::processEvents();
        QThreadPool::globalInstance()->waitForDone();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void IncidentFleet::run(Milliseconds span, Milliseconds step)
{
    d->schedule->startDue();
    settle();
    for (Milliseconds done = 0ms; done < span; done += step) {
        clock.advance(step);
        d->schedule->startDue();
        settle();
    }
}

Timestamp IncidentFleet::at(int hour, int minute, int second)
{
    // 2026-11-24T00:00:00Z
    return Timestamp(Milliseconds(1'795'478'400'000)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

} // namespace atalaya::test
