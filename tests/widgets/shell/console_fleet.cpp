// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/shell/console_fleet.h"

#include "models/base/time_text.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <cmath>
#include <limits>

namespace atalaya::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct FleetAlert
{
    QString source, name, severity, system, component, instance, summary, expr;
    Seconds holdFor{};
    Timestamp activeAt{};
    double value = 0;
    QString silencedBy, inhibitedByName;

    Timestamp firesAt() const { return activeAt + holdFor; }
    QJsonObject labels() const
    {
        QJsonObject labels{
            {u"alertname"_s, name}, {u"severity"_s, severity}, {u"system"_s, system}, {u"component"_s, component}};
        if (!instance.isEmpty())
            labels.insert(u"instance"_s, instance);
        return labels;
    }
    Labels labelSet() const
    {
        Labels set;
        const QJsonObject object = labels();
        for (auto it = object.begin(); it != object.end(); ++it)
            set.emplace(it.key(), it.value().toString());
        return set;
    }
};

QList<FleetAlert> fleetAlerts()
{
    const auto at = [](int h, int m, int s) { return IncidentFleet::at(h, m, s); };
    const QString core = u"prom-core"_s;
    const QString ai = u"ai-proveedores"_s;
    const QString worker = u"worker"_s;
    const QString warning = u"warning"_s;
    const QString errorRate =
        u"sum by (job) (rate(http_requests_total{\n    job=\"ai-proveedores\",status=~\"5..\"}[5m]))\n  / sum by (job) "
        "(rate(http_requests_total{\n    job=\"ai-proveedores\"}[5m])) > 0.05"_s;
    return {
        {core,
         u"HighErrorRate"_s,
         u"critical"_s,
         ai,
         u"http"_s,
         {},
         u"27.4 % of requests fail on ai-proveedores (limit 5 %)"_s,
         errorRate,
         2min,
         at(3, 0, 52),
         0.274,
         {},
         {}},
        {core,
         u"HighLatency"_s,
         warning,
         ai,
         u"http"_s,
         {},
         u"P95 4.81 s"_s,
         u"p95_latency > 1"_s,
         5min,
         at(3, 1, 10),
         4.81,
         u"silence-luis"_s,
         {}},
        {core,
         u"CircuitBreakerOpen"_s,
         warning,
         ai,
         u"breaker"_s,
         u"ai-prov-1"_s,
         u"openai on ai-prov-1"_s,
         u"circuit_breaker_state == 1"_s,
         1min,
         at(3, 0, 30),
         1,
         {},
         {}},
        {core,
         u"CircuitBreakerRecoveryTooSlow"_s,
         warning,
         ai,
         u"breaker"_s,
         u"ai-prov-1"_s,
         u"openai on ai-prov-1"_s,
         u"recovery > 60"_s,
         1min,
         at(3, 1, 30),
         71,
         {},
         {}},
        {core,
         u"OpenAIErrorRatioHigh"_s,
         warning,
         ai,
         u"openai"_s,
         {},
         u"63 % of calls fail"_s,
         u"openai_error_ratio > 0.2"_s,
         2min,
         at(3, 3, 15),
         0.63,
         {},
         {}},
        {core,
         u"CircuitBreakerRecoveryTooSlow"_s,
         warning,
         ai,
         u"breaker"_s,
         u"ai-prov-2"_s,
         u"openai on ai-prov-2"_s,
         u"recovery > 60"_s,
         10min,
         at(3, 8, 10),
         64,
         {},
         {}},
        {core,
         u"WorkerCircuitBreakerOpen"_s,
         warning,
         worker,
         u"breaker"_s,
         u"worker-1"_s,
         u"openai on worker-1"_s,
         u"worker_breaker == 2"_s,
         30s,
         at(2, 59, 45),
         2,
         {},
         {}},
        {core,
         u"WorkerCircuitBreakerOpen"_s,
         warning,
         worker,
         u"breaker"_s,
         u"worker-3"_s,
         u"openai on worker-3"_s,
         u"worker_breaker == 2"_s,
         30s,
         at(3, 0, 15),
         2,
         {},
         {}},
        {core,
         u"WorkerOpenAIErrorRatio"_s,
         warning,
         worker,
         u"openai"_s,
         {},
         u"61.3 % of calls fail"_s,
         u"worker_openai_errors > 0.2"_s,
         2min,
         at(3, 2, 30),
         0.613,
         {},
         u"HighErrorRate"_s},
        {core,
         u"WorkerOpenAIHighLatency"_s,
         warning,
         worker,
         u"openai"_s,
         {},
         u"P95 31.2 s"_s,
         u"worker_openai_p95 > 10"_s,
         2min,
         at(3, 2, 45),
         31.2,
         {},
         {}},
        {core,
         u"WorkerHighErrorRatio"_s,
         warning,
         worker,
         u"events"_s,
         {},
         u"38 % of events fail"_s,
         u"worker_error_ratio > 0.05"_s,
         5min,
         at(3, 5, 45),
         0.38,
         {},
         {}},
        {core,
         u"WorkerQueueBacklog"_s,
         warning,
         worker,
         u"queue"_s,
         {},
         u"1,840 events waiting"_s,
         u"max(worker_events_in_queue) > 1000"_s,
         10min,
         at(3, 9, 2),
         1840,
         {},
         {}},
        {u"prom-anclora"_s,
         u"HighQueueLatency"_s,
         warning,
         u"anclora"_s,
         u"queue"_s,
         {},
         u"P99 is 742 ms, limit 500 ms"_s,
         u"anclora_p99 > 0.5"_s,
         30s,
         at(3, 8, 0),
         0.742,
         {},
         {}},
    };
}

