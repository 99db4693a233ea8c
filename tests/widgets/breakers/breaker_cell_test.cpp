// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakers/breaker_cell.h"
#include "widgets/breakers/breaker_facts.h"

#include <QtCore/QTimeZone>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::breakers {
namespace {

constexpr Timestamp now{1'795'489'200'000ms}; // 03:00:00

Breaker breakerOf(const char16_t *system, const char16_t *name, const char16_t *instance,
                  BreakerState state = BreakerState::Closed)
{
    Breaker breaker;
    breaker.id = {QString::fromUtf16(system), QString::fromUtf16(name), QString::fromUtf16(instance)};
    ControlReading control;
    control.name = breaker.id.name;
    control.state = state;
    breaker.control = control;
    breaker.controlLive = true;
    breaker.controlAt = now - 4s;
    breaker.since = now - 9 * 24h;
    breaker.callsPerSecond = 38;
    breaker.failureRate = 0.002;
    return breaker;
}

BreakerCell cellOf(const Breaker &breaker, Timestamp at = now)
{
    return breakerCell(breaker, at, QTimeZone::utc());
}

TEST(BreakerCell, ClosedSaysRateCallsAndAge)
{
    const BreakerCell cell = cellOf(breakerOf(u"s", u"n", u"i"));
    EXPECT_EQ(cell.word, u"closed"_s);
    EXPECT_EQ(cell.since, u"9 d"_s);
    EXPECT_EQ(cell.rate, u"0.2 %"_s);
    EXPECT_EQ(cell.calls, u"38 /s calls"_s);
    EXPECT_EQ(cell.surface, BreakerCell::Surface::Plain);
    EXPECT_FALSE(cell.elapsed);
}

TEST(BreakerCell, AMissingNumberIsSaidAndIsNeverZero)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i");
    breaker.callsPerSecond.reset();
    breaker.failureRate.reset();
    const BreakerCell cell = cellOf(breaker);
    EXPECT_EQ(cell.calls, u"calls not known"_s);
    EXPECT_TRUE(cell.rate.isEmpty());
    for (const common::Fact &fact : trafficFacts(breaker))
        EXPECT_EQ(fact.value, u"not known"_s) << qPrintable(fact.label);
    breaker.control.reset();
    for (const QList<common::Fact> &facts : {configFacts(breaker), counterFacts(breaker)}) {
        for (const common::Fact &fact : facts)
            EXPECT_EQ(fact.value, u"not known"_s) << qPrintable(fact.label);
    }
}

TEST(BreakerCell, OpenCountsDownToTheProbe)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i", BreakerState::Open);
    breaker.since = breaker.control->openedAt = now - 38s;
    breaker.control->nextProbeAt = now + 22s;
    breaker.rejectedPerSecond = 5.2;
    BreakerCell cell = cellOf(breaker);
    EXPECT_EQ(cell.countdown, u"probe in 22 s"_s);
    EXPECT_NEAR(*cell.elapsed, 38.0 / 60, 1e-9);
    EXPECT_EQ(cell.calls, u"5.2 /s rejected"_s);
    EXPECT_EQ(cell.since, u"02:59:22"_s);
    EXPECT_EQ(cell.surface, BreakerCell::Surface::OfState);
    cell = cellOf(breaker, now + 1s);
    EXPECT_EQ(cell.countdown, u"probe in 21 s"_s);
    EXPECT_EQ(cellOf(breaker, now + 5min).countdown, u"probe due"_s);
    breaker.control->nextProbeAt.reset();
    breaker.control->config.timeoutSeconds = 60;
    EXPECT_EQ(cellOf(breaker).countdown, u"probe in 22 s"_s) << "from the configured time-out";
    breaker.control->config.timeoutSeconds.reset();
    EXPECT_TRUE(cellOf(breaker).countdown.isEmpty()) << "nothing is made up";
}

