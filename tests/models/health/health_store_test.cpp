// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"
#include "models/health/health_store.h"
#include "tests/models/health/health_store_bench.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::health;
using atalaya::test::refused;
using atalaya::test::runUntil;
using health::test::answerOf;
using health::test::HealthStoreBench;

TEST(HealthStore, ProbesEveryPathOfEveryInstance)
{
    HealthStoreBench bench;
    HealthStore &store = bench.open();
    EXPECT_EQ(store.instances().size(), 3);
    EXPECT_EQ(store.statusNow(bench.worker1()), HealthStatus::Healthy);
    EXPECT_EQ(store.health(bench.worker1()).data->probes.size(), 3);
    EXPECT_EQ(store.health(bench.worker1()).data->probes.at(1).word, u"alive");
    EXPECT_EQ(store.since(bench.worker1()), bench.clock.now());
    EXPECT_EQ(bench.monitor.status(u"services"_s)->words, u"instances 3 of 3 live");
    EXPECT_EQ(bench.transport.callsTo(u"http://core.test:9090/api/v1/query"_s).first().field(u"query"_s),
              u"up{job=\"worker\"}");
}

TEST(HealthStore, SilentIsNeverHealthy)
{
    HealthStoreBench bench;
    HealthStore &store = bench.open();
    const Timestamp lastGood = bench.clock.now();
    bench.breakOff(u"p1"_s, refused());
    bench.pass(10s);
    EXPECT_EQ(store.statusNow(bench.p2p1()), HealthStatus::Healthy) << "one answer missed, younger than two intervals";
    bench.clock.advance(11s);
    EXPECT_EQ(store.statusNow(bench.p2p1()), HealthStatus::Unknown);
    EXPECT_EQ(store.since(bench.p2p1()), lastGood) << "nothing is known since its last good answer";
    const auto snapshot = store.health(bench.p2p1());
    ASSERT_TRUE(snapshot.data) << "the last good answer stays";
    EXPECT_EQ(snapshot.data->status, HealthStatus::Healthy);
    EXPECT_EQ(snapshot.error->kind, ErrorKind::Unreachable);
}

TEST(HealthStore, AnInstanceThatNeverAnsweredIsUnknownWithItsReason)
{
    HealthStoreBench bench;
    bench.breakOff(u"p1"_s, refused());
    HealthStore &store = bench.open();
    EXPECT_EQ(store.statusNow(bench.p2p1()), HealthStatus::Unknown);
    EXPECT_FALSE(store.health(bench.p2p1()).data);
    EXPECT_EQ(store.since(bench.p2p1()), bench.clock.now());
    EXPECT_EQ(bench.monitor.status(u"services"_s)->words, u"instances 2 of 3 live");
}

TEST(HealthStore, TheBodyDecidesWhereEveryAnswerIs200)
{
    HealthStoreBench bench;
    bench.say(u"p1"_s, u"/api/v1/health"_s, answerOf("p2p-health.json"), 200);
    EXPECT_EQ(bench.open().statusNow(bench.p2p1()), HealthStatus::Degraded);
}

TEST(HealthStore, AJsonBodyOfA503IsAGoodAnswer)
{
    HealthStoreBench bench;
    bench.say(u"w1"_s, u"/health"_s, answerOf("worker-health.json"), 503);
    HealthStore &store = bench.open();
    EXPECT_EQ(store.statusNow(bench.worker1()), HealthStatus::Unhealthy);
    EXPECT_FALSE(store.health(bench.worker1()).error);
}

TEST(HealthStore, AnswersThatCannotBeReadKeepWhatWasKnown)
{
    for (const auto &[body, status] : {std::pair<QByteArray, int>{"<html><title>Log in</title></html>", 200},
                                       {R"({"status":"hea)", 200},
                                       {"", 401},
                                       {"", 403},
                                       {"", 404}}) {
        HealthStoreBench bench;
        HealthStore &store = bench.open();
        bench.say(u"w1"_s, u"/health"_s, body, status);
        bench.pass(10s);
        bench.clock.advance(11s);
        EXPECT_EQ(store.statusNow(bench.worker1()), HealthStatus::Unknown) << body.toStdString() << status;
        EXPECT_TRUE(store.health(bench.worker1()).error);
        EXPECT_EQ(store.health(bench.worker1()).data->status, HealthStatus::Healthy);
    }
}