QJsonObject alertJson(const FleetAlert &alert, Timestamp now)
{
    return {{u"labels"_s, alert.labels()},
            {u"annotations"_s, QJsonObject{{u"summary"_s, alert.summary}}},
            {u"state"_s, now >= alert.firesAt() ? u"firing"_s : u"pending"_s},
            {u"activeAt"_s, rfc3339(alert.activeAt)},
            {u"value"_s, QString::number(alert.value)}};
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

double rise(Timestamp now, Timestamp from, Milliseconds over)
{
    const double share =
        std::clamp(static_cast<double>((now - from).count()) / static_cast<double>(over.count()), 0.0, 1.0);
    return share * share * (3 - 2 * share);
}

double wobble(Timestamp now, int seed)
{
    const double t = static_cast<double>(now.time_since_epoch().count()) / 1000;
    return std::sin(t / 97 + seed) * 0.5 + std::sin(t / 43 + seed * 3) * 0.3 + std::sin(t / 211 + seed * 7) * 0.4;
}

/// What an expression of this fleet is at a time; NaN: no such series.
double valueOf(const QString &expr, Timestamp t)
{
    const Timestamp hit = IncidentFleet::at(3, 0, 40);
    if (expr == u"golden_failed")
        return 0.4 + 27 * rise(t, hit, 4min) + wobble(t, 1) * 0.1;
    if (expr == u"golden_latency")
        return 0.31 + 4.5 * rise(t, hit + 1min, 3min) + wobble(t, 2) * 0.02;
    if (expr == u"golden_events")
        return 41 - 22 * rise(t, hit, 5min) + wobble(t, 3) * 0.8;
    if (expr == u"golden_openai")
        return 0.8 + 60 * rise(t, hit, 3min) + wobble(t, 4) * 0.2;
    if (expr == u"golden_p99")
        return 0.21 + 0.53 * rise(t, hit + 3min, 3min) + wobble(t, 5) * 0.01;
    if (expr == u"golden_waiting")
        return std::round(240 + 2880 * rise(t, hit + 2min, 6min) + wobble(t, 6) * 12);
    if (expr == u"golden_buffer")
        return 2.47 + wobble(t, 7) * 0.12;
    if (expr == u"golden_throughput")
        return 312 + wobble(t, 8) * 6;
    if (expr == u"golden_p2p_latency")
        return 0.084 + wobble(t, 9) * 0.003;
    if (expr == u"golden_trades")
        return 3.1 + wobble(t, 10) * 0.2;
    if (expr.contains(u"http_requests_total"))
        return 0.004 + 0.27 * rise(t, IncidentFleet::at(3, 0, 30), 5min) + wobble(t, 1) * 0.004;
    return std::numeric_limits<double>::quiet_NaN();
}

QJsonArray samples(Timestamp from, Timestamp to, Milliseconds step, const std::function<bool(Timestamp)> &present,
                   const std::function<double(Timestamp)> &value)
{
    QJsonArray values;
    for (Timestamp t = from; t <= to; t += step) {
        if (present(t))
            values.append(QJsonArray{static_cast<double>(t.time_since_epoch().count()) / 1000,
                                     QString::number(value(t), 'g', 8)});
    }
    return values;
}

} // namespace

