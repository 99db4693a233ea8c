// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/state.h"

#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <optional>

namespace atalaya::breakers {

struct BreakerId
{
    QString system;
    QString name;
    QString instance;

    auto operator<=>(const BreakerId &) const = default;
    bool operator==(const BreakerId &) const = default;
    friend size_t qHash(const BreakerId &id, size_t seed = 0)
    {
        return qHashMulti(seed, id.system, id.name, id.instance);
    }
};

enum class BreakerState
{
    Unknown,
    Closed,
    HalfOpen,
    Open
};
enum class BreakerMode
{
    Auto,
    ForcedOpen,
    Disabled,
    MetricsOnly,
    Bypassed
};
QString stateWord(BreakerState state); ///< "unknown", "closed", "half_open", "open"
QString modeWord(BreakerMode mode);    ///< "auto", "forced_open", "disabled", "metrics_only", "bypassed"
BreakerState breakerStateFromWord(const QString &word); ///< case-blind, '-' and '_' alike; Unknown for others

struct BreakerCounters
{
    double totalCalls = 0, totalSuccesses = 0, totalFailures = 0, totalRejected = 0;
    double failureCount = 0, successCount = 0, halfOpenCalls = 0;
    std::optional<double> failureRate; ///< 0 to 1
    bool knowsRejected = false;        ///< false: `totalRejected` was not said, its 0 means nothing

    bool operator==(const BreakerCounters &) const = default;
};

struct BreakerConfig
{
    std::optional<int> failureThreshold, successThreshold, halfOpenMaxCalls;
    std::optional<double> timeoutSeconds;

    bool operator==(const BreakerConfig &) const = default;
};

/// What a control endpoint says of one breaker of one instance. What is absent was not said.
struct ControlReading
{
    QString name;
    BreakerState state = BreakerState::Unknown;
    BreakerMode mode = BreakerMode::Auto;
    QString version; ///< opaque; for If-Match
    QString etag;
    std::optional<Timestamp> since, openedAt, nextProbeAt, forcedUntil;
    std::optional<bool> hasFallback;
    std::optional<BreakerCounters> counters;
    BreakerConfig config;
    QString lastChangeBy, lastChangeReason;

    bool operator==(const ControlReading &) const = default;
};

/// What the metric says. `number` outside the system's encoding gives Unknown and the word "unknown(n)".
struct GaugeReading
{
    double number = 0;
    BreakerState state = BreakerState::Unknown;
    Timestamp sampledAt{};

    QString word() const;
    bool operator==(const GaugeReading &other) const
    {
        // Not a number is unequal to itself and would make every refresh look like a change.
        const bool isSame = number == other.number || (number != number && other.number != other.number);
        return isSame && state == other.state && sampledAt == other.sampledAt;
    }
};

/// One breaker of one instance as the console knows it: both readings side by side, and rates made from the counters of
/// two reads (absent until there are two; never 0 for "not known").
struct Breaker
{
    BreakerId id;
    std::optional<ControlReading> control;
    std::optional<GaugeReading> gauge;
    bool controlLive = false; ///< the control reading is fresh
    bool gaugeLive = false;
    Timestamp controlAt{}; ///< when each was read; epoch: never
    QString controlError;  ///< short reason when the endpoint does not answer
    std::optional<double> callsPerSecond, rejectedPerSecond, failureRate; ///< failureRate 0 to 1, over the last minute
    std::optional<Timestamp> since;                                       ///< in this state since
    std::optional<Timestamp> tripLostAt; ///< a forced state was lost when the service started anew, then

    /// The state to show: the fresh control reading, else the fresh gauge, else Unknown.
    BreakerState state() const;
    BreakerMode mode() const { return control && controlLive ? control->mode : BreakerMode::Auto; }
    /// True when both are fresh and name different states.
    bool differs() const;
    /// Pending for half-open, critical for open, forced for held open, warning for bypassed and disabled, unknown.
    State shownState() const;
    /// "closed", "half-open", "forced open", "bypassed", "unknown", "unknown(7)".
    QString shownWord() const;
    /// The state that was last seen when nothing is fresh, and when.
    std::optional<std::pair<BreakerState, Timestamp>> lastSeen() const;
    bool operator==(const Breaker &) const = default;
};

} // namespace atalaya::breakers

Q_DECLARE_METATYPE(atalaya::breakers::Breaker)
