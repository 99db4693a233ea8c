// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ops_contract.h"
#include "tests/app/fleet/fleet_rig.h"

#include <gtest/gtest.h>

#include <fstream>

namespace atalaya::fleet::test {

namespace {

class Ops : public testing::Test
{
protected:
    Ops() { m_rig.advance(Seconds(30)); }

    std::string codeOf(const Answer &answer)
    {
        EXPECT_EQ(answer.contentType, "application/problem+json");
        const auto json = nlohmann::json::parse(answer.body, nullptr, false);
        EXPECT_EQ(json["status"], answer.status);
        EXPECT_EQ(json["correlation_id"], *headerOf(answer, "X-Correlation-ID"));
        EXPECT_TRUE(json.contains("current"));
        return json["code"];
    }

    FleetRig m_rig;
};

} // namespace

TEST_F(Ops, InfoSaysWhoItIsAndWhatItCanDo)
{
    const auto info = m_rig.getJson("/ops/v1/info");
    EXPECT_EQ(info["service"], "ai-proveedores");
    EXPECT_EQ(info["instance_id"], "ai-prov-1");
    EXPECT_EQ(info["contract"], "ops/1");
    EXPECT_EQ(info["capabilities"], nlohmann::json({"startup", "breakers.read", "breakers.write", "flags.read",
                                                    "flags.write", "audit.read"}));
    EXPECT_EQ(info["roles"], nlohmann::json::array({"viewer"}));
    const auto asOperator = nlohmann::json::parse(m_rig.get("/ops/v1/info", operatorToken).body);
    EXPECT_EQ(asOperator["roles"], nlohmann::json({"viewer", "operator"}));
}

TEST_F(Ops, BreakersHaveTheContractsShape)
{
    const auto list = m_rig.getJson("/ops/v1/breakers");
    EXPECT_EQ(list["instance_id"], "ai-prov-1");
    ASSERT_EQ(list["breakers"].size(), 2u);
    const auto &breaker = list["breakers"][0];
    EXPECT_EQ(breaker["name"], "supabase_db");
    EXPECT_EQ(breaker["state"], "closed");
    EXPECT_EQ(breaker["mode"], "auto");
    EXPECT_EQ(breaker["has_fallback"], false);
    EXPECT_EQ(list["breakers"][1]["has_fallback"], true);
    EXPECT_EQ(breaker["config"],
              nlohmann::json::parse(
                  R"({"failure_threshold":5,"success_threshold":2,"timeout_seconds":60.0,"half_open_max_calls":3})"));
    EXPECT_GT(breaker["counters"]["total_calls"], 100);
    for (const char *key : {"enabled", "version", "since", "opened_at", "next_probe_at", "forced_until", "last_change"})
        EXPECT_TRUE(breaker.contains(key)) << key;
    EXPECT_TRUE(breaker["since"].get<std::string>().ends_with("Z"));
}

TEST_F(Ops, ASingleResourceCarriesAnETagOfThisInstance)
{
    const Answer breaker = m_rig.get("/ops/v1/breakers/openai");
    const auto version = std::to_string(nlohmann::json::parse(breaker.body)["version"].get<quint64>());
    EXPECT_EQ(headerOf(breaker, "ETag"), "\"ai-prov-1-" + version + "\"");
    EXPECT_TRUE(headerOf(m_rig.get("/ops/v1/flags/ENABLE_CIRCUIT_BREAKER"), "ETag"));
}

TEST_F(Ops, AnOpenBreakerSaysSinceWhenAndWhenItProbes)
{
    m_rig.setIncident("OpenAI outage", true);
    m_rig.advance(Seconds(30));
    const auto breaker = m_rig.getJson("/ops/v1/breakers/openai");
    EXPECT_EQ(breaker["state"], "open");
    EXPECT_EQ(breaker["opened_at"], breaker["since"]);
    EXPECT_GT(breaker["next_probe_at"], breaker["opened_at"]);
    EXPECT_EQ(breaker["last_change"]["by"], "automatic");
    EXPECT_GT(breaker["counters"]["total_rejected"], 0);
}

TEST_F(Ops, Bug2_ReadingOverTheNetworkChangesNothingEither)
{
    m_rig.setIncident("OpenAI outage", true);
    ASSERT_TRUE(m_rig.advanceUntil([&] { return m_rig.breaker("openai").isOpen(); }, Seconds(60)));
    const auto counters = m_rig.getJson("/ops/v1/breakers/openai")["counters"];
    for (int i = 0; i < 50; ++i)
        m_rig.get("/ops/v1/breakers");
    EXPECT_EQ(m_rig.getJson("/ops/v1/breakers/openai")["counters"], counters);
}

TEST_F(Ops, FlagsHaveTheContractsShape)
{
    const auto list = m_rig.getJson("/ops/v1/flags");
    ASSERT_EQ(list["flags"].size(), 5u);
    const auto flag = m_rig.getJson("/ops/v1/flags/STARTUP_FAIL_ON_WARNING");
    EXPECT_EQ(flag["value"], true);
    EXPECT_EQ(flag["configured_value"], true);
    EXPECT_EQ(flag["default"], false);
    EXPECT_EQ(flag["apply"], "restart");
    EXPECT_EQ(flag["source"], "env");
    EXPECT_EQ(flag["pending_restart"], false);
    EXPECT_EQ(flag["depends_on"], nlohmann::json::array({"ENABLE_STARTUP_VALIDATION"}));
    EXPECT_EQ(m_rig.getJson("/ops/v1/flags/ENABLE_CIRCUIT_BREAKER")["apply"], "live");
}

TEST_F(Ops, NoOrAnUnknownTokenIsNotLetIn)
{
    const Answer none = m_rig.get("/ops/v1/info", {});
    EXPECT_EQ(none.status, 401);
    EXPECT_EQ(codeOf(none), "unauthenticated");
    EXPECT_EQ(headerOf(none, "WWW-Authenticate"), "Bearer");
    EXPECT_EQ(m_rig.get("/ops/v1/info", "viewer-token-012345678X").status, 401);
    EXPECT_EQ(m_rig.get("/ops/v1/info", viewerToken + "x").status, 401);
}

TEST_F(Ops, TheDrillsAdminIsNobodyHere)
{
    const Answer answer = m_rig.get("/ops/v1/info", adminToken);
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(codeOf(answer), "forbidden");
}

TEST_F(Ops, FailedLogInsAreLimitedGoodOnesAreNot)
{
    for (std::size_t i = 0; i < AccessControl::failureLimit; ++i)
        EXPECT_EQ(m_rig.get("/ops/v1/info", "wrong-token-0123456789").status, 401);
    const Answer answer = m_rig.get("/ops/v1/info", "wrong-token-0123456789");
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(codeOf(answer), "rate_limited");
    EXPECT_EQ(headerOf(answer, "Retry-After"), "60");
    EXPECT_EQ(m_rig.get("/ops/v1/info").status, 200);
    m_rig.advance(Seconds(61));
    EXPECT_EQ(m_rig.get("/ops/v1/info", "wrong-token-0123456789").status, 401);
}

TEST_F(Ops, AWrongMethodNamesTheRightOnes)
{
    const std::pair<const char *, const char *> resources[] = {{"/ops/v1/info", "GET"},
                                                               {"/ops/v1/breakers", "GET"},
                                                               {"/ops/v1/breakers/openai", "GET"},
                                                               {"/ops/v1/breakers/openai/trip", "POST"},
                                                               {"/ops/v1/breakers/openai/release", "POST"},
                                                               {"/ops/v1/breakers/openai/reset", "POST"},
                                                               {"/ops/v1/breakers/reset-all", "POST"},
                                                               {"/ops/v1/flags", "GET"},
                                                               {"/ops/v1/flags/ENABLE_CIRCUIT_BREAKER", "GET, PUT"},
                                                               {"/ops/v1/startup", "GET"},
                                                               {"/ops/v1/audit", "GET"}};
    for (const auto &[path, allowed] : resources) {
        for (const std::string method : {"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"}) {
            if (std::string(allowed).find(method) != std::string::npos)
                continue;
            const Answer answer = m_rig.instance().answer(request(method, path, operatorToken, "{}"));
            EXPECT_EQ(answer.status, 405) << method << ' ' << path;
            EXPECT_EQ(headerOf(answer, "Allow"), allowed);
            EXPECT_EQ(codeOf(answer), "method_not_allowed");
        }
    }
    EXPECT_EQ(m_rig.get("/ops/v1/breakers/openai/explode", operatorToken).status, 404);
}

TEST_F(Ops, ThePublishedDefinitionHasTheSameResources)
{
    std::ifstream file(ATALAYA_SOURCE_DIR "/resources/contract/openapi.yaml");
    int paths = 0;
    std::string path;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("components:"))
            break;
        if (line.starts_with("  /")) {
            path = "/ops/v1" + line.substr(2, line.size() - 3);
            if (const auto name = path.find("{name}"); name != std::string::npos)
                path.replace(name, 6, path.find("/flags/") != std::string::npos ? "ENABLE_CIRCUIT_BREAKER" : "openai");
            ++paths;
        }
        for (const std::string method : {"get", "post", "put"}) {
            if (line != "    " + method + ":")
                continue;
            std::string sent = method;
            std::ranges::transform(sent, sent.begin(), [](unsigned char c) { return char(std::toupper(c)); });
            // Without headers and body a write is refused, but as one that is known.
            EXPECT_EQ(m_rig.instance().answer(request(sent, path, viewerToken)).status, method == "get" ? 200 : 415)
                << sent << ' ' << path;
        }
    }
    EXPECT_EQ(paths, 11);
}

