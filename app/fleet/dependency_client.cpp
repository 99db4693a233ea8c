// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/dependency_client.h"

namespace atalaya::fleet {

DependencyClient::DependencyClient(Simulation &simulation, const Dependency &dependency, CircuitBreaker *breaker,
                                   RandomStream random)
    : m_simulation(simulation), m_dependency(dependency), m_breaker(breaker), m_random(std::move(random))
{
}

void DependencyClient::call(const std::weak_ptr<const void> &owner, double effort,
                            std::function<void(const CallOutcome &)> done)
{
    const bool isGuarded = m_breaker && m_breaker->isEnabled();
    std::optional<BreakerPermit> permit;
    if (isGuarded) {
        permit = m_breaker->admit(m_simulation.moment());
        if (!permit) {
            done({.isRejected = true, .errorType = "circuit_open"});
            return;
        }
    }
    ++m_underWay;
    const DependencyReply reply = m_dependency.answer(m_random, m_underWay, effort);
    m_simulation.schedule(m_simulation.now() + reply.latency, owner, [this, permit, reply, done = std::move(done)] {
        --m_underWay;
        if (permit) {
            if (reply.isGood)
                m_breaker->succeed(*permit, m_simulation.moment());
            else
                m_breaker->fail(*permit, m_simulation.moment());
        }
        const CallOutcome outcome{.isGood = reply.isGood, .errorType = reply.errorType, .latency = reply.latency};
        remember(outcome);
        done(outcome);
    });
}

double DependencyClient::recentFailureShare() const
{
    if (m_recent.empty())
        return 0;
    return double(std::count(m_recent.begin(), m_recent.end(), false)) / double(m_recent.size());
}

void DependencyClient::remember(const CallOutcome &outcome)
{
    m_last = outcome;
    m_recent.push_back(outcome.isGood);
    if (m_recent.size() > 10)
        m_recent.pop_front();
}

} // namespace atalaya::fleet
