// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/idempotency_keys.h"
#include "tests/support/manual_clock.h"

#include <gtest/gtest.h>

namespace atalaya::fleet::test {

namespace {

using State = KeyedWrite::State;

class Keys : public testing::Test
{
protected:
    void pass(Milliseconds span)
    {
        m_clock.advance(span);
        m_simulation.catchUp();
    }

    atalaya::test::ManualClock m_clock;
    Simulation m_simulation{m_clock, 20, std::chrono::hours(48)};
    IdempotencyKeys m_keys{m_simulation};
};

} // namespace

TEST_F(Keys, AKeyRunsUntilItsAnswerIsThereAndThenRepeatsIt)
{
    EXPECT_EQ(m_keys.begin("k", "a").state, State::New);
    EXPECT_EQ(m_keys.begin("k", "a").state, State::Running);
    EXPECT_EQ(m_keys.begin("k", "b").state, State::OtherBody);
    m_keys.finish("k", {.status = 202, .body = "done"});
    const KeyedWrite again = m_keys.begin("k", "a");
    EXPECT_EQ(again.state, State::Finished);
    EXPECT_EQ(again.answer.status, 202);
    EXPECT_EQ(again.answer.body, "done");
    EXPECT_EQ(m_keys.begin("k", "b").state, State::OtherBody);
    EXPECT_EQ(m_keys.begin("other", "a").state, State::New);
}

TEST_F(Keys, AForgottenKeyIsNewAgain)
{
    m_keys.begin("k", "a");
    m_keys.forget("k");
    EXPECT_EQ(m_keys.begin("k", "b").state, State::New);
}

TEST_F(Keys, AnAnswerIsKeptForADayOfRealTimeARunningOneForAsLongAsItRuns)
{
    m_keys.begin("k", "a");
    m_keys.finish("k", {});
    m_keys.begin("running", "a");
    pass(std::chrono::hours(24) - Seconds(1));
    EXPECT_EQ(m_keys.begin("k", "a").state, State::Finished);
    pass(Seconds(1));
    EXPECT_EQ(m_keys.begin("k", "a").state, State::New);
    EXPECT_EQ(m_keys.begin("running", "a").state, State::Running);
}

} // namespace atalaya::fleet::test
