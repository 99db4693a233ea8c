// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/circuit_breaker.h"
#include "app/fleet/dependency.h"

#include <deque>

namespace atalaya::fleet {

struct CallOutcome
{
    bool isRejected = false; ///< turned away by the breaker: nothing was sent
    bool isGood = false;
    std::string errorType;
    SimTime latency{0};
};

/// One process's way to a dependency, through its breaker where it has one. Keeps what its last calls came to, which is
/// what the health answer says of the dependency.
class DependencyClient
{
public:
    /// `breaker` may be null. Both references outlive the client.
    DependencyClient(Simulation &simulation, const Dependency &dependency, CircuitBreaker *breaker,
                     RandomStream random);

    /// Calls once; `done` runs when the answer is there (at once where the breaker rejects), unless `owner` is gone.
    void call(const std::weak_ptr<const void> &owner, double effort, std::function<void(const CallOutcome &)> done);

    int callsUnderWay() const { return m_underWay; }
    /// The share of failures among the last ten calls that were sent; 0 before the first.
    double recentFailureShare() const;
    const std::optional<CallOutcome> &lastOutcome() const { return m_last; }
    const CircuitBreaker *breaker() const { return m_breaker; }

private:
    void remember(const CallOutcome &outcome);

    Simulation &m_simulation;
    const Dependency &m_dependency;
    CircuitBreaker *m_breaker;
    RandomStream m_random;
    int m_underWay = 0;
    std::deque<bool> m_recent;
    std::optional<CallOutcome> m_last;
};

} // namespace atalaya::fleet
