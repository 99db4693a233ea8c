// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/startup_probes.h"

namespace atalaya::fleet {

StartupProbes::StartupProbes(Simulation &simulation, Surroundings &surroundings, const Environment &environment,
                             RandomStream random, std::weak_ptr<const void> owner)
    : m_simulation(simulation)
    , m_surroundings(surroundings)
    , m_environment(environment)
    , m_random(std::move(random))
    , m_owner(std::move(owner))
{
}

std::string StartupProbes::missing(const std::vector<std::string> &names) const
{
    std::string list;
    for (const std::string &name : names) {
        const auto found = m_environment.find(name);
        if (found == m_environment.end() || found->second.empty())
            list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

StartupCheck StartupProbes::requiredVariables(const std::vector<std::string> &names) const
{
    return {"environment_variables", true, [missing = missing(names)](const std::function<void(CheckVerdict)> &done) {
                if (missing.empty())
                    done({CheckStatus::Pass, "all set"});
                else
                    done({CheckStatus::Fail, "missing: " + missing});
            }};
}

std::vector<StartupCheck> StartupProbes::optionalVariables(const std::vector<std::string> &names) const
{
    const std::string list = missing(names);
    if (list.empty())
        return {};
    return {{"environment_variables_optional", false, [list](const std::function<void(CheckVerdict)> &done) {
                 done({CheckStatus::Warning, "missing, default used: " + list});
             }}};
}

StartupCheck StartupProbes::dependency(const std::string &check, const std::string &dependency, bool isCritical,
                                       const std::string &good)
{
    return {check, isCritical,
            [this, check, dependency, isCritical, good](const std::function<void(CheckVerdict)> &done) {
                awaitSlowAnswer(check, m_simulation.now(), [this, dependency, isCritical, good, done] {
                    tryDependency(dependency, 2, [isCritical, good, done](const DependencyReply &reply) {
                        if (reply.isGood)
                            done({CheckStatus::Pass, good});
                        else
                            done({isCritical ? CheckStatus::Fail : CheckStatus::Warning, reply.errorType});
                    });
                });
            }};
}

void StartupProbes::tryDependency(const std::string &dependency, int retries,
                                  std::function<void(const DependencyReply &)> done)
{
    const DependencyReply reply = m_surroundings.dependency(dependency)->answer(m_random, 1);
    m_simulation.schedule(m_simulation.now() + reply.latency, m_owner,
                          [this, dependency, retries, reply, done = std::move(done)] {
                              if (!reply.isGood && retries > 0)
                                  tryDependency(dependency, retries - 1, done);
                              else
                                  done(reply);
                          });
}

void StartupProbes::awaitSlowAnswer(const std::string &check, SimTime begin, std::function<void()> then)
{
    const auto slow = m_surroundings.slowChecks.find(check);
    if (slow == m_surroundings.slowChecks.end() || m_simulation.now() - begin >= slow->second) {
        then();
        return;
    }
    m_simulation.schedule(m_simulation.now() + Milliseconds(500), m_owner,
                          [this, check, begin, then = std::move(then)] { awaitSlowAnswer(check, begin, then); });
}

} // namespace atalaya::fleet
