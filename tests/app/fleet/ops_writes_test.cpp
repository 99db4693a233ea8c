// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"
#include "tests/app/fleet/fleet_rig.h"

#include <gtest/gtest.h>

namespace atalaya::fleet::test {

namespace {

using Json = nlohmann::json;

const std::string opsTrip = "/ops/v1/breakers/openai/trip";
const std::string opsRelease = "/ops/v1/breakers/openai/release";
const std::string opsReset = "/ops/v1/breakers/openai/reset";
const std::string opsResetAll = "/ops/v1/breakers/reset-all";
const std::string breakerFlag = "/ops/v1/flags/ENABLE_CIRCUIT_BREAKER";
const std::string metricsFlag = "/ops/v1/flags/ENABLE_PROMETHEUS_METRICS";
const std::string logFlag = "/ops/v1/flags/ENABLE_STRUCTURED_LOGGING";
const std::string tripBody = R"({"reason":"drill of the day","hold_seconds":60})";
const std::string tripForGood = R"({"reason":"drill of the day","hold_seconds":null})";
const std::string because = R"({"reason":"drill of the day"})";

std::string setTo(bool value)
{
    return std::string(R"({"value":)") + (value ? "true" : "false") + R"(,"reason":"drill of the day"})";
}

class OpsWrite : public testing::Test
{
protected:
    explicit OpsWrite(double speed = 1) : m_rig(proveedoresSettings(1, speed)) { m_rig.advance(Seconds(10)); }

    std::string newKey()
    {
        std::string key = "00000000-0000-4000-8000-000000000000";
        const std::string number = std::to_string(++m_keyCount);
        return key.replace(key.size() - number.size(), number.size(), number);
    }

    /// The present tag of what `path` writes to.
    std::string tagFor(const std::string &path)
    {
        std::string resource = path;
        for (const char *action : {"/trip", "/release", "/reset"}) {
            if (resource.ends_with(action))
                resource.erase(resource.size() - std::string_view(action).size());
        }
        return headerOf(m_rig.get(resource), "ETag").value_or(std::string());
    }

    /// As a console sends it. `with` replaces headers; an empty one is left out.
    Answer write(const std::string &path, const std::string &body, const HeaderList &with = {},
                 const std::string &token = operatorToken)
    {
        Request made = request(path.find("/flags/") == std::string::npos ? "POST" : "PUT", path, token, body);
        std::map<std::string, std::string> headers{{"Content-Type", "application/json"},
                                                   {"X-Ops-Instance", "ai-prov-1"},
                                                   {"Idempotency-Key", newKey()},
                                                   {"If-Match", tagFor(path)}};
        for (const auto &[name, value] : with)
            headers[name] = value;
        for (const auto &[name, value] : headers) {
            if (!value.empty())
                made.headers.emplace_back(name, value);
        }
        return m_rig.instance().answer(made);
    }

    Json jsonOf(const Answer &answer) { return Json::parse(answer.body, nullptr, false); }
    std::string codeOf(const Answer &answer) { return jsonOf(answer).value("code", std::string()); }
    Json breaker(const std::string &name = "openai") { return m_rig.getJson("/ops/v1/breakers/" + name); }
    Json flag(const std::string &path) { return m_rig.getJson(path); }
    Json audit() { return m_rig.getJson("/ops/v1/audit")["entries"]; }
    Timestamp timeIn(const Json &json, const char *key)
    {
        return parseTime(QString::fromStdString(json[key].get<std::string>())).value();
    }

    void expectRefused(const Answer &answer, int status, const std::string &code)
    {
        EXPECT_EQ(answer.status, status) << answer.body;
        EXPECT_EQ(answer.contentType, "application/problem+json");
        EXPECT_EQ(codeOf(answer), code);
        EXPECT_EQ(m_rig.breaker("openai").mode(), BreakerMode::Automatic);
    }

