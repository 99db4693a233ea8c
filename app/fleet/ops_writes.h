// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/access.h"
#include "app/fleet/idempotency_keys.h"
#include "app/fleet/ops_route.h"
#include "app/fleet/ops_view.h"

namespace atalaya::fleet {

/// The write half of the control contract: trip, release, reset and reset-all of breakers, and setting a flag. Every
/// write by a known caller ends as one audit entry, whatever comes of it; a replay is not a write.
class OpsWrites
{
public:
    explicit OpsWrites(Simulation &simulation);

    /// Everything after media type and identity, in the contract's order: role, instance, key, If-Match, body.
    Answer answer(const OpsView &view, const OpsRoute &route, const Request &request, const Caller &caller,
                  const std::string &correlationId);

private:
    Simulation &m_simulation;
    IdempotencyKeys m_keys;
};

} // namespace atalaya::fleet
