// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/output_forms.h"

#include "models/base/time_text.h"

#include <cmath>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

namespace {

Json labelsForm(const Labels &labels)
{
    Json object = Json::object();
    for (const auto &[name, value] : labels)
        object[name.toStdString()] = value.toStdString();
    return object;
}

Json listForm(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(text.toStdString());
    return list;
}

template <typename T>
Json numberForm(const std::optional<T> &number)
{
    if (!number)
        return nullptr;
    if constexpr (std::is_floating_point_v<T>) {
        if (!std::isfinite(*number))
            return nullptr;
    }
    return *number;
}

Json boolForm(const std::optional<bool> &value)
{
    return value ? Json(*value) : Json(nullptr);
}

/// A text that may be absent: null then, so that "" is never mistaken for an answer.
Json optionalText(const QString &text)
{
    return text.isEmpty() ? Json(nullptr) : textForm(text);
}

} // namespace

Json textForm(const QString &text)
{
    return text.toStdString();
}

Json timeForm(const std::optional<Timestamp> &time)
{
    if (!time || *time == Timestamp{})
        return nullptr;
    return rfc3339(*time).toStdString();
}

QString freshnessWord(Freshness freshness)
{
    switch (freshness) {
    case Freshness::Live:
        return u"live"_s;
    case Freshness::Stale:
        return u"stale"_s;
    case Freshness::Unreachable:
        return u"unreachable"_s;
    case Freshness::Waiting:
        break;
    }
    return u"waiting"_s;
}

Json alertForm(const alerts::Alert &alert)
{
    Json object;
    object["fingerprint"] = textForm(alert.fingerprint);
    object["name"] = textForm(alert.name);
    object["state"] = textForm(alerts::stateWord(alert.state));
    object["severity"] = textForm(alert.severity);
    object["system"] = textForm(alert.system);
    object["labels"] = labelsForm(alert.labels);
    object["annotations"] = labelsForm(alert.annotations);
    object["starts_at"] = timeForm(alert.startsAt);
    object["fires_at"] = timeForm(alert.firesAt);
    object["sources"] = listForm(alert.sources);
    object["silenced_by"] = listForm(alert.silencedBy);
    object["inhibited_by"] = listForm(alert.inhibitedBy);
    return object;
}

Json healthForm(const health::InstanceId &id, const Snapshot<health::InstanceHealth> &snapshot, Timestamp now)
{
    const bool live = snapshot.freshness(now) == Freshness::Live;
    Json object;
    object["system"] = textForm(id.system);
    object["instance"] = textForm(id.instance);
    object["status"] = textForm(health::statusWord(live ? snapshot.data->status : health::HealthStatus::Unknown));
    object["components"] = Json::array();
    object["http_status"] = nullptr;
    object["latency_ms"] = nullptr;
    object["dialect"] = nullptr;
    if (snapshot.data && !snapshot.data->probes.isEmpty()) {
        const health::ProbeReport &probe = snapshot.data->probes.first();
        for (const health::ComponentHealth &component : probe.components) {
            object["components"].push_back({{"name", textForm(component.name)},
                                            {"status", textForm(health::statusWord(component.status))},
                                            {"detail", optionalText(component.detail)},
                                            {"latency_ms", numberForm(component.latencyMs)}});
        }
        object["http_status"] = probe.httpStatus;
        object["latency_ms"] = probe.latencyMs;
        object["dialect"] = textForm(probe.dialect);
        Json probes = Json::array();
        for (const health::ProbeReport &each : snapshot.data->probes)
            probes.push_back({{"path", textForm(each.path)},
                              {"status", textForm(health::statusWord(each.status))},
                              {"http_status", each.httpStatus}});
        object["probes"] = probes;
        object["note"] = optionalText(snapshot.data->note);
    }
    object["as_of"] = timeForm(snapshot.fetchedAt);
    object["error"] = snapshot.error ? textForm(sentenceFor(*snapshot.error)) : Json(nullptr);
    return object;
}

std::optional<double> failureRateOf(const breakers::Breaker &breaker)
{
    if (breaker.failureRate || !breaker.control || !breaker.control->counters)
        return breaker.failureRate;
    return breaker.control->counters->failureRate;
}