TEST(HealthStore, ReadyFailingWhileLivePassesIsDraining)
{
    HealthStoreBench bench;
    bench.say(u"w1"_s, u"/health/ready"_s, R"({"status":"not_ready","checks":{},"message":"shutting down"})", 503);
    bench.open();
    EXPECT_EQ(bench.noteOf(bench.worker1()), u"draining");
    bench.say(u"w1"_s, u"/health/live"_s, R"({"status":"dead"})", 503);
    bench.pass(10s);
    EXPECT_EQ(bench.noteOf(bench.worker1()), QString());
}

TEST(HealthStore, ASilentFurtherPathDoesNotUndoTheFirst)
{
    HealthStoreBench bench;
    bench.transport.fail("GET", u"http://w1.test/health/ready"_s, refused());
    HealthStore &store = bench.open();
    EXPECT_EQ(store.statusNow(bench.worker1()), HealthStatus::Healthy);
    const ProbeReport ready = store.health(bench.worker1()).data->probes.at(2);
    EXPECT_EQ(ready.status, HealthStatus::Unknown);
    EXPECT_EQ(ready.word, u"unreachable");
}

TEST(HealthStore, ADownScrapeOfAnAnsweringInstanceIsExplained)
{
    HealthStoreBench bench;
    bench.up({{"worker-1", "0"}, {"worker-2", "1"}});
    HealthStore &store = bench.open();
    EXPECT_EQ(bench.noteOf(bench.worker1()),
              u"answers, but its scrape is down: metrics flag off or path wrong (/metrics)");
    EXPECT_EQ(bench.noteOf({u"worker"_s, u"worker-2"_s}), QString());
    EXPECT_EQ(store.statusNow(bench.worker1()), HealthStatus::Healthy) << "down for Prometheus is not down";
    bench.up({{"worker-1", "1"}, {"worker-2", "1"}});
    bench.pass(15s);
    EXPECT_EQ(bench.noteOf(bench.worker1()), QString());
}

TEST(HealthStore, ASilentPrometheusSaysNothingAboutScrapes)
{
    HealthStoreBench bench;
    bench.up({{"worker-1", "0"}});
    bench.open();
    bench.transport.fail("GET", u"http://core.test:9090/api/v1/query"_s, refused());
    bench.pass(15s);
    EXPECT_EQ(bench.noteOf(bench.worker1()), QString());
}

TEST(HealthStore, KeepsWhatItSawAndHolesAreUnknown)
{
    HealthStoreBench bench;
    HealthStore &store = bench.open();
    bench.say(u"w1"_s, u"/health"_s, answerOf("worker-health.json"), 503);
    bench.pass(10s);
    bench.breakOff(u"w1"_s, refused());
    bench.pass(10s);
    QStringList words;
    const auto samples = store.history(bench.worker1(), {});
    for (const HealthSample &sample : samples)
        words += statusWord(sample.status);
    EXPECT_EQ(words, (QStringList{u"healthy"_s, u"unhealthy"_s, u"unknown"_s}));
    const auto openai = store.history(bench.worker1(), u"openai"_s);
    ASSERT_EQ(openai.size(), 3);
    EXPECT_EQ(openai.first().latencyMs, 9);
    EXPECT_EQ(openai.last().status, HealthStatus::Unknown);
    EXPECT_EQ(store.history(bench.worker1(), u"rabbitmq"_s).size(), 2);
}

