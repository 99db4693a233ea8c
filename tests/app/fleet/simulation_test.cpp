// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/dependency.h"
#include "app/fleet/dependency_client.h"
#include "app/fleet/random_stream.h"
#include "app/fleet/simulation.h"
#include "app/fleet/traffic.h"
#include "app/fleet/worker_pool.h"
#include "tests/support/manual_clock.h"

#include <gtest/gtest.h>

#include <cmath>

namespace atalaya::fleet::test {

using atalaya::test::ManualClock;

TEST(Simulation, RunsWhatIsDueInOrderOfTime)
{
    ManualClock clock;
    Simulation simulation(clock, 1);
    const auto owner = std::make_shared<int>(0);
    std::vector<std::string> ran;
    simulation.schedule(Seconds(3), owner, [&] { ran.push_back("c"); });
    simulation.schedule(Seconds(1), owner, [&] {
        ran.push_back("a");
        simulation.schedule(simulation.now() + Seconds(1), owner, [&] { ran.push_back("b"); });
    });
    simulation.schedule(Seconds(9), owner, [&] { ran.push_back("later"); });
    clock.advance(Seconds(5));
    simulation.catchUp();
    EXPECT_EQ(ran, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(simulation.now(), Seconds(5));
}

TEST(Simulation, DropsTheEventsOfAnOwnerThatIsGone)
{
    ManualClock clock;
    Simulation simulation(clock, 1);
    auto owner = std::make_shared<int>(0);
    bool ran = false;
    simulation.schedule(Seconds(1), owner, [&] { ran = true; });
    owner.reset();
    clock.advance(Seconds(2));
    simulation.catchUp();
    EXPECT_FALSE(ran);
}

TEST(Simulation, SpeedStretchesTimeAndMomentsStayOnTheWallClock)
{
    ManualClock clock;
    Simulation simulation(clock, 20);
    const Timestamp begin = clock.now();
    clock.advance(Seconds(3));
    simulation.catchUp();
    EXPECT_EQ(simulation.now(), Seconds(60));
    EXPECT_EQ(simulation.moment().wall, begin + Seconds(3));
    EXPECT_EQ(simulation.wallAt(Seconds(20)), begin + Seconds(1));
    EXPECT_EQ(simulation.realSpan(Seconds(60)), Seconds(3));
}

TEST(Simulation, FollowsNoJumpOfTheWallClock)
{
    ManualClock clock;
    Simulation simulation(clock, 1);
    clock.jumpTo(clock.now() + std::chrono::hours(5));
    simulation.catchUp();
    EXPECT_EQ(simulation.now(), Seconds(0));
}

TEST(Simulation, LeavesOutTheTimeTheProgramWasStopped)
{
    ManualClock clock;
    Simulation simulation(clock, 1, Seconds(10));
    clock.advance(std::chrono::hours(8));
    simulation.catchUp();
    EXPECT_EQ(simulation.now(), Seconds(10));
    clock.advance(Seconds(1));
    simulation.catchUp();
    EXPECT_EQ(simulation.now(), Seconds(11));
}

TEST(RandomStream, TheSameSeedDrawsTheSame)
{
    RandomStream a(5, "traffic");
    RandomStream b(5, "traffic");
    RandomStream other(5, "redis");
    EXPECT_EQ(a.uuid(), b.uuid());
    EXPECT_DOUBLE_EQ(a.lognormal(10, 0.4), b.lognormal(10, 0.4));
    EXPECT_NE(a.uuid(), other.uuid());
}

TEST(RandomStream, DrawsFollowTheirDistribution)
{
    RandomStream random(1);
    double sum = 0;
    int below = 0;
    for (int i = 0; i < 20'000; ++i) {
        sum += random.exponential(3);
        below += random.lognormal(50, 0.5) < 50 ? 1 : 0;
    }
    EXPECT_NEAR(sum / 20'000, 3, 0.1);
    EXPECT_NEAR(below, 10'000, 300);
}

TEST(RandomStream, AUuidIsOneOfVersion4)
{
    RandomStream random(1);
    const std::string id = random.uuid();
    ASSERT_EQ(id.size(), 36u);
    EXPECT_EQ(id[14], '4');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
}

TEST(WorkerPool, QueuesBehindBusySlotsAndTurnsTheRestAway)
{
    WorkerPool pool(1, 1);
    std::string ran;
    EXPECT_TRUE(pool.enter([&] { ran += 'a'; }));
    EXPECT_TRUE(pool.enter([&] { ran += 'b'; }));
    EXPECT_FALSE(pool.enter([&] { ran += 'c'; }));
    EXPECT_EQ(ran, "a");
    pool.leave();
    EXPECT_EQ(ran, "ab");
    EXPECT_EQ(pool.busy(), 1);
    pool.leave();
    EXPECT_EQ(pool.busy(), 0);
}

TEST(Dependency, AnAnswerSlowerThanTheLimitIsATimeout)
{
    const Dependency slow("api", {.medianMs = 60'000, .spread = 0, .timeLimit = Seconds(5)});
    RandomStream random(1);
    const DependencyReply reply = slow.answer(random, 1);
    EXPECT_FALSE(reply.isGood);
    EXPECT_EQ(reply.errorType, "timeout");
    EXPECT_EQ(reply.latency, Seconds(5));
}

TEST(Dependency, GetsSlowerUnderMoreCallsThanItLikes)
{
    const Dependency database("db", {.medianMs = 10, .spread = 0, .comfortableCalls = 20});
    RandomStream random(1);
    EXPECT_EQ(database.answer(random, 20).latency, Milliseconds(10));
    EXPECT_EQ(database.answer(random, 60).latency, Milliseconds(30));
}

TEST(Dependency, IsCalmAgainOnlyWhenTheLastIncidentIsOver)
{
    Dependency api("api", {.medianMs = 10, .spread = 0});
    RandomStream random(1);
    const auto fails = [&] { return !api.answer(random, 1).isGood; };
    api.disturb("one", {.failureShare = 1});
    api.disturb("two", {.failureShare = 1});
    api.calm("two");
    EXPECT_TRUE(fails());
    api.calm("one");
    EXPECT_FALSE(fails());
}

TEST(DependencyClient, AnOpenBreakerRejectsWithoutCallingAndAtOnce)
{
    ManualClock clock;
    Simulation simulation(clock, 1);
    const Dependency broken("api", {.failureShare = 1, .failures = {{"server_error", 1}}});
    CircuitBreaker breaker("api", {}, simulation.moment(), 1, [] { return 2; });
    DependencyClient client(simulation, broken, &breaker, RandomStream(1));
    const auto owner = std::make_shared<int>(0);
    std::vector<CallOutcome> outcomes;
    for (int i = 0; i < 5; ++i) {
        client.call(owner, 1, [&](const CallOutcome &outcome) { outcomes.push_back(outcome); });
        clock.advance(Seconds(1));
        simulation.catchUp();
    }
    ASSERT_EQ(outcomes.size(), 5u);
    EXPECT_EQ(outcomes[4].errorType, "server_error");
    EXPECT_DOUBLE_EQ(client.recentFailureShare(), 1);
    client.call(owner, 1, [&](const CallOutcome &outcome) { outcomes.push_back(outcome); });
    ASSERT_EQ(outcomes.size(), 6u);
    EXPECT_TRUE(outcomes[5].isRejected);
    EXPECT_EQ(client.callsUnderWay(), 0);
}

TEST(DependencyClient, ADisabledBreakerIsPassedBy)
{
    ManualClock clock;
    Simulation simulation(clock, 1);
    const Dependency broken("api", {.failureShare = 1});
    CircuitBreaker breaker("api", {}, simulation.moment(), 1, [] { return 2; });
    breaker.setEnabled(false, simulation.moment());
    DependencyClient client(simulation, broken, &breaker, RandomStream(1));
    const auto owner = std::make_shared<int>(0);
    int failed = 0;
    for (int i = 0; i < 20; ++i)
        client.call(owner, 1,
                    [&](const CallOutcome &outcome) { failed += outcome.isRejected || outcome.isGood ? 0 : 1; });
    clock.advance(Seconds(5));
    simulation.catchUp();
    EXPECT_EQ(failed, 20);
    EXPECT_EQ(breaker.counters().totalCalls, 0);
    EXPECT_EQ(breaker.state(), BreakerState::Closed);
}

TEST(Traffic, ArrivesAtItsRateUntilStopped)
{
    ManualClock clock;
    Simulation simulation(clock, 1);
    Traffic traffic(simulation, RandomStream(3), {20.0, 1.0});
    const auto owner = std::make_shared<int>(0);
    std::vector<int> arrived{0, 0};
    traffic.start(owner, [&](std::size_t kind) { ++arrived[kind]; });
    for (int i = 0; i < 900; ++i) {
        clock.advance(Seconds(1));
        simulation.catchUp();
    }
    EXPECT_NEAR(arrived[0], 18'000, 600);
    EXPECT_NEAR(arrived[1], 900, 120);
    traffic.stop();
    const auto before = arrived;
    clock.advance(Seconds(30));
    simulation.catchUp();
    EXPECT_EQ(arrived, before);
}

} // namespace atalaya::fleet::test
