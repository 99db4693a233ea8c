// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/service_instance.h"

namespace atalaya::fleet {

/// The fleet's own API, for the admin token only: what goes wrong on purpose, and restarts.
///   GET /incidents, PUT /incidents/{name} {"active":true,"instance":"ID" or absent for all of its system}
///   both answer the list of all incidents
///   GET /instances, POST /instances/{id}/restart {"environment":{"NAME":"value" or null}}
/// An incident that restarts instances does so when it begins; every incident is undone by {"active":false}.
class AdminApi
{
public:
    using Instances = std::vector<std::unique_ptr<ServiceInstance>>;

    /// `instances` is read at each request.
    AdminApi(const Instances &instances, const std::vector<Credential> &credentials, const Clock &clock,
             Simulation &simulation, std::uint64_t seed);

    Answer answer(const Request &request);

private:
    Answer respond(const Request &request, const CorrelationContext &correlation);
    Answer instanceList() const;
    Answer incidentList() const;
    Answer setIncident(const std::string &name, const Request &request, const std::string &correlationId);
    Answer restart(const std::string &id, const Request &request, const Caller &caller,
                   const std::string &correlationId);
    std::vector<const IncidentDefinition *> knownIncidents() const;
    std::vector<ServiceInstance *> instancesOf(const std::string &system) const;

    const Instances &m_instances;
    Simulation &m_simulation;
    AccessControl m_access;
    RandomStream m_random;
};

} // namespace atalaya::fleet
