// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::breakers;

namespace {

Breaker breakerWith(BreakerState control, BreakerMode mode = BreakerMode::Auto, bool isLive = true)
{
    Breaker breaker;
    breaker.control = ControlReading();
    breaker.control->state = control;
    breaker.control->mode = mode;
    breaker.controlLive = isLive;
    return breaker;
}

void withGauge(Breaker &breaker, double number, BreakerState state, bool isLive = true)
{
    breaker.gauge = GaugeReading{number, state, {}};
    breaker.gaugeLive = isLive;
}

} // namespace

TEST(Breaker, WordsAreReadCaseBlindAndUnknownOnesAreNeverClosed)
{
    EXPECT_EQ(breakerStateFromWord(u"HALF_OPEN"_s), BreakerState::HalfOpen);
    EXPECT_EQ(breakerStateFromWord(u"half-open"_s), BreakerState::HalfOpen);
    EXPECT_EQ(breakerStateFromWord(u"CLOSED"_s), BreakerState::Closed);
    EXPECT_EQ(breakerStateFromWord(u"FORCED_OPEN"_s), BreakerState::Open);
    EXPECT_EQ(breakerStateFromWord(QString()), BreakerState::Unknown);
    EXPECT_EQ(breakerStateFromWord(u"shut"_s), BreakerState::Unknown);
}

TEST(Breaker, TheFreshControlReadingIsBelievedThenTheFreshGaugeThenNothing)
{
    Breaker breaker = breakerWith(BreakerState::Open);
    withGauge(breaker, 0, BreakerState::Closed);
    EXPECT_EQ(breaker.state(), BreakerState::Open);
    EXPECT_TRUE(breaker.differs());
    breaker.controlLive = false;
    EXPECT_EQ(breaker.state(), BreakerState::Closed);
    EXPECT_FALSE(breaker.differs());
    breaker.gaugeLive = false;
    EXPECT_EQ(breaker.state(), BreakerState::Unknown);
    EXPECT_EQ(breaker.shownState(), State::Unknown);
    EXPECT_EQ(breaker.shownWord(), u"unknown");
}

TEST(Breaker, ANumberOutsideTheEncodingIsShownAsSuch)
{
    Breaker breaker;
    withGauge(breaker, 7, BreakerState::Unknown);
    EXPECT_EQ(breaker.shownWord(), u"unknown(7)");
    EXPECT_EQ(breaker.shownState(), State::Unknown);
    EXPECT_EQ((GaugeReading{std::nan(""), BreakerState::Unknown, {}}.word()), u"unknown(NaN)");
    EXPECT_EQ((GaugeReading{std::nan(""), BreakerState::Unknown, {}}),
              (GaugeReading{std::nan(""), BreakerState::Unknown, {}}));
}

TEST(Breaker, AModeHasItsOwnWordAndForcedIsNeverRed)
{
    EXPECT_EQ(breakerWith(BreakerState::Open, BreakerMode::ForcedOpen).shownState(), State::Forced);
    EXPECT_EQ(breakerWith(BreakerState::Open, BreakerMode::ForcedOpen).shownWord(), u"forced open");
    Breaker bypassed = breakerWith(BreakerState::Closed, BreakerMode::Bypassed);
    EXPECT_EQ(bypassed.shownWord(), u"bypassed");
    EXPECT_EQ(bypassed.shownState(), State::Warning);
    withGauge(bypassed, 0, BreakerState::Closed);
    EXPECT_FALSE(bypassed.differs());
    EXPECT_EQ(breakerWith(BreakerState::HalfOpen).shownWord(), u"half-open");
}

TEST(Breaker, LastSeenIsTheYoungerReading)
{
    EXPECT_FALSE(Breaker().lastSeen());
    Breaker breaker = breakerWith(BreakerState::Closed, BreakerMode::Auto, false);
    breaker.controlAt = Timestamp(Milliseconds(5));
    breaker.gauge = GaugeReading{1, BreakerState::Open, Timestamp(Milliseconds(9))};
    EXPECT_EQ(breaker.lastSeen()->first, BreakerState::Open);
    breaker.controlAt = Timestamp(Milliseconds(20));
    EXPECT_EQ(breaker.lastSeen()->first, BreakerState::Closed);
}