    FleetRig m_rig;
    int m_keyCount = 0;
};

class OpsWriteFast : public OpsWrite
{
protected:
    OpsWriteFast() : OpsWrite(20) {}
};

} // namespace

TEST_F(OpsWrite, ATripHoldsTheBreakerOpenForItsTimeAndThenProbes)
{
    const Answer answer = write(opsTrip, tripBody);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const Json json = jsonOf(answer);
    EXPECT_EQ(json["result"], "applied");
    EXPECT_EQ(json["previous_state"], "closed");
    EXPECT_EQ(json["breaker"]["state"], "open");
    EXPECT_EQ(json["breaker"]["mode"], "forced_open");
    EXPECT_TRUE(json["breaker"]["next_probe_at"].is_null());
    EXPECT_EQ(json["breaker"]["last_change"]["by"], "operator");
    EXPECT_EQ(json["breaker"]["last_change"]["operator"], "ana");
    EXPECT_EQ(json["breaker"]["last_change"]["reason"], "drill of the day");
    EXPECT_EQ(timeIn(json["breaker"], "forced_until") - timeIn(json["breaker"], "since"), Seconds(60));
    EXPECT_EQ(m_rig.metric(R"(circuit_breaker_state{name="openai"})"), 1);

    m_rig.advance(Seconds(59));
    EXPECT_EQ(breaker()["mode"], "forced_open") << "no probe before the hold is over";
    ASSERT_TRUE(
        m_rig.advanceUntil([&] { return m_rig.breaker("openai").mode() == BreakerMode::Automatic; }, Seconds(2)));
    EXPECT_NE(breaker()["state"], "open");
    EXPECT_TRUE(
        m_rig.advanceUntil([&] { return m_rig.breaker("openai").state() == BreakerState::Closed; }, Seconds(20)));
}

TEST_F(OpsWrite, AHoldEndsByItselfWhereNobodyCalls)
{
    ASSERT_EQ(write(opsTrip, R"({"reason":"drill of the day","hold_seconds":1})").status, 200);
    m_rig.fleet().shutDown();
    m_rig.advance(Milliseconds(1250));
    EXPECT_EQ(breaker()["state"], "half_open");
    EXPECT_EQ(breaker()["mode"], "auto");
}

TEST_F(OpsWrite, ATripWithoutAnEndStays)
{
    ASSERT_EQ(write(opsTrip, tripForGood).status, 200);
    EXPECT_TRUE(breaker()["forced_until"].is_null());
    m_rig.advance(Seconds(600));
    EXPECT_EQ(breaker()["mode"], "forced_open");
}

TEST_F(OpsWrite, TheSameHoldWithinASecondIsNoChangeAnotherOneIs)
{
    ASSERT_EQ(write(opsTrip, tripBody).status, 200);
    m_rig.advance(Milliseconds(750));
    const Json version = breaker()["version"];
    const Answer same = write(opsTrip, tripBody);
    EXPECT_EQ(same.status, 200);
    EXPECT_EQ(jsonOf(same)["result"], "noop");
    EXPECT_EQ(jsonOf(same)["breaker"]["version"], version);
    EXPECT_EQ(jsonOf(write(opsTrip, R"({"reason":"longer, please","hold_seconds":120})"))["result"], "applied");
    EXPECT_EQ(jsonOf(write(opsTrip, tripForGood))["result"], "applied");
    EXPECT_EQ(jsonOf(write(opsTrip, tripForGood))["result"], "noop");
    m_rig.advance(Seconds(130));
    EXPECT_EQ(breaker()["mode"], "forced_open") << "the holds before do not end this one";
}

TEST_F(OpsWriteFast, AHoldIsOfTheWallClockWhateverTheSpeed)
{
    const Json first = jsonOf(write(opsTrip, tripBody))["breaker"];
    EXPECT_EQ(timeIn(first, "forced_until") - timeIn(first, "since"), Seconds(60));
    m_rig.advance(Milliseconds(750));
    EXPECT_EQ(jsonOf(write(opsTrip, tripBody))["result"], "noop");
    m_rig.advance(Seconds(58));
    EXPECT_EQ(breaker()["mode"], "forced_open");
    m_rig.advance(Seconds(2));
    EXPECT_EQ(breaker()["mode"], "auto");
}

TEST_F(OpsWrite, ABreakerThatOpenedByItselfIsTrippedAllTheSame)
{
    m_rig.setIncident("OpenAI outage", true);
    ASSERT_TRUE(m_rig.advanceUntil([&] { return m_rig.breaker("openai").isOpen(); }, Seconds(30)));
    const Json json = jsonOf(write(opsTrip, tripForGood));
    EXPECT_EQ(json["result"], "applied");
    EXPECT_EQ(json["previous_state"], "open");
}

TEST_F(OpsWrite, AReleaseEndsAForcedStateAndNothingElse)
{
    EXPECT_EQ(jsonOf(write(opsRelease, because))["result"], "noop");
    ASSERT_EQ(write(opsTrip, tripForGood).status, 200);
    const Json json = jsonOf(write(opsRelease, because));
    EXPECT_EQ(json["result"], "applied");
    EXPECT_EQ(json["previous_state"], "open");
    EXPECT_EQ(json["breaker"]["state"], "half_open");
    EXPECT_EQ(json["breaker"]["mode"], "auto");
}

TEST_F(OpsWrite, AResetClosesAndKeepsTheTotals)
{
    m_rig.setIncident("OpenAI outage", true);
    ASSERT_TRUE(m_rig.advanceUntil([&] { return m_rig.breaker("openai").isOpen(); }, Seconds(30)));
    const auto failures = m_rig.breaker("openai").counters().totalFailures;
    const Json json = jsonOf(write(opsReset, because));
    EXPECT_EQ(json["result"], "applied");
    EXPECT_EQ(json["breaker"]["state"], "closed");
    EXPECT_EQ(json["breaker"]["counters"]["total_failures"], failures);
    EXPECT_EQ(json["breaker"]["counters"]["failure_count"], 0);
    EXPECT_EQ(jsonOf(write(opsReset, because))["result"], "noop");
}

TEST_F(OpsWrite, ARestartLosesAForcedState)
{
    ASSERT_EQ(write(opsTrip, tripForGood).status, 200);
    const Json before = m_rig.getJson("/ops/v1/breakers");
    m_rig.instance().restart({}, {});
    m_rig.advance(Seconds(10));
    const Json after = m_rig.getJson("/ops/v1/breakers");
    EXPECT_NE(after["started_at"], before["started_at"]);
    EXPECT_EQ(after["breakers"][1]["mode"], "auto");
    EXPECT_EQ(after["breakers"][1]["state"], "closed");
}

TEST_F(OpsWrite, ResetAllTouchesWhatItNamesAndAnswersARowForEach)
{
    ASSERT_EQ(write(opsTrip, tripForGood).status, 200);
    const Json openAi = breaker();
    const Json database = breaker("supabase_db");
    const Json body{{"reason", "drill of the day"},
                    {"expected", {{"openai", openAi["version"]}, {"supabase_db", 1}, {"nobody", 7}}}};
    const Answer answer = write(opsResetAll, body.dump(), {{"If-Match", ""}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::map<std::string, Json> rows;
    const Json results = jsonOf(answer)["results"];
    for (const Json &row : results)
        rows[row["name"]] = row;
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows["openai"]["result"], "applied");
    EXPECT_EQ(rows["openai"]["version"], breaker()["version"]);
    EXPECT_TRUE(rows["openai"]["error"].is_null());
    EXPECT_EQ(rows["supabase_db"]["result"], "conflict");
    EXPECT_EQ(rows["supabase_db"]["version"], database["version"]);
    EXPECT_EQ(rows["nobody"]["result"], "error");
    EXPECT_EQ(rows["nobody"]["error"], "unknown_breaker");
    EXPECT_EQ(breaker()["state"], "closed");

    const Json entry = audit()[0];
    EXPECT_EQ(entry["id"], jsonOf(answer)["audit_id"]);
    EXPECT_EQ(entry["action"], "breaker.reset_all");
    EXPECT_EQ(entry["result"], "error") << "the worst of the rows";
    EXPECT_EQ(entry["before"]["openai"]["mode"], "forced_open");
    EXPECT_EQ(entry["after"]["openai"]["state"], "closed");

    EXPECT_EQ(m_rig.getJson("/ops/v1/audit?target=supabase_db")["entries"][0], entry)
        << "found by each name it was about";
    EXPECT_TRUE(m_rig.getJson("/ops/v1/audit?target=other")["entries"].empty());

    const Json again{{"reason", "drill of the day"}, {"expected", {{"openai", breaker()["version"]}}}};
    EXPECT_EQ(jsonOf(write(opsResetAll, again.dump()))["results"][0]["result"], "noop");
    EXPECT_EQ(audit()[0]["result"], "noop");
}

TEST_F(OpsWrite, ALiveFlagIsInForceAtOnce)
{
    const Answer answer = write(breakerFlag, setTo(false));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(jsonOf(answer)["result"], "applied");
    const Json set = jsonOf(answer)["flag"];
    EXPECT_EQ(set["value"], false);
    EXPECT_EQ(set["configured_value"], false);
    EXPECT_EQ(set["pending_restart"], false);
    EXPECT_EQ(set["source"], "override");
    EXPECT_EQ(set["updated_by"], "ana");
    EXPECT_EQ(set["reason"], "drill of the day");
    EXPECT_EQ(breaker()["enabled"], false);
    EXPECT_EQ(m_rig.metric(R"(feature_flag_enabled{flag="ENABLE_CIRCUIT_BREAKER"})"), 0);
    m_rig.setIncident("Supabase errors", true);
    m_rig.advance(Seconds(20));
    EXPECT_EQ(m_rig.metricSum("http_requests_total", R"(status="503")"), 0) << "every call passes the breaker by";

    EXPECT_EQ(write(metricsFlag, setTo(false)).status, 200);
    EXPECT_EQ(m_rig.get("/metrics").status, 404);
    EXPECT_EQ(write(metricsFlag, setTo(true)).status, 200);
    EXPECT_EQ(m_rig.get("/metrics").status, 200);
}

TEST_F(OpsWrite, TurningTheBreakersFlagOffEndsATrip)
{
    ASSERT_EQ(write(opsTrip, tripForGood).status, 200);
    ASSERT_EQ(write(breakerFlag, setTo(false)).status, 200);
    EXPECT_EQ(breaker()["state"], "closed");
    EXPECT_EQ(breaker()["mode"], "auto");
}

TEST_F(OpsWrite, AFlagReadAtStartWaitsForTheNextOne)
{
    const Answer answer = write(logFlag, setTo(false));
    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(jsonOf(answer)["result"], "applied");
    EXPECT_EQ(jsonOf(answer)["flag"]["value"], true);
    EXPECT_EQ(jsonOf(answer)["flag"]["configured_value"], false);
    EXPECT_EQ(jsonOf(answer)["flag"]["pending_restart"], true);
    m_rig.advance(Seconds(5));
    EXPECT_EQ(m_rig.metric("log_malformed_total"), 0) << "still structured";

    m_rig.instance().restart({}, {});
    m_rig.advance(Seconds(10));
    const Json after = flag(logFlag);
    EXPECT_EQ(after["value"], false);
    EXPECT_EQ(after["pending_restart"], false);
    EXPECT_EQ(after["source"], "override");
    EXPECT_EQ(after["updated_by"], "ana");
    EXPECT_GT(m_rig.metric("log_malformed_total"), 0);
}

TEST_F(OpsWrite, APendingFlagCanBeTakenBack)
{
    ASSERT_EQ(write(logFlag, setTo(false)).status, 202);
    const Answer back = write(logFlag, setTo(true));
    EXPECT_EQ(back.status, 200) << "nothing waits for a restart any more";
    EXPECT_EQ(jsonOf(back)["result"], "applied");
    EXPECT_EQ(jsonOf(back)["flag"]["pending_restart"], false);
}

TEST_F(OpsWrite, AnEnvironmentSetAtARestartWinsOverAnEarlierWrite)
{
    ASSERT_EQ(write(breakerFlag, setTo(false)).status, 200);
    m_rig.instance().restart({{"ENABLE_CIRCUIT_BREAKER", "true"}}, {.operatorName = "drill"});
    m_rig.advance(Seconds(10));
    EXPECT_EQ(flag(breakerFlag)["value"], true);
    EXPECT_EQ(flag(breakerFlag)["source"], "env");
    EXPECT_EQ(audit()[0]["before"]["value"], false);
}

TEST_F(OpsWrite, AFlagWhoseDependencyIsOffStaysOff)
{
    const std::string validation = "/ops/v1/flags/ENABLE_STARTUP_VALIDATION";
    const std::string strict = "/ops/v1/flags/STARTUP_FAIL_ON_WARNING";
    ASSERT_EQ(write(validation, setTo(false)).status, 202);
    ASSERT_EQ(write(strict, setTo(false)).status, 202) << "turning off needs nothing";
    const Answer answer = write(strict, setTo(true));
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(codeOf(answer), "dependency_off");
    EXPECT_EQ(jsonOf(answer)["current"]["name"], "STARTUP_FAIL_ON_WARNING");
    EXPECT_EQ(audit()[0]["result"], "conflict");
    ASSERT_EQ(write(validation, setTo(true)).status, 200);
    EXPECT_EQ(write(strict, setTo(true)).status, 200) << "what counts is the next start";
}

TEST_F(OpsWrite, AFlagThatIsAlreadySoIsNotChanged)
{
    const Json version = flag(breakerFlag)["version"];
    const Answer answer = write(breakerFlag, setTo(true));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(jsonOf(answer)["result"], "noop");
    EXPECT_EQ(flag(breakerFlag)["version"], version);
    EXPECT_EQ(flag(breakerFlag)["source"], "env");
    EXPECT_EQ(audit()[0]["result"], "noop");
}

TEST_F(OpsWrite, ADisabledBreakerIsNotTrippedAndTheAnswerIsKept)
{
    ASSERT_EQ(write(breakerFlag, setTo(false)).status, 200);
    const std::string key = newKey();
    const Answer answer = write(opsTrip, tripBody, {{"Idempotency-Key", key}});
    expectRefused(answer, 409, "breaker_disabled");
    EXPECT_EQ(jsonOf(answer)["current"]["name"], "openai");
    ASSERT_EQ(write(breakerFlag, setTo(true)).status, 200);
    const Answer again = write(opsTrip, tripBody, {{"Idempotency-Key", key}});
    expectRefused(again, 409, "breaker_disabled");
    EXPECT_EQ(headerOf(again, "Idempotency-Replayed"), "true");
}

TEST_F(OpsWrite, RefusesInTheContractsOrder)
{
    const std::string huge(largestBody + 1, 'x');
    HeaderList wrong{
        {"Content-Type", "text/plain"}, {"X-Ops-Instance", "ai-prov-2"}, {"Idempotency-Key", "7"}, {"If-Match", "*"}};
    expectRefused(write(opsTrip, huge, wrong, {}), 413, "too_large");
    expectRefused(write(opsTrip, "{", wrong, {}), 415, "unsupported_media_type");
    wrong[0].second = "Application/JSON ; charset=utf-8";
    expectRefused(write(opsTrip, "{", wrong, {}), 401, "unauthenticated");
    expectRefused(write(opsTrip, "{", wrong, viewerToken), 403, "forbidden");
    expectRefused(write(opsTrip, "{", wrong), 421, "wrong_instance");
    wrong[1].second = "ai-prov-1";
    expectRefused(write(opsTrip, "{", wrong), 400, "invalid_request");
    wrong[2].second = newKey();
    expectRefused(write(opsTrip, "{", wrong), 400, "invalid_request");
    wrong[3].second.clear();
    expectRefused(write(opsTrip, "{", wrong), 428, "precondition_required");
    wrong[3].second = "\"ai-prov-1-1\"";
    expectRefused(write("/ops/v1/breakers/nope/trip", "{", wrong), 404, "unknown_breaker");
    expectRefused(write("/ops/v1/flags/NOPE", "{", wrong), 404, "unknown_flag");
    expectRefused(write("/ops/v1/breakers/a%20b/trip", "{", wrong), 400, "invalid_request");
    expectRefused(write(opsTrip, "{", wrong), 412, "version_conflict");
    wrong.pop_back();
    expectRefused(write(opsTrip, "{", wrong), 400, "invalid_request");
    EXPECT_EQ(write(opsTrip, tripBody, wrong).status, 200) << "none of the refused has used up the key";
}

TEST_F(OpsWrite, AWriteNeedsItsInstanceAndItsKey)
{
    expectRefused(write(opsTrip, tripBody, {{"X-Ops-Instance", ""}}), 400, "invalid_request");
    for (const char *key : {"", "7", "00000000-0000-4000-8000-00000000000g", "00000000-0000-4000-8000-0000000000011"})
        expectRefused(write(opsTrip, tripBody, {{"Idempotency-Key", key}}), 400, "invalid_request");
    EXPECT_EQ(write(opsTrip, tripBody, {{"X-Ops-Instance", "ai-prov-2"}}).status, 421);
}

TEST_F(OpsWrite, OnlyOneStrongTagIsTaken)
{
    const std::string tag = tagFor(opsTrip);
    for (const std::string &bad : {std::string("*"), "W/" + tag, tag + ", " + tag, tag.substr(1), std::string("\"\"")})
        expectRefused(write(opsTrip, tripBody, {{"If-Match", bad}}), 400, "invalid_request");
    Request twice = request("POST", opsTrip, operatorToken, tripBody);
    twice.headers.insert(twice.headers.end(), {{"Content-Type", "application/json"},
                                               {"X-Ops-Instance", "ai-prov-1"},
                                               {"Idempotency-Key", newKey()},
                                               {"If-Match", tag},
                                               {"If-Match", tag}});
    expectRefused(m_rig.instance().answer(twice), 400, "invalid_request");
}

TEST_F(OpsWrite, AStaleTagIsAnsweredWithWhatIsThereNow)
{
    const std::string before = tagFor(opsTrip);
    ASSERT_EQ(write(opsTrip, tripForGood).status, 200);
    const Answer answer = write(opsReset, because, {{"If-Match", before}});
    EXPECT_EQ(answer.status, 412);
    EXPECT_EQ(codeOf(answer), "version_conflict");
    EXPECT_EQ(jsonOf(answer)["current"], breaker());
    EXPECT_EQ(audit()[0]["result"], "conflict");
    EXPECT_EQ(breaker()["mode"], "forced_open");
}

TEST_F(OpsWrite, TagsAreOfTheInstanceChangeByOperatorsOnlyAndNeverComeAgain)
{
    const std::string first = tagFor(opsTrip);
    EXPECT_NE(first.find("ai-prov-1"), std::string::npos);
    m_rig.setIncident("OpenAI outage", true);
    ASSERT_TRUE(m_rig.advanceUntil([&] { return m_rig.breaker("openai").isOpen(); }, Seconds(30)));
    EXPECT_EQ(tagFor(opsTrip), first) << "a flapping breaker never blocks a trip";
    std::set<std::string> seen{first};
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(write(opsTrip, tripForGood).status, 200);
        EXPECT_TRUE(seen.insert(tagFor(opsTrip)).second);
        ASSERT_EQ(write(opsReset, because).status, 200);
        EXPECT_TRUE(seen.insert(tagFor(opsTrip)).second);
    }
    m_rig.setIncident("OpenAI outage", false);
    m_rig.instance().restart({}, {});
    m_rig.advance(Seconds(10));
    for (const char *path : {"/ops/v1/breakers/openai", "/ops/v1/breakers/supabase_db"}) {
        ASSERT_FALSE(tagFor(path).empty());
        EXPECT_TRUE(seen.insert(tagFor(path)).second) << path;
    }
}

TEST(OpsTags, NeverComeAgainAcrossARestartOfTheFleet)
{
    atalaya::test::ManualClock clock;
    QTemporaryDir logs;
    std::set<std::string> seen;
    for (int start = 0; start < 3; ++start) {
        FleetSettings settings = proveedoresSettings(1);
        settings.logFolder = logs.path();
        Fleet fleet(settings, clock);
        ASSERT_TRUE(fleet.open().has_value());
        for (const char *path : {"/ops/v1/breakers/openai", "/ops/v1/breakers/supabase_db",
                                 "/ops/v1/flags/ENABLE_CIRCUIT_BREAKER", "/ops/v1/flags/ENABLE_STRUCTURED_LOGGING"}) {
            const auto tag = headerOf(fleet.instance("ai-prov-1")->answer(request("GET", path, viewerToken)), "ETag");
            EXPECT_TRUE(seen.insert(tag.value()).second) << path;
        }
        clock.advance(Milliseconds(50));
    }
}

TEST_F(OpsWrite, TheSameKeyAndBodyIsOneWrite)
{
    const HeaderList keyed{{"Idempotency-Key", newKey()}, {"If-Match", tagFor(opsTrip)}};
    const Answer first = write(opsTrip, tripBody, keyed);
    ASSERT_EQ(first.status, 200);
    EXPECT_FALSE(headerOf(first, "Idempotency-Replayed"));
    ASSERT_EQ(write(opsReset, because).status, 200);
    const std::size_t entries = audit().size();
    const Answer again = write(opsTrip, tripBody, keyed);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, first.body) << "the first answer, not what is true now";
    EXPECT_EQ(headerOf(again, "Idempotency-Replayed"), "true");
    EXPECT_EQ(breaker()["state"], "closed") << "and nothing is done";
    EXPECT_EQ(audit().size(), entries);
    expectRefused(write(opsTrip, tripForGood, keyed), 422, "idempotency_mismatch");
    EXPECT_EQ(audit()[0]["result"], "error");
}

