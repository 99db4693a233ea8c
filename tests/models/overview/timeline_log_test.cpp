// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/timeline_log.h"
#include "tests/models/overview/overview_examples.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::overview;
using namespace atalaya::overview::test;
using alerts::AlertState;
using breakers::BreakerMode;
using breakers::BreakerState;
using health::HealthStatus;

namespace {

class Night
{
public:
    void look(const char *clock, const QList<SystemFacts> &systems, const QStringList &silent = {},
              const QList<refresh::SourceStatus> &sources = {})
    {
        QList<alerts::Alert> all;
        for (const SystemFacts &system : systems)
            all += system.alerts;
        log.look(systems, all, silent, sources, at(clock));
    }
    /// "03:02:52 HighErrorRate fired (worker, HighErrorRate summary)", newest first.
    std::string lines() const
    {
        QStringList all;
        const QList<TimelineEvent> events = log.events();
        for (const TimelineEvent &event : events)
            all += clockText(event.at, QTimeZone::utc()) + u' ' + event.title +
                   (event.text.isEmpty() ? QString() : u" ("_s + event.text + u')');
        return all.join(u'\n').toStdString();
    }

    TimelineLog log{QTimeZone::utc()};
};

} // namespace

TEST(TimelineLog, IsSeededWithWhatTheServersStillTell)
{
    SystemFacts worker = healthySystem();
    worker.alerts = {alertOf("HighErrorRate", "critical", "worker", "03:02:52"),
                     alertOf("Backlog", "warning", "worker", "03:08:00", AlertState::Pending)};
    worker.alerts.last().firesAt = at("03:18:00");
    worker.breakers = {breakerOf("openai", "worker-1", BreakerState::Open, "03:00:15"),
                       breakerOf("mongodb", "worker-1", BreakerState::Closed, "02:00:00")};
    flags::Flag flag;
    flag.id = {u"worker"_s, u"ENABLE"_s, u"w-1"_s};
    flag.value = true;
    flag.updatedAt = at("02:41:07");
    flag.updatedBy = u"ana"_s;
    worker.flags = {flag, flag};
    worker.flags.last().id.instance = u"w-2"_s;
    Night night;
    night.look("03:09:00", {worker});
    EXPECT_EQ(night.lines(), "03:08:00 Backlog pending (worker, fires at 03:18:00)\n"
                             "03:02:52 HighErrorRate fired (worker, HighErrorRate summary)\n"
                             "03:00:15 openai open (worker, worker-1)\n"
                             "02:41:07 ENABLE on (worker, by ana)");
    night.look("03:09:01", {worker});
    EXPECT_EQ(night.log.events().size(), 4) << "what did not change is not told again";
}

TEST(TimelineLog, TellsTransitionsOfAlerts)
{
    SystemFacts worker = healthySystem();
    Night night;
    night.look("03:00:00", {worker});
    worker.alerts = {alertOf("A", "warning", "worker", "03:01:00", AlertState::Pending)};
    night.look("03:01:10", {worker});
    worker.alerts = {alertOf("A", "warning", "worker", "03:03:00")};
    worker.alerts.first().activeAt = at("03:01:00");
    night.look("03:03:10", {worker});
    worker.alerts.first().state = AlertState::Silenced;
    night.look("03:04:00", {worker});
    worker.alerts.clear();
    night.look("03:05:00", {worker});
    EXPECT_EQ(night.lines(), "03:05:00 A resolved (worker, after 4 m 00 s)\n"
                             "03:04:00 A silenced (worker, A summary)\n"
                             "03:03:00 A fired (worker, A summary)\n"
                             "03:01:00 A pending (worker, A summary)");
    ASSERT_EQ(night.log.ended().size(), 1);
    EXPECT_EQ(night.log.ended().first().first, at("03:01:00"));
    EXPECT_EQ(night.log.lastResolved(u"worker"_s)->first, u"A");
}

TEST(TimelineLog, AnAlertThatVanishesWhileItsSourceIsSilentIsNotResolved)
{
    SystemFacts worker = healthySystem();
    worker.alerts = {alertOf("A", "critical", "worker", "03:00:00")};
    Night night;
    night.look("03:01:00", {worker});
    worker.alerts.clear();
    night.look("03:02:00", {worker}, {u"am"_s});
    EXPECT_EQ(night.log.events().first().title, u"A is no longer reported");
    EXPECT_EQ(night.log.events().first().state, State::Unknown);
    EXPECT_FALSE(night.log.lastResolved(u"worker"_s));
}

