// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"
#include "models/breakers/breaker_store.h"
#include "tests/models/breakers/breaker_store_bench.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::breakers;
using atalaya::test::refused;
using atalaya::test::runUntil;
using breakers::test::BreakerStoreBench;

TEST(BreakerStore, ShowsControlAndGaugeOfEveryInstance)
{
    BreakerStoreBench bench;
    BreakerStore &store = bench.open();
    EXPECT_EQ(bench.lines(), (QStringList{u"worker/openai/worker-1 closed"_s, u"worker/openai/worker-2 closed"_s,
                                          u"p2p/binance/p2p-1 closed"_s}));
    EXPECT_EQ(store.systemsWithout(), (QStringList{u"anclora"_s, u"notes"_s}));
    EXPECT_TRUE(store.systemsNotKnown().isEmpty());
    EXPECT_EQ(bench.transport.callsTo(bench.queryOf(u"core"_s)).first().field(u"query"_s),
              u"worker_circuit_breaker_state{job=\"worker\"}");
    EXPECT_TRUE(bench.transport.callsTo(bench.listOf(u"b1"_s)).isEmpty()) << "it says that it has none";
    EXPECT_FALSE(bench.breakerOf(u"p2p-1"_s).control);
    EXPECT_FALSE(bench.breakerOf(u"p2p-1"_s).callsPerSecond) << "a gauge knows no traffic";
    for (const auto &call : bench.transport.calls())
        EXPECT_FALSE(call.isWrite);
}

TEST(BreakerStore, MetricAndControlThatDisagreeAreBothKept)
{
    BreakerStoreBench bench;
    bench.gauge(u"core"_s, {{"worker-1", "1"}, {"worker-2", "9"}});
    bench.open();
    EXPECT_TRUE(bench.breakerOf(u"worker-1"_s).differs());
    EXPECT_EQ(bench.breakerOf(u"worker-1"_s).gauge->word(), u"half_open");
    EXPECT_EQ(bench.breakerOf(u"worker-2"_s).gauge->word(), u"unknown(9)");
    EXPECT_EQ(bench.breakerOf(u"worker-2"_s).state(), BreakerState::Closed) << "control says so";
}

TEST(BreakerStore, RatesNeedTwoReads)
{
    BreakerStoreBench bench;
    bench.open();
    EXPECT_FALSE(bench.breakerOf(u"worker-1"_s).callsPerSecond);
    EXPECT_FALSE(bench.breakerOf(u"worker-1"_s).failureRate);
    bench.say(u"w1"_s, bench.closed(150, 10, 20));
    bench.pass(5s);
    const Breaker breaker = bench.breakerOf(u"worker-1"_s);
    EXPECT_DOUBLE_EQ(*breaker.callsPerSecond, 10);
    EXPECT_DOUBLE_EQ(*breaker.rejectedPerSecond, 4);
    EXPECT_DOUBLE_EQ(*breaker.failureRate, 10.0 / 30) << "of the calls that were let through";
    EXPECT_EQ(bench.store->failureRateHistory(breaker.id).size(), 1);
    EXPECT_FALSE(bench.breakerOf(u"worker-2"_s).failureRate) << "no calls, no rate";
    EXPECT_DOUBLE_EQ(*bench.breakerOf(u"worker-2"_s).callsPerSecond, 0) << "that is known";
}

TEST(BreakerStore, TheFailureRateIsThatOfTheLastMinute)
{
    BreakerStoreBench bench;
    bench.open();
    int calls = 100;
    for (int i = 0; i < 4; ++i) {
        calls += 10;
        bench.say(u"w1"_s, bench.closed(calls, 10 * (i + 1)));
        bench.pass(5s);
    }
    EXPECT_DOUBLE_EQ(*bench.breakerOf(u"worker-1"_s).failureRate, 1);
    for (int i = 0; i < 13; ++i) {
        calls += 10;
        bench.say(u"w1"_s, bench.closed(calls, 40));
        bench.pass(5s);
    }
    EXPECT_DOUBLE_EQ(*bench.breakerOf(u"worker-1"_s).failureRate, 0) << "the failures are over a minute ago";
}

