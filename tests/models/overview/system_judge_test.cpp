// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/system_judge.h"
#include "tests/models/overview/overview_examples.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::overview;
using namespace atalaya::overview::test;
using alerts::AlertState;
using breakers::BreakerMode;
using breakers::BreakerState;
using health::HealthStatus;

TEST(SystemJudge, NothingWrongAndEverythingAnsweringIsHealthy)
{
    const SystemSummary summary = judged(healthySystem());
    EXPECT_EQ(summary.worst, State::Ok);
    EXPECT_EQ(summary.worstWord, u"Healthy");
    EXPECT_EQ(summary.since, at("02:00:00"));
    EXPECT_TRUE(summary.silentSources.isEmpty());
}

TEST(SystemJudge, ACriticalAlertIsCriticalAndTheFirstReason)
{
    SystemFacts facts = healthySystem();
    facts.alerts = {alertOf("HighLatency", "warning", "worker", "03:01:00"),
                    alertOf("Later", "critical", "worker", "03:05:00"),
                    alertOf("HighErrorRate", "critical", "worker", "03:02:52"),
                    alertOf("Backlog", "critical", "worker", "03:00:00", AlertState::Pending),
                    alertOf("Quiet", "critical", "worker", "02:00:00", AlertState::Silenced),
                    alertOf("Hint", "info", "worker", "02:00:00"),
                    alertOf("Odd", "page", "worker", "03:06:00")};
    const SystemSummary summary = judged(facts);
    EXPECT_EQ(summary.worst, State::Critical);
    EXPECT_EQ(summary.critical, 2);
    EXPECT_EQ(summary.warning, 2) << "a severity nobody knows counts as a warning";
    EXPECT_EQ(summary.info, 1);
    EXPECT_EQ(summary.pending, 1);
    EXPECT_EQ(summary.reasonTitle, u"HighErrorRate");
    EXPECT_EQ(summary.reasonText, u"HighErrorRate summary");
    EXPECT_EQ(summary.since, at("03:02:52"));
}

TEST(SystemJudge, SilencedAndInhibitedAlertsDoNotCount)
{
    SystemFacts facts = healthySystem();
    facts.alerts = {alertOf("A", "critical", "worker", "03:00:00", AlertState::Silenced),
                    alertOf("B", "critical", "worker", "03:00:00", AlertState::Inhibited)};
    EXPECT_EQ(judged(facts).worst, State::Ok);
    EXPECT_EQ(judged(facts).critical, 0);
}

TEST(SystemJudge, UnhealthyIsCriticalAndNamesTheComponent)
{
    SystemFacts facts = healthySystem();
    facts.instances = {
        instanceOf("worker-1", HealthStatus::Unhealthy, "02:59:20", Freshness::Live, {u"openai"_s}),
        instanceOf("worker-2", HealthStatus::Degraded, "02:59:00"),
        instanceOf("worker-3", HealthStatus::Unhealthy, "03:00:00", Freshness::Live, {u"openai"_s, u"mongodb"_s})};
    const SystemSummary summary = judged(facts);
    EXPECT_EQ(summary.worst, State::Critical);
    EXPECT_EQ(summary.reasonTitle, u"Health");
    EXPECT_EQ(summary.reasonText, u"openai unhealthy on worker-1 and worker-3");
    EXPECT_EQ(summary.since, at("02:59:20"));
    EXPECT_EQ(summary.instances.at(1).word, u"degraded");
}

TEST(SystemJudge, DegradedIsWarningAndPendingIsPending)
{
    SystemFacts facts = healthySystem();
    facts.alerts = {alertOf("P", "critical", "worker", "03:00:00", AlertState::Pending)};
    EXPECT_EQ(judged(facts).worst, State::Pending);
    facts.instances.append(instanceOf("w-2", HealthStatus::Degraded));
    EXPECT_EQ(judged(facts).worst, State::Warning);
}

