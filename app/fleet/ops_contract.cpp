// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ops_contract.h"

#include "app/fleet/correlation.h"

#include <algorithm>
#include <cctype>

namespace atalaya::fleet {

namespace {

/// Empty where the query names nothing but `allowed`, each at most once.
std::optional<std::string> queryFault(const Request &request, std::initializer_list<std::string_view> allowed)
{
    std::vector<std::string_view> seen;
    for (const auto &[name, value] : request.query) {
        if (std::ranges::count(allowed, name) == 0)
            return "there is no query parameter of that name here";
        if (std::ranges::count(seen, name) > 0)
            return "a query parameter is given twice";
        seen.push_back(name);
    }
    return {};
}

bool isOffered(const OpsView &view, OpsResource resource)
{
    switch (resource) {
    case OpsResource::None:
        return false;
    case OpsResource::Info:
        return true;
    case OpsResource::Startup:
        return view.startup;
    case OpsResource::Audit:
        return view.audit;
    case OpsResource::Flags:
    case OpsResource::Flag:
        return view.flags;
    default:
        return !view.breakers.empty();
    }
}

bool isJson(const std::string &contentType)
{
    std::string type = contentType.substr(0, contentType.find(';'));
    type.erase(type.find_last_not_of(' ') + 1);
    return std::ranges::equal(type, std::string_view("application/json"), {},
                              [](unsigned char c) { return std::tolower(c); });
}

} // namespace

OpsContract::OpsContract(std::string basePath, Simulation &simulation)
    : m_basePath(std::move(basePath)), m_simulation(simulation), m_writes(simulation)
{
}

bool OpsContract::isBelow(const std::string &path) const
{
    return path == m_basePath || path.starts_with(m_basePath + "/");
}

Answer OpsContract::answer(const OpsView &view, const Request &request, AccessControl &access,
                           const std::string &correlationId)
{
    OpsRoute route = opsRouteFor(request.path.substr(m_basePath.size()));
    if (!isOffered(view, route.resource))
        route = {};
    const bool isWrite = route.isWrite(request.method);
    if (isWrite && !isJson(request.header("Content-Type").value_or(std::string())))
        return problem(415, "unsupported_media_type", "a write is application/json", correlationId);

    const auto identified = access.identify(request, correlationId);
    if (const Answer *refusal = std::get_if<Answer>(&identified))
        return *refusal;
    const Caller &caller = std::get<Caller>(identified);
    if (isWrite)
        return m_writes.answer(view, route, request, caller, correlationId);

    if (caller.role == Role::Admin)
        return problem(403, "forbidden", "the role of this token does not reach here", correlationId);
    if (route.resource == OpsResource::None)
        return problem(404, "not_supported", "this service does not offer that", correlationId);
    if (request.method != "GET" || route.allowed == "POST")
        return wrongMethod(route.allowed, correlationId);
    const auto fault = route.resource == OpsResource::Audit
                           ? queryFault(request, {"since", "target", "limit", "cursor"})
                           : queryFault(request, {});
    if (fault)
        return problem(400, "invalid_request", *fault, correlationId);
    const bool isNamed = route.resource == OpsResource::Breaker || route.resource == OpsResource::Flag;
    if (isNamed && !isSafeName(route.name))
        return problem(400, "invalid_request", "a name is [A-Za-z0-9._-]{1,64}", correlationId);
    return readAnswer(view, route, request, caller, m_simulation, correlationId);
}

} // namespace atalaya::fleet
