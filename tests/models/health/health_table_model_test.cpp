// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_table_model.h"
#include "tests/models/health/health_store_bench.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::health;
using atalaya::test::printed;
using atalaya::test::refused;
using health::test::HealthStoreBench;

namespace {

class HealthTable : public HealthStoreBench
{
public:
    void show()
    {
        open();
        model = std::make_unique<HealthTableModel>(environment, *store, clock, QTimeZone::utc());
        tester = std::make_unique<QAbstractItemModelTester>(model.get(),
                                                            QAbstractItemModelTester::FailureReportingMode::Fatal);
    }

    std::unique_ptr<HealthTableModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

HealthSample sampleAt(int second, HealthStatus status)
{
    return {Timestamp(std::chrono::seconds(second)), status, 0};
}

} // namespace

TEST(HealthTableModel, GroupsComponentsBelowTheirSystem)
{
    HealthTable table;
    table.show();
    EXPECT_EQ(printed(*table.model), "worker | Healthy on 2 of 2 |  | live: alive, ready: ready\n"
                                     "openai | healthy | 9 ms\n"
                                     "p2p | Healthy on 1 of 1\n"
                                     "postgresql | connected");
    EXPECT_EQ(table.model->countsText(), u"2 components");
    EXPECT_TRUE(table.model->index(0, 0).data(HealthIsGroupRole).toBool());
    EXPECT_EQ(table.model->index(1, 0).data(HealthInstancesRole).value<QList<InstanceCell>>().size(), 2);
}

TEST(HealthTableModel, TheWorstInstanceSpeaksForTheRow)
{
    HealthTable table;
    table.say(
        u"w2"_s, u"/health"_s,
        R"({"status":"unhealthy","checks":{"openai":{"status":"unhealthy","latency_ms":31200,"message":"deadline"}}})",
        503);
    table.say(u"w2"_s, u"/health/ready"_s, R"({"status":"not_ready"})", 503);
    table.show();
    EXPECT_EQ(
        printed(*table.model),
        "worker | Unhealthy on 1 of 2 |  | worker-2: draining, live: alive, ready: not_ready on 1 and ready on 1\n"
        "openai | unhealthy | 31.2 s\n"
        "p2p | Healthy on 1 of 1\n"
        "postgresql | connected");
    EXPECT_EQ(table.model->index(1, 0).data(HealthStateRole).toInt(), static_cast<int>(State::Critical));
    EXPECT_EQ(table.model->countsText(), u"2 components, 1 not healthy");
}

TEST(HealthTableModel, ASilentSystemIsStaleWithItsAgeAndWhatItWas)
{
    HealthTable table;
    table.show();
    table.breakOff(u"p1"_s, refused());
    table.pass(10s);
    table.clock.advance(4min);
    table.model->tick();
    const QStringList rows = atalaya::test::printedRows(*table.model);
    EXPECT_EQ(rows.at(2).toStdString(), "p2p | Stale, 4 min |  | 1 of 1 probes unreachable since 03:00:10");
    EXPECT_EQ(rows.at(3).toStdString(), "postgresql | was connected");
    EXPECT_EQ(table.model->index(3, 0).data(HealthStateRole).toInt(), static_cast<int>(State::Stale));
    EXPECT_EQ(table.model->countsText(), u"2 components, 2 not known") << "nobody was asked for four minutes";
}

TEST(HealthTableModel, OneSilentInstanceKeepsTheRowFromBeingGreen)
{
    HealthTable table;
    table.breakOff(u"w2"_s, refused());
    table.show();
    EXPECT_EQ(atalaya::test::printedRows(*table.model).first().toStdString(),
              "worker | Not known on 1 of 2 |  | 1 of 2 probes unreachable since 03:00:00, live: alive, ready: ready");
    EXPECT_EQ(table.model->index(0, 0).data(HealthStateRole).toInt(), static_cast<int>(State::Unknown));
}

TEST(HealthTableModel, FiltersAndSortsWithoutAReset)
{
    HealthTable table;
    table.say(u"p1"_s, u"/api/v1/health"_s,
              R"({"status":"degraded","services":{"postgresql":{"status":"connected"},"redis":{"status":"error"}}})");
    table.show();
    QSignalSpy resets(table.model.get(), &QAbstractItemModel::modelReset);
    table.model->setNotHealthyFirst(true);
    EXPECT_EQ(printed(*table.model), "p2p | Degraded on 1 of 1\n"
                                     "redis | error\n"
                                     "postgresql | connected\n"
                                     "worker | Healthy on 2 of 2 |  | live: alive, ready: ready\n"
                                     "openai | healthy | 9 ms");
    table.model->setSystem(u"worker"_s);
    table.model->setInstance(u"worker-2"_s);
    EXPECT_EQ(printed(*table.model),
              "worker | Healthy on 1 of 1 |  | live: alive, ready: ready\nopenai | healthy | 9 ms");
    EXPECT_EQ(resets.count(), 0);
}

TEST(HealthTableModel, ShowsStartUpAndNotesInTheSystemsRow)
{
    HealthTable table;
    table.environment.systems[0].startupPath = u"/ops/v1/startup"_s;
    for (const QString &host : {u"w1"_s, u"w2"_s})
        table.say(host, u"/ops/v1/startup"_s, health::test::answerOf("startup.json"));
    table.up({{"worker-1", "0"}});
    table.show();
    EXPECT_EQ(table.model->index(0, 0).data(HealthNoteRole).toString().toStdString(),
              "worker-1: answers, but its scrape is down: metrics flag off or path wrong (/metrics), live: alive, "
              "ready: ready, "
              "start-up: healthy, 4 of 5 checks");
}

TEST(WorstStretches, TakeTheWorstOfTheInstancesThatWereSeen)
{
    const auto worst = worstStretches({{sampleAt(0, HealthStatus::Healthy), sampleAt(10, HealthStatus::Unhealthy),
                                        sampleAt(20, HealthStatus::Healthy)},
                                       {sampleAt(5, HealthStatus::Degraded), sampleAt(30, HealthStatus::Healthy)}});
    EXPECT_EQ(worst, (QList<HealthSample>{sampleAt(0, HealthStatus::Healthy), sampleAt(5, HealthStatus::Degraded),
                                          sampleAt(10, HealthStatus::Unhealthy), sampleAt(20, HealthStatus::Degraded),
                                          sampleAt(30, HealthStatus::Healthy)}));
    EXPECT_TRUE(worstStretches({}).isEmpty());
}
