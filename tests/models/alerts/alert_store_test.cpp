// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_store.h"
#include "tests/models/alerts/alert_store_bench.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::alerts;
using alerts::test::AlertStoreBench;
using atalaya::test::refused;
using atalaya::test::runUntil;

namespace {

const QByteArray firingA =
    R"([{"labels":{"alertname":"A","severity":"critical","system":"worker"},"startsAt":"2026-11-24T02:50:00Z",
    "status":{"state":"active","silencedBy":[],"inhibitedBy":[]},"receivers":[{"name":"default"}]}])";
const QByteArray pendingB = R"({"type":"alerting","name":"B","query":"b > 1","duration":600,"health":"ok","alerts":[
    {"state":"pending","activeAt":"2026-11-24T02:58:00Z","value":"2","labels":{"alertname":"B","system":"p2p"}}]})";

} // namespace

TEST(AlertStore, AsksEverySourceAtOnceAndMerges)
{
    AlertStoreBench bench;
    bench.listed(u"am-a"_s, firingA);
    bench.listed(u"am-b"_s, firingA);
    bench.rules(u"p2p"_s, pendingB);
    AlertStore &store = bench.open();
    EXPECT_EQ(bench.lines(), (QStringList{u"A firing am-a,am-b"_s, u"B pending p2p"_s}));
    EXPECT_TRUE(store.silentSources().isEmpty());
    EXPECT_EQ(bench.transport.callsTo(bench.rulesOf(u"core"_s)).first().field(u"type"_s), u"alert");
    EXPECT_TRUE(bench.transport.callsTo(u"http://logs.test:3100/api/v1/rules"_s).isEmpty());
    EXPECT_EQ(bench.monitor.status(u"am-a"_s)->freshness, Freshness::Live);
}

TEST(AlertStore, IsNotSettledWhileASourceHasNeitherAnsweredNorFailed)
{
    AlertStoreBench bench;
    bench.transport.hang("GET", bench.alertsOf(u"am-b"_s));
    AlertStore store(bench.environment, bench.transport, bench.resolver, bench.schedule, bench.monitor, bench.clock);
    EXPECT_TRUE(store.silentSources().contains(u"am-b"_s));
    ASSERT_TRUE(runUntil([&] { return bench.transport.hangingCount() == 1 && store.silentSources().size() == 1; }));
    EXPECT_FALSE(store.isSettled());
    EXPECT_EQ(store.silentSources(), QStringList{u"am-b"_s}) << "what has not answered may hold alerts";
    bench.transport.release(0, "[]");
    ASSERT_TRUE(runUntil([&] { return store.isSettled(); }));
    EXPECT_TRUE(store.silentSources().isEmpty());
}

TEST(AlertStore, KeepsTheLastGoodAnswerOfASourceThatFails)
{
    AlertStoreBench bench;
    bench.listed(u"am-a"_s, firingA);
    AlertStore &store = bench.open();
    bench.transport.fail("GET", bench.alertsOf(u"am-a"_s), refused());
    bench.pass(15s);
    EXPECT_EQ(bench.lines(), QStringList{u"A firing am-a"_s});
    EXPECT_TRUE(store.silentSources().isEmpty()) << "younger than two intervals";
    bench.clock.advance(16s);
    EXPECT_EQ(store.silentSources(), QStringList{u"am-a"_s}) << "by the clock alone, without an answer";
    bench.pass(0s);
    EXPECT_EQ(store.silentSources(), QStringList{u"am-a"_s});
    EXPECT_EQ(bench.lines(), QStringList{u"A firing am-a"_s}) << "silent is not resolved";
}

TEST(AlertStore, AResolvedAlertVanishes)
{
    AlertStoreBench bench;
    bench.listed(u"am-a"_s, firingA);
    bench.open();
    bench.listed(u"am-a"_s, "[]");
    bench.pass(15s);
    EXPECT_TRUE(bench.lines().isEmpty());
}