TEST(SystemJudge, AnOpenBreakerIsWhatItsAlertSaysAndWarningWithoutOne)
{
    SystemFacts facts = healthySystem();
    facts.breakers = {breakerOf("openai", "w-1", BreakerState::Open, "03:00:15")};
    EXPECT_EQ(judged(facts).worst, State::Warning);
    EXPECT_EQ(judged(facts).reasonText, u"openai open on w-1");

    const auto withAlert = [&](const char *severity, AlertState state, const Labels &more) {
        Labels labels = more;
        labels[u"component"_s] = u"breaker"_s;
        SystemFacts copy = facts;
        copy.alerts = {alertOf("Open", severity, "worker", "03:01:15", state, labels)};
        return judged(copy).worst;
    };
    const Labels its{{u"service"_s, u"openai"_s}, {u"instance"_s, u"w-1"_s}};
    EXPECT_EQ(withAlert("critical", AlertState::Silenced, its), State::Critical) << "silenced is not closed";
    EXPECT_EQ(withAlert("info", AlertState::Silenced, its), State::Ok);
    EXPECT_EQ(withAlert("critical", AlertState::Silenced, {{u"service"_s, u"mongodb"_s}}), State::Warning)
        << "another breaker's";
    EXPECT_EQ(withAlert("critical", AlertState::Silenced, {{u"service"_s, u"openai"_s}, {u"instance"_s, u"w-2"_s}}),
              State::Warning);
    EXPECT_EQ(withAlert("critical", AlertState::Silenced, {}), State::Critical)
        << "a gauge without names gives an alert that names none";
    EXPECT_EQ(withAlert("critical", AlertState::Pending, its), State::Warning);
}

TEST(SystemJudge, ForcedIsItsOwnStateAndNeverRed)
{
    SystemFacts facts = healthySystem();
    facts.breakers = {breakerOf("openai", "w-1", BreakerState::Open, "03:00:15", BreakerMode::ForcedOpen)};
    const SystemSummary summary = judged(facts);
    EXPECT_EQ(summary.worst, State::Ok);
    EXPECT_EQ(summary.breakersForced, 1);
    EXPECT_EQ(summary.breakersOpen, 0);
}

TEST(SystemJudge, CountsBreakersAndNamesThoseThatAreNotClosed)
{
    SystemFacts facts = healthySystem();
    facts.hasBreakers = true;
    facts.breakers = {breakerOf("database", "w-1", BreakerState::Closed),
                      breakerOf("database", "w-2", BreakerState::Closed)};
    EXPECT_EQ(judged(facts).breakerNames, u"database, 2 of 2");
    facts.breakers +=
        {breakerOf("openai", "w-1", BreakerState::Open), breakerOf("openai", "w-2", BreakerState::HalfOpen),
         breakerOf("redis", "w-1", BreakerState::Closed, nullptr, BreakerMode::Bypassed)};
    const SystemSummary summary = judged(facts);
    EXPECT_EQ(summary.breakerNames, u"openai, 2 of 2; redis, 1 of 1");
    EXPECT_EQ(summary.breakersClosed, 2);
    EXPECT_EQ(summary.breakersHalfOpen, 1);
    EXPECT_EQ(summary.breakersBypassed, 1);
}

TEST(SystemJudge, TheSilentP2pIsStaleAndSaysWhatItWas)
{
    SystemFacts facts = healthySystem("p2p");
    facts.prometheus = sourceOf("prom-p2p", Freshness::Stale, "03:05:28");
    facts.instances = {instanceOf("p2p-api-1", HealthStatus::Healthy, "03:05:28", Freshness::Stale),
                       instanceOf("p2p-api-2", HealthStatus::Healthy, "03:05:28", Freshness::Stale)};
    facts.hasBreakers = true;
    for (const char *name : {"binance", "redis", "database"}) {
        auto breaker = breakerOf(name, "p2p-api-1", BreakerState::Closed);
        breaker.controlLive = false;
        breaker.controlAt = at("03:05:28");
        facts.breakers.append(breaker);
    }
    const SystemSummary summary = judged(facts);
    EXPECT_EQ(summary.worst, State::Stale);
    EXPECT_EQ(summary.worstWord, u"Stale, 4 min");
    EXPECT_EQ(summary.lastKnown, State::Ok);
    EXPECT_EQ(summary.breakersUnknown, 3);
    EXPECT_EQ(summary.breakersClosed, 0) << "silent is never green";
    EXPECT_EQ(summary.breakerNames, u"last seen closed");
    EXPECT_EQ(summary.instances.first().word, u"unknown");
    EXPECT_EQ(summary.silentSources, (QStringList{u"prom-p2p"_s, u"p2p-api-1"_s, u"p2p-api-2"_s}));
    EXPECT_EQ(summary.reasonTitle, u"prom-p2p");
    EXPECT_EQ(summary.reasonText, u"answered 503 at 03:05:28");
}

