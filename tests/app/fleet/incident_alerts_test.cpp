// SPDX-License-Identifier: GPL-3.0-or-later
// What each incident says it causes, against what it does: two instances, scraped and judged every 15 simulated
// seconds.
#include "tests/app/fleet/fleet_rig.h"
#include "tests/app/fleet/rule_watch.h"
#include "tests/support/sanitized.h"

#include <gtest/gtest.h>

namespace atalaya::fleet::test {

namespace {

constexpr Seconds interval{15};

/// Two instances of a system, and how it is watched.
struct WatchedSystem
{
    FleetSettings (*settings)(int count, double speed, std::uint64_t seed);
    RuleWatch::Rules rules;
    std::vector<std::string> instances;
    Seconds incidentLasts;
    Seconds recoveryLasts;
};

const WatchedSystem proveedores{proveedoresSettings,
                                judgeProveedores,
                                {"ai-prov-1", "ai-prov-2"},
                                std::chrono::minutes(20),
                                std::chrono::minutes(15)};
/// Delivery is judged over a quarter of an hour.
const WatchedSystem anclora{
    ancloraSettings, judgeAnclora, {"anclora-1", "anclora-2"}, std::chrono::minutes(25), std::chrono::minutes(20)};

class Watched
{
public:
    explicit Watched(const WatchedSystem &system = proveedores, std::uint64_t seed = 7)
        : m_system(system), m_rig(system.settings(2, 1, seed)), m_rules(system.rules)
    {
    }

    void run(Seconds span, const std::function<void()> &each = {})
    {
        for (const Seconds until = m_now + span; m_now < until;) {
            m_now += interval;
            m_rig.clock().advance(interval);
            m_rig.fleet().advance();
            for (const std::string &id : m_system.instances) {
                scrape(id, id, "/metrics");
                for (const NeighbourTarget &neighbour : m_rig.instance(id).system().neighbours)
                    scrape("node " + id, id, neighbour.metricsPath);
            }
            m_rules.evaluate(m_now);
            if (each)
                each();
        }
    }

    FleetRig &rig() { return m_rig; }
    RuleWatch &rules() { return m_rules; }
    Seconds now() const { return m_now; }

private:
    void scrape(const std::string &target, const std::string &id, const std::string &path)
    {
        const Answer answer = m_rig.get(path, {}, id);
        m_rules.scrape(target, m_now,
                       answer.status == 200 ? parseMetrics(answer.body) : std::map<std::string, double>());
    }

