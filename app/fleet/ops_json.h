// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/audit_log.h"
#include "app/fleet/circuit_breaker.h"
#include "app/fleet/feature_flags.h"
#include "app/fleet/startup_validation.h"

#include <nlohmann/json_fwd.hpp>

namespace atalaya::fleet {

/// The resources of the control contract as JSON. Moments and the contract's own durations (a breaker's timeout) are
/// those of the wall clock; measured times (a check's duration) are the service's own, that is simulated.
nlohmann::ordered_json breakerJson(const CircuitBreaker &breaker, const Simulation &simulation);
nlohmann::ordered_json flagJson(const FlagDefinition &definition, const FlagStatus &status);
nlohmann::ordered_json startupJson(const StartupValidation &startup);
std::string auditId(const AuditEntry &entry, const std::string &instanceId);
/// The entity tag of a breaker or flag, with its quotes. For the reader it is opaque.
std::string etagOf(const std::string &instanceId, quint64 version);
nlohmann::ordered_json auditJson(const AuditEntry &entry, const std::string &service, const std::string &instanceId);

} // namespace atalaya::fleet