TEST_F(OpsWrite, AKeyBelongsToItsCallerMethodAndPath)
{
    const std::string key = newKey();
    ASSERT_EQ(write(opsTrip, tripBody, {{"Idempotency-Key", key}}).status, 200);
    const Answer elsewhere = write(opsReset, because, {{"Idempotency-Key", key}});
    EXPECT_EQ(elsewhere.status, 200);
    EXPECT_EQ(jsonOf(elsewhere)["result"], "applied");

    FleetSettings settings = proveedoresSettings(1);
    settings.credentials.push_back({"berta", Role::Operator, "other-operator-0123456789"});
    FleetRig shared(settings);
    shared.advance(Seconds(5));
    const auto trip = [&](const std::string &token) {
        Request made = request("POST", opsTrip, token, tripBody);
        made.headers.insert(made.headers.end(),
                            {{"Content-Type", "application/json"},
                             {"X-Ops-Instance", "ai-prov-1"},
                             {"Idempotency-Key", key},
                             {"If-Match", *headerOf(shared.get("/ops/v1/breakers/openai"), "ETag")}});
        return shared.instance().answer(made);
    };
    ASSERT_EQ(trip(operatorToken).status, 200);
    EXPECT_FALSE(headerOf(trip("other-operator-0123456789"), "Idempotency-Replayed"));
}

