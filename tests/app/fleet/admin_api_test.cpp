// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/admin_api.h"
#include "tests/app/fleet/fleet_rig.h"

#include <gtest/gtest.h>

namespace atalaya::fleet::test {

namespace {

nlohmann::json rowNamed(const Answer &answer, const std::string &incident)
{
    for (const auto &row : nlohmann::json::parse(answer.body)) {
        if (row["incident"] == incident)
            return row;
    }
    return {};
}

class Admin : public testing::Test
{
protected:
    FleetRig m_rig{proveedoresSettings(2)};
};

} // namespace

TEST_F(Admin, ListsEveryIncidentWithWhatItCauses)
{
    const Answer answer = m_rig.admin("GET", "/incidents");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(nlohmann::json::parse(answer.body).size(), 3u);
    const auto row = rowNamed(answer, "OpenAI outage");
    EXPECT_EQ(row["active"], false);
    EXPECT_EQ(row["breakers"], nlohmann::json::array({"openai"}));
    EXPECT_EQ(row["alerts"], nlohmann::json({"CircuitBreakerOpen", "CircuitBreakerRecoveryTooSlow"}));
    EXPECT_TRUE(row["instances"].empty());
    EXPECT_FALSE(rowNamed(answer, "slow start").is_null());
    EXPECT_FALSE(rowNamed(answer, "Supabase errors").is_null());
}

TEST_F(Admin, StrikesOneInstanceAndLeavesTheOtherAlone)
{
    m_rig.advance(Seconds(10));
    const Answer answer = m_rig.admin("PUT", "/incidents/OpenAI%20outage", R"({"active":true,"instance":"ai-prov-2"})");
    const auto row = rowNamed(answer, "OpenAI outage");
    EXPECT_EQ(row["active"], true);
    EXPECT_EQ(row["instances"], nlohmann::json::array({"ai-prov-2"}));
    m_rig.advance(Seconds(30));
    EXPECT_TRUE(m_rig.breaker("openai", "ai-prov-2").isOpen());
    EXPECT_FALSE(m_rig.breaker("openai", "ai-prov-1").isOpen());
}

TEST_F(Admin, WithoutAnInstanceStrikesAllAndExpectsMore)
{
    const auto row = rowNamed(m_rig.admin("PUT", "/incidents/OpenAI%20outage", R"({"active":true})"), "OpenAI outage");
    EXPECT_EQ(row["instances"].size(), 2u);
    EXPECT_EQ(row["alerts"].size(), 3u) << "with no healthy instance left the error ratio rises too";
    const auto over =
        rowNamed(m_rig.admin("PUT", "/incidents/OpenAI%20outage", R"({"active":false})"), "OpenAI outage");
    EXPECT_EQ(over["active"], false);
}

TEST_F(Admin, TwiceTheSameIncidentIsOne)
{
    m_rig.advance(Seconds(10));
    m_rig.setIncident("slow start", true, "ai-prov-1");
    m_rig.advance(Seconds(10));
    const auto startedAt = m_rig.process().startedAt().sim;
    m_rig.setIncident("slow start", true, "ai-prov-1");
    m_rig.advance(Seconds(10));
    EXPECT_EQ(m_rig.process().startedAt().sim, startedAt) << "it did not restart again";
}

TEST_F(Admin, RefusesWhatItDoesNotKnow)
{
    const Answer unknown = m_rig.admin("PUT", "/incidents/flood", R"({"active":true})");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_NE(unknown.body.find("OpenAI outage, Supabase errors, slow start"), std::string::npos);
    EXPECT_EQ(m_rig.admin("PUT", "/incidents/slow%20start", R"({"active":true,"instance":"nope"})").status, 404);
    for (const char *body : {"", "[]", "{", R"({"active":"yes"})", R"({"active":true,"instance":7})",
                             R"({"active":true,"more":1})", R"({"instance":"ai-prov-1"})"})
        EXPECT_EQ(m_rig.admin("PUT", "/incidents/slow%20start", body).status, 400) << body;
    EXPECT_EQ(m_rig.admin("GET", "/").status, 404);
    EXPECT_EQ(m_rig.admin("POST", "/instances/nope/restart").status, 404);
    EXPECT_EQ(m_rig.admin("POST", "/instances/ai-prov-1/restart", R"({"environment":{"A":1}})").status, 400);
}

TEST_F(Admin, IsForTheAdminsTokenOnly)
{
    EXPECT_EQ(m_rig.admin("GET", "/incidents", {}, {}).status, 401);
    EXPECT_EQ(m_rig.admin("GET", "/incidents", {}, viewerToken).status, 403);
    EXPECT_EQ(m_rig.admin("PUT", "/incidents/slow%20start", R"({"active":true})", operatorToken).status, 403);
    EXPECT_FALSE(m_rig.instance().isStruckBy("slow start"));
}

TEST_F(Admin, AWrongMethodNamesTheRightOne)
{
    EXPECT_EQ(headerOf(m_rig.admin("DELETE", "/incidents"), "Allow"), "GET");
    EXPECT_EQ(headerOf(m_rig.admin("GET", "/incidents/slow%20start"), "Allow"), "PUT");
    EXPECT_EQ(headerOf(m_rig.admin("GET", "/instances/ai-prov-1/restart"), "Allow"), "POST");
}

TEST_F(Admin, RestartsAnInstanceInAChangedEnvironment)
{
    m_rig.advance(Seconds(10));
    const Answer answer =
        m_rig.admin("POST", "/instances/ai-prov-1/restart", R"({"environment":{"ENABLE_CIRCUIT_BREAKER":"false"}})");
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(nlohmann::json::parse(answer.body)["phase"], "draining");
    m_rig.advance(Seconds(10));
    EXPECT_EQ(m_rig.getJson("/ops/v1/breakers")["breakers"][0]["enabled"], false);
    EXPECT_EQ(m_rig.getJson("/ops/v1/breakers", "ai-prov-2")["breakers"][0]["enabled"], true);
    const auto list = nlohmann::json::parse(m_rig.admin("GET", "/instances").body);
    EXPECT_EQ(list[0]["phase"], "serving");
    EXPECT_GT(list[0]["started_at"], list[1]["started_at"]);
}

} // namespace atalaya::fleet::test
