// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ops_writes.h"

#include "app/fleet/correlation.h"
#include "app/fleet/ops_body.h"
#include "app/fleet/ops_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace atalaya::fleet {

using Json = nlohmann::ordered_json;

namespace {

/// One write as it came.
struct Attempt
{
    const OpsView &view;
    const OpsRoute &route;
    const Request &request;
    const Caller &caller;
    const std::string &correlationId;
    std::variant<OpsBody, std::string> body; ///< read first, so that a refusal too can be audited with its reason

    const OpsBody *readable() const { return std::get_if<OpsBody>(&body); }
    OperatorNote note() const { return {caller.name, readable() ? readable()->reason : std::string(), correlationId}; }
};

/// Carried out, or already so.
struct Done
{
    std::string result;
    Json answer; ///< without the audit's id
    Json before = Json::object();
    Json after = Json::object();
    int status = 200;
};

struct Refused
{
    int status;
    std::string code;
    std::string detail;
    std::string current = "null";
};

using Outcome = std::variant<Done, Refused>;

const char *actionOf(OpsResource resource)
{
    switch (resource) {
    case OpsResource::Trip:
        return "breaker.trip";
    case OpsResource::Release:
        return "breaker.release";
    case OpsResource::Reset:
        return "breaker.reset";
    case OpsResource::ResetAll:
        return "breaker.reset_all";
    default:
        return "flag.set";
    }
}

std::string resultOf(const Refused &refused)
{
    if (refused.status == 403)
        return "denied";
    return refused.status == 409 || refused.status == 412 ? "conflict" : "error";
}

/// "atalaya/1.2 (host)" of the User-Agent header, as far as it is there.
void nameClient(const std::string &userAgent, AuditEntry &entry)
{
    const auto end = userAgent.find(' ');
    const std::string product = userAgent.substr(0, end);
    const auto slash = product.find('/');
    entry.clientApp = product.substr(0, std::min(slash, std::size_t(64)));
    if (slash != std::string::npos)
        entry.clientVersion = product.substr(slash + 1, 64);
    if (end == std::string::npos || userAgent[end + 1] != '(')
        return;
    const auto close = userAgent.find(')', end);
    if (close != std::string::npos)
        entry.clientHost = userAgent.substr(end + 2, std::min(close - end - 2, std::size_t(255)));
}

std::string auditWrite(const Attempt &attempt, Timestamp at, const std::string &result, const Json &before,
                       const Json &after)
{
    AuditEntry entry;
    entry.at = at;
    entry.operatorName = attempt.caller.name;
    entry.role = wordFor(attempt.caller.role);
    entry.action = actionOf(attempt.route.resource);
    entry.target = attempt.route.resource == OpsResource::ResetAll ? "*"
                   : isSafeName(attempt.route.name)                ? attempt.route.name
                                                                   : "";
    if (const OpsBody *body = attempt.readable()) {
        for (const auto &[name, version] : body->expected)
            entry.alsoTargets.push_back(name);
    }
    entry.before = before.dump();
    entry.after = after.dump();
    entry.result = result;
    entry.reason = attempt.note().reason;
    entry.correlationId = attempt.correlationId;
    entry.idempotencyKey = attempt.request.header("Idempotency-Key").value_or(std::string()).substr(0, 64);
    nameClient(attempt.request.header("User-Agent").value_or(std::string()), entry);
    return auditId(attempt.view.audit->add(std::move(entry)), attempt.view.instanceId);
}

bool isUuid(const std::string &text)
{
    constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return std::ranges::equal(text, shape, [](char c, char wanted) {
        const bool isHex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        return wanted == '-' ? c == '-' : isHex;
    });
}

/// One strong tag in quotes: no list, no `*`, no weak one.
bool isOneTag(const std::string &text)
{
    return text.size() > 2 && text.front() == '"' && text.back() == '"' &&
           std::all_of(text.begin() + 1, text.end() - 1, [](char c) { return c > ' ' && c != '"' && c != ','; });
}

/// Role, instance and key.
std::optional<Refused> refusalBeforeKey(const Attempt &attempt)
{
    if (attempt.caller.role != Role::Operator)
        return Refused{403, "forbidden", "writing takes an operator's token"};
    const auto instance = attempt.request.header("X-Ops-Instance");
    if (!instance)
        return Refused{400, "invalid_request", "X-Ops-Instance is missing"};
    if (*instance != attempt.view.instanceId)
        return Refused{421, "wrong_instance", "this is " + attempt.view.instanceId};
    if (!isUuid(attempt.request.header("Idempotency-Key").value_or(std::string())))
        return Refused{400, "invalid_request", "Idempotency-Key is a UUID"};
    return {};
}

std::optional<Refused> refusalOfTag(const Attempt &attempt)
{
    const auto tag = attempt.request.header("If-Match");
    if (!tag)
        return Refused{428, "precondition_required", "If-Match is missing"};
    if (!isOneTag(*tag))
        return Refused{400, "invalid_request", "If-Match is one strong entity tag"};
    if (!isSafeName(attempt.route.name))
        return Refused{400, "invalid_request", "a name is [A-Za-z0-9._-]{1,64}"};
    return {};
}

std::optional<Refused> refusalOfVersion(const Attempt &attempt, quint64 version, const Json &current)
{
    if (*attempt.request.header("If-Match") == etagOf(attempt.view.instanceId, version))
        return {};
    return Refused{412, "version_conflict", "it has been changed since", current.dump()};
}

std::optional<Refused> refusalOfBody(const Attempt &attempt)
{
    if (!attempt.request.query.empty())
        return Refused{400, "invalid_request", "there is no query parameter of that name here"};
    if (const auto *fault = std::get_if<std::string>(&attempt.body))
        return Refused{400, "invalid_request", *fault};
    return {};
}

Json stateOf(const CircuitBreaker &breaker, const Simulation &simulation)
{
    const Json json = breakerJson(breaker, simulation);
    Json part;
    for (const char *key : {"state", "mode", "forced_until", "version"})
        part[key] = json[key];
    return part;
}

Json stateOf(const FlagStatus &status)
{
    return {{"value", status.value}, {"configured_value", status.configuredValue}, {"version", status.version}};
}

bool tripBreaker(CircuitBreaker &breaker, const Attempt &attempt, Simulation &simulation)
{
    const auto wanted = attempt.readable()->hold;
    const auto hold = wanted ? std::optional(simulation.simSpan(*wanted)) : std::nullopt;
    const Moment now = simulation.moment();
    if (!breaker.forceOpen(hold, attempt.note(), now, simulation.simSpan(Seconds(1))))
        return false;
    // Nobody may call meanwhile, and reading changes nothing: the hold has to end by itself.
    if (hold) {
        simulation.schedule(now.sim + *hold, attempt.view.process,
                            [&breaker, &simulation] { breaker.advance(simulation.moment()); });
    }
    return true;
}

bool actOn(CircuitBreaker &breaker, const Attempt &attempt, Simulation &simulation)
{
    switch (attempt.route.resource) {
    case OpsResource::Trip:
        return tripBreaker(breaker, attempt, simulation);
    case OpsResource::Release:
        return breaker.release(attempt.note(), simulation.moment());
    default:
        return breaker.reset(attempt.note(), simulation.moment());
    }
}

Outcome writeBreaker(const Attempt &attempt, Simulation &simulation)
{
    CircuitBreaker *breaker = attempt.view.breaker(attempt.route.name);
    if (!breaker)
        return Refused{404, "unknown_breaker", "there is no breaker of that name"};
    if (auto refused = refusalOfVersion(attempt, breaker->version(), breakerJson(*breaker, simulation)))
        return *refused;
    if (auto refused = refusalOfBody(attempt))
        return *refused;
    if (attempt.route.resource == OpsResource::Trip && !breaker->isEnabled())
        return Refused{409, "breaker_disabled", "calls pass this breaker by: its flag is off",
                       breakerJson(*breaker, simulation).dump()};

    Done done;
    const std::string previous = wordFor(breaker->state());
    done.before = stateOf(*breaker, simulation);
    done.result = actOn(*breaker, attempt, simulation) ? "applied" : "noop";
    done.after = stateOf(*breaker, simulation);
    done.answer = {
        {"result", done.result}, {"previous_state", previous}, {"breaker", breakerJson(*breaker, simulation)}};
    return done;
}

/// The worst of the rows stands for all in the audit: what is not said to be applied can be looked up there.
std::string summaryOf(const Json &rows)
{
    for (const char *result : {"error", "conflict", "applied"}) {
        if (std::ranges::any_of(rows, [&](const Json &row) { return row["result"] == result; }))
            return result;
    }
    return "noop";
}

Outcome resetAll(const Attempt &attempt, Simulation &simulation)
{
    if (auto refused = refusalOfBody(attempt))
        return *refused;
    Done done;
    Json rows = Json::array();
    for (const auto &[name, version] : attempt.readable()->expected) {
        CircuitBreaker *breaker = attempt.view.breaker(name);
        if (!breaker) {
            rows.push_back({{"name", name}, {"result", "error"}, {"version", nullptr}, {"error", "unknown_breaker"}});
            continue;
        }
        done.before[name] = stateOf(*breaker, simulation);
        Json error = nullptr;
        std::string result = "conflict";
        if (breaker->version() != version)
            error = "version_conflict";
        else
            result = breaker->reset(attempt.note(), simulation.moment()) ? "applied" : "noop";
        done.after[name] = stateOf(*breaker, simulation);
        rows.push_back({{"name", name}, {"result", result}, {"version", breaker->version()}, {"error", error}});
    }
    done.result = summaryOf(rows);
    done.answer = {{"results", rows}};
    return done;
}

Outcome writeFlag(const Attempt &attempt, Simulation &simulation)
{
    FeatureFlags &flags = *attempt.view.flags;
    const FlagDefinition *definition = flags.definition(attempt.route.name);
    if (!definition)
        return Refused{404, "unknown_flag", "there is no flag of that name"};
    const FlagStatus &status = *flags.status(definition->name);
    if (auto refused = refusalOfVersion(attempt, status.version, flagJson(*definition, status)))
        return *refused;
    if (auto refused = refusalOfBody(attempt))
        return *refused;
    const FlagOverride wanted{attempt.readable()->value, simulation.moment().wall, attempt.note()};
    if (wanted.value && !status.configuredValue) {
        if (const auto missing = flags.missingDependency(*definition))
            return Refused{409, "dependency_off", "it needs " + *missing + ", which is off",
                           flagJson(*definition, status).dump()};
    }

    Done done;
    done.before = stateOf(status);
    const bool isApplied = flags.set(*definition, wanted);
    if (isApplied)
        attempt.view.flagSet(*definition, wanted);
    done.result = isApplied ? "applied" : "noop";
    done.after = stateOf(status);
    done.status = isApplied && status.isRestartPending() ? 202 : 200;
    done.answer = {{"result", done.result}, {"flag", flagJson(*definition, status)}};
    return done;
}

Outcome carryOut(const Attempt &attempt, Simulation &simulation)
{
    if (attempt.route.resource == OpsResource::ResetAll)
        return resetAll(attempt, simulation);
    if (auto refused = refusalOfTag(attempt))
        return *refused;
    return attempt.route.resource == OpsResource::Flag ? writeFlag(attempt, simulation)
                                                       : writeBreaker(attempt, simulation);
}

Answer audited(const Attempt &attempt, Timestamp at, const Refused &refused)
{
    auditWrite(attempt, at, resultOf(refused), Json::object(), Json::object());
    return problem(refused.status, refused.code, refused.detail, attempt.correlationId, refused.current);
}

Answer audited(const Attempt &attempt, Timestamp at, const Done &done)
{
    Json json = done.answer;
    json["audit_id"] = auditWrite(attempt, at, done.result, done.before, done.after);
    return {.status = done.status, .body = json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

} // namespace

OpsWrites::OpsWrites(Simulation &simulation) : m_simulation(simulation), m_keys(simulation) {}

Answer OpsWrites::answer(const OpsView &view, const OpsRoute &route, const Request &request, const Caller &caller,
                         const std::string &correlationId)
{
    const Attempt attempt{view, route, request, caller, correlationId, readOpsBody(route.resource, request.body)};
    const Timestamp at = m_simulation.moment().wall;
    if (const auto refused = refusalBeforeKey(attempt))
        return audited(attempt, at, *refused);

    const std::string scope =
        caller.name + '\n' + request.method + '\n' + request.path + '\n' + *request.header("Idempotency-Key");
    KeyedWrite earlier = m_keys.begin(scope, request.body);
    switch (earlier.state) {
    case KeyedWrite::State::Finished:
        earlier.answer.headers.emplace_back("Idempotency-Replayed", "true");
        return earlier.answer;
    case KeyedWrite::State::OtherBody:
        return audited(attempt, at, {422, "idempotency_mismatch", "this key came with another body before"});
    case KeyedWrite::State::Running:
        return audited(attempt, at, {409, "in_progress", "the write of this key is still running"});
    case KeyedWrite::State::New:
        break;
    }

    const Outcome outcome = carryOut(attempt, m_simulation);
    const Answer answer = std::visit([&](const auto &came) { return audited(attempt, at, came); }, outcome);
    const Refused *refused = std::get_if<Refused>(&outcome);
    // A refusal that another try may find lifted is not remembered; a disabled breaker is an answer.
    if (!refused || refused->code == "breaker_disabled")
        m_keys.finish(scope, answer);
    else
        m_keys.forget(scope);
    return answer;
}

} // namespace atalaya::fleet