TEST_F(OpsWrite, ARefusalIsNotKeptAndARestartForgetsAll)
{
    const std::string key = newKey();
    expectRefused(write(opsTrip, "{}", {{"Idempotency-Key", key}}), 400, "invalid_request");
    const HeaderList keyed{{"Idempotency-Key", key}, {"If-Match", tagFor(opsTrip)}};
    ASSERT_EQ(write(opsTrip, tripBody, keyed).status, 200) << "another body after a refusal";
    m_rig.instance().restart({}, {});
    m_rig.advance(Seconds(10));
    expectRefused(write(opsTrip, tripBody, keyed), 412, "version_conflict");
}

TEST_F(OpsWrite, ABadBodyIsRefused)
{
    for (const char *body :
         {"", "{", "[]", "null", R"("x")", R"({"hold_seconds":60})", R"({"reason":"drill of the day"})",
          R"({"reason":7,"hold_seconds":60})", R"({"reason":"drill of the day","hold_seconds":60,"more":1})",
          R"({"reason":"drill of the day","reason":"drill of the day","hold_seconds":60})",
          R"({"reason":"drill of the day","hold_seconds":0})", R"({"reason":"drill of the day","hold_seconds":86401})",
          R"({"reason":"drill of the day","hold_seconds":-1})", R"({"reason":"drill of the day","hold_seconds":1.5})",
          R"({"reason":"drill of the day","hold_seconds":"60"})",
          R"({"reason":"drill of the day","hold_seconds":99999999999999999999})",
          "{\"reason\":\"drill of the \xff day\",\"hold_seconds\":60}",
          R"({"reason":"drill of the day","hold_seconds":60,})", R"({"reason":"drill","hold_seconds":60} x)"})
        expectRefused(write(opsTrip, body), 400, "invalid_request");
    for (const char *body : {R"({"reason":"drill of the day"})", R"({"reason":"drill of the day","expected":[]})",
                             R"({"reason":"drill of the day","expected":{"openai":"17"}})",
                             R"({"reason":"drill of the day","expected":{"openai":-1}})",
                             R"({"reason":"drill of the day","expected":{"a b":1}})",
                             R"({"reason":"drill of the day","expected":{"openai":1,"openai":2}})"})
        expectRefused(write(opsResetAll, body), 400, "invalid_request");
    for (const char *body : {R"({"reason":"drill of the day"})", R"({"reason":"drill of the day","value":"false"})",
                             R"({"reason":"drill of the day","value":0})", R"({"value":false})"})
        expectRefused(write(breakerFlag, body), 400, "invalid_request");
    expectRefused(write(opsTrip + "?dry=1", tripBody, {{"If-Match", tagFor(opsTrip)}}), 400, "invalid_request");
    EXPECT_EQ(breaker()["enabled"], true);
}

