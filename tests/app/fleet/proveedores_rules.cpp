// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fleet/rule_watch.h"

namespace atalaya::fleet::test {

void judgeProveedores(RuleWatch &watch, Seconds at)
{
    const double all = watch.increase("http_requests_total");
    const double failed = watch.increase("http_requests_total", "status=\"5");
    const double ratio = all > 0 ? failed / all : 0;
    watch.judge("HighErrorRate", {}, ratio > 0.05, Seconds(120), at);
    watch.judge("ErrorRateAboveTarget", {}, ratio > 0.01, Seconds(600), at);
    const double p95 = watch.quantile(0.95, "http_request_duration_seconds");
    watch.judge("HighLatency", {}, p95 > 1, Seconds(300), at);
    watch.judge("LatencyAboveTarget", {}, p95 > 0.1, Seconds(900), at);
    for (const auto &[series, value] : watch.values("circuit_breaker_state")) {
        watch.judge("CircuitBreakerOpen", series, value == 1, Seconds(60), at);
        watch.judge("CircuitBreakerStuckHalfOpen", series, value == 2, Seconds(300), at);
        watch.judge("CircuitBreakerRecoveryTooSlow", series, value > 0, Seconds(120), at);
    }
    for (const std::string model : {"gpt-3.5-turbo", "text-embedding-3-small"}) {
        const double requests = watch.increase("openai_requests_total", "model=\"" + model + "\"");
        const double errors = watch.increase("openai_errors_total", "model=\"" + model + "\"");
        watch.judge("OpenAIErrorRatioHigh", model, requests > 0 && errors / requests > 0.05, Seconds(300), at);
    }
    std::map<std::string, double> databaseErrors;
    for (const auto &[series, value] : watch.increases("db_errors_total"))
        databaseErrors[series] += value;
    for (const auto &[series, value] : databaseErrors)
        watch.judge("DatabaseErrors", series, value / double(RuleWatch::usualWindow.count()) > 0.1, Seconds(300), at);
    for (const auto &[instance, isUp] : watch.up())
        watch.judge("AiProveedoresTargetDown", instance, !isUp, Seconds(60), at);
}

} // namespace atalaya::fleet::test
