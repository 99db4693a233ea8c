// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ops_route.h"

#include <optional>

namespace atalaya::fleet {

namespace {

/// What stands between `before` and `after`, where that is one part of a path.
std::optional<std::string> partBetween(const std::string &path, const std::string &before, const std::string &after)
{
    if (!path.starts_with(before) || !path.ends_with(after) || path.size() < before.size() + after.size())
        return {};
    std::string part = path.substr(before.size(), path.size() - before.size() - after.size());
    if (part.find('/') != std::string::npos)
        return {};
    return part;
}

} // namespace

bool OpsRoute::isWrite(const std::string &method) const
{
    return (method == "POST" && allowed == "POST") || (method == "PUT" && resource == OpsResource::Flag);
}

OpsRoute opsRouteFor(const std::string &path)
{
    using enum OpsResource;
    for (const auto &[known, resource] : {std::pair{"/info", Info},
                                          {"/breakers", Breakers},
                                          {"/flags", Flags},
                                          {"/startup", Startup},
                                          {"/audit", Audit}}) {
        if (path == known)
            return {resource, {}, "GET"};
    }
    if (path == "/breakers/reset-all")
        return {ResetAll, {}, "POST"};
    for (const auto &[action, resource] : {std::pair{"/trip", Trip}, {"/release", Release}, {"/reset", Reset}}) {
        if (const auto name = partBetween(path, "/breakers/", action))
            return {resource, *name, "POST"};
    }
    if (const auto name = partBetween(path, "/breakers/", ""))
        return {Breaker, *name, "GET"};
    if (const auto name = partBetween(path, "/flags/", ""))
        return {Flag, *name, "GET, PUT"};
    return {};
}

} // namespace atalaya::fleet
