// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"
#include "models/overview/overview_store.h"
#include "tests/support/store_bench.h"

#include <QtTest/QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::overview;
using atalaya::test::instanceAt;
using atalaya::test::refused;
using atalaya::test::runUntil;
using atalaya::test::sourceAt;

namespace {

/// aurore and p2p, each with its own Prometheus and one instance, and one Alertmanager.
class OverviewBench : public atalaya::test::StoreBench
{
public:
    OverviewBench()
    {
        environment.sources = {sourceAt(workspace::SourceKind::Prometheus, u"prom-aurore"_s, u"http://pa.test"_s),
                               sourceAt(workspace::SourceKind::Prometheus, u"prom-p2p"_s, u"http://pp.test"_s),
                               sourceAt(workspace::SourceKind::Alertmanager, u"am-core"_s, u"http://am.test"_s)};
        for (const auto &[key, prometheus, host] : {std::tuple{u"aurore"_s, u"prom-aurore"_s, u"http://a1.test"_s},
                                                    std::tuple{u"p2p"_s, u"prom-p2p"_s, u"http://p1.test"_s}}) {
            workspace::System system;
            system.key = key;
            system.prometheus = prometheus;
            system.instances = {instanceAt(key + u"-1"_s, host)};
            system.health = workspace::HealthSettings{{u"/health"_s}, 15s, {}};
            environment.systems.append(system);
        }
        transport.answer("GET", u"/api/v1/rules"_s, R"({"status":"success","data":{"groups":[]}})");
        transport.answer("GET", u"/api/v2/alerts"_s, "[]");
        transport.answer("GET", u"/api/v2/silences"_s, "[]");
        transport.answer("GET", u"/health"_s, R"({"status":"healthy"})");
    }

    void open()
    {
        alerts = std::make_unique<alerts::AlertStore>(environment, transport, resolver, schedule, monitor, clock);
        health = std::make_unique<health::HealthStore>(environment, transport, resolver, schedule, monitor, clock);
        breakers = std::make_unique<breakers::BreakerStore>(environment, transport, resolver, schedule, monitor, clock);
        flags = std::make_unique<flags::FlagStore>(environment, transport, resolver, schedule, monitor, clock);
        overview = std::make_unique<OverviewStore>(environment, *alerts, *health, *breakers, *flags, monitor, clock,
                                                   QTimeZone::utc());
    }
    void settle()
    {
        EXPECT_TRUE(runUntil([this] {
            return alerts->isSettled() && health->isSettled() && !alerts->isAsking() && !health->isAsking();
        }));
        overview->look();
    }
    void pass(Milliseconds by)
    {
        advance(by);
        settle();
    }
    SystemSummary system(const QString &key) const
    {
        const QList<SystemSummary> all = overview->systems();
        for (const SystemSummary &summary : all) {
            if (summary.key == key)
                return summary;
        }
        return {};
    }

    workspace::Environment environment;
    std::unique_ptr<alerts::AlertStore> alerts;
    std::unique_ptr<health::HealthStore> health;
    std::unique_ptr<breakers::BreakerStore> breakers;
    std::unique_ptr<flags::FlagStore> flags;
    std::unique_ptr<OverviewStore> overview;
};

} // namespace

TEST(OverviewStore, IsNotGreenBeforeAnybodyAnswered)
{
    OverviewBench bench;
    bench.open();
    EXPECT_EQ(bench.overview->verdict().worst, State::Unknown);
    EXPECT_EQ(bench.overview->verdict().sentence, u"2 systems not known");
    bench.settle();
    EXPECT_EQ(bench.overview->verdict().sentence, u"All 2 systems healthy");
    EXPECT_EQ(bench.system(u"aurore"_s).worstWord, u"Healthy");
    EXPECT_FALSE(bench.overview->verdict().atLeast);
}