Json breakerForm(const breakers::Breaker &breaker)
{
    Json object;
    object["system"] = textForm(breaker.id.system);
    object["instance"] = textForm(breaker.id.instance);
    object["name"] = textForm(breaker.id.name);
    object["state"] = textForm(breakers::stateWord(breaker.state()));
    object["mode"] = textForm(breakers::modeWord(breaker.mode()));
    object["gauge_state"] = breaker.gauge ? textForm(breaker.gauge->word()) : Json(nullptr);
    // Over the last minute where two reads say so, else what the service itself counts.
    object["failure_rate"] = numberForm(failureRateOf(breaker));
    object["counters"] = nullptr;
    object["config"] = nullptr;
    object["since"] = timeForm(breaker.since);
    object["next_probe_at"] = nullptr;
    object["forced_until"] = nullptr;
    object["version"] = nullptr;
    if (breaker.control) {
        const breakers::ControlReading &control = *breaker.control;
        if (control.counters) {
            const breakers::BreakerCounters &c = *control.counters;
            object["counters"] = {{"total_calls", c.totalCalls},        {"total_successes", c.totalSuccesses},
                                  {"total_failures", c.totalFailures},  {"total_rejected", c.totalRejected},
                                  {"failure_count", c.failureCount},    {"success_count", c.successCount},
                                  {"half_open_calls", c.halfOpenCalls}, {"failure_rate", numberForm(c.failureRate)}};
        }
        object["config"] = {{"failure_threshold", numberForm(control.config.failureThreshold)},
                            {"success_threshold", numberForm(control.config.successThreshold)},
                            {"timeout_seconds", numberForm(control.config.timeoutSeconds)},
                            {"half_open_max_calls", numberForm(control.config.halfOpenMaxCalls)}};
        object["next_probe_at"] = timeForm(control.nextProbeAt);
        object["forced_until"] = timeForm(control.forcedUntil);
        object["version"] = optionalText(control.version);
    }
    object["as_of"] = timeForm(breaker.control ? breaker.controlAt
                               : breaker.gauge ? breaker.gauge->sampledAt
                                               : Timestamp{});
    object["error"] = optionalText(breaker.controlError);
    return object;
}

Json flagForm(const flags::Flag &flag, Timestamp asOf)
{
    Json object;
    object["system"] = textForm(flag.id.system);
    object["instance"] = textForm(flag.id.instance);
    object["name"] = textForm(flag.id.name);
    object["value"] = flag.value;
    object["configured_value"] = boolForm(flag.configuredValue);
    object["default"] = boolForm(flag.defaultValue);
    object["apply"] = flag.atRestart ? "restart" : "live";
    object["pending_restart"] = flag.pendingRestart;
    object["description"] = optionalText(flag.description);
    object["updated_at"] = timeForm(flag.updatedAt);
    object["updated_by"] = optionalText(flag.updatedBy);
    object["reason"] = optionalText(flag.reason);
    object["version"] = optionalText(flag.version);
    object["as_of"] = timeForm(asOf);
    return object;
}

Json sourceForm(const refresh::SourceStatus &status)
{
    Json object{{"name", textForm(status.name)},
                {"freshness", textForm(freshnessWord(status.freshness))},
                {"last_good", timeForm(status.lastGood)}};
    object["error"] = status.error ? textForm(sentenceFor(*status.error)) : Json(nullptr);
    return object;
}

QString tableText(const QStringList &header, const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QString &cell : header)
        widths += cell.size();
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths.at(i), row.at(i).size());
    }
    const auto lineOf = [&](const QStringList &cells) {
        QString line;
        for (qsizetype i = 0; i < cells.size(); ++i)
            line += i + 1 == cells.size() ? cells.at(i) : cells.at(i).leftJustified(widths.at(i) + 2);
        return line.trimmed().isEmpty() ? QString() : line + u'\n';
    };
    QString text = lineOf(header);
    for (const QStringList &row : rows)
        text += lineOf(row);
    return text;
}

} // namespace atalaya::console