    const WatchedSystem &m_system;
    FleetRig m_rig;
    RuleWatch m_rules;
    Seconds m_now{0};
};

/// Ten quiet minutes, then the incident, then what fired is what was announced, in time and steadily.
void expectAnnouncedAlerts(const WatchedSystem &system, const std::string &name, const std::string &instance,
                           std::uint64_t seed)
{
    SCOPED_TRACE(name + " on " + (instance.empty() ? "all" : instance) + ", seed " + std::to_string(seed));
    Watched watched(system, seed);
    watched.run(std::chrono::minutes(10));
    ASSERT_TRUE(watched.rules().everFired().empty()) << watched.rules().everFired().begin()->first;

    const Seconds begin = watched.now();
    watched.rig().setIncident(name, true, instance);
    watched.run(system.incidentLasts);

    std::set<std::string> announced;
    const auto &incidents = watched.rig().instance(system.instances[0]).system().incidents;
    const IncidentDefinition &incident = *std::ranges::find(incidents, name, &IncidentDefinition::name);
    for (const ExpectedAlert &alert : incident.alerts) {
        if (alert.needsEveryInstance && !instance.empty())
            continue;
        announced.insert(alert.alert);
        const auto fired = watched.rules().everFired().find(alert.alert);
        ASSERT_NE(fired, watched.rules().everFired().end()) << alert.alert;
        EXPECT_LE(fired->second - begin, alert.firesWithin) << alert.alert;
    }
    for (const auto &[alert, at] : watched.rules().everFired())
        EXPECT_TRUE(announced.contains(alert)) << alert << " fired unannounced";
    if (!incident.restartsInstance) {
        EXPECT_TRUE(watched.rules().resolved().empty()) << *watched.rules().resolved().begin() << " flapped";
    }

    watched.rig().setIncident(name, false);
    watched.run(system.recoveryLasts);
    EXPECT_TRUE(watched.rules().firing().empty()) << *watched.rules().firing().begin() << " did not end by itself";
}

} // namespace

TEST(IncidentAlerts, ACalmHourLeavesNothingPending)
{
    Watched watched;
    watched.run(std::chrono::minutes(2));
    std::set<std::string> seen;
    watched.run(std::chrono::hours(1),
                [&] { seen.insert(watched.rules().pending().begin(), watched.rules().pending().end()); });
    EXPECT_TRUE(seen.empty()) << *seen.begin();
    EXPECT_TRUE(watched.rules().everFired().empty());
    const double all = watched.rig().metricSum("http_requests_total");
    EXPECT_GT(all, 60'000);
    EXPECT_LT(watched.rig().metricSum("http_requests_total", "status=\"5") / all, 0.002);
}

TEST(IncidentAlerts, AnOpenAiOutageOfOneInstanceFiresItsBreakerAlertsAndNoOther)
{
    for (const std::uint64_t seed : {7u, 8u})
        expectAnnouncedAlerts(proveedores, "OpenAI outage", "ai-prov-1", seed);
}

TEST(IncidentAlerts, AnOpenAiOutageOfAllFiresTheErrorRatioToo)
{
    expectAnnouncedAlerts(proveedores, "OpenAI outage", {}, 7);
}

TEST(IncidentAlerts, SupabaseErrorsFireTheBreakerAndErrorRateAlerts)
{
    expectAnnouncedAlerts(proveedores, "Supabase errors", "ai-prov-2", 7);
    expectAnnouncedAlerts(proveedores, "Supabase errors", {}, 8);
}

TEST(IncidentAlerts, ASlowStartFiresTargetDown)
{
    expectAnnouncedAlerts(proveedores, "slow start", "ai-prov-1", 7);
    expectAnnouncedAlerts(proveedores, "slow start", {}, 8);
}

TEST(IncidentAlerts, AnOpenBreakerReadsOpenInNearlyEveryScrape)
{
    Watched watched;
    watched.run(std::chrono::minutes(2));
    watched.rig().setIncident("OpenAI outage", true, "ai-prov-1");
    watched.run(Seconds(60));
    int open = 0;
    int scrapes = 0;
    watched.run(std::chrono::minutes(30), [&] {
        ++scrapes;
        open += watched.rig().metric("circuit_breaker_state{name=\"openai\"}") == 1 ? 1 : 0;
    });
    EXPECT_GE(double(open) / scrapes, 0.98);
    EXPECT_GT(watched.rig().breaker("openai").counters().totalFailures, 25) << "it was probed once a minute";
}

TEST(IncidentAlerts, CalmHoursOfAncloraFireNothing)
{
    Watched watched(anclora);
    // Until the first lead has come, its rule sees none.
    watched.run(std::chrono::minutes(20));
    std::set<std::string> seen;
    watched.run(std::chrono::minutes(atalaya::test::isSanitized ? 20 : 120),
                [&] { seen.insert(watched.rules().pending().begin(), watched.rules().pending().end()); });
    EXPECT_TRUE(seen.empty()) << *seen.begin();
    EXPECT_TRUE(watched.rules().everFired().empty()) << watched.rules().everFired().begin()->first;
}

TEST(IncidentAlerts, ARunawayCampaignFiresTheBacklogAlertsHoweverManyInstancesItStrikes)
{
    expectAnnouncedAlerts(anclora, "queue backlog", "anclora-1", 7);
    expectAnnouncedAlerts(anclora, "queue backlog", {}, 8);
}

TEST(IncidentAlerts, ADeliveryCollapseOfOneInstanceIsLowThatOfAllCritical)
{
    expectAnnouncedAlerts(anclora, "delivery collapse", "anclora-2", 7);
    expectAnnouncedAlerts(anclora, "delivery collapse", {}, 8);
}

TEST(IncidentAlerts, ASlowRedisFiresItsOwnLatencyAndTheQueues)
{
    expectAnnouncedAlerts(anclora, "slow Redis", "anclora-1", 7);
    expectAnnouncedAlerts(anclora, "slow Redis", {}, 8);
}

} // namespace atalaya::fleet::test