TEST(BreakerStore, CountersThatFallOrANewStartGiveNoRate)
{
    BreakerStoreBench bench;
    bench.open();
    bench.say(u"w1"_s, bench.closed(5));
    bench.say(u"w2"_s, bench.closed(500), "2026-11-24T02:59:59Z");
    bench.pass(5s);
    EXPECT_FALSE(bench.breakerOf(u"worker-1"_s).callsPerSecond);
    EXPECT_FALSE(bench.breakerOf(u"worker-2"_s).callsPerSecond) << "another life of the process";
    bench.say(u"w1"_s, bench.closed(15));
    bench.pass(5s);
    EXPECT_DOUBLE_EQ(*bench.breakerOf(u"worker-1"_s).callsPerSecond, 2);
}

TEST(BreakerStore, ASilentEndpointFallsBackToTheGaugeAndShowsNoOldRates)
{
    BreakerStoreBench bench;
    bench.open();
    bench.say(u"w1"_s, bench.closed(150));
    bench.pass(5s);
    ASSERT_TRUE(bench.breakerOf(u"worker-1"_s).callsPerSecond);
    bench.gauge(u"core"_s, {{"worker-1", "2"}, {"worker-2", "0"}});
    bench.transport.fail("GET", bench.listOf(u"w1"_s), refused());
    bench.transport.fail("GET", bench.infoOf(u"w1"_s), refused());
    bench.pass(5s);
    EXPECT_FALSE(bench.breakerOf(u"worker-1"_s).callsPerSecond);
    bench.pass(10s);
    const Breaker breaker = bench.breakerOf(u"worker-1"_s);
    EXPECT_FALSE(breaker.controlLive);
    EXPECT_EQ(breaker.state(), BreakerState::Open);
    EXPECT_EQ(breaker.controlError, u"unreachable");
    EXPECT_EQ(breaker.control->state, BreakerState::Closed) << "the last reading stays, marked";
}

TEST(BreakerStore, SilentOnBothWaysIsUnknownWithWhatWasLastSeen)
{
    BreakerStoreBench bench;
    bench.open();
    bench.transport.fail("GET", bench.queryOf(u"p2p"_s), refused());
    bench.pass(10s);
    bench.clock.advance(11s);
    const Breaker breaker = bench.breakerOf(u"p2p-1"_s);
    EXPECT_EQ(breaker.state(), BreakerState::Unknown);
    EXPECT_EQ(breaker.lastSeen()->first, BreakerState::Closed);
}

TEST(BreakerStore, AnInstanceThatNeverAnsweredHasItsCellToo)
{
    BreakerStoreBench bench;
    bench.gauge(u"core"_s, {});
    bench.transport.fail("GET", bench.infoOf(u"w2"_s), refused());
    bench.open();
    const Breaker breaker = bench.breakerOf(u"worker-2"_s);
    EXPECT_EQ(breaker.id.name, u"openai");
    EXPECT_EQ(breaker.state(), BreakerState::Unknown);
    EXPECT_EQ(breaker.controlError, u"unreachable");
    EXPECT_FALSE(breaker.lastSeen());
}

TEST(BreakerStore, ASystemOfWhichNothingIsKnownIsNotOneWithoutBreakers)
{
    BreakerStoreBench bench;
    bench.transport.fail("GET", bench.queryOf(u"p2p"_s), refused());
    bench.transport.fail("GET", bench.infoOf(u"b1"_s), refused());
    BreakerStore &store = bench.open();
    EXPECT_EQ(store.systemsNotKnown(), (QStringList{u"anclora"_s, u"p2p"_s}));
    EXPECT_EQ(store.systemsWithout(), QStringList{u"notes"_s});
}

TEST(BreakerStore, SinceIsTheServersWordElseWhatWasObserved)
{
    BreakerStoreBench bench;
    bench.say(u"w1"_s,
              bench.breaker(R"("state":"open","since":"2026-11-24T02:50:00Z","next_probe_at":"2026-11-24T03:00:11Z")"));
    bench.gauge(u"core"_s, {{"worker-1", "2"}, {"worker-2", "0"}});
    bench.open();
    EXPECT_EQ(rfc3339(*bench.breakerOf(u"worker-1"_s).since), u"2026-11-24T02:50:00.000Z");
    EXPECT_TRUE(bench.breakerOf(u"worker-1"_s).control->nextProbeAt);
    EXPECT_FALSE(bench.breakerOf(u"p2p-1"_s).since) << "it may have been so for ever";
    bench.gauge(u"p2p"_s, {{"p2p-1", "2"}}, "circuit_name", "binance");
    bench.pass(10s);
    EXPECT_EQ(bench.breakerOf(u"p2p-1"_s).since, bench.clock.now());
    bench.pass(10s);
    EXPECT_EQ(bench.breakerOf(u"p2p-1"_s).since, bench.clock.now() - 10s);
}

