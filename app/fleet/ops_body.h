// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/ops_route.h"
#include "models/base/clock.h"

#include <QtCore/QtGlobal>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace atalaya::fleet {

/// What the body of a write says. Each kind of write fills its own part; all have a reason.
struct OpsBody
{
    std::string reason;
    std::optional<Seconds> hold;                           ///< trip; none: until reset or release
    std::vector<std::pair<std::string, quint64>> expected; ///< reset-all: names and the versions they were seen at
    bool value = false;                                    ///< flag
};

/// The body, or what is wrong with it: every field must be there, known, of its type and given once.
std::variant<OpsBody, std::string> readOpsBody(OpsResource resource, const std::string &text);

} // namespace atalaya::fleet
