// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/operator_note.h"
#include "app/fleet/simulation.h"

#include <optional>
#include <string>

namespace atalaya::fleet {

enum class BreakerState
{
    Closed,
    Open,
    HalfOpen
};
/// "closed", "open", "half_open".
const char *wordFor(BreakerState state);
enum class BreakerMode
{
    Automatic,
    ForcedOpen
};

struct BreakerConfig
{
    int failureThreshold = 5; ///< failures in a row that open it
    int successThreshold = 2; ///< successes in half-open that close it
    SimTime timeout = Seconds(60);
    int halfOpenMaxCalls = 3;
    bool hasFallback = false; ///< callers have something else to answer with
};

struct BreakerCounters
{
    qint64 totalCalls = 0; ///< calls let through; those turned away are counted in `totalRejected` only
    qint64 totalSuccesses = 0;
    qint64 totalFailures = 0;
    qint64 totalRejected = 0;
    int failureCount = 0;
    int successCount = 0;
    int halfOpenCalls = 0;

    double failureRate() const { return totalCalls > 0 ? double(totalFailures) / double(totalCalls) : 0.0; }
};

struct BreakerChange
{
    Moment at;
    std::optional<OperatorNote> by; ///< empty: the breaker itself
};

/// Leave for one call; handed back with its outcome.
struct BreakerPermit
{
    quint64 period = 0;
};

/// A circuit breaker: closed, open after `failureThreshold` failures in a row, half-open at the first call after
/// `timeout`, closed after `successThreshold` good probes, open again at the first bad one. Only `admit`, `succeed`,
/// `fail`, `advance` and the operator's calls change it; every getter is const and changes nothing. Time is simulated
/// (monotonic). For one thread.
class CircuitBreaker
{
public:
    struct Listener
    {
        std::function<void(BreakerState from, BreakerState to, const Moment &at)> stateChanged;
        std::function<void()> failed;
    };

    CircuitBreaker(std::string name, BreakerConfig config, const Moment &now, quint64 version,
                   std::function<quint64()> nextVersion);
    void setListener(Listener listener);

    /// Leave to call, or none (the call is rejected).
    std::optional<BreakerPermit> admit(const Moment &now);
    void succeed(const BreakerPermit &permit, const Moment &now);
    void fail(const BreakerPermit &permit, const Moment &now);
    /// Ends a forced hold that has run out.
    void advance(const Moment &now);
    /// Off: calls are meant to pass it by, and it rests closed.
    void setEnabled(bool enabled, const Moment &now);

    /// Open until `hold` has passed, or until reset or release where there is none. False where that is already so: an
    /// end that differs by less than `sameWithin` is the same.
    bool forceOpen(std::optional<SimTime> hold, const OperatorNote &by, const Moment &now,
                   SimTime sameWithin = Seconds(1));
    /// Ends a forced state: half-open. False where nothing is forced.
    bool release(const OperatorNote &by, const Moment &now);
    /// Closed, automatic, the window's counters cleared, the totals kept. False where that is already so.
    bool reset(const OperatorNote &by, const Moment &now);

    const std::string &name() const { return m_name; }
    const BreakerConfig &config() const { return m_config; }
    const BreakerCounters &counters() const { return m_counters; }
    BreakerState state() const { return m_state; }
    BreakerMode mode() const { return m_mode; }
    bool isEnabled() const { return m_enabled; }
    /// True in `Open` only: a half-open breaker is not open.
    bool isOpen() const { return m_state == BreakerState::Open; }
    quint64 version() const { return m_version; }
    const Moment &since() const { return m_since; }
    const std::optional<Moment> &openedAt() const { return m_openedAt; }
    const std::optional<BreakerChange> &lastChange() const { return m_lastChange; }
    /// When the next call may probe; empty unless open by itself.
    std::optional<SimTime> nextProbe() const;
    std::optional<SimTime> forcedUntil() const { return m_forcedUntil; }

private:
    void moveTo(BreakerState state, const Moment &now, const std::optional<OperatorNote> &by);

    std::string m_name;
    BreakerConfig m_config;
    std::function<quint64()> m_nextVersion;
    quint64 m_version;
    Listener m_listener;
    BreakerState m_state = BreakerState::Closed;
    BreakerMode m_mode = BreakerMode::Automatic;
    bool m_enabled = true;
    BreakerCounters m_counters;
    quint64 m_period = 0;
    SimTime m_lastProbe{0};
    Moment m_since;
    std::optional<Moment> m_openedAt;
    std::optional<SimTime> m_forcedUntil;
    std::optional<BreakerChange> m_lastChange;
};

} // namespace atalaya::fleet