TEST_F(Ops, UnknownAndUnsafeNamesAreToldApart)
{
    EXPECT_EQ(codeOf(m_rig.get("/ops/v1/breakers/nope")), "unknown_breaker");
    EXPECT_EQ(codeOf(m_rig.get("/ops/v1/flags/NOPE")), "unknown_flag");
    EXPECT_EQ(m_rig.get("/ops/v1/breakers/a%20b").status, 400);
    EXPECT_EQ(m_rig.get("/ops/v1/breakers/").status, 400);
    EXPECT_EQ(m_rig.get("/ops/v1/breakers/" + std::string(65, 'a')).status, 400);
    EXPECT_EQ(codeOf(m_rig.get("/ops/v1/nowhere")), "not_supported");
    EXPECT_EQ(m_rig.get("/ops/v1").status, 404);
    EXPECT_EQ(m_rig.get("/ops/v10/info").status, 404);
}

TEST_F(Ops, ABadQueryIsRefused)
{
    for (const char *query : {"since=yesterday", "since=1700000000", "limit=0", "limit=501", "limit=ten", "limit=-1",
                              "cursor=x", "target=a/b", "order=asc", "limit=1&limit=2"})
        EXPECT_EQ(m_rig.get(std::string("/ops/v1/audit?") + query).status, 400) << query;
    EXPECT_EQ(m_rig.get("/ops/v1/breakers?x=1").status, 400);
    EXPECT_EQ(m_rig.get("/ops/v1/audit?since=2026-01-02T03:04:05Z&target=openai&limit=500").status, 200);
}