TEST(TimelineLog, TellsTransitionsOfBreakersAndWhoMadeThem)
{
    SystemFacts worker = healthySystem();
    worker.breakers = {breakerOf("openai", "worker-1", BreakerState::Closed)};
    Night night;
    night.look("02:59:00", {worker});
    EXPECT_EQ(night.lines(), "") << "a closed breaker seen for the first time is nothing new";
    worker.breakers = {breakerOf("openai", "worker-1", BreakerState::Open, "02:59:45")};
    worker.breakers.first().control->lastChangeBy = u"automatic"_s;
    night.look("02:59:50", {worker});
    worker.breakers.first().controlLive = false;
    night.look("03:01:00", {worker});
    worker.breakers = {breakerOf("openai", "worker-1", BreakerState::Open, "03:12:07", BreakerMode::ForcedOpen)};
    worker.breakers.first().control->lastChangeBy = u"ana"_s;
    night.look("03:12:10", {worker});
    EXPECT_EQ(night.lines(), "03:12:07 openai open to forced open (worker, worker-1, by ana)\n"
                             "02:59:45 openai closed to open (worker, worker-1, automatic)");
    EXPECT_EQ(night.log.events().first().state, State::Forced);
    EXPECT_EQ(night.log.events().first().breaker, BreakerState::Open);
}

TEST(TimelineLog, AGaugeThatTakesTheWordTellsOnlyItsOwnTransitions)
{
    SystemFacts worker = healthySystem();
    worker.breakers = {breakerOf("openai", "worker-1", BreakerState::Closed)};
    breakers::Breaker &openai = worker.breakers.first();
    openai.gauge = breakers::GaugeReading{1, BreakerState::HalfOpen, at("02:59:00")};
    openai.gaugeLive = true;
    Night night;
    night.look("02:59:00", {worker});
    for (const char *clock : {"02:59:30", "03:00:00"}) {
        openai.controlLive = false;
        night.look(clock, {worker});
        openai.controlLive = true;
        night.look(clock, {worker});
    }
    EXPECT_EQ(night.lines(), "") << "the control endpoint came and went, the breaker did not move";
    openai.controlLive = false;
    openai.since = std::nullopt;
    night.look("03:01:00", {worker});
    openai.gauge->state = BreakerState::Open;
    night.look("03:01:30", {worker});
    EXPECT_EQ(night.lines(), "03:01:30 openai closed to open (worker, worker-1)");
}

TEST(TimelineLog, TellsTransitionsOfHealthAndSilence)
{
    SystemFacts worker = healthySystem();
    worker.instances = {instanceOf("w-1", HealthStatus::Healthy)};
    Night night;
    night.look("03:00:00", {worker});
    worker.instances = {instanceOf("w-1", HealthStatus::Unhealthy, "03:01:00", Freshness::Live, {u"openai"_s})};
    night.look("03:01:00", {worker});
    worker.instances = {instanceOf("w-1", HealthStatus::Unhealthy, "03:02:00", Freshness::Stale)};
    worker.instances.first().error = Error{.kind = ErrorKind::Timeout};
    night.look("03:02:30", {worker});
    worker.instances = {instanceOf("w-1", HealthStatus::Healthy, "03:04:00")};
    night.look("03:04:00", {worker});
    EXPECT_EQ(night.lines(), "03:04:00 w-1 unknown to healthy (worker)\n"
                             "03:02:00 w-1 unhealthy to unknown (worker, timed out)\n"
                             "03:01:00 w-1 healthy to unhealthy (worker, openai)");
    EXPECT_EQ(night.log.events().at(1).state, State::Stale);
    EXPECT_EQ(night.log.ended().size(), 1);
}

TEST(TimelineLog, TellsWhenASourceGoesSilentAndComesBack)
{
    Night night;
    night.look("03:00:00", {}, {}, {sourceOf("prom-p2p", Freshness::Live, "03:00:00")});
    night.look("03:06:00", {}, {}, {sourceOf("prom-p2p", Freshness::Stale, "03:05:28")});
    night.look("03:07:00", {}, {}, {sourceOf("prom-p2p", Freshness::Stale, "03:05:28")});
    night.look("03:09:00", {}, {}, {sourceOf("prom-p2p", Freshness::Live, "03:09:00")});
    EXPECT_EQ(night.lines(), "03:09:00 Source prom-p2p answers again\n"
                             "03:05:28 Source prom-p2p went silent (last answer: answered 503)");
}

TEST(TimelineLog, KeepsTwoThousandEventsAtMost)
{
    SystemFacts worker = healthySystem();
    for (int i = 0; i < 2100; ++i) {
        auto alert = alertOf("A", "warning", "worker", "03:00:00", AlertState::Firing, {{u"i"_s, QString::number(i)}});
        alert.startsAt += Milliseconds(i);
        worker.alerts.append(alert);
    }
    Night night;
    night.look("03:01:00", {worker});
    EXPECT_EQ(night.log.events().size(), 2000);
    EXPECT_EQ(night.log.events().first().at, at("03:00:00") + 2099ms);
}
