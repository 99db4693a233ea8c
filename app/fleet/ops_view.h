// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/audit_log.h"
#include "app/fleet/circuit_breaker.h"
#include "app/fleet/feature_flags.h"
#include "app/fleet/startup_validation.h"

namespace atalaya::fleet {

/// What of one process the control contract shows and changes. A null part is one this service does not have: it is
/// left out of the capabilities and answered 404 `not_supported`.
struct OpsView
{
    std::string service;
    std::string version;
    std::string instanceId;
    Moment startedAt;
    std::vector<CircuitBreaker *> breakers;
    FeatureFlags *flags = nullptr;
    const StartupValidation *startup = nullptr;
    AuditLog *audit = nullptr;
    std::weak_ptr<const void> process; ///< what is put off (a hold's end) is dropped once it is gone
    /// The flag has been set; the rest of the process follows.
    std::function<void(const FlagDefinition &definition, const FlagOverride &set)> flagSet;

    CircuitBreaker *breaker(const std::string &name) const
    {
        for (CircuitBreaker *breaker : breakers) {
            if (breaker->name() == name)
                return breaker;
        }
        return nullptr;
    }
};

} // namespace atalaya::fleet