TEST(BreakerStore, ATripLostAtARestartIsSaid)
{
    BreakerStoreBench bench;
    bench.say(u"w1"_s, bench.breaker(R"("state":"open","mode":"forced_open","forced_until":null)"));
    bench.open();
    EXPECT_EQ(bench.breakerOf(u"worker-1"_s).mode(), BreakerMode::ForcedOpen);
    bench.say(u"w1"_s, bench.closed(1), "2026-11-24T03:00:02Z");
    bench.pass(5s);
    EXPECT_EQ(rfc3339(*bench.breakerOf(u"worker-1"_s).tripLostAt), u"2026-11-24T03:00:02.000Z");
    bench.say(u"w1"_s, bench.breaker(R"("state":"open","mode":"forced_open","forced_until":null)"),
              "2026-11-24T03:00:02Z");
    bench.pass(5s);
    EXPECT_FALSE(bench.breakerOf(u"worker-1"_s).tripLostAt) << "somebody tripped it again";
}

TEST(BreakerStore, AWritesAnswerReplacesTheReadingAndAnOldReadIsDropped)
{
    BreakerStoreBench bench;
    BreakerStore &store = bench.open();
    bench.transport.hangOnce("GET", bench.listOf(u"w1"_s));
    bench.advance(5s);
    ASSERT_TRUE(runUntil([&] { return bench.transport.hangingCount() == 1; }));
    ControlReading forced;
    forced.name = u"openai"_s;
    forced.state = BreakerState::Open;
    forced.mode = BreakerMode::ForcedOpen;
    bench.say(u"w1"_s, bench.breaker(R"("state":"open","mode":"forced_open")"));
    store.applyReading({u"worker"_s, u"openai"_s, u"worker-1"_s}, forced);
    EXPECT_EQ(bench.breakerOf(u"worker-1"_s).shownWord(), u"forced open");
    bench.transport.release(0, R"({"breakers":[{"name":"openai","state":"closed"}]})");
    bench.pass(5s);
    EXPECT_EQ(bench.breakerOf(u"worker-1"_s).shownWord(), u"forced open") << "that answer left before the write";
}

TEST(BreakerStore, ReadsAServiceThatOnlyExposesGetMetrics)
{
    BreakerStoreBench bench;
    bench.transport.answer("GET", bench.infoOf(u"w1"_s), "<html><title>404</title></html>", 404, "text/html");
    bench.transport.answer("GET", bench.listOf(u"w1"_s),
                           R"([{"name":"openai","state":"open","total_calls":4,"is_open":true}])");
    bench.open();
    EXPECT_EQ(bench.breakerOf(u"worker-1"_s).state(), BreakerState::Open);
    EXPECT_FALSE(bench.store->control(u"worker"_s, u"worker-1"_s).data->isControllable);
}

TEST(BreakerStore, RefusalsAndRubbishAreErrorsThatKeepTheLastReading)
{
    for (const auto &[body, status, reason] : {std::tuple<QByteArray, int, QString>{"", 401, u"HTTP 401"_s},
                                               {"", 403, u"HTTP 403"_s},
                                               {"<html><title>x</title></html>", 200, u"malformed answer"_s},
                                               {"{\"breakers\":[", 200, u"malformed answer"_s}}) {
        BreakerStoreBench bench;
        bench.open();
        bench.transport.answer("GET", bench.listOf(u"w1"_s), body, status);
        bench.pass(5s);
        EXPECT_EQ(bench.breakerOf(u"worker-1"_s).controlError, reason);
        EXPECT_EQ(bench.breakerOf(u"worker-1"_s).control->state, BreakerState::Closed);
        EXPECT_TRUE(bench.monitor.status(u"worker/worker-1#control"_s)->error);
    }
}

TEST(BreakerStore, AReplicaNobodyConfiguredIsShown)
{
    BreakerStoreBench bench;
    bench.gauge(u"p2p"_s, {{"p2p-1", "0"}, {"p2p-9", "2"}}, "circuit_name", "binance");
    bench.open();
    EXPECT_EQ(bench.breakerOf(u"p2p-9"_s).state(), BreakerState::Open);
}