TEST_F(OpsWrite, AReasonHasFiveToFiveHundredCharacters)
{
    const auto resetWith = [&](const std::string &reason) {
        return write(opsReset, Json{{"reason", reason}}.dump()).status;
    };
    std::string accents;
    for (int i = 0; i < 500; ++i)
        accents += "\u00e1";
    EXPECT_EQ(resetWith("four"), 400);
    EXPECT_EQ(resetWith("          "), 400) << "blanks are no reason";
    EXPECT_EQ(resetWith("\u00e1\u00e1\u00e1\u00e1"), 400) << "characters, not bytes";
    EXPECT_EQ(resetWith("fives"), 200);
    EXPECT_EQ(resetWith(accents), 200);
    EXPECT_EQ(resetWith(accents + "x"), 400);
    for (const char *bad : {"line\nbreak", "tab\tulator", "bell \x07", "del \x7f ete", "c1 \u0085 control"})
        EXPECT_EQ(resetWith(bad), 400) << bad;
    EXPECT_EQ(resetWith(std::string("nul \0 byte", 10)), 400);
}

TEST_F(OpsWrite, AViewerIsDeniedAndThatIsAudited)
{
    expectRefused(write(opsTrip, tripBody, {}, viewerToken), 403, "forbidden");
    const Json entry = audit()[0];
    EXPECT_EQ(entry["operator"], "vera");
    EXPECT_EQ(entry["role"], "viewer");
    EXPECT_EQ(entry["action"], "breaker.trip");
    EXPECT_EQ(entry["target"], "openai");
    EXPECT_EQ(entry["result"], "denied");
    EXPECT_EQ(entry["reason"], "drill of the day");
    expectRefused(write(opsTrip, tripBody, {}, adminToken), 403, "forbidden");
    EXPECT_EQ(audit()[0]["role"], "admin");
    EXPECT_EQ(audit().size(), 2u);
    write(opsTrip, tripBody, {}, "wrong-token-0123456789");
    EXPECT_EQ(audit().size(), 2u) << "who is not known cannot be named";
}

