// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fleet/fleet_rig.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace atalaya::fleet::test {

namespace {

FleetSettings settingsOf(const std::string &system, const std::string &id, int count, double speed, std::uint64_t seed)
{
    FleetSettings settings;
    settings.speed = speed;
    settings.seed = seed;
    for (int i = 1; i <= count; ++i)
        settings.instances.push_back({system, {.id = id + std::to_string(i)}});
    settings.credentials = {{"vera", Role::Viewer, viewerToken},
                            {"ana", Role::Operator, operatorToken},
                            {"drill", Role::Admin, adminToken}};
    return settings;
}

FleetSettings withLogFolder(FleetSettings settings, const QString &folder)
{
    settings.logFolder = folder;
    return settings;
}

} // namespace

FleetSettings proveedoresSettings(int count, double speed, std::uint64_t seed)
{
    return settingsOf("ai-proveedores", "ai-prov-", count, speed, seed);
}

FleetSettings ancloraSettings(int count, double speed, std::uint64_t seed)
{
    return settingsOf("anclora", "anclora-", count, speed, seed);
}

FleetRig::FleetRig(FleetSettings settings) : m_fleet(withLogFolder(std::move(settings), m_folder.path()), m_clock)
{
    const auto opened = m_fleet.open();
    EXPECT_TRUE(opened.has_value());
}

void FleetRig::advance(Milliseconds by)
{
    while (by.count() > 0) {
        const Milliseconds step = std::min(by, Milliseconds(250));
        m_clock.advance(step);
        m_fleet.advance();
        by -= step;
    }
}

bool FleetRig::advanceUntil(const std::function<bool()> &condition, Milliseconds limit)
{
    for (Milliseconds passed{0}; passed < limit; passed += Milliseconds(10)) {
        if (condition())
            return true;
        m_clock.advance(Milliseconds(10));
        m_fleet.advance();
    }
    return condition();
}

const CircuitBreaker &FleetRig::breaker(const std::string &name, const std::string &id)
{
    return *process(id).breaker(name);
}

Answer FleetRig::get(const std::string &path, const std::string &token, const std::string &id)
{
    return instance(id).answer(request("GET", path, token));
}

nlohmann::json FleetRig::getJson(const std::string &path, const std::string &id)
{
    return nlohmann::json::parse(get(path, viewerToken, id).body, nullptr, false);
}

Answer FleetRig::admin(const std::string &method, const std::string &path, const std::string &body,
                       const std::string &token)
{
    return m_fleet.admin().answer(request(method, path, token, body));
}

void FleetRig::setIncident(const std::string &name, bool isActive, const std::string &instance)
{
    nlohmann::json body{{"active", isActive}};
    if (!instance.empty())
        body["instance"] = instance;
    std::string path = "/incidents/";
    for (const char c : name)
        path += c == ' ' ? std::string("%20") : std::string(1, c);
    const Answer answer = admin("PUT", path, body.dump());
    EXPECT_EQ(answer.status, 200) << answer.body;
}

std::optional<double> FleetRig::metric(const std::string &series, const std::string &id)
{
    const auto all = parseMetrics(get("/metrics", {}, id).body);
    const auto found = all.find(series);
    return found == all.end() ? std::nullopt : std::optional(found->second);
}

double FleetRig::metricSum(const std::string &name, const std::string &part, const std::string &id)
{
    double sum = 0;
    for (const auto &[series, value] : parseMetrics(get("/metrics", {}, id).body)) {
        if ((series == name || series.starts_with(name + "{")) && series.find(part) != std::string::npos)
            sum += value;
    }
    return sum;
}

std::vector<std::string> FleetRig::logLines(const std::string &id)
{
    instance(id).flushLog();
    std::ifstream file(folder().toStdString() + "/" + id + ".log");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

std::map<std::string, double> parseMetrics(const std::string &text)
{
    std::map<std::string, double> series;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        const auto space = line.rfind(' ');
        if (line.empty() || line[0] == '#' || space == std::string::npos)
            continue;
        series[line.substr(0, space)] = std::strtod(line.c_str() + space, nullptr);
    }
    return series;
}

std::optional<std::string> headerOf(const Answer &answer, const std::string &name)
{
    for (const auto &[key, value] : answer.headers) {
        if (key == name)
            return value;
    }
    return {};
}

Request request(const std::string &method, const std::string &path, const std::string &token, const std::string &body)
{
    Request made;
    made.method = method;
    const auto question = path.find('?');
    made.path = path.substr(0, question);
    if (question != std::string::npos) {
        std::istringstream query(path.substr(question + 1));
        for (std::string item; std::getline(query, item, '&');) {
            const auto equals = item.find('=');
            made.query.emplace_back(item.substr(0, equals), equals == std::string::npos ? "" : item.substr(equals + 1));
        }
    }
    if (!token.empty())
        made.headers.emplace_back("authorization", "Bearer " + token);
    made.body = body;
    return made;
}

} // namespace atalaya::fleet::test