TEST_F(Ops, TheAuditIsPagedNewestFirst)
{
    for (int i = 0; i < 5; ++i) {
        m_rig.instance().restart({{"ENABLE_CIRCUIT_BREAKER", i % 2 == 0 ? "false" : "true"}},
                                 {.operatorName = "drill"});
        m_rig.advance(Seconds(10));
    }
    const auto first = m_rig.getJson("/ops/v1/audit?limit=2");
    ASSERT_EQ(first["entries"].size(), 2u);
    EXPECT_EQ(first["entries"][0]["id"], "ai-prov-1-5");
    const std::string cursor = first["next_cursor"];
    const auto second = m_rig.getJson("/ops/v1/audit?limit=2&cursor=" + cursor);
    EXPECT_EQ(second["entries"][0]["id"], "ai-prov-1-3");
    const auto last = m_rig.getJson("/ops/v1/audit?limit=2&cursor=" + second["next_cursor"].get<std::string>());
    ASSERT_EQ(last["entries"].size(), 1u);
    EXPECT_TRUE(last["next_cursor"].is_null());
    const std::string since = first["entries"][1]["at"];
    EXPECT_EQ(m_rig.getJson("/ops/v1/audit?since=" + since)["entries"].size(), 2u);
    EXPECT_EQ(m_rig.getJson("/ops/v1/audit?target=OTHER")["entries"].size(), 0u);
}

} // namespace atalaya::fleet::test
