// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/access.h"
#include "app/fleet/audit_log.h"
#include "app/fleet/circuit_breaker.h"
#include "app/fleet/feature_flags.h"
#include "app/fleet/startup_validation.h"

namespace atalaya::fleet {

/// What of one process the control contract shows. A null part is one this service does not have: it is left out of the
/// capabilities and answered 404 `not_supported`.
struct OpsView
{
    std::string service;
    std::string version;
    std::string instanceId;
    Moment startedAt;
    std::vector<const CircuitBreaker *> breakers;
    const FeatureFlags *flags = nullptr;
    const StartupValidation *startup = nullptr;
    const AuditLog *audit = nullptr;
};

/// The read half of the control contract `ops/1` under a base path. Reads change nothing. What it cannot do yet it does
/// not offer: the capabilities name reads only, any other method is 405.
class OpsContract
{
public:
    static constexpr std::size_t largestAuditPage = 500;

    OpsContract(std::string basePath, const Simulation &simulation);

    bool isBelow(const std::string &path) const;
    Answer answer(const OpsView &view, const Request &request, const Caller &caller,
                  const std::string &correlationId) const;

private:
    std::string m_basePath;
    const Simulation &m_simulation;
};

} // namespace atalaya::fleet