ConsoleFleet::ConsoleFleet(Timestamp start, IncidentFleet::Network network)
    : fleet(start, network), m_environment(fleet.environment())
{
    const auto golden = [](const char16_t *title, const char16_t *expr, const char16_t *unit,
                           workspace::Better better) {
        return workspace::GoldenSignal{QString::fromUtf16(title), QString::fromUtf16(expr), QString::fromUtf16(unit),
                                       better};
    };
    using workspace::Better;
    for (workspace::System &system : m_environment.systems) {
        if (system.key == u"ai-proveedores")
            system.golden = {golden(u"Failed requests", u"golden_failed", u"percent", Better::Lower),
                             golden(u"Latency P95", u"golden_latency", u"s", Better::Lower)};
        else if (system.key == u"worker")
            system.golden = {golden(u"Events processed", u"golden_events", u"ops", Better::Higher),
                             golden(u"OpenAI errors", u"golden_openai", u"percent", Better::Lower)};
        else if (system.key == u"anclora")
            system.golden = {golden(u"Latency P99", u"golden_p99", u"s", Better::Lower),
                             golden(u"Waiting messages", u"golden_waiting", u"short", Better::Lower)};
        else if (system.key == u"aurore")
            system.golden = {golden(u"Buffer used", u"golden_buffer", u"percent", Better::Lower),
                             golden(u"Throughput", u"golden_throughput", u"ops", Better::Higher)};
        else
            system.golden = {golden(u"Latency P95", u"golden_p2p_latency", u"s", Better::Lower),
                             golden(u"Trades", u"golden_trades", u"/min", Better::Higher)};
    }
    if (network == IncidentFleet::Network::Answers)
        script();
}

void ConsoleFleet::script()
{
    for (const workspace::Source &source : m_environment.sources) {
        const QString url = source.access.url.toString();
        if (source.kind == workspace::SourceKind::Alertmanager) {
            fleet.transport.answerWith("GET", url + u"/api/v2/alerts"_s, [this](const RecordedCall &) {
                return FakeTransport::response(alertmanagerAlerts());
            });
            fleet.transport.answer("GET", url + u"/api/v2/silences"_s,
                                   QByteArray(R"([{"id":"silence-luis","status":{"state":"active"},
                                       "matchers":[{"name":"alertname","value":"HighLatency","isRegex":false,"isEqual":true}],
                                       "startsAt":"2026-11-24T03:06:00.000Z","endsAt":"2026-11-24T03:36:00.000Z",
                                       "updatedAt":"2026-11-24T03:06:00.000Z","createdBy":"luis","comment":"looking at it"}])"));
            continue;
        }
        const auto p2pSilent = [this, name = source.name] {
            return name == u"prom-p2p" && !fleet.p2pAnswers && fleet.clock.now() >= IncidentFleet::at(3, 5, 28);
        };
        const auto on = [&](const QString &path, std::function<QByteArray(const RecordedCall &)> body) {
            fleet.transport.answerWith("GET", url + path, [=](const RecordedCall &call) -> Result<http::HttpResponse> {
                if (p2pSilent())
                    return FakeTransport::response("no healthy upstream", 503, "text/plain");
                return FakeTransport::response(body(call));
            });
            fleet.transport.answerWith("POST", url + path, [=](const RecordedCall &call) -> Result<http::HttpResponse> {
                if (p2pSilent())
                    return FakeTransport::response("no healthy upstream", 503, "text/plain");
                return FakeTransport::response(body(call));
            });
        };
        on(u"/api/v1/rules"_s, [this, name = source.name](const RecordedCall &) { return rules(name); });
        on(u"/api/v1/query_range"_s,
           [this, name = source.name](const RecordedCall &call) { return range(name, call); });
    }
}