TEST(HealthStore, StretchesJoinEqualNeighboursAndSinceFollowsTheChange)
{
    HealthStoreBench bench;
    HealthStore &store = bench.open();
    const Timestamp start = bench.clock.now();
    bench.pass(10s);
    bench.pass(10s);
    EXPECT_EQ(store.stretches(bench.worker1(), {}).size(), 1);
    EXPECT_EQ(store.since(bench.worker1()), start);
    bench.say(u"w1"_s, u"/health"_s, R"({"status":"degraded"})");
    bench.pass(10s);
    EXPECT_EQ(store.stretches(bench.worker1(), {}).size(), 2);
    EXPECT_EQ(store.since(bench.worker1()), start + 30s);
    EXPECT_EQ(store.stretches(bench.worker1(), u"openai"_s).last().status, HealthStatus::Unknown)
        << "a component that is no longer told of is not known";
}

TEST(HealthStore, ALateAnswerToAnOldQuestionIsDropped)
{
    HealthStoreBench bench;
    HealthStore &store = bench.open();
    bench.transport.hangOnce("GET", u"http://p1.test/api/v1/health"_s);
    bench.advance(10s);
    ASSERT_TRUE(runUntil([&] { return bench.transport.hangingCount() == 1; }));
    bench.say(u"p1"_s, u"/api/v1/health"_s, R"({"status":"degraded"})");
    store.refreshNow();
    ASSERT_TRUE(runUntil([&] { return store.statusNow(bench.p2p1()) == HealthStatus::Degraded; }));
    bench.transport.release(0, R"({"status":"healthy"})");
    bench.pass(10s);
    EXPECT_EQ(store.statusNow(bench.p2p1()), HealthStatus::Degraded);
}

TEST(HealthStore, AClockThatIsSetBackMakesNothingYoungForEver)
{
    HealthStoreBench bench;
    HealthStore &store = bench.open();
    bench.clock.jumpTo(bench.clock.now() - 1h);
    EXPECT_EQ(store.statusNow(bench.worker1()), HealthStatus::Unknown);
    bench.pass(10s);
    EXPECT_EQ(store.statusNow(bench.worker1()), HealthStatus::Healthy);
}

TEST(HealthStore, ReadsStartUpSeldomAndKeepsItsRefusal)
{
    HealthStoreBench bench;
    bench.environment.systems[0].startupPath = u"/ops/v1/startup"_s;
    bench.say(u"w1"_s, u"/ops/v1/startup"_s, answerOf("startup.json"));
    bench.say(u"w2"_s, u"/ops/v1/startup"_s, R"({"code":"not_supported"})", 404);
    HealthStore &store = bench.open();
    EXPECT_EQ(store.startup(bench.worker1()).data->checks.size(), 5);
    EXPECT_EQ(store.startup({u"worker"_s, u"worker-2"_s}).error->kind, ErrorKind::NotFound);
    bench.pass(30s);
    EXPECT_EQ(bench.transport.callsTo(u"http://w1.test/ops/v1/startup"_s).size(), 1);
    bench.pass(31s);
    EXPECT_EQ(bench.transport.callsTo(u"http://w1.test/ops/v1/startup"_s).size(), 2);
}

TEST(HealthStore, AMissingSecretIsThatInstancesError)
{
    HealthStoreBench bench;
    bench.environment.systems[1].health->auth = {
        workspace::Auth::Kind::Bearer, {}, {workspace::SecretReference::Kind::Environment, u"TOKEN"_s}};
    HealthStore &store = bench.open();
    EXPECT_EQ(store.health(bench.p2p1()).error->kind, ErrorKind::Unauthorized);
    EXPECT_TRUE(bench.transport.callsTo(u"http://p1.test/api/v1/health"_s).isEmpty());
    EXPECT_EQ(store.statusNow(bench.worker1()), HealthStatus::Healthy);
}

TEST(HealthStore, SystemsWithoutAHealthPathAreNotProbed)
{
    HealthStoreBench bench;
    bench.environment.systems[1].health.reset();
    EXPECT_EQ(bench.open().instances().size(), 2);
    EXPECT_EQ(bench.store->statusNow(bench.p2p1()), HealthStatus::Unknown);
}
