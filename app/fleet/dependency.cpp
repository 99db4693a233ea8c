// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/dependency.h"

#include <cmath>

namespace atalaya::fleet {

void Dependency::disturb(const std::string &incident, Behaviour behaviour)
{
    calm(incident);
    m_disturbances.emplace_back(incident, std::move(behaviour));
}

void Dependency::calm(const std::string &incident)
{
    std::erase_if(m_disturbances, [&](const auto &entry) { return entry.first == incident; });
}

DependencyReply Dependency::answer(RandomStream &random, int callsAtOnce, double effort) const
{
    const Behaviour &now = behaviour();
    DependencyReply reply;
    reply.isGood = !random.chance(now.failureShare);
    double ms = reply.isGood ? random.lognormal(now.medianMs * effort, now.spread)
                             : random.lognormal(now.failureMedianMs, now.failureSpread);
    if (callsAtOnce > now.comfortableCalls)
        ms *= double(callsAtOnce) / now.comfortableCalls;
    if (!reply.isGood) {
        std::vector<double> weights;
        for (const FailureKind &kind : now.failures)
            weights.push_back(kind.weight);
        reply.errorType = weights.empty() ? "error" : now.failures[random.pick(weights)].errorType;
    }
    reply.latency = SimTime(std::llround(ms * 1000));
    if (reply.latency > now.timeLimit)
        reply = {false, "timeout", now.timeLimit};
    return reply;
}

} // namespace atalaya::fleet
