// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/error.h"
#include "models/base/state.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace atalaya::health {

enum class HealthStatus
{
    Healthy,
    Degraded,
    Unhealthy,
    Unknown
};
/// "healthy", "degraded", "unhealthy", "unknown".
QString statusWord(HealthStatus status);
State stateOf(HealthStatus status);
/// A service's own word, case-blind ("UP", "not_ready", "ready_degraded"); Unknown for a word nobody knows.
HealthStatus statusFromWord(const QString &word);
/// The worse of two: unhealthy, unknown, degraded, healthy.
HealthStatus worse(HealthStatus a, HealthStatus b);

struct ComponentHealth
{
    QString name;
    HealthStatus status = HealthStatus::Unknown;
    QString word;   ///< the service's own word for it ("pass", "connected", "UP")
    QString detail; ///< message, or the figures it gave
    std::optional<double> latencyMs;
    std::optional<bool> critical;

    bool operator==(const ComponentHealth &) const = default;
};

/// One answer of one health path of one instance.
struct ProbeReport
{
    QString path;
    HealthStatus status = HealthStatus::Unknown;
    QString word; ///< the service's own overall word
    QList<ComponentHealth> components;
    QString dialect; ///< which form was recognised, "components", "spring-boot", "plain text", ...
    int httpStatus = 0;
    double latencyMs = 0; ///< of the probe itself
    QByteArray raw;       ///< the body, for one click away
    QString version;

    bool operator==(const ProbeReport &) const = default;
};

/// All probes of one instance. The first path decides; a failing ready with a passing live reads "draining".
struct InstanceHealth
{
    HealthStatus status = HealthStatus::Unknown;
    QList<ProbeReport> probes;
    QString note; ///< "draining", "answers healthy but its scrape is down: metrics flag off or path wrong", ...

    bool operator==(const InstanceHealth &) const = default;
};

/// One start-up check and the whole validation (specification 4.6).
struct StartupCheck
{
    QString name;
    QString status; ///< "pass", "warning", "fail"
    QString message;
    bool critical = false;
    double durationMs = 0;

    bool operator==(const StartupCheck &) const = default;
};

struct StartupReport
{
    QString status; ///< "healthy", "unhealthy", "skipped", "running"
    QString reason; ///< of "skipped"
    double totalDurationMs = 0;
    QList<StartupCheck> checks;
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> finishedAt;

    static constexpr double budgetMs = 5000;
    bool operator==(const StartupReport &) const = default;
};

} // namespace atalaya::health
