// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ops_reads.h"

#include "app/fleet/correlation.h"
#include "app/fleet/ops_json.h"
#include "models/base/time_text.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace atalaya::fleet {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t largestAuditPage = 500;

Answer jsonAnswer(const Json &json)
{
    return {.body = json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Json listHead(const OpsView &view, const Simulation &simulation)
{
    return {{"instance_id", view.instanceId},
            {"started_at", rfc3339(view.startedAt.wall).toStdString()},
            {"generated_at", rfc3339(simulation.moment().wall).toStdString()}};
}

std::optional<quint64> wholeNumber(const std::string &text)
{
    quint64 number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return {};
    return number;
}

Answer infoAnswer(const OpsView &view, const Caller &caller)
{
    Json capabilities = Json::array();
    if (view.startup)
        capabilities.push_back("startup");
    for (const char *access : {"breakers.read", "breakers.write"}) {
        if (!view.breakers.empty())
            capabilities.push_back(access);
    }
    for (const char *access : {"flags.read", "flags.write"}) {
        if (view.flags)
            capabilities.push_back(access);
    }
    if (view.audit)
        capabilities.push_back("audit.read");
    Json roles = Json::array({"viewer"});
    if (caller.role == Role::Operator)
        roles.push_back("operator");
    return jsonAnswer({{"service", view.service},
                       {"version", view.version},
                       {"instance_id", view.instanceId},
                       {"started_at", rfc3339(view.startedAt.wall).toStdString()},
                       {"contract", "ops/1"},
                       {"capabilities", capabilities},
                       {"roles", roles}});
}

Answer auditAnswer(const OpsView &view, const Request &request, const std::string &correlationId)
{
    const auto refuse = [&](const std::string &detail) {
        return problem(400, "invalid_request", detail, correlationId);
    };
    AuditQuery query;
    if (const auto since = request.queryValue("since")) {
        const auto time = parseTime(QString::fromStdString(*since));
        if (!time || since->find('T') == std::string::npos)
            return refuse("since is not an RFC 3339 time");
        query.since = *time;
    }
    if (const auto target = request.queryValue("target")) {
        if (!isSafeName(*target))
            return refuse("target is not a name");
        query.target = *target;
    }
    if (const auto limit = request.queryValue("limit")) {
        const auto number = wholeNumber(*limit);
        if (!number || *number < 1 || *number > largestAuditPage)
            return refuse("limit is a whole number from 1 to 500");
        query.limit = std::size_t(*number);
    }
    if (const auto cursor = request.queryValue("cursor")) {
        query.olderThan = wholeNumber(*cursor);
        if (!query.olderThan)
            return refuse("cursor is not one this service gave");
    }

    const std::size_t wanted = query.limit;
    ++query.limit; // one more tells whether another page follows
    auto entries = view.audit->entries(query);
    Json nextCursor = nullptr;
    if (entries.size() > wanted) {
        entries.pop_back();
        nextCursor = std::to_string(entries.back().number);
    }
    Json list = Json::array();
    for (const AuditEntry &entry : entries)
        list.push_back(auditJson(entry, view.service, view.instanceId));
    return jsonAnswer({{"entries", list}, {"next_cursor", nextCursor}});
}

Answer breakersAnswer(const OpsView &view, const Simulation &simulation)
{
    Json json = listHead(view, simulation);
    json["breakers"] = Json::array();
    for (const CircuitBreaker *breaker : view.breakers)
        json["breakers"].push_back(breakerJson(*breaker, simulation));
    return jsonAnswer(json);
}

Answer breakerAnswer(const OpsView &view, const std::string &name, const Simulation &simulation,
                     const std::string &correlationId)
{
    const CircuitBreaker *breaker = view.breaker(name);
    if (!breaker)
        return problem(404, "unknown_breaker", "there is no breaker of that name", correlationId);
    Answer answer = jsonAnswer(breakerJson(*breaker, simulation));
    answer.headers.emplace_back("ETag", etagOf(view.instanceId, breaker->version()));
    return answer;
}

Answer flagsAnswer(const OpsView &view, const Simulation &simulation)
{
    Json json = listHead(view, simulation);
    json["flags"] = Json::array();
    for (const FlagDefinition &definition : view.flags->definitions())
        json["flags"].push_back(flagJson(definition, *view.flags->status(definition.name)));
    return jsonAnswer(json);
}

Answer flagAnswer(const OpsView &view, const std::string &name, const std::string &correlationId)
{
    const FlagDefinition *definition = view.flags->definition(name);
    if (!definition)
        return problem(404, "unknown_flag", "there is no flag of that name", correlationId);
    const FlagStatus &status = *view.flags->status(name);
    Answer answer = jsonAnswer(flagJson(*definition, status));
    answer.headers.emplace_back("ETag", etagOf(view.instanceId, status.version));
    return answer;
}

Answer startupAnswer(const OpsView &view)
{
    Json json = startupJson(*view.startup);
    json["instance_id"] = view.instanceId;
    return jsonAnswer(json);
}

} // namespace

Answer readAnswer(const OpsView &view, const OpsRoute &route, const Request &request, const Caller &caller,
                  const Simulation &simulation, const std::string &correlationId)
{
    switch (route.resource) {
    case OpsResource::Info:
        return infoAnswer(view, caller);
    case OpsResource::Breakers:
        return breakersAnswer(view, simulation);
    case OpsResource::Breaker:
        return breakerAnswer(view, route.name, simulation, correlationId);
    case OpsResource::Flags:
        return flagsAnswer(view, simulation);
    case OpsResource::Flag:
        return flagAnswer(view, route.name, correlationId);
    case OpsResource::Startup:
        return startupAnswer(view);
    case OpsResource::Audit:
        return auditAnswer(view, request, correlationId);
    default:
        return problem(404, "not_supported", "this service does not offer that", correlationId);
    }
}

} // namespace atalaya::fleet
