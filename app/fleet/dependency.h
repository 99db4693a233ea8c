// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/random_stream.h"
#include "app/fleet/simulation.h"

#include <string>
#include <vector>

namespace atalaya::fleet {

/// One way to fail, and how often compared with the others.
struct FailureKind
{
    std::string errorType;
    double weight = 1;
};

/// How something outside answers: log-normal times, a share of failures, a time limit kept by the caller.
struct Behaviour
{
    double medianMs = 10;
    double spread = 0.4; ///< sigma of the logarithm
    double failureShare = 0;
    double failureMedianMs = 20;
    double failureSpread = 0.3;
    std::vector<FailureKind> failures;
    SimTime timeLimit = Seconds(10); ///< a slower answer is a failure of type "timeout" at this moment
    double comfortableCalls = 50;    ///< calls at once beyond which every answer gets slower
};

struct DependencyReply
{
    bool isGood = true;
    std::string errorType;
    SimTime latency{0};
};

/// Something a service calls: a database, an API, a cache. It lives outside the process, so it outlasts restarts. What
/// it is like now is its normal behaviour, or that of the disturbance an incident brought.
class Dependency
{
public:
    Dependency(std::string name, Behaviour normal) : m_name(std::move(name)), m_normal(std::move(normal)) {}

    const std::string &name() const { return m_name; }
    const Behaviour &normal() const { return m_normal; }
    bool isDisturbed() const { return !m_disturbances.empty(); }
    /// Several incidents may disturb it at once; the last that began is felt.
    void disturb(const std::string &incident, Behaviour behaviour);
    void calm(const std::string &incident);

    /// How one call made now goes, with `callsAtOnce` under way; `effort` stretches a good answer's time.
    DependencyReply answer(RandomStream &random, int callsAtOnce, double effort = 1) const;

private:
    const Behaviour &behaviour() const { return m_disturbances.empty() ? m_normal : m_disturbances.back().second; }

    std::string m_name;
    Behaviour m_normal;
    std::vector<std::pair<std::string, Behaviour>> m_disturbances;
};

} // namespace atalaya::fleet
