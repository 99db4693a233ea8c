// SPDX-License-Identifier: GPL-3.0-or-later
// What Anclora says of its health, in its own words.
#include "app/fleet/anclora.h"
#include "models/base/time_text.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace atalaya::fleet {

namespace {

using Json = nlohmann::ordered_json;

constexpr double slowRedisMs = 50;
constexpr std::size_t manyWaiting = 10'000;
constexpr SimTime longestPause = std::chrono::minutes(5);
constexpr double muchHeap = 768.0 * 1024 * 1024;
constexpr double tooMuchHeap = 1024.0 * 1024 * 1024;

enum class CheckWord
{
    Pass,
    Warn,
    Fail
};

struct AncloraCheck
{
    std::string name;
    bool isCritical = false;
    CheckWord word = CheckWord::Pass;
    std::string message;
    double durationMs = 0;
    Json details = Json::object();
};

double rounded(double value)
{
    return std::round(value * 10) / 10;
}

AncloraCheck redisCheck(const std::string &name, bool isCritical, const DependencyClient &client, int connections)
{
    AncloraCheck check{.name = name, .isCritical = isCritical, .message = "connected"};
    if (const auto &last = client.lastOutcome())
        check.durationMs = rounded(double(last->latency.count()) / 1000);
    check.details["connections"] = connections;
    const double failures = client.recentFailureShare();
    if (failures >= 0.5) {
        check.word = CheckWord::Fail;
        check.message = "most of the last operations failed";
    } else if (failures >= 0.2 || check.durationMs > slowRedisMs) {
        check.word = CheckWord::Warn;
        check.message = failures >= 0.2 ? "some of the last operations failed" : "slow";
    }
    return check;
}

AncloraCheck gradedCheck(const std::string &name, double value, double warnFrom, double failFrom, Json details)
{
    AncloraCheck check{.name = name, .message = "within limits", .details = std::move(details)};
    if (value >= warnFrom) {
        check.word = value >= failFrom ? CheckWord::Fail : CheckWord::Warn;
        check.message = "above its limit";
    }
    return check;
}

Json jsonOf(const AncloraCheck &check)
{
    static constexpr const char *words[] = {"pass", "warn", "fail"};
    return {{"status", words[std::size_t(check.word)]},
            {"message", check.message},
            {"duration", check.durationMs},
            {"details", check.details}};
}

const char *overallOf(const std::vector<AncloraCheck> &checks)
{
    const char *overall = "healthy";
    for (const AncloraCheck &check : checks) {
        if (check.word == CheckWord::Fail && check.isCritical)
            return "unhealthy";
        if (check.word != CheckWord::Pass)
            overall = "degraded";
    }
    return overall;
}

} // namespace

Answer Anclora::healthNow() const
{
    const SimTime now = context().simulation.now();
    std::vector<AncloraCheck> checks;
    if (phase() == Phase::Starting) {
        checks.push_back({.name = "startup",
                          .isCritical = true,
                          .word = CheckWord::Fail,
                          .message = "waiting for " + startup().runningCheck().value_or("the next check")});
    } else {
        checks = {redisCheck("redis", true, m_redis.client, m_redis.inUse()),
                  redisCheck("analyticsRedis", false, m_analytics.client, m_analytics.inUse())};
        const std::size_t waiting = m_backend->waitingInAll();
        AncloraCheck queue{.name = "queue",
                           .isCritical = true,
                           .message = std::to_string(waiting) + " waiting",
                           .details = {{"waiting", waiting},
                                       {"active", m_backend->active()},
                                       {"completed", m_processed},
                                       {"failed", m_failed}}};
        if (waiting > 0 && now - m_lastProcessed > longestPause)
            queue.word = CheckWord::Fail;
        else if (waiting > manyWaiting)
            queue.word = CheckWord::Warn;
        checks.push_back(std::move(queue));
        const double MiB = 1024 * 1024;
        checks.push_back(gradedCheck("memory", m_runtime.heapUsedBytes(), muchHeap, tooMuchHeap,
                                     {{"heapUsedMB", rounded(m_runtime.heapUsedBytes() / MiB)},
                                      {"heapTotalMB", rounded(m_runtime.heapTotalBytes() / MiB)},
                                      {"rssMB", rounded(m_runtime.residentBytes() / MiB)}}));
        const double lagMs = m_runtime.eventLoopLagSeconds() * 1000;
        checks.push_back(gradedCheck("eventLoop", lagMs, 100, 500, {{"lagMs", rounded(lagMs)}}));
        const double disk = context().surroundings.host.diskUsage() * 100;
        checks.push_back(gradedCheck("disk", disk, 85, 95, {{"usedPercent", rounded(disk)}}));
    }

    Json parts = Json::object();
    for (const AncloraCheck &check : checks)
        parts[check.name] = jsonOf(check);
    const std::string overall = overallOf(checks);
    const double uptime = double(context().simulation.realSpan(now - startedAt().sim).count()) / 1000;
    const auto environment = context().environment.find("NODE_ENV");
    const Json json{
        {"status", overall},
        {"timestamp", rfc3339(context().simulation.moment().wall).toStdString()},
        {"uptime", uptime},
        {"checks", parts},
        {"metadata",
         {{"version", context().version},
          {"environment", environment == context().environment.end() ? "development" : environment->second}}}};
    return {.status = overall == "unhealthy" ? 503 : 200, .body = json.dump()};
}

} // namespace atalaya::fleet