QByteArray ConsoleFleet::rules(const QString &source) const
{
    const Timestamp now = fleet.clock.now();
    QMap<QString, QJsonArray> alertsOf;
    QMap<QString, FleetAlert> ruleOf;
    QList<FleetAlert> all = fleetAlerts();
    for (int i = 0; source == u"prom-anclora" && i < manyAlerts; ++i)
        all.append({source,
                    u"LoadRule%1"_s.arg(i % 50),
                    i % 7 == 0 ? u"critical"_s : u"warning"_s,
                    u"anclora"_s,
                    u"queue"_s,
                    u"bot-%1"_s.arg(i),
                    u"Message %1"_s.arg(i),
                    u"load > 1"_s,
                    1min,
                    IncidentFleet::at(2, 50, 0),
                    2,
                    {},
                    {}});
    for (const FleetAlert &alert : all) {
        if (alert.source != source)
            continue;
        const QString rule = alert.name + u'\n' + alert.expr + QString::number(alert.holdFor.count());
        ruleOf.insert(rule, alert);
        if (!quiet && now >= alert.activeAt)
            alertsOf[rule].append(alertJson(alert, now));
    }
    QJsonArray list;
    for (auto it = ruleOf.cbegin(); it != ruleOf.cend(); ++it) {
        list.append(QJsonObject{
            {u"state"_s, alertsOf.value(it.key()).isEmpty() ? u"inactive"_s : u"firing"_s},
            {u"name"_s, it->name},
            {u"query"_s, it->expr},
            {u"duration"_s, static_cast<double>(it->holdFor.count())},
            {u"labels"_s,
             QJsonObject{{u"severity"_s, it->severity}, {u"system"_s, it->system}, {u"component"_s, it->component}}},
            {u"annotations"_s, QJsonObject{{u"runbook_url"_s, u"https://runbooks.example/"_s + it->name}}},
            {u"alerts"_s, alertsOf.value(it.key())},
            {u"health"_s, u"ok"_s},
            {u"evaluationTime"_s, 0.001},
            {u"lastEvaluation"_s, rfc3339(now - 4s)},
            {u"type"_s, u"alerting"_s}});
    }
    return bytes(
        {{u"status"_s, u"success"_s},
         {u"data"_s,
          QJsonObject{{u"groups"_s, QJsonArray{QJsonObject{{u"name"_s, u"ai-proveedores"_s},
                                                           {u"file"_s, u"/etc/prometheus/rules/ai-proveedores.yml"_s},
                                                           {u"interval"_s, 15},
                                                           {u"rules"_s, list}}}}}}});
}

