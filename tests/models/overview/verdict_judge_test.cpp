// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/verdict_judge.h"
#include "tests/models/overview/overview_examples.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::overview;
using namespace atalaya::overview::test;
using alerts::AlertState;
using breakers::BreakerMode;
using breakers::BreakerState;
using health::HealthStatus;

namespace {

VerdictFacts factsFor(const QList<SystemFacts> &systems)
{
    VerdictFacts facts;
    facts.facts = systems;
    for (const SystemFacts &system : systems) {
        facts.systems.append(judgeSystem(system, night, QTimeZone::utc()));
        facts.alerts += system.alerts;
        if (system.prometheus)
            facts.sources.append(*system.prometheus);
    }
    return facts;
}

Verdict verdictOn(const QList<SystemFacts> &systems)
{
    return judgeAll(factsFor(systems), night, QTimeZone::utc());
}

SystemFacts withAlerts(const char *key, const QList<alerts::Alert> &alerts)
{
    SystemFacts facts = healthySystem(key);
    facts.alerts = alerts;
    return facts;
}

SystemFacts silentP2p()
{
    SystemFacts facts = healthySystem("p2p");
    facts.prometheus = sourceOf("prom-p2p", Freshness::Stale, "03:05:28");
    facts.instances = {instanceOf("p2p-1", HealthStatus::Healthy, "03:05:28", Freshness::Stale)};
    return facts;
}

} // namespace

TEST(VerdictJudge, SaysTheNightInOneSentence)
{
    const Labels openai{{u"component"_s, u"openai"_s}};
    SystemFacts worker =
        withAlerts("worker", {alertOf("OpenAIErrors", "warning", "worker", "03:05:15", AlertState::Firing, openai)});
    worker.instances = {instanceOf("worker-1", HealthStatus::Unhealthy, "02:59:20")};
    worker.breakers = {breakerOf("openai", "worker-1", BreakerState::Open, "02:58:40"),
                       breakerOf("openai", "worker-2", BreakerState::Open, "03:01:00", BreakerMode::ForcedOpen)};
    const Verdict verdict = verdictOn(
        {withAlerts("ai", {alertOf("HighErrorRate", "critical", "ai", "03:02:52", AlertState::Firing, openai)}), worker,
         withAlerts("anclora", {alertOf("HighQueueLatency", "warning", "anclora", "03:08:30")}),
         healthySystem("aurore"), silentP2p()});
    EXPECT_EQ(verdict.worst, State::Critical);
    EXPECT_EQ(verdict.sentence, u"2 systems critical, 1 warning, 1 not known");
    EXPECT_EQ(verdict.detail, u"At least 3 alerts firing, 2 share openai. Began 02:58:40, 11 min ago.");
    EXPECT_EQ(verdict.silent, u"p2p silent for 4 min.");
    EXPECT_EQ(verdict.began, at("02:58:40"));
    EXPECT_EQ(verdict.alertsFiring, 3);
    EXPECT_EQ(verdict.breakersNotClosed, 2);
    EXPECT_EQ(verdict.instancesNotHealthy, 1) << "a silent one is not counted as unhealthy";
    EXPECT_TRUE(verdict.atLeast);
}

TEST(VerdictJudge, AllHealthyIsSaidOnlyWhenEverythingAnswers)
{
    const Verdict calm = verdictOn({healthySystem("a"), healthySystem("b")});
    EXPECT_EQ(calm.worst, State::Ok);
    EXPECT_EQ(calm.sentence, u"All 2 systems healthy");
    EXPECT_EQ(calm.detail, u"No alert firing.");
    EXPECT_EQ(calm.silent, QString());
    EXPECT_FALSE(calm.atLeast);
    EXPECT_FALSE(calm.began);

    const Verdict silent = verdictOn({healthySystem("a"), silentP2p()});
    EXPECT_EQ(silent.worst, State::Stale);
    EXPECT_EQ(silent.sentence, u"1 system not known");
    EXPECT_EQ(silent.detail, u"No alert known to fire.");
}

TEST(VerdictJudge, NothingConfiguredIsNotHealthy)
{
    EXPECT_EQ(verdictOn({}).worst, State::Unknown);
    EXPECT_EQ(verdictOn({}).sentence, u"No system is configured");
}

TEST(VerdictJudge, SourcesThatNeverAnsweredAndAlertmanagersAreNamed)
{
    SystemFacts never = healthySystem("worker");
    never.prometheus = sourceOf("core", Freshness::Unreachable);
    never.instances = {instanceOf("w-1", HealthStatus::Unknown, "03:00:00", Freshness::Unreachable)};
    VerdictFacts facts = factsFor({never});
    facts.sources.append(sourceOf("am-core", Freshness::Stale, "03:07:30"));
    const Verdict verdict = judgeAll(facts, night, QTimeZone::utc());
    EXPECT_EQ(verdict.silent, u"worker never answered. am-core silent for 2 min.");
}

TEST(VerdictJudge, AnAlertOfNoKnownSystemIsNotLost)
{
    VerdictFacts facts = factsFor({healthySystem("worker")});
    facts.alerts = {alertOf("Watchdog", "critical", "", "03:00:00")};
    const Verdict verdict = judgeAll(facts, night, QTimeZone::utc());
    EXPECT_EQ(verdict.worst, State::Critical);
    EXPECT_EQ(verdict.sentence, u"1 critical alert of no system here");
    EXPECT_EQ(verdict.alertsFiring, 1);
}

TEST(VerdictJudge, CountsFlagsThatWaitOnceEach)
{
    SystemFacts facts = healthySystem("ai");
    for (const char *instance : {"ai-1", "ai-2"}) {
        flags::Flag flag;
        flag.id = {u"ai"_s, u"LOGGING"_s, QLatin1StringView(instance)};
        flag.pendingRestart = true;
        facts.flags.append(flag);
    }
    EXPECT_EQ(verdictOn({facts}).flagsPendingRestart, 1);
}

TEST(VerdictJudge, BeganReachesBackWhileNoCalmOfTenMinutesLiesBetween)
{
    VerdictFacts facts = factsFor({withAlerts(
        "worker", {alertOf("A", "warning", "worker", "03:00:00"), alertOf("Hint", "info", "worker", "01:00:00"),
                   alertOf("Muted", "critical", "worker", "01:00:00", AlertState::Silenced)})});
    EXPECT_EQ(beganAt(facts), at("03:00:00")) << "neither an info nor what is silenced began it";
    facts.ended = {{at("02:40:00"), at("02:51:00")}};
    EXPECT_EQ(beganAt(facts), at("02:40:00"));
    facts.ended = {{at("02:10:00"), at("02:31:00")}, {at("02:40:00"), at("02:51:00")}};
    EXPECT_EQ(beganAt(facts), at("02:10:00")) << "in a chain, whatever their order";
    facts.ended = {{at("02:40:00"), at("02:49:59")}};
    EXPECT_EQ(beganAt(facts), at("03:00:00")) << "ten minutes of calm lie between";
    facts.alerts.clear();
    EXPECT_FALSE(beganAt(facts)) << "nothing is abnormal now";
}