TEST_F(OpsWrite, TheAuditSaysWhoDidWhatToWhatWithWhat)
{
    const std::string key = newKey();
    const Answer answer = write(
        opsTrip, tripBody,
        {{"Idempotency-Key", key}, {"X-Correlation-ID", "trip-1"}, {"User-Agent", "atalaya/1.2.3 (guardia-1) Qt"}});
    const Json entry = audit()[0];
    EXPECT_EQ(entry["id"], jsonOf(answer)["audit_id"]);
    EXPECT_EQ(entry["at"], jsonOf(answer)["breaker"]["since"]);
    EXPECT_EQ(entry["operator"], "ana");
    EXPECT_EQ(entry["role"], "operator");
    EXPECT_EQ(entry["action"], "breaker.trip");
    EXPECT_EQ(entry["target"], "openai");
    EXPECT_EQ(entry["service"], "ai-proveedores");
    EXPECT_EQ(entry["instance_id"], "ai-prov-1");
    EXPECT_EQ(entry["before"]["state"], "closed");
    EXPECT_EQ(entry["after"]["mode"], "forced_open");
    EXPECT_EQ(entry["result"], "applied");
    EXPECT_EQ(entry["reason"], "drill of the day");
    EXPECT_EQ(entry["correlation_id"], "trip-1");
    EXPECT_EQ(entry["idempotency_key"], key);
    EXPECT_EQ(entry["client"], Json({{"app", "atalaya"}, {"version", "1.2.3"}, {"host", "guardia-1"}}));
    for (const auto &[path, body, action] : {std::tuple{opsRelease, because, "breaker.release"},
                                             {opsReset, because, "breaker.reset"},
                                             {logFlag, setTo(false), "flag.set"}}) {
        write(path, body, {{"User-Agent", ""}});
        EXPECT_EQ(audit()[0]["action"], action);
        EXPECT_TRUE(audit()[0]["client"]["app"].is_null());
    }
    EXPECT_EQ(audit()[0]["before"]["configured_value"], true);
    EXPECT_EQ(audit()[0]["after"]["configured_value"], false);
}

