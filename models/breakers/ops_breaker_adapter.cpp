// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/ops_breaker_adapter.h"

#include "models/base/time_text.h"
#include "models/http/json_reader.h"

#include <cmath>

namespace atalaya::breakers {

using namespace Qt::Literals::StringLiterals;
using http::Json;

namespace {

std::optional<Timestamp> timeAt(const Json &json, const char *key)
{
    const auto text = http::stringAt(json, key);
    if (!text)
        return std::nullopt;
    const Result<Timestamp> time = parseTime(*text);
    return time ? std::optional<Timestamp>(*time) : std::nullopt;
}

std::optional<double> finiteAt(const Json &json, const char *key)
{
    const auto number = http::numberAt(json, key);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<int> wholeAt(const Json &json, const char *key)
{
    const auto number = finiteAt(json, key);
    return number && std::abs(*number) < 1e9 ? std::optional<int>(static_cast<int>(std::lround(*number)))
                                             : std::nullopt;
}

QStringList textsAt(const Json &json, const char *key)
{
    QStringList texts;
    if (const Json *list = http::arrayAt(json, key)) {
        for (const Json &item : *list) {
            if (item.is_string())
                texts += http::toQString(item);
        }
    }
    return texts;
}

std::optional<BreakerCounters> countersFrom(const Json &json)
{
    const auto calls = finiteAt(json, "total_calls");
    if (!calls)
        return std::nullopt;
    BreakerCounters counters;
    counters.totalCalls = *calls;
    counters.totalSuccesses = finiteAt(json, "total_successes").value_or(0);
    counters.totalFailures = finiteAt(json, "total_failures").value_or(0);
    counters.knowsRejected = finiteAt(json, "total_rejected").has_value();
    counters.totalRejected = finiteAt(json, "total_rejected").value_or(0);
    counters.failureCount = finiteAt(json, "failure_count").value_or(0);
    counters.successCount = finiteAt(json, "success_count").value_or(0);
    counters.halfOpenCalls = finiteAt(json, "half_open_calls").value_or(0);
    // "0 when no calls" is the specification's formula; without calls there is no rate.
    if (*calls > 0)
        counters.failureRate = finiteAt(json, "failure_rate");
    return counters;
}

Result<ControlReading> readingFrom(const Json &json, const QString &endpoint)
{
    const std::optional<QString> name = http::stringAt(json, "name");
    const std::optional<QString> state = http::stringAt(json, "state");
    if (!name || name->isEmpty() || !state)
        return failure(ErrorKind::Malformed, endpoint, u"answered a breaker without name or state"_s);
    ControlReading reading;
    reading.name = *name;
    reading.state = breakerStateFromWord(*state);
    const QString mode = http::stringAt(json, "mode").value_or(QString()).toLower();
    if (mode == u"forced_open" || state->compare(u"forced_open", Qt::CaseInsensitive) == 0)
        reading.mode = BreakerMode::ForcedOpen;
    else if (mode == u"disabled")
        reading.mode = BreakerMode::Disabled;
    else if (mode == u"metrics_only")
        reading.mode = BreakerMode::MetricsOnly;
    if (http::boolAt(json, "enabled") == false)
        reading.mode = BreakerMode::Bypassed;
    const auto version = json.find("version");
    if (version != json.end() && version->is_primitive() && !version->is_null())
        reading.version = http::toQString(*version);
    reading.since = timeAt(json, "since");
    reading.openedAt = timeAt(json, "opened_at");
    reading.nextProbeAt = timeAt(json, "next_probe_at");
    reading.forcedUntil = timeAt(json, "forced_until");
    reading.hasFallback = http::boolAt(json, "has_fallback");
    const Json *counters = http::objectAt(json, "counters");
    reading.counters = countersFrom(counters ? *counters : json);
    if (const Json *config = http::objectAt(json, "config")) {
        reading.config.failureThreshold = wholeAt(*config, "failure_threshold");
        reading.config.successThreshold = wholeAt(*config, "success_threshold");
        reading.config.halfOpenMaxCalls = wholeAt(*config, "half_open_max_calls");
        reading.config.timeoutSeconds = finiteAt(*config, "timeout_seconds");
    }
    if (const Json *change = http::objectAt(json, "last_change")) {
        const QString by = http::stringAt(*change, "by").value_or(QString());
        reading.lastChangeBy = http::stringAt(*change, "operator").value_or(by);
        reading.lastChangeReason = http::stringAt(*change, "reason").value_or(QString());
    }
    return reading;
}

} // namespace

Result<OpsInfo> decodeOpsInfo(const http::HttpResponse &response)
{
    const Result<Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    if (!http::arrayAt(*json, "capabilities"))
        return failure(ErrorKind::Malformed, response.endpoint, u"answered an /info without capabilities"_s);
    OpsInfo info;
    info.service = http::stringAt(*json, "service").value_or(QString());
    info.version = http::stringAt(*json, "version").value_or(QString());
    info.instanceId = http::stringAt(*json, "instance_id").value_or(QString());
    info.contract = http::stringAt(*json, "contract").value_or(QString());
    info.startedAt = timeAt(*json, "started_at");
    info.capabilities = textsAt(*json, "capabilities");
    info.roles = textsAt(*json, "roles");
    return info;
}

Result<BreakerList> decodeOpsBreakers(const http::HttpResponse &response)
{
    const Result<Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    BreakerList list;
    list.isControllable = json->is_object();
    list.instanceId = http::stringAt(*json, "instance_id").value_or(QString());
    list.startedAt = timeAt(*json, "started_at");
    list.generatedAt = timeAt(*json, "generated_at");
    const Json *breakers = json->is_array() ? &*json : http::arrayAt(*json, "breakers");
    if (!breakers)
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not a list of breakers"_s);
    for (const Json &item : *breakers) {
        Result<ControlReading> reading = readingFrom(item, response.endpoint);
        if (!reading)
            return failure(std::move(reading.error()));
        list.breakers.append(*std::move(reading));
    }
    return list;
}

Result<ControlReading> decodeOpsBreaker(const http::HttpResponse &response)
{
    const Result<Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    const Json *inner = http::objectAt(*json, "breaker");
    Result<ControlReading> reading = readingFrom(inner ? *inner : *json, response.endpoint);
    if (reading)
        reading->etag = QString::fromLatin1(response.header("etag"));
    return reading;
}

Pending<OpsInfo> OpsBreakerAdapter::fetchInfo(const http::Endpoint &endpoint, const QString &base) const
{
    return decodeOffThread<OpsInfo>(m_transport.fetch(endpoint, {.path = base + u"/info"_s}),
                                    [](const http::HttpResponse &r) { return decodeOpsInfo(r); });
}

Pending<BreakerList> OpsBreakerAdapter::fetchBreakers(const http::Endpoint &endpoint, const QString &base) const
{
    return decodeOffThread<BreakerList>(m_transport.fetch(endpoint, {.path = base + u"/breakers"_s}),
                                        [](const http::HttpResponse &r) { return decodeOpsBreakers(r); });
}

Pending<ControlReading> OpsBreakerAdapter::fetchBreaker(const http::Endpoint &endpoint, const QString &base,
                                                        const QString &name) const
{
    return decodeOffThread<ControlReading>(m_transport.fetch(endpoint, {.path = base + u"/breakers/"_s + name}),
                                           [](const http::HttpResponse &r) { return decodeOpsBreaker(r); });
}

} // namespace atalaya::breakers