QByteArray ConsoleFleet::alertmanagerAlerts() const
{
    const Timestamp now = fleet.clock.now();
    QJsonArray list;
    const QList<FleetAlert> all = fleetAlerts();
    for (const FleetAlert &alert : all) {
        if (quiet || now < alert.firesAt())
            continue;
        QJsonArray silenced, inhibited;
        if (!alert.silencedBy.isEmpty())
            silenced.append(alert.silencedBy);
        for (const FleetAlert &cause : all) {
            if (!alert.inhibitedByName.isEmpty() && cause.name == alert.inhibitedByName)
                inhibited.append(alerts::fingerprintOf(cause.labelSet()));
        }
        const bool suppressed = !silenced.isEmpty() || !inhibited.isEmpty();
        list.append(
            QJsonObject{{u"labels"_s, alert.labels()},
                        {u"annotations"_s, QJsonObject{{u"summary"_s, alert.summary}}},
                        {u"startsAt"_s, rfc3339(alert.firesAt())},
                        {u"endsAt"_s, rfc3339(now + 4min)},
                        {u"updatedAt"_s, rfc3339(now)},
                        {u"fingerprint"_s, alerts::fingerprintOf(alert.labelSet())},
                        {u"receivers"_s,
                         QJsonArray{QJsonObject{{u"name"_s, alert.severity == u"critical" ? u"pager"_s : u"chat"_s}}}},
                        {u"status"_s, QJsonObject{{u"state"_s, suppressed ? u"suppressed"_s : u"active"_s},
                                                  {u"silencedBy"_s, silenced},
                                                  {u"inhibitedBy"_s, inhibited}}}});
    }
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

QByteArray ConsoleFleet::range(const QString &source, const RecordedCall &call) const
{
    const QString expr = call.field(u"query"_s);
    const Result<Timestamp> from = parseTime(call.field(u"start"_s));
    const Result<Timestamp> to = parseTime(call.field(u"end"_s));
    const QString stepText = call.field(u"step"_s);
    bool plain = false;
    const double seconds = stepText.toDouble(&plain);
    const Milliseconds step =
        plain ? Milliseconds(std::llround(seconds * 1000)) : parseDuration(stepText).value_or(Milliseconds(15'000));
    QJsonArray result;
    if (expr.startsWith(u"ALERTS")) {
        const Timestamp yesterday = IncidentFleet::at(14, 0, 0) - 24h;
        for (const FleetAlert &alert : fleetAlerts()) {
            if (alert.source != source || !expr.contains(alert.name))
                continue;
            for (const bool firing : {false, true}) {
                QJsonObject labels = alert.labels();
                labels.insert(u"__name__"_s, u"ALERTS"_s);
                labels.insert(u"alertstate"_s, firing ? u"firing"_s : u"pending"_s);
                const auto present = [&](Timestamp t) {
                    const bool now = firing ? t >= alert.firesAt() : t >= alert.activeAt && t < alert.firesAt();
                    const bool before = firing ? t >= yesterday + 10min && t < yesterday + 25min
                                               : t >= yesterday && t < yesterday + 10min;
                    return now || before;
                };
                const QJsonArray values = samples(*from, *to, step, present, [](Timestamp) { return 1.0; });
                if (!values.isEmpty())
                    result.append(QJsonObject{{u"metric"_s, labels}, {u"values"_s, values}});
            }
        }
    } else if (!std::isnan(valueOf(expr, *from))) {
        const Timestamp end =
            source == u"prom-p2p" && !fleet.p2pAnswers ? std::min(*to, IncidentFleet::at(3, 5, 28)) : *to;
        result.append(QJsonObject{{u"metric"_s, QJsonObject()},
                                  {u"values"_s, samples(
                                                    *from, end, step, [](Timestamp) { return true; },
                                                    [&](Timestamp t) { return valueOf(expr, t); })}});
    }
    return bytes(
        {{u"status"_s, u"success"_s}, {u"data"_s, QJsonObject{{u"resultType"_s, u"matrix"_s}, {u"result"_s, result}}}});
}

overview::OverviewStore &ConsoleFleet::overview()
{
    if (!m_overview)
        m_overview =
            std::make_unique<overview::OverviewStore>(m_environment, fleet.alerts(), fleet.health(), fleet.breakers(),
                                                      fleet.flags(), fleet.monitor(), fleet.clock, zone);
    return *m_overview;
}

shell::ConsoleParts ConsoleFleet::parts()
{
    return {m_environment,
            {m_environment.name},
            fleet.schedule(),
            fleet.monitor(),
            fleet.alerts(),
            fleet.health(),
            fleet.breakers(),
            fleet.flags(),
            fleet.metrics(),
            overview(),
            {},
            fleet.clock,
            zone,
            {}};
}

void ConsoleFleet::run(Milliseconds span)
{
    overview();
    fleet.metrics();
    fleet.run(span);
    overview().look();
}

void FakeDrill::setIncident(const QString &name, const QString &instance, bool on)
{
    told += u"%1 %2 %3"_s.arg(name, instance, on ? u"on"_s : u"off"_s);
    if (!answers)
        return;
    for (drill::Incident &incident : list) {
        if (incident.name != name)
            continue;
        incident.running.removeAll(instance);
        if (on)
            incident.running.append(instance);
    }
    Q_EMIT changed();
}

} // namespace atalaya::test

#include "moc_console_fleet.cpp"