TEST_F(OpsWrite, TheCorrelationIdIsOnTheAnswerInTheAuditAndInTheLog)
{
    const Answer good = write(opsTrip, tripBody, {{"X-Correlation-ID", "drill-42"}});
    EXPECT_EQ(headerOf(good, "X-Correlation-ID"), "drill-42");
    const Answer refused = write(opsReset, "{}", {{"X-Correlation-ID", "drill-43"}});
    EXPECT_EQ(headerOf(refused, "X-Correlation-ID"), "drill-43");
    EXPECT_EQ(jsonOf(refused)["correlation_id"], "drill-43");
    EXPECT_EQ(audit()[0]["correlation_id"], "drill-43");
    const auto lines = m_rig.logLines();
    for (const char *id : {"drill-42", "drill-43"}) {
        EXPECT_TRUE(std::ranges::any_of(lines, [&](const std::string &line) {
            return line.find(id) != std::string::npos && line.find("/ops/v1/breakers/openai/") != std::string::npos;
        })) << id;
    }
    const Answer unsafe = write(opsReset, "{}", {{"X-Correlation-ID", "a\nb"}});
    EXPECT_NE(headerOf(unsafe, "X-Correlation-ID"), "a\nb");
    EXPECT_EQ(headerOf(unsafe, "X-Correlation-ID"), jsonOf(unsafe)["correlation_id"]);
    EXPECT_TRUE(headerOf(write(opsTrip, std::string(largestBody + 1, 'x')), "X-Correlation-ID"));
}

} // namespace atalaya::fleet::test