TEST(OverviewStore, TellsTheStoryOfP2pGoingSilent)
{
    OverviewBench bench;
    bench.open();
    bench.settle();
    const Timestamp lastGood = bench.clock.now();
    bench.transport.answer("GET", u"http://pp.test/api/v1/rules"_s, "Service Unavailable", 503, "text/plain");
    bench.transport.fail("GET", u"http://p1.test/health"_s, refused());
    bench.pass(15s);
    EXPECT_EQ(bench.system(u"p2p"_s).worst, State::Ok) << "one answer missed is not silence";
    bench.pass(16s);
    for (int i = 0; i < 14; ++i)
        bench.pass(15s);
    bench.pass(5s);
    const SystemSummary p2p = bench.system(u"p2p"_s);
    EXPECT_EQ(p2p.worst, State::Stale);
    EXPECT_EQ(p2p.worstWord, u"Stale, 4 min");
    EXPECT_EQ(p2p.lastKnown, State::Ok);
    EXPECT_EQ(p2p.since, lastGood);
    EXPECT_EQ(p2p.reasonTitle, u"prom-p2p");
    EXPECT_EQ(bench.system(u"aurore"_s).worst, State::Ok);
    const Verdict verdict = bench.overview->verdict();
    EXPECT_EQ(verdict.sentence, u"1 system not known");
    EXPECT_EQ(verdict.silent, u"p2p silent for 4 min.");
    EXPECT_TRUE(verdict.atLeast);
    QStringList titles;
    const QList<TimelineEvent> events = bench.overview->timeline();
    for (const TimelineEvent &event : events)
        titles += event.title;
    EXPECT_TRUE(titles.contains(u"Source prom-p2p went silent"_s));
    EXPECT_TRUE(titles.contains(u"p2p-1 healthy to unknown"_s));
    EXPECT_FALSE(titles.contains(u"Source prom-aurore went silent"_s));
}

TEST(OverviewStore, ChangesWithTheClockAlone)
{
    OverviewBench bench;
    bench.open();
    bench.settle();
    QSignalSpy changes(bench.overview.get(), &OverviewStore::changed);
    bench.overview->look();
    EXPECT_EQ(changes.count(), 0) << "nothing changed, nothing is told";
    bench.clock.advance(31s);
    bench.overview->look();
    EXPECT_EQ(changes.count(), 1);
    EXPECT_EQ(bench.system(u"aurore"_s).worst, State::Stale) << "nobody asked for two intervals";
}

TEST(OverviewStore, AStateHoldsSinceItsFirstReasonEvenWhenThatGoes)
{
    OverviewBench bench;
    bench.open();
    bench.settle();
    const auto alert = [](const char *name, const char *since) {
        return QByteArray(R"({"labels":{"alertname":")") + name +
               R"(","severity":"critical","system":"aurore"},"startsAt":"2026-11-24T)" + since +
               R"(Z","receivers":[{"name":"d"}],"status":{"state":"active"}})";
    };
    bench.transport.answer("GET", u"/api/v2/alerts"_s, '[' + alert("First", "03:00:05") + ']');
    bench.pass(15s);
    EXPECT_EQ(rfc3339(*bench.system(u"aurore"_s).since), u"2026-11-24T03:00:05.000Z");
    bench.transport.answer("GET", u"/api/v2/alerts"_s, '[' + alert("Second", "03:00:25") + ']');
    bench.pass(15s);
    EXPECT_EQ(bench.system(u"aurore"_s).reasonTitle, u"Second");
    EXPECT_EQ(rfc3339(*bench.system(u"aurore"_s).since), u"2026-11-24T03:00:05.000Z") << "critical all the while";
    bench.transport.answer("GET", u"/api/v2/alerts"_s, "[]");
    bench.pass(15s);
    EXPECT_EQ(bench.system(u"aurore"_s).worst, State::Ok);
    EXPECT_EQ(bench.system(u"aurore"_s).reasonTitle, u"Last alert");
    EXPECT_EQ(bench.system(u"aurore"_s).reasonText, u"Second, resolved 03:00:45");
    EXPECT_EQ(bench.overview->timeline().first().title, u"Second resolved");
}
