// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/circuit_breaker.h"

namespace atalaya::fleet {

const char *wordFor(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return "closed";
    case BreakerState::Open:
        return "open";
    case BreakerState::HalfOpen:
        break;
    }
    return "half_open";
}

CircuitBreaker::CircuitBreaker(std::string name, BreakerConfig config, const Moment &now, quint64 version,
                               std::function<quint64()> nextVersion)
    : m_name(std::move(name)), m_config(config), m_nextVersion(std::move(nextVersion)), m_version(version), m_since(now)
{
}

void CircuitBreaker::setListener(Listener listener)
{
    m_listener = std::move(listener);
}

std::optional<BreakerPermit> CircuitBreaker::admit(const Moment &now)
{
    advance(now);
    if (const auto probe = nextProbe(); probe && now.sim >= *probe)
        moveTo(BreakerState::HalfOpen, now, {});

    // A probe whose caller never came back must not keep the breaker half-open for good.
    if (m_state == BreakerState::HalfOpen && m_counters.halfOpenCalls >= m_config.halfOpenMaxCalls &&
        now.sim - m_lastProbe >= m_config.timeout) {
        m_counters.halfOpenCalls = 0;
        m_counters.successCount = 0;
        ++m_period;
    }

    const bool isFull = m_state == BreakerState::HalfOpen && m_counters.halfOpenCalls >= m_config.halfOpenMaxCalls;
    if (m_state == BreakerState::Open || isFull) {
        ++m_counters.totalRejected;
        return {};
    }
    if (m_state == BreakerState::HalfOpen) {
        ++m_counters.halfOpenCalls;
        m_lastProbe = now.sim;
    }
    ++m_counters.totalCalls;
    return BreakerPermit{m_period};
}

void CircuitBreaker::succeed(const BreakerPermit &permit, const Moment &now)
{
    ++m_counters.totalSuccesses;
    if (permit.period != m_period)
        return; // begun in an earlier state: says nothing about this one
    if (m_state == BreakerState::Closed)
        m_counters.failureCount = 0;
    else if (m_state == BreakerState::HalfOpen && ++m_counters.successCount >= m_config.successThreshold)
        moveTo(BreakerState::Closed, now, {});
}

void CircuitBreaker::fail(const BreakerPermit &permit, const Moment &now)
{
    ++m_counters.totalFailures;
    if (m_listener.failed)
        m_listener.failed();
    if (permit.period != m_period)
        return;
    if (m_state == BreakerState::Closed && ++m_counters.failureCount < m_config.failureThreshold)
        return;
    if (m_state != BreakerState::Open)
        moveTo(BreakerState::Open, now, {});
}

void CircuitBreaker::advance(const Moment &now)
{
    if (m_mode == BreakerMode::ForcedOpen && m_forcedUntil && now.sim >= *m_forcedUntil) {
        m_mode = BreakerMode::Automatic;
        moveTo(BreakerState::HalfOpen, now, {});
    }
}

void CircuitBreaker::setEnabled(bool enabled, const Moment &now)
{
    if (m_enabled == enabled)
        return;
    m_enabled = enabled;
    if (!enabled && m_state != BreakerState::Closed) {
        m_mode = BreakerMode::Automatic;
        moveTo(BreakerState::Closed, now, {});
    }
}

bool CircuitBreaker::forceOpen(std::optional<SimTime> hold, const OperatorNote &by, const Moment &now,
                               SimTime sameWithin)
{
    const auto until = hold ? std::optional(now.sim + *hold) : std::nullopt;
    const bool isSameHold = until.has_value() == m_forcedUntil.has_value() &&
                            (!until || std::chrono::abs(*until - *m_forcedUntil) < sameWithin);
    if (m_mode == BreakerMode::ForcedOpen && isSameHold)
        return false;
    m_version = m_nextVersion();
    moveTo(BreakerState::Open, now, by);
    m_mode = BreakerMode::ForcedOpen;
    m_forcedUntil = until;
    return true;
}

bool CircuitBreaker::release(const OperatorNote &by, const Moment &now)
{
    if (m_mode != BreakerMode::ForcedOpen)
        return false;
    m_version = m_nextVersion();
    m_mode = BreakerMode::Automatic;
    moveTo(BreakerState::HalfOpen, now, by);
    return true;
}

bool CircuitBreaker::reset(const OperatorNote &by, const Moment &now)
{
    if (m_state == BreakerState::Closed && m_counters.failureCount == 0)
        return false;
    m_version = m_nextVersion();
    m_mode = BreakerMode::Automatic;
    moveTo(BreakerState::Closed, now, by);
    return true;
}

std::optional<SimTime> CircuitBreaker::nextProbe() const
{
    if (m_state != BreakerState::Open || m_mode == BreakerMode::ForcedOpen)
        return {};
    return m_openedAt->sim + m_config.timeout;
}

void CircuitBreaker::moveTo(BreakerState state, const Moment &now, const std::optional<OperatorNote> &by)
{
    const BreakerState from = m_state;
    m_counters.failureCount = 0;
    m_counters.successCount = 0;
    m_counters.halfOpenCalls = 0;
    ++m_period;
    m_forcedUntil.reset();
    m_lastChange = BreakerChange{now, by};
    m_state = state;
    if (state == BreakerState::Closed)
        m_openedAt.reset();
    else if (state == BreakerState::Open && from != BreakerState::Open)
        m_openedAt = now;
    if (from != state) {
        m_since = now;
        if (m_listener.stateChanged)
            m_listener.stateChanged(from, state, now);
    }
}

} // namespace atalaya::fleet
