// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"
#include "models/breakers/ops_breaker_adapter.h"
#include "tests/support/fake_transport.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::breakers;
using atalaya::test::FakeTransport;

namespace {

const QByteArray oneBreaker = R"({"name":"supabase_db","state":"open","mode":"forced_open","enabled":true,"version":17,
    "since":"2026-11-24T02:59:00.123456789Z","opened_at":"2026-11-24T02:59:00Z","next_probe_at":null,"forced_until":"2026-11-24T03:14:00Z",
    "has_fallback":false,"config":{"failure_threshold":5,"success_threshold":2,"timeout_seconds":60,"half_open_max_calls":3},
    "counters":{"total_calls":100,"total_successes":60,"total_failures":40,"total_rejected":7,"failure_count":0,"success_count":0,
                "half_open_calls":0,"failure_rate":0.4},
    "last_change":{"at":"2026-11-24T02:59:00Z","by":"operator","operator":"ana","reason":"OpenAI is down","correlation_id":"c"}})";

Result<BreakerList> listOf(const QByteArray &body, int status = 200)
{
    return decodeOpsBreakers(FakeTransport::response(body, status));
}

} // namespace

TEST(OpsBreakerAdapter, ReadsTheContractsList)
{
    const auto list = listOf(
        R"({"instance_id":"w-1","started_at":"2026-11-17T05:12:00Z","generated_at":"2026-11-24T03:00:00Z","breakers":[)" +
        oneBreaker + "]}");
    ASSERT_TRUE(list) << sentenceFor(list.error()).toStdString();
    EXPECT_TRUE(list->isControllable);
    EXPECT_EQ(list->instanceId, u"w-1");
    const ControlReading &breaker = list->breakers.first();
    EXPECT_EQ(breaker.state, BreakerState::Open);
    EXPECT_EQ(breaker.mode, BreakerMode::ForcedOpen);
    EXPECT_EQ(breaker.version, u"17");
    EXPECT_EQ(rfc3339(*breaker.forcedUntil), u"2026-11-24T03:14:00.000Z");
    EXPECT_FALSE(breaker.nextProbeAt);
    EXPECT_EQ(breaker.counters->totalRejected, 7);
    EXPECT_TRUE(breaker.counters->knowsRejected);
    EXPECT_EQ(breaker.config.halfOpenMaxCalls, 3);
    EXPECT_EQ(breaker.lastChangeBy, u"ana");
    EXPECT_EQ(breaker.hasFallback, false);
}

TEST(OpsBreakerAdapter, ReadsTheBareArrayOfGetMetrics)
{
    const auto list = listOf(
        R"([{"name":"supabase_db","state":"closed","total_calls":12,"total_successes":12,"total_failures":0,"failure_count":0,
        "success_count":0,"failure_rate":0.0,"is_open":false}])");
    ASSERT_TRUE(list);
    EXPECT_FALSE(list->isControllable);
    const ControlReading &breaker = list->breakers.first();
    EXPECT_EQ(breaker.state, BreakerState::Closed);
    EXPECT_EQ(breaker.counters->totalCalls, 12);
    EXPECT_FALSE(breaker.counters->knowsRejected) << "what was not said is not zero";
    EXPECT_TRUE(breaker.version.isEmpty());
}

TEST(OpsBreakerAdapter, NameAndStateAreEnough)
{
    const auto list = listOf(R"({"breakers":[{"name":"a","state":"HALF-OPEN"},{"name":"b","state":"sideways"}]})");
    ASSERT_TRUE(list);
    EXPECT_EQ(list->breakers.at(0).state, BreakerState::HalfOpen);
    EXPECT_FALSE(list->breakers.at(0).counters);
    EXPECT_EQ(list->breakers.at(1).state, BreakerState::Unknown) << "a word nobody knows is never closed";
}

TEST(OpsBreakerAdapter, NotEnabledIsBypassed)
{
    const auto list = listOf(R"({"breakers":[{"name":"a","state":"closed","mode":"auto","enabled":false}]})");
    ASSERT_TRUE(list);
    EXPECT_EQ(list->breakers.first().mode, BreakerMode::Bypassed);
}

TEST(OpsBreakerAdapter, NoCallsHaveNoFailureRate)
{
    const auto list =
        listOf(R"({"breakers":[{"name":"a","state":"closed","counters":{"total_calls":0,"failure_rate":0.0}}]})");
    ASSERT_TRUE(list);
    EXPECT_FALSE(list->breakers.first().counters->failureRate);
}

TEST(OpsBreakerAdapter, ReadsOneBreakerAloneOrInsideAWritesAnswer)
{
    auto response = FakeTransport::response(oneBreaker);
    response.headers.append(std::pair<QByteArray, QByteArray>("etag", "\"w-1-17\""));
    const auto alone = decodeOpsBreaker(response);
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->etag, u"\"w-1-17\"");
    const auto inside = decodeOpsBreaker(FakeTransport::response(
        R"({"result":"applied","previous_state":"closed","breaker":)" + oneBreaker + R"(,"audit_id":"1"})"));
    ASSERT_TRUE(inside);
    EXPECT_EQ(inside->mode, BreakerMode::ForcedOpen);
}

TEST(OpsBreakerAdapter, ReadsWhatAnEndpointCanDo)
{
    const auto info = decodeOpsInfo(FakeTransport::response(
        R"({"service":"worker","version":"1","instance_id":"w-1","started_at":"2026-11-17T05:12:00Z",
        "contract":"ops/1","capabilities":["startup","breakers.read"],"roles":["viewer"]})"));
    ASSERT_TRUE(info);
    EXPECT_TRUE(info->can(u"breakers.read"_s));
    EXPECT_FALSE(info->can(u"breakers.write"_s));
    EXPECT_FALSE(decodeOpsInfo(FakeTransport::response(R"({"service":"worker"})")));
}

TEST(OpsBreakerAdapter, RefusesAListWithAHoleInIt)
{
    for (const QByteArray &body :
         {QByteArray(R"({"breakers":[{"name":"a"}]})"), QByteArray(R"({"breakers":[{"state":"open"}]})"),
          QByteArray(R"({"breakers":[{"name":"","state":"open"}]})"),
          QByteArray(R"({"breakers":[{"name":"a","state":1}]})"), QByteArray(R"({"breakers":["a"]})"),
          QByteArray(R"({"breakers":{}})"), QByteArray("{}"), QByteArray("\"closed\""),
          QByteArray(R"([{"name":"a","state":"clo)"), QByteArray("<html><title>x</title></html>"), QByteArray()}) {
        const auto list = listOf(body);
        ASSERT_FALSE(list) << body.toStdString();
        EXPECT_EQ(list.error().kind, ErrorKind::Malformed) << body.toStdString();
    }
    EXPECT_EQ(listOf("", 401).error().kind, ErrorKind::Unauthorized);
    EXPECT_EQ(listOf(R"({"title":"Forbidden","detail":"role too low","code":"forbidden"})", 403).error().kind,
              ErrorKind::Forbidden);
    EXPECT_EQ(listOf(R"({"code":"not_supported","detail":"no breakers here"})", 404).error().kind, ErrorKind::NotFound);
}
