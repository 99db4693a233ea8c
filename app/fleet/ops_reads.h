// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/access.h"
#include "app/fleet/ops_route.h"
#include "app/fleet/ops_view.h"

namespace atalaya::fleet {

/// The read half of the control contract: answers a GET of a resource the view has. Changes nothing.
Answer readAnswer(const OpsView &view, const OpsRoute &route, const Request &request, const Caller &caller,
                  const Simulation &simulation, const std::string &correlationId);

} // namespace atalaya::fleet
