// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ops_contract.h"

#include "app/fleet/correlation.h"
#include "app/fleet/ops_json.h"
#include "models/base/time_text.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace atalaya::fleet {

using Json = nlohmann::ordered_json;

namespace {

Answer jsonAnswer(const Json &json)
{
    return {.body = json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

std::string etag(const std::string &instanceId, quint64 version)
{
    return "\"" + instanceId + "-" + std::to_string(version) + "\"";
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
    if (!view.breakers.empty())
        capabilities.push_back("breakers.read");
    if (view.flags)
        capabilities.push_back("flags.read");
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
        if (!number || *number < 1 || *number > OpsContract::largestAuditPage)
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

} // namespace

OpsContract::OpsContract(std::string basePath, const Simulation &simulation)
    : m_basePath(std::move(basePath)), m_simulation(simulation)
{
}

bool OpsContract::isBelow(const std::string &path) const
{
    return path == m_basePath || path.starts_with(m_basePath + "/");
}

Answer OpsContract::answer(const OpsView &view, const Request &request, const Caller &caller,
                           const std::string &correlationId) const
{
    const std::string path = request.path.substr(m_basePath.size());
    const auto nameAfter = [&](std::string_view prefix) { return path.substr(prefix.size()); };
    const auto notSupported = [&] {
        return problem(404, "not_supported", "this service does not offer that", correlationId);
    };

    const bool isBreaker = path.starts_with("/breakers/") && path.find('/', 10) == std::string::npos;
    const bool isFlag = path.starts_with("/flags/") && path.find('/', 7) == std::string::npos;
    const bool isKnown = path == "/info" || (path == "/breakers" && !view.breakers.empty()) ||
                         (isBreaker && !view.breakers.empty()) || ((path == "/flags" || isFlag) && view.flags) ||
                         (path == "/startup" && view.startup) || (path == "/audit" && view.audit);
    if (!isKnown)
        return notSupported();
    if (request.method != "GET")
        return wrongMethod("GET", correlationId);
    const auto fault =
        path == "/audit" ? queryFault(request, {"since", "target", "limit", "cursor"}) : queryFault(request, {});
    if (fault)
        return problem(400, "invalid_request", *fault, correlationId);

    if (path == "/info")
        return infoAnswer(view, caller);
    if (path == "/audit")
        return auditAnswer(view, request, correlationId);
    if (path == "/startup") {
        Json json = startupJson(*view.startup);
        json["instance_id"] = view.instanceId;
        return jsonAnswer(json);
    }
    if (path == "/breakers") {
        Json json = listHead(view, m_simulation);
        json["breakers"] = Json::array();
        for (const CircuitBreaker *breaker : view.breakers)
            json["breakers"].push_back(breakerJson(*breaker, m_simulation));
        return jsonAnswer(json);
    }
    if (path == "/flags") {
        Json json = listHead(view, m_simulation);
        json["flags"] = Json::array();
        for (const FlagDefinition &definition : view.flags->definitions())
            json["flags"].push_back(flagJson(definition, *view.flags->status(definition.name)));
        return jsonAnswer(json);
    }

    const std::string name = isBreaker ? nameAfter("/breakers/") : nameAfter("/flags/");
    if (!isSafeName(name))
        return problem(400, "invalid_request", "a name is [A-Za-z0-9._-]{1,64}", correlationId);
    if (isBreaker) {
        for (const CircuitBreaker *breaker : view.breakers) {
            if (breaker->name() != name)
                continue;
            Answer answer = jsonAnswer(breakerJson(*breaker, m_simulation));
            answer.headers.emplace_back("ETag", etag(view.instanceId, breaker->version()));
            return answer;
        }
        return problem(404, "unknown_breaker", "there is no breaker of that name", correlationId);
    }
    if (const FlagDefinition *definition = view.flags->definition(name)) {
        const FlagStatus &status = *view.flags->status(name);
        Answer answer = jsonAnswer(flagJson(*definition, status));
        answer.headers.emplace_back("ETag", etag(view.instanceId, status.version));
        return answer;
    }
    return problem(404, "unknown_flag", "there is no flag of that name", correlationId);
}

} // namespace atalaya::fleet
