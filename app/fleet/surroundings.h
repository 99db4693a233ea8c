// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/dependency.h"
#include "app/fleet/host_machine.h"

#include <map>
#include <set>

namespace atalaya::fleet {

/// What lies around one instance and outlasts its process: the dependencies, as this instance reaches them, its
/// machine, and what makes its next start slow. Incidents act here and nowhere else.
class Surroundings
{
public:
    explicit Surroundings(std::vector<Dependency> dependencies) : m_dependencies(std::move(dependencies)) {}

    /// Null for a name this system does not call.
    Dependency *dependency(const std::string &name)
    {
        for (Dependency &dependency : m_dependencies) {
            if (dependency.name() == name)
                return &dependency;
        }
        return nullptr;
    }

    /// The named start-up check waits this long for its answer, for as long as the entry stands.
    std::map<std::string, SimTime> slowChecks;

    /// What else is wrong, by name; a process heeds what it knows.
    std::set<std::string> conditions;
    HostMachine host;

private:
    std::vector<Dependency> m_dependencies;
};

} // namespace atalaya::fleet
