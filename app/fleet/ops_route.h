// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace atalaya::fleet {

enum class OpsResource
{
    None,
    Info,
    Breakers,
    Breaker,
    Trip,
    Release,
    Reset,
    ResetAll,
    Flags,
    Flag,
    Startup,
    Audit
};

/// Which resource of the control contract a path names, and the methods it has.
struct OpsRoute
{
    OpsResource resource = OpsResource::None;
    std::string name; ///< of the breaker or flag, as sent
    std::string allowed;

    /// Whether `method` is among the allowed ones and changes something.
    bool isWrite(const std::string &method) const;
};

/// `path` begins after the base path, with its slash.
OpsRoute opsRouteFor(const std::string &path);

} // namespace atalaya::fleet
