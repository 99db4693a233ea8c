// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleet.h"
#include "tests/support/manual_clock.h"

#include <QtCore/QTemporaryDir>

#include <nlohmann/json.hpp>

namespace atalaya::fleet::test {

inline const std::string viewerToken = "viewer-token-0123456789";
inline const std::string operatorToken = "operator-token-0123456789";
inline const std::string adminToken = "admin-token-0123456789";

/// Settings of `count` instances of ai-proveedores, "ai-prov-1" and so on.
FleetSettings proveedoresSettings(int count, double speed = 1, std::uint64_t seed = 7);
/// The same of Anclora, "anclora-1" and so on.
FleetSettings ancloraSettings(int count, double speed = 1, std::uint64_t seed = 7);

/// A fleet whose time moves by hand.
class FleetRig
{
public:
    explicit FleetRig(FleetSettings settings = proveedoresSettings(1));

    /// Moves the clock and the simulation, a quarter of a second at a time.
    void advance(Milliseconds by);
    /// Until `condition` holds; false after `limit`.
    bool advanceUntil(const std::function<bool()> &condition, Milliseconds limit = Seconds(300));

    ServiceInstance &instance(const std::string &id = "ai-prov-1") { return *m_fleet.instance(id); }
    const ServiceProcess &process(const std::string &id = "ai-prov-1") { return *instance(id).process(); }
    const CircuitBreaker &breaker(const std::string &name, const std::string &id = "ai-prov-1");

    Answer get(const std::string &path, const std::string &token = viewerToken, const std::string &id = "ai-prov-1");
    nlohmann::json getJson(const std::string &path, const std::string &id = "ai-prov-1");
    Answer admin(const std::string &method, const std::string &path, const std::string &body = {},
                 const std::string &token = adminToken);
    void setIncident(const std::string &name, bool isActive, const std::string &instance = {});

    /// The value of one series of /metrics, written as there: `name{label="value"}`, labels sorted by name.
    std::optional<double> metric(const std::string &series, const std::string &id = "ai-prov-1");
    /// The sum of all series of that name whose labels contain `part`.
    double metricSum(const std::string &name, const std::string &part = {}, const std::string &id = "ai-prov-1");
    /// The log of an instance, line by line, older files left out.
    std::vector<std::string> logLines(const std::string &id = "ai-prov-1");

    Fleet &fleet() { return m_fleet; }
    atalaya::test::ManualClock &clock() { return m_clock; }
    QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    atalaya::test::ManualClock m_clock;
    Fleet m_fleet;
};

/// /metrics as series -> value.
std::map<std::string, double> parseMetrics(const std::string &text);
std::optional<std::string> headerOf(const Answer &answer, const std::string &name);
Request request(const std::string &method, const std::string &path, const std::string &token = {},
                const std::string &body = {});

} // namespace atalaya::fleet::test