TEST(AlertStore, AnswersThatCannotBeReadKeepWhatWasKnown)
{
    for (const auto &[body, status] : {std::pair<QByteArray, int>{"<html><title>Sign in</title></html>", 200},
                                       {"[{\"labels\":", 200},
                                       {"Unauthorized", 401},
                                       {"", 403},
                                       {"{}", 200}}) {
        AlertStoreBench bench;
        bench.listed(u"am-a"_s, firingA);
        bench.open();
        bench.transport.answer("GET", bench.alertsOf(u"am-a"_s), body, status,
                               status == 200 ? "text/html" : "text/plain");
        bench.pass(15s);
        EXPECT_EQ(bench.lines(), QStringList{u"A firing am-a"_s}) << body.toStdString();
        ASSERT_TRUE(bench.monitor.status(u"am-a"_s)->error) << body.toStdString();
        EXPECT_NE(bench.monitor.status(u"am-a"_s)->failingSince, Timestamp{});
    }
}

TEST(AlertStore, ASourceThatNeverAnsweredIsSilentAndSettled)
{
    AlertStoreBench bench;
    bench.transport.fail("GET", bench.rulesOf(u"p2p"_s), refused());
    AlertStore &store = bench.open();
    EXPECT_EQ(store.silentSources(), QStringList{u"p2p"_s});
    EXPECT_TRUE(store.isSilentFor(u"p2p"_s));
    EXPECT_FALSE(store.isSilentFor(u"worker"_s));
    EXPECT_TRUE(store.hasLiveAlertmanager());
    EXPECT_EQ(bench.monitor.status(u"p2p"_s)->freshness, Freshness::Unreachable);
}

TEST(AlertStore, ALateAnswerToAnOldQuestionIsDropped)
{
    AlertStoreBench bench;
    AlertStore &store = bench.open();
    bench.transport.hangOnce("GET", bench.alertsOf(u"am-a"_s));
    bench.advance(15s);
    ASSERT_TRUE(runUntil([&] { return bench.transport.hangingCount() == 1; }));
    bench.listed(u"am-a"_s, firingA);
    store.refreshNow();
    ASSERT_TRUE(runUntil([&] { return bench.lines() == QStringList{u"A firing am-a"_s}; }));
    bench.transport.release(0, "[]");
    bench.pass(15s);
    EXPECT_EQ(bench.lines(), QStringList{u"A firing am-a"_s});
}

TEST(AlertStore, DyingWhileAQuestionIsOpenDisturbsNobody)
{
    AlertStoreBench bench;
    bench.open();
    bench.transport.hang("GET", bench.alertsOf(u"am-a"_s));
    bench.advance(15s);
    ASSERT_TRUE(runUntil([&] { return bench.transport.hangingCount() == 1; }));
    bench.store.reset();
    bench.transport.release(0, firingA);
    bench.advance(60s);
    EXPECT_FALSE(runUntil([&] { return bench.transport.hangingCount() > 0; }, 20ms)) << "its polls are gone";
}

TEST(AlertStore, SaysWhichRulesAreBroken)
{
    AlertStoreBench bench;
    bench.rules(u"core"_s,
                R"({"type":"alerting","name":"Broken","query":"a / b","health":"err","lastError":"many-to-many"},)"
                R"({"type":"alerting","name":"Fine","query":"a","health":"ok"})");
    AlertStore &store = bench.open();
    ASSERT_EQ(store.rules().size(), 2);
    ASSERT_EQ(store.brokenRules().size(), 1);
    EXPECT_EQ(store.brokenRules().first().lastError, u"many-to-many");
}

TEST(AlertStore, SilencesCarryTheNameOfTheirAlertmanager)
{
    AlertStoreBench bench;
    bench.transport.answer("GET", bench.silencesOf(u"am-a"_s),
                           alerts::test::recorded("alertmanager-0.25-silences.json"));
    bench.transport.answer("GET", bench.silencesOf(u"am-b"_s), "no", 500, "text/plain");
    AlertStore &store = bench.open();
    ASSERT_TRUE(runUntil([&] { return !store.silences().isEmpty(); }));
    EXPECT_EQ(store.silences().first().alertmanager, u"am-a");
    EXPECT_TRUE(store.silentSources().isEmpty()) << "the alerts themselves are known";
}
