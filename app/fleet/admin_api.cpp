// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/admin_api.h"

#include "models/base/time_text.h"

#include <QtCore/QByteArray>

#include <nlohmann/json.hpp>

namespace atalaya::fleet {

using Json = nlohmann::ordered_json;

namespace {

Answer adminJson(const Json &json)
{
    return {.body = json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

std::string decoded(const std::string &pathPart)
{
    return QByteArray::fromPercentEncoding(QByteArray::fromStdString(pathPart)).toStdString();
}

const char *wordFor(ServiceInstance::Phase phase)
{
    switch (phase) {
    case ServiceInstance::Phase::Starting:
        return "starting";
    case ServiceInstance::Phase::Serving:
        return "serving";
    case ServiceInstance::Phase::Draining:
        return "draining";
    case ServiceInstance::Phase::Stopped:
        break;
    }
    return "stopped";
}

/// The body as an object with no other keys than `allowed`; nothing where it is not.
std::optional<Json> objectBody(const Request &request, std::initializer_list<const char *> allowed)
{
    Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object())
        return {};
    for (const auto &[key, value] : body.items()) {
        if (std::none_of(allowed.begin(), allowed.end(), [&](const char *known) { return key == known; }))
            return {};
    }
    return body;
}

Json incidentRow(const IncidentDefinition &incident, const std::vector<ServiceInstance *> &instances)
{
    Json struck = Json::array();
    for (const ServiceInstance *instance : instances) {
        if (instance->isStruckBy(incident.name))
            struck.push_back(instance->id());
    }
    const bool isEverywhere = !struck.empty() && struck.size() == instances.size();
    Json alerts = Json::array();
    Json expected = Json::array();
    for (const ExpectedAlert &alert : incident.alerts) {
        if (!alert.needsEveryInstance || isEverywhere)
            alerts.push_back(alert.alert);
        expected.push_back({{"alert", alert.alert},
                            {"fires_within_seconds", alert.firesWithin.count()},
                            {"needs_every_instance", alert.needsEveryInstance}});
    }
    return {{"incident", incident.name}, {"system", incident.system}, {"summary", incident.summary},
            {"active", !struck.empty()}, {"instances", struck},       {"breakers", incident.breakers},
            {"alerts", alerts},          {"expected", expected}};
}

} // namespace

AdminApi::AdminApi(const Instances &instances, const std::vector<Credential> &credentials, const Clock &clock,
                   Simulation &simulation, std::uint64_t seed)
    : m_instances(instances)
    , m_simulation(simulation)
    , m_access(credentials, {Role::Admin}, clock)
    , m_random(seed, "admin")
{
}

Answer AdminApi::answer(const Request &request)
{
    m_simulation.catchUp();
    return answerCorrelated(request, m_random, [this](const Request &given, const CorrelationContext &correlation) {
        return respond(given, correlation);
    });
}

Answer AdminApi::respond(const Request &request, const CorrelationContext &correlation)
{
    const std::string &id = correlation.correlationId;
    const auto caller = m_access.identify(request, id);
    if (const Answer *refusal = std::get_if<Answer>(&caller))
        return *refusal;

    const std::string &path = request.path;
    if (path == "/incidents")
        return request.method == "GET" ? incidentList() : wrongMethod("GET", id);
    if (path == "/instances")
        return request.method == "GET" ? instanceList() : wrongMethod("GET", id);
    if (path.starts_with("/incidents/"))
        return request.method == "PUT" ? setIncident(decoded(path.substr(11)), request, id) : wrongMethod("PUT", id);
    if (path.starts_with("/instances/") && path.ends_with("/restart")) {
        const std::string instance = path.substr(11, path.size() - 11 - 8);
        return request.method == "POST" ? restart(instance, request, std::get<Caller>(caller), id)
                                        : wrongMethod("POST", id);
    }
    return problem(404, "not_supported", "the fleet has /incidents and /instances", id);
}

Answer AdminApi::instanceList() const
{
    Json list = Json::array();
    for (const auto &instance : m_instances) {
        Json row{{"system", instance->system().key},
                 {"id", instance->id()},
                 {"url", instance->url()},
                 {"phase", wordFor(instance->phase())},
                 {"started_at", nullptr}};
        if (const ServiceProcess *process = instance->process())
            row["started_at"] = rfc3339(process->startedAt().wall).toStdString();
        list.push_back(std::move(row));
    }
    return adminJson(list);
}

Answer AdminApi::incidentList() const
{
    Json list = Json::array();
    for (const IncidentDefinition *incident : knownIncidents())
        list.push_back(incidentRow(*incident, instancesOf(incident->system)));
    return adminJson(list);
}

Answer AdminApi::setIncident(const std::string &name, const Request &request, const std::string &correlationId)
{
    const IncidentDefinition *incident = nullptr;
    std::string names;
    for (const IncidentDefinition *known : knownIncidents()) {
        if (known->name == name)
            incident = known;
        names += (names.empty() ? "" : ", ") + known->name;
    }
    if (!incident)
        return problem(404, "unknown_incident", "known incidents: " + names, correlationId);

    const auto body = objectBody(request, {"active", "instance"});
    if (!body || !body->contains("active") || !(*body)["active"].is_boolean() ||
        (body->contains("instance") && !(*body)["instance"].is_string()))
        return problem(400, "invalid_request", R"(the body is {"active":true or false,"instance":"ID"})",
                       correlationId);

    std::vector<ServiceInstance *> struck = instancesOf(incident->system);
    if (body->contains("instance")) {
        const auto wanted = (*body)["instance"].get<std::string>();
        std::erase_if(struck, [&](const ServiceInstance *instance) { return instance->id() != wanted; });
        if (struck.empty())
            return problem(404, "unknown_instance", "no instance of " + incident->system + " is called that",
                           correlationId);
    }
    for (ServiceInstance *instance : struck) {
        if ((*body)["active"].get<bool>())
            instance->beginIncident(*incident);
        else
            instance->endIncident(*incident);
    }
    return incidentList();
}

Answer AdminApi::restart(const std::string &id, const Request &request, const Caller &caller,
                         const std::string &correlationId)
{
    const auto found = std::ranges::find_if(m_instances, [&](const auto &instance) { return instance->id() == id; });
    if (found == m_instances.end())
        return problem(404, "unknown_instance", "no instance is called that", correlationId);
    const auto body = request.body.empty() ? std::optional(Json::object()) : objectBody(request, {"environment"});
    const auto refused = [&] {
        return problem(400, "invalid_request", R"(the body is {"environment":{"NAME":"value" or null}})",
                       correlationId);
    };
    if (!body || (body->contains("environment") && !(*body)["environment"].is_object()))
        return refused();
    EnvironmentChanges changes;
    if (body->contains("environment")) {
        for (const auto &[name, value] : (*body)["environment"].items()) {
            if (!value.is_string() && !value.is_null())
                return refused();
            changes[name] = value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
        }
    }
    AuditEntry asked;
    asked.operatorName = caller.name;
    asked.role = "admin";
    asked.reason = "environment changed with a restart";
    asked.correlationId = correlationId;
    (*found)->restart(changes, asked);
    Answer answer = adminJson({{"id", id}, {"phase", wordFor((*found)->phase())}});
    answer.status = 202;
    return answer;
}

std::vector<const IncidentDefinition *> AdminApi::knownIncidents() const
{
    std::vector<const IncidentDefinition *> incidents;
    std::vector<const SystemDefinition *> seen;
    for (const auto &instance : m_instances) {
        if (std::ranges::count(seen, &instance->system()) > 0)
            continue;
        seen.push_back(&instance->system());
        for (const IncidentDefinition &incident : instance->system().incidents)
            incidents.push_back(&incident);
    }
    return incidents;
}

std::vector<ServiceInstance *> AdminApi::instancesOf(const std::string &system) const
{
    std::vector<ServiceInstance *> found;
    for (const auto &instance : m_instances) {
        if (instance->system().key == system)
            found.push_back(instance.get());
    }
    return found;
}

} // namespace atalaya::fleet