TEST(BreakerCell, ForcedOpenSaysUntilWhen)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i", BreakerState::Open);
    breaker.control->mode = BreakerMode::ForcedOpen;
    breaker.control->since = now - 133s;
    breaker.control->forcedUntil = now + 767s;
    BreakerCell cell = cellOf(breaker);
    EXPECT_EQ(cell.word, u"forced open"_s);
    EXPECT_EQ(cell.countdown, u"ends in 12:47"_s);
    EXPECT_EQ(cell.state, State::Forced);
    breaker.control->forcedUntil.reset();
    EXPECT_EQ(cellOf(breaker).countdown, u"until reset"_s);
}

TEST(BreakerCell, HalfOpenCountsItsProbes)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i", BreakerState::HalfOpen);
    breaker.control->counters = BreakerCounters{};
    breaker.control->counters->halfOpenCalls = 2;
    breaker.control->config.halfOpenMaxCalls = 3;
    EXPECT_EQ(cellOf(breaker).countdown, u"probe 2 of 3"_s);
}

TEST(BreakerCell, ADisagreementShowsBothOnTheWarningBackground)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i");
    breaker.gauge = GaugeReading{2, BreakerState::HalfOpen, now};
    breaker.gaugeLive = true;
    const BreakerCell cell = cellOf(breaker);
    EXPECT_EQ(cell.word, u"closed"_s);
    EXPECT_EQ(cell.note, u"metric says half-open"_s);
    EXPECT_EQ(cell.surface, BreakerCell::Surface::Warning);
}

TEST(BreakerCell, AClosedOneThatFailsIsNotQuiet)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i");
    breaker.failureRate = 0.47;
    EXPECT_EQ(cellOf(breaker).rate, u"47 %"_s);
    EXPECT_TRUE(cellOf(breaker).rateWarns);
    EXPECT_EQ(cellOf(breaker).surface, BreakerCell::Surface::Warning);
}

TEST(BreakerCell, WhatIsSilentIsHatchedWithWhatWasSeenLast)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i");
    breaker.controlLive = false;
    breaker.controlAt = now - 5min;
    BreakerCell cell = cellOf(breaker);
    EXPECT_EQ(cell.surface, BreakerCell::Surface::Hatched);
    EXPECT_EQ(cell.word, u"unknown"_s);
    EXPECT_EQ(cell.note, u"last seen closed, 02:55:00"_s);
    EXPECT_NE(cell.state, State::Ok);
    breaker.control.reset();
    breaker.controlAt = {};
    breaker.controlError = u"timed out"_s;
    EXPECT_EQ(cellOf(breaker).note, u"never read: timed out"_s);
}

TEST(BreakerCell, AStrangeNumberIsUnknownAndNeverClosed)
{
    Breaker breaker;
    breaker.id = {u"s"_s, u"n"_s, u"i"_s};
    breaker.gauge = GaugeReading{7, BreakerState::Unknown, now};
    breaker.gaugeLive = true;
    const BreakerCell cell = cellOf(breaker);
    EXPECT_EQ(cell.word, u"unknown(7)"_s);
    EXPECT_EQ(cell.glyph, theme::Switch::Unknown);
}

TEST(BreakerCell, BypassedAndDisabledHaveTheirOwnShapes)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i");
    breaker.control->mode = BreakerMode::Bypassed;
    EXPECT_EQ(cellOf(breaker).glyph, theme::Switch::Bypassed);
    EXPECT_EQ(cellOf(breaker).surface, BreakerCell::Surface::OfState);
    breaker.control->mode = BreakerMode::Disabled;
    EXPECT_EQ(cellOf(breaker).glyph, theme::Switch::Disabled);
}

TEST(BreakerFacts, SayWhatCallersGet)
{
    Breaker breaker = breakerOf(u"s", u"n", u"i");
    EXPECT_TRUE(fallbackSentence(breaker).contains(u"not known"));
    breaker.control->hasFallback = false;
    EXPECT_TRUE(fallbackSentence(breaker).contains(u"an error at once"));
    breaker.control->hasFallback = true;
    EXPECT_TRUE(fallbackSentence(breaker).contains(u"get the fallback"));
}

} // namespace
} // namespace atalaya::breakers
