// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ops_json.h"

#include "models/base/time_text.h"

#include <nlohmann/json.hpp>

namespace atalaya::fleet {

using Json = nlohmann::ordered_json;

namespace {

std::string timeText(Timestamp time)
{
    return rfc3339(time).toStdString();
}

Json timeOrNull(const std::optional<Moment> &moment)
{
    return moment ? Json(timeText(moment->wall)) : Json(nullptr);
}

Json textOrNull(const std::string &text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

double milliseconds(SimTime span)
{
    return double(span.count()) / 1000;
}

const char *wordFor(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Pass:
        return "pass";
    case CheckStatus::Warning:
        return "warning";
    case CheckStatus::Fail:
        break;
    }
    return "fail";
}

} // namespace

Json breakerJson(const CircuitBreaker &breaker, const Simulation &simulation)
{
    // Wall times count on from the stored moment, so that reading twice gives the same text to the millisecond.
    const auto wallOf = [&](std::optional<SimTime> at) {
        if (!at)
            return Json(nullptr);
        const Moment &from = breaker.openedAt() ? *breaker.openedAt() : breaker.since();
        return Json(timeText(from.wall + simulation.realSpan(*at - from.sim)));
    };
    Json change = nullptr;
    if (const auto &last = breaker.lastChange()) {
        const OperatorNote by = last->by.value_or(OperatorNote{});
        change = {{"at", timeText(last->at.wall)},
                  {"by", last->by ? "operator" : "automatic"},
                  {"operator", textOrNull(by.operatorName)},
                  {"reason", textOrNull(by.reason)},
                  {"correlation_id", textOrNull(by.correlationId)}};
    }
    const BreakerConfig &config = breaker.config();
    const BreakerCounters &counters = breaker.counters();
    const double timeout = double(simulation.realSpan(config.timeout).count()) / 1000;
    return {{"name", breaker.name()},
            {"state", wordFor(breaker.state())},
            {"mode", breaker.mode() == BreakerMode::ForcedOpen ? "forced_open" : "auto"},
            {"enabled", breaker.isEnabled()},
            {"version", breaker.version()},
            {"since", timeText(breaker.since().wall)},
            {"opened_at", timeOrNull(breaker.openedAt())},
            {"next_probe_at", wallOf(breaker.nextProbe())},
            {"forced_until", wallOf(breaker.forcedUntil())},
            {"has_fallback", config.hasFallback},
            {"config",
             {{"failure_threshold", config.failureThreshold},
              {"success_threshold", config.successThreshold},
              {"timeout_seconds", timeout},
              {"half_open_max_calls", config.halfOpenMaxCalls}}},
            {"counters",
             {{"total_calls", counters.totalCalls},
              {"total_successes", counters.totalSuccesses},
              {"total_failures", counters.totalFailures},
              {"total_rejected", counters.totalRejected},
              {"failure_count", counters.failureCount},
              {"success_count", counters.successCount},
              {"half_open_calls", counters.halfOpenCalls},
              {"failure_rate", counters.failureRate()}}},
            {"last_change", change}};
}

Json flagJson(const FlagDefinition &definition, const FlagStatus &status)
{
    return {{"name", definition.name},
            {"type", "bool"},
            {"value", status.value},
            {"configured_value", status.configuredValue},
            {"default", definition.defaultValue},
            {"phase", definition.phase},
            {"description", definition.description},
            {"apply", definition.isLive ? "live" : "restart"},
            {"pending_restart", status.isRestartPending()},
            {"source", wordFor(status.source)},
            {"depends_on", definition.dependsOn},
            {"rollback", definition.rollback},
            {"version", status.version},
            {"updated_at", timeText(status.updatedAt)},
            {"updated_by", textOrNull(status.updatedBy.operatorName)},
            {"reason", textOrNull(status.updatedBy.reason)}};
}

Json startupJson(const StartupValidation &startup)
{
    using Phase = StartupValidation::Phase;
    Json json;
    if (startup.phase() == Phase::Skipped) {
        json = {{"status", "skipped"}, {"reason", "feature_flag_disabled"}, {"results", Json::array()}};
    } else {
        Json results = Json::array();
        for (const CheckResult &result : startup.results()) {
            results.push_back({{"name", result.name},
                               {"status", wordFor(result.verdict.status)},
                               {"message", result.verdict.message},
                               {"critical", result.isCritical},
                               {"duration_ms", milliseconds(result.duration)}});
        }
        const char *status = startup.phase() == Phase::Running  ? "running"
                             : startup.phase() == Phase::Passed ? "healthy"
                                                                : "unhealthy";
        json = {{"total_duration_ms", milliseconds(startup.duration())},
                {"total_checks", startup.results().size()},
                {"passed", startup.count(CheckStatus::Pass)},
                {"warnings", startup.count(CheckStatus::Warning)},
                {"critical_failures", startup.criticalFailures()},
                {"status", status},
                {"results", results},
                {"budget_ms", milliseconds(StartupValidation::budget)}};
        if (const auto running = startup.runningCheck())
            json["running_check"] = *running;
    }
    json["started_at"] = timeText(startup.startedAt().wall);
    json["finished_at"] = timeOrNull(startup.finishedAt());
    return json;
}

std::string auditId(const AuditEntry &entry, const std::string &instanceId)
{
    return instanceId + "-" + std::to_string(entry.number);
}

std::string etagOf(const std::string &instanceId, quint64 version)
{
    return "\"" + instanceId + "-" + std::to_string(version) + "\"";
}

Json auditJson(const AuditEntry &entry, const std::string &service, const std::string &instanceId)
{
    return {{"id", auditId(entry, instanceId)},
            {"at", timeText(entry.at)},
            {"operator", entry.operatorName},
            {"role", entry.role},
            {"action", entry.action},
            {"target", entry.target},
            {"service", service},
            {"instance_id", instanceId},
            {"before", Json::parse(entry.before, nullptr, false)},
            {"after", Json::parse(entry.after, nullptr, false)},
            {"result", entry.result},
            {"reason", entry.reason},
            {"correlation_id", entry.correlationId},
            {"idempotency_key", textOrNull(entry.idempotencyKey)},
            {"client",
             {{"app", textOrNull(entry.clientApp)},
              {"version", textOrNull(entry.clientVersion)},
              {"host", textOrNull(entry.clientHost)}}}};
}

} // namespace atalaya::fleet