TEST(SystemJudge, SilenceOutranksAWarningButNotACriticalThatIsKnown)
{
    SystemFacts facts = healthySystem();
    facts.prometheus = sourceOf("core", Freshness::Stale, "03:05:28");
    facts.alerts = {alertOf("W", "warning", "worker", "03:00:00")};
    EXPECT_EQ(judged(facts).worst, State::Stale);
    EXPECT_EQ(judged(facts).lastKnown, State::Warning);
    facts.alerts += alertOf("C", "critical", "worker", "03:00:00");
    EXPECT_EQ(judged(facts).worst, State::Critical);
    EXPECT_EQ(judged(facts).silentSources, QStringList{u"core"_s});
}

TEST(SystemJudge, WhatWasUnhealthyDoesNotTurnGreyByGoingSilent)
{
    SystemFacts facts = healthySystem();
    facts.instances = {instanceOf("w-1", HealthStatus::Unhealthy, "03:05:28", Freshness::Stale, {u"db"_s})};
    EXPECT_EQ(judged(facts).worst, State::Critical);
    EXPECT_EQ(judged(facts).reasonText, u"db was unhealthy on w-1");
}

TEST(SystemJudge, NeverAnsweredIsNotKnownAndWaitingTooIsNotHealthy)
{
    SystemFacts facts = healthySystem();
    facts.prometheus = sourceOf("core", Freshness::Unreachable);
    facts.instances = {instanceOf("w-1", HealthStatus::Unknown, "03:00:00", Freshness::Unreachable)};
    EXPECT_EQ(judged(facts).worst, State::Unknown);
    EXPECT_EQ(judged(facts).worstWord, u"Not known");
    EXPECT_EQ(judged(facts).lastKnown, State::Unknown);
    facts = healthySystem();
    facts.prometheus = sourceOf("core", Freshness::Waiting);
    EXPECT_EQ(judged(facts).worst, State::Unknown);
    EXPECT_TRUE(judged(facts).silentSources.isEmpty()) << "it has not had the time to answer";
}

TEST(SystemJudge, OneInstanceThatDoesNotAnswerHidesWhatCriticalWouldNeed)
{
    SystemFacts facts = healthySystem();
    facts.instances.append(instanceOf("w-2", HealthStatus::Unknown, "03:00:00", Freshness::Unreachable));
    EXPECT_EQ(judged(facts).worst, State::Unknown);
    facts.instances.last() = instanceOf("w-2", HealthStatus::Unknown);
    EXPECT_EQ(judged(facts).worst, State::Unknown) << "it answers in words nobody knows";
}

TEST(SystemJudge, ASystemWithNothingToAskIsNotKnown)
{
    SystemFacts facts;
    facts.key = u"x"_s;
    facts.unprobed = {u"x-1"_s};
    EXPECT_EQ(judged(facts).worst, State::Unknown);
    EXPECT_EQ(judged(facts).instances.first().word, u"no health path");
}

TEST(SystemJudge, CountsFlagsOfTheLastHourOnceEach)
{
    SystemFacts facts = healthySystem();
    const auto flag = [](const char *name, const char *instance, const char *when) {
        flags::Flag f;
        f.id = {u"worker"_s, QLatin1StringView(name), QLatin1StringView(instance)};
        f.updatedAt = at(when);
        f.updatedBy = u"ana"_s;
        return f;
    };
    facts.flags = {flag("A", "w-1", "02:41:07"), flag("A", "w-2", "02:41:07"), flag("B", "w-1", "01:00:00"),
                   flag("C", "w-1", "03:11:00"), flag("D", "w-1", "08:00:00")};
    EXPECT_EQ(judged(facts).flagsChangedLastHour, 2) << "A, and C from a clock a little ahead of ours";
    for (flags::Flag &each : facts.flags)
        each.updatedBy.clear();
    EXPECT_EQ(judged(facts).flagsChangedLastHour, 0) << "a start is nobody's change";
}
