// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/feature_flags.h"
#include "app/fleet/startup_validation.h"
#include "app/fleet/surroundings.h"

namespace atalaya::fleet {

/// The start-up checks that any system is made of. What it is given outlives it; it outlives its checks.
class StartupProbes
{
public:
    StartupProbes(Simulation &simulation, Surroundings &surroundings, const Environment &environment,
                  RandomStream random, std::weak_ptr<const void> owner);

    /// Critical: all of them must be set.
    StartupCheck requiredVariables(const std::vector<std::string> &names) const;
    /// A warning where one is missing; no check at all where none is.
    std::vector<StartupCheck> optionalVariables(const std::vector<std::string> &names) const;
    /// Calls the dependency, three times at most; first waits as long as an incident makes this check wait.
    StartupCheck dependency(const std::string &check, const std::string &dependency, bool isCritical,
                            const std::string &good);

private:
    std::string missing(const std::vector<std::string> &names) const;
    void tryDependency(const std::string &dependency, int retries, std::function<void(const DependencyReply &)> done);
    void awaitSlowAnswer(const std::string &check, SimTime begin, std::function<void()> then);

    Simulation &m_simulation;
    Surroundings &m_surroundings;
    const Environment &m_environment;
    RandomStream m_random;
    std::weak_ptr<const void> m_owner;
};

} // namespace atalaya::fleet
