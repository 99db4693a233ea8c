// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/service_process.h"

namespace atalaya::fleet {

/// An alert an incident causes: how long the incident must last, in simulated seconds, before it surely fires.
struct ExpectedAlert
{
    std::string alert;
    Seconds firesWithin{0};
    bool needsEveryInstance = false; ///< only where the incident strikes every instance of the system
};

/// Something that goes wrong around a system. It changes the surroundings only; what follows, follows.
struct IncidentDefinition
{
    std::string name;
    std::string system;
    std::string summary;
    std::vector<std::string> breakers; ///< those it opens
    std::vector<ExpectedAlert> alerts; ///< these fire, and no other of the system's
    bool restartsInstance = false;
    std::function<void(Surroundings &)> begin;
    std::function<void(Surroundings &)> end;
};

/// An exporter beside the instance, which answers at the instance's address but not from its process: it goes on while
/// that restarts.
struct NeighbourTarget
{
    std::string job;
    std::string metricsPath;
    std::function<std::string(const Surroundings &, const Simulation &)> text;
};

/// One kind of system the fleet can run.
struct SystemDefinition
{
    std::string key;
    std::string job; ///< under which its rules and dashboards expect it in Prometheus
    std::string metricsPath;
    std::string version;
    Environment environment; ///< what its processes find where the configuration says nothing else
    std::vector<FlagDefinition> flags;
    std::function<Surroundings()> makeSurroundings;
    std::function<std::unique_ptr<ServiceProcess>(ProcessContext)> makeProcess;
    std::vector<IncidentDefinition> incidents;
    std::vector<NeighbourTarget> neighbours;
};

/// Every system the fleet knows.
std::vector<SystemDefinition> knownSystems();

} // namespace atalaya::fleet
