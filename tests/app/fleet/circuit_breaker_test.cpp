// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/circuit_breaker.h"
#include "app/fleet/ops_json.h"
#include "tests/app/fleet/fleet_rig.h"
#include "tests/support/manual_clock.h"

#include <gtest/gtest.h>

namespace atalaya::fleet::test {

namespace {

class Breaker : public testing::Test
{
protected:
    Moment at(double seconds) const
    {
        const SimTime sim(qint64(seconds * 1e6));
        return {sim, Timestamp(Milliseconds(1'000'000)) + std::chrono::duration_cast<Milliseconds>(sim)};
    }

    void failTimes(int times, double from = 0)
    {
        for (int i = 0; i < times; ++i) {
            const auto permit = m_breaker.admit(at(from));
            ASSERT_TRUE(permit.has_value());
            m_breaker.fail(*permit, at(from));
        }
    }

    bool succeedOnce(double when)
    {
        const auto permit = m_breaker.admit(at(when));
        if (permit)
            m_breaker.succeed(*permit, at(when));
        return permit.has_value();
    }

    quint64 m_version = 1;
    CircuitBreaker m_breaker{"supabase_db", {}, at(0), 1, [this] { return ++m_version; }};
};

} // namespace

TEST_F(Breaker, OpensAtTheFifthFailureInARow)
{
    failTimes(4);
    EXPECT_EQ(m_breaker.state(), BreakerState::Closed);
    failTimes(1);
    EXPECT_EQ(m_breaker.state(), BreakerState::Open);
    EXPECT_FALSE(m_breaker.admit(at(59.9)));
}

TEST_F(Breaker, ClosesAfterTwoGoodProbes)
{
    failTimes(5);
    ASSERT_TRUE(succeedOnce(60));
    EXPECT_EQ(m_breaker.state(), BreakerState::HalfOpen);
    ASSERT_TRUE(succeedOnce(60.1));
    EXPECT_EQ(m_breaker.state(), BreakerState::Closed);
    EXPECT_FALSE(m_breaker.openedAt());
}

TEST_F(Breaker, LetsThreeProbesInAtOnce)
{
    failTimes(5);
    EXPECT_TRUE(m_breaker.admit(at(60)));
    EXPECT_TRUE(m_breaker.admit(at(60)));
    EXPECT_TRUE(m_breaker.admit(at(60)));
    EXPECT_FALSE(m_breaker.admit(at(60)));
}

// The sample moved on only inside a property that call() never read.
TEST_F(Breaker, Bug1_TheNextCallAfterTheTimeoutProbesByItself)
{
    failTimes(5);
    EXPECT_FALSE(m_breaker.admit(at(59.999)));
    EXPECT_TRUE(m_breaker.admit(at(60)));
    EXPECT_EQ(m_breaker.state(), BreakerState::HalfOpen);
}

TEST_F(Breaker, Bug2_ReadingDoesNotChangeState)
{
    failTimes(5);
    atalaya::test::ManualClock clock;
    Simulation simulation(clock, 1, std::chrono::hours(2));
    clock.advance(std::chrono::hours(1));
    simulation.catchUp();
    const auto before = breakerJson(m_breaker, simulation);
    EXPECT_TRUE(m_breaker.isOpen());
    EXPECT_TRUE(m_breaker.nextProbe().has_value());
    EXPECT_EQ(breakerJson(m_breaker, simulation), before);
    EXPECT_EQ(m_breaker.state(), BreakerState::Open);
    EXPECT_EQ(before["state"], "open");
}

TEST_F(Breaker, Bug3_HalfOpenIsNotOpen)
{
    failTimes(5);
    ASSERT_TRUE(m_breaker.admit(at(60)));
    EXPECT_EQ(m_breaker.state(), BreakerState::HalfOpen);
    EXPECT_FALSE(m_breaker.isOpen());
}

TEST_F(Breaker, Bug4_OneFailedProbeOpensItAgain)
{
    failTimes(5);
    failTimes(1, 60);
    EXPECT_EQ(m_breaker.state(), BreakerState::Open);
    EXPECT_FALSE(m_breaker.admit(at(119.9)));
    EXPECT_TRUE(m_breaker.admit(at(120)));
}

TEST_F(Breaker, Bug4_ProbesThatNeverComeBackDoNotHoldItHalfOpen)
{
    failTimes(5);
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(m_breaker.admit(at(60)));
    EXPECT_FALSE(m_breaker.admit(at(119)));
    EXPECT_TRUE(succeedOnce(120));
    EXPECT_TRUE(succeedOnce(120));
    EXPECT_EQ(m_breaker.state(), BreakerState::Closed);
}

TEST_F(Breaker, Bug5_ASuccessClearsTheFailuresBeforeIt)
{
    for (int round = 0; round < 20; ++round) {
        failTimes(4);
        ASSERT_TRUE(succeedOnce(0));
    }
    EXPECT_EQ(m_breaker.state(), BreakerState::Closed);
    EXPECT_EQ(m_breaker.counters().failureCount, 0);
    EXPECT_EQ(m_breaker.counters().totalFailures, 80);
}

TEST_F(Breaker, Bug6_CallsBegunBeforeItOpenedDoNotCloseIt)
{
    const auto early = m_breaker.admit(at(0));
    const auto other = m_breaker.admit(at(0));
    failTimes(5);
    m_breaker.succeed(*early, at(1));
    EXPECT_EQ(m_breaker.counters().successCount, 0);
    ASSERT_TRUE(succeedOnce(60));
    m_breaker.succeed(*other, at(60.1));
    EXPECT_EQ(m_breaker.state(), BreakerState::HalfOpen) << "only one probe of this half-open period succeeded";
    ASSERT_TRUE(succeedOnce(60.2));
    EXPECT_EQ(m_breaker.state(), BreakerState::Closed);
}

TEST_F(Breaker, Bug6_ALateFailureDoesNotReopenIt)
{
    const auto early = m_breaker.admit(at(0));
    failTimes(5);
    succeedOnce(60);
    succeedOnce(60);
    ASSERT_EQ(m_breaker.state(), BreakerState::Closed);
    m_breaker.fail(*early, at(61));
    EXPECT_EQ(m_breaker.counters().failureCount, 0);
    EXPECT_EQ(m_breaker.counters().totalFailures, 6) << "it still happened";
}

TEST_F(Breaker, Bug7_RejectedCallsAreNotCalls)
{
    failTimes(5);
    for (int i = 0; i < 95; ++i)
        EXPECT_FALSE(m_breaker.admit(at(1)));
    EXPECT_EQ(m_breaker.counters().totalCalls, 5);
    EXPECT_EQ(m_breaker.counters().totalRejected, 95);
    EXPECT_DOUBLE_EQ(m_breaker.counters().failureRate(), 1.0);
}

TEST_F(Breaker, Bug8_AChangedWallClockMovesNoTimeout)
{
    failTimes(5);
    Moment jumped = at(59);
    jumped.wall += std::chrono::hours(24);
    EXPECT_FALSE(m_breaker.admit(jumped));
    jumped = at(60);
    jumped.wall -= std::chrono::hours(24);
    EXPECT_TRUE(m_breaker.admit(jumped));
}

TEST_F(Breaker, Bug9_EveryTransitionAndEveryFailureIsToldAtOnce)
{
    std::vector<std::string> told;
    int failures = 0;
    m_breaker.setListener({.stateChanged =
                               [&](BreakerState from, BreakerState to, const Moment &when) {
                                   told.push_back(std::string(wordFor(from)) + ">" + wordFor(to) + "@" +
                                                  std::to_string(when.sim.count() / 1'000'000));
                               },
                           .failed = [&] { ++failures; }});
    failTimes(5, 3);
    succeedOnce(63);
    succeedOnce(64);
    EXPECT_EQ(told, (std::vector<std::string>{"closed>open@3", "open>half_open@63", "half_open>closed@64"}));
    EXPECT_EQ(failures, 5);
}

TEST_F(Breaker, AForcedOneIsNotProbedUntilItsHoldIsOver)
{
    ASSERT_TRUE(m_breaker.forceOpen(Seconds(900), {"ana", "deploy", "c-1"}, at(10)));
    EXPECT_EQ(m_breaker.mode(), BreakerMode::ForcedOpen);
    EXPECT_FALSE(m_breaker.nextProbe());
    EXPECT_FALSE(m_breaker.admit(at(200)));
    EXPECT_FALSE(m_breaker.admit(at(909.9)));
    EXPECT_TRUE(m_breaker.admit(at(910)));
    EXPECT_EQ(m_breaker.state(), BreakerState::HalfOpen);
    EXPECT_EQ(m_breaker.mode(), BreakerMode::Automatic);
}

TEST_F(Breaker, AnotherHoldIsAChangeTheSameIsNot)
{
    const OperatorNote ana{"ana", "deploy", "c-1"};
    failTimes(5);
    EXPECT_TRUE(m_breaker.forceOpen(Seconds(60), ana, at(1))) << "open by itself is not forced open";
    EXPECT_FALSE(m_breaker.forceOpen(Seconds(60), ana, at(1.5)));
    EXPECT_TRUE(m_breaker.forceOpen(Seconds(60), ana, at(3)));
    EXPECT_TRUE(m_breaker.forceOpen({}, ana, at(3)));
    EXPECT_FALSE(m_breaker.forceOpen({}, ana, at(100)));
    EXPECT_FALSE(m_breaker.admit(at(100'000)));
    EXPECT_EQ(m_breaker.lastChange()->by->operatorName, "ana");
}

TEST_F(Breaker, OnlyOperatorsChangeItsVersion)
{
    failTimes(5);
    succeedOnce(60);
    succeedOnce(60);
    EXPECT_EQ(m_breaker.version(), 1u);
    const OperatorNote ana{"ana", "deploy", "c-1"};
    m_breaker.forceOpen({}, ana, at(70));
    EXPECT_EQ(m_breaker.version(), 2u);
    EXPECT_TRUE(m_breaker.release(ana, at(71)));
    EXPECT_EQ(m_breaker.state(), BreakerState::HalfOpen);
    EXPECT_FALSE(m_breaker.release(ana, at(72)));
    EXPECT_EQ(m_breaker.version(), 3u);
}

TEST_F(Breaker, ResetClosesItAndKeepsTheTotals)
{
    failTimes(5);
    EXPECT_TRUE(m_breaker.reset({"ana", "fixed", "c-1"}, at(5)));
    EXPECT_EQ(m_breaker.state(), BreakerState::Closed);
    EXPECT_EQ(m_breaker.counters().totalFailures, 5);
    EXPECT_FALSE(m_breaker.reset({"ana", "fixed", "c-1"}, at(6)));
}

TEST_F(Breaker, TurnedOffItRestsClosed)
{
    failTimes(5);
    m_breaker.setEnabled(false, at(1));
    EXPECT_EQ(m_breaker.state(), BreakerState::Closed);
    EXPECT_FALSE(m_breaker.isEnabled());
}

TEST_F(Breaker, ItsMomentsReadTheSameEachTime)
{
    failTimes(5, 1);
    atalaya::test::ManualClock clock;
    Simulation simulation(clock, 10);
    const auto first = breakerJson(m_breaker, simulation);
    clock.advance(Milliseconds(1234));
    simulation.catchUp();
    const auto second = breakerJson(m_breaker, simulation);
    EXPECT_EQ(first["since"], second["since"]);
    EXPECT_EQ(first["next_probe_at"], second["next_probe_at"]);
    EXPECT_EQ(first["config"]["timeout_seconds"], 6.0) << "what the wall clock will show at ten times the speed";
}

} // namespace atalaya::fleet::test
