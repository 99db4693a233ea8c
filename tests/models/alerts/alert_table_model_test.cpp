// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_table_model.h"
#include "models/base/time_text.h"
#include "tests/models/alerts/alert_store_bench.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

#include <ctime>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::alerts;
using alerts::test::AlertStoreBench;
using atalaya::test::printed;
using atalaya::test::refused;
using atalaya::test::runUntil;

namespace {

QByteArray amAlert(const char *name, const char *severity, const char *system, const char *startsAt,
                   const char *status = R"("active")", const char *more = "")
{
    return QByteArray(R"({"labels":{"alertname":")") + name + R"(","severity":")" + severity + R"(","system":")" +
           system + R"(","component":"http"},"annotations":{"summary":")" + name + R"( summary"},"startsAt":")" +
           startsAt + R"(","receivers":[{"name":"default"}],"status":{"state":)" + status + more + "}}";
}

const QByteArray pendingRule =
    R"({"type":"alerting","name":"Backlog","query":"b > 1","duration":600,"health":"ok","alerts":[
    {"state":"pending","activeAt":"2026-11-24T02:59:00Z","value":"2","annotations":{"summary":"1,840 events waiting"},
     "labels":{"alertname":"Backlog","system":"worker","severity":"warning","component":"queue"}}]})";

class AlertTable : public AlertStoreBench
{
public:
    AlertTable()
    {
        const QByteArray latency = amAlert("HighLatency", "warning", "ai-proveedores", "2026-11-24T02:56:10Z");
        const QByteArray error = amAlert("HighErrorRate", "critical", "ai-proveedores", "2026-11-24T02:52:52Z");
        const QByteArray inhibited = amAlert("Low", "info", "worker", "2026-11-24T02:00:00Z", R"("suppressed")",
                                             (R"(,"inhibitedBy":[")" + fingerprintOfErrorRate() + R"("])").constData());
        const QByteArray silenced =
            amAlert("Slow", "warning", "worker", "2026-11-24T01:00:00Z", R"("suppressed")", R"(,"silencedBy":["s1"])");
        listed(u"am-a"_s, '[' + latency + ',' + error + ',' + inhibited + ',' + silenced + ']');
        transport.answer("GET", silencesOf(u"am-a"_s),
                         R"([{"id":"s1","createdBy":"luis","startsAt":"2026-11-24T01:30:00Z",
            "endsAt":"2026-11-24T03:26:00Z","status":{"state":"active"},"matchers":[{"name":"alertname","value":"Slow"}]}])");
        rules(u"core"_s, pendingRule);
        open();
        EXPECT_TRUE(runUntil([this] { return !store->silences().isEmpty(); }));
        model = std::make_unique<AlertTableModel>(*store, clock);
        tester = std::make_unique<QAbstractItemModelTester>(model.get(),
                                                            QAbstractItemModelTester::FailureReportingMode::Fatal);
    }

    static QByteArray fingerprintOfErrorRate()
    {
        return fingerprintOf({{u"alertname"_s, u"HighErrorRate"_s},
                              {u"severity"_s, u"critical"_s},
                              {u"system"_s, u"ai-proveedores"_s},
                              {u"component"_s, u"http"_s}})
            .toLatin1();
    }
    void filter(const QString &text)
    {
        const auto matchers = parseMatchers(text);
        ASSERT_TRUE(matchers);
        model->setMatchers(*matchers);
    }

    std::unique_ptr<AlertTableModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace

TEST(AlertTableModel, ShowsWhatSinceWhenAndWhatElseIsKnown)
{
    AlertTable table;
    EXPECT_EQ(printed(*table.model), "HighErrorRate | HighErrorRate summary | http |  | 7 m 08 s\n"
                                     "HighLatency | HighLatency summary | http |  | 3 m 50 s\n"
                                     "Backlog | 1,840 events waiting | queue | fires in 9 m 00 s | 1 m 00 s\n"
                                     "Slow | Slow summary | http | silenced by luis, 26 m 00 s left | 2 h 00 m\n"
                                     "Low | Low summary | http | inhibited by HighErrorRate | 1 h 00 m");
    EXPECT_EQ(table.model->countsText(), u"2 firing, 1 pending");
    EXPECT_EQ(table.model->headerData(4, Qt::Horizontal).toString(), u"Age");
}

TEST(AlertTableModel, OffersRawValues)
{
    AlertTable table;
    const QModelIndex first = table.model->index(0, 0);
    EXPECT_EQ(first.data(StateRole).toInt(), static_cast<int>(State::Critical));
    EXPECT_EQ(first.data(AlertRole).value<Alert>().name, u"HighErrorRate");
    EXPECT_FALSE(first.data(IsGroupRole).toBool());
    EXPECT_EQ(table.model->rowOf(QString::fromLatin1(AlertTable::fingerprintOfErrorRate())), 0);
    EXPECT_EQ(table.model->rowOf(u"0000000000000000"_s), -1);
}

TEST(AlertTableModel, GroupsByALabelWithGroupRowsWorstFirst)
{
    AlertTable table;
    table.model->setGroupLabel(u"system"_s);
    EXPECT_EQ(printed(*table.model), "ai-proveedores | 2 firing\n"
                                     "HighErrorRate | HighErrorRate summary | http |  | 7 m 08 s\n"
                                     "HighLatency | HighLatency summary | http |  | 3 m 50 s\n"
                                     "worker | 1 pending, 1 silenced, 1 inhibited\n"
                                     "Backlog | 1,840 events waiting | queue | fires in 9 m 00 s | 1 m 00 s\n"
                                     "Slow | Slow summary | http | silenced by luis, 26 m 00 s left | 2 h 00 m\n"
                                     "Low | Low summary | http | inhibited by HighErrorRate | 1 h 00 m");
    EXPECT_TRUE(table.model->index(0, 0).data(IsGroupRole).toBool());
    EXPECT_EQ(table.model->index(3, 0).data(StateRole).toInt(), static_cast<int>(State::Pending));

    table.model->setCollapsed(u"worker"_s, true);
    EXPECT_EQ(table.model->rowCount(), 4);
    EXPECT_TRUE(table.model->index(3, 0).data(IsCollapsedRole).toBool());
    EXPECT_EQ(table.model->countsText(), u"2 firing, 1 pending") << "a folded group still counts";
    table.model->setCollapsed(u"worker"_s, false);
    EXPECT_EQ(table.model->rowCount(), 7);

    table.model->setGroupLabel(u"team"_s);
    EXPECT_EQ(table.model->index(0, 0).data().toString(), u"no team");
}

TEST(AlertTableModel, FiltersByMatchersAndStates)
{
    AlertTable table;
    table.filter(u"system=~\"ai.*\" severity!=critical"_s);
    EXPECT_EQ(printed(*table.model), "HighLatency | HighLatency summary | http |  | 3 m 50 s");
    table.filter({});
    table.model->setStates({AlertState::Pending});
    EXPECT_EQ(table.model->rowCount(), 1);
    EXPECT_EQ(table.model->countsText(), u"0 firing, 1 pending");
    table.model->setStates({});
    EXPECT_EQ(table.model->rowCount(), 5);
}

TEST(AlertTableModel, RefreshKeepsRowsAndNeverResets)
{
    AlertTable table;
    QSignalSpy resets(table.model.get(), &QAbstractItemModel::modelReset);
    const QPersistentModelIndex latency = table.model->index(1, 0);
    table.listed(u"am-a"_s, '[' + amAlert("HighLatency", "warning", "ai-proveedores", "2026-11-24T02:56:10Z") + ',' +
                                amAlert("Newcomer", "critical", "worker", "2026-11-24T02:59:59Z") + ']');
    table.pass(15s);
    EXPECT_EQ(resets.count(), 0);
    ASSERT_TRUE(latency.isValid());
    EXPECT_EQ(latency.data().toString(), u"HighLatency");
    EXPECT_EQ(latency.row(), 1);
    EXPECT_EQ(table.model->index(0, 0).data().toString(), u"Newcomer");
}

TEST(AlertTableModel, AgesAndCountdownsFollowTheClockAndTheGroundBelowZero)
{
    AlertTable table;
    QSignalSpy changes(table.model.get(), &QAbstractItemModel::dataChanged);
    table.clock.advance(10min);
    table.model->tick();
    EXPECT_GE(changes.count(), 1);
    EXPECT_EQ(table.model->index(2, 3).data().toString(), u"fires at the next evaluation");
    EXPECT_EQ(table.model->index(0, 4).data().toString(), u"17 m 08 s");
    table.clock.jumpTo(*parseTime(u"2026-11-24T02:00:00Z"_s));
    EXPECT_EQ(table.model->index(0, 4).data().toString(), u"0 s") << "a server ahead of our clock";
}

TEST(AlertTableModel, SaysAtLeastWhileASourceIsSilent)
{
    AlertTable table;
    table.transport.fail("GET", table.rulesOf(u"p2p"_s), refused());
    table.pass(15s);
    table.pass(16s);
    EXPECT_EQ(table.store->silentSources(), QStringList{u"p2p"_s});
    EXPECT_EQ(table.model->countsText(), u"at least 2 firing, 1 pending");
}

TEST(AlertTableModel, SaysWhenNoAlertmanagerKnowsAFiringAlert)
{
    AlertTable table;
    table.rules(u"p2p"_s, R"({"type":"alerting","name":"Lonely","query":"b","duration":0,"health":"ok","alerts":[
        {"state":"firing","activeAt":"2026-11-24T02:59:00Z","labels":{"alertname":"Lonely","severity":"critical"}}]})");
    table.pass(15s);
    const int row = table.model->rowOf(fingerprintOf({{u"alertname"_s, u"Lonely"_s}, {u"severity"_s, u"critical"_s}}));
    ASSERT_GE(row, 0);
    EXPECT_EQ(table.model->index(row, 3).data().toString(), u"in no Alertmanager");
}

TEST(AlertTableModel, TenThousandAlertsFilterAndRefreshSmoothly)
{
    AlertStoreBench bench;
    QByteArray many = "[";
    for (int i = 0; i < 10'000; ++i) {
        many += (i ? "," : "") + QByteArray(R"({"labels":{"alertname":"A","severity":")") +
                (i % 3 ? "warning" : "critical") + R"(","system":"s)" + QByteArray::number(i % 7) +
                R"(","instance":"i)" + QByteArray::number(i) +
                R"("},"startsAt":"2026-11-24T02:00:00Z","status":{"state":"active"},"receivers":[{"name":"d"}]})";
    }
    bench.listed(u"am-a"_s, many + "]");
    bench.open();
    AlertTableModel model(*bench.store, bench.clock);
    EXPECT_EQ(model.rowCount(), 10'000);
    const std::clock_t before = std::clock();
    model.setMatchers(*parseMatchers(u"system=~\"s[12]\""_s));
    model.setMatchers({});
    model.setGroupLabel(u"system"_s);
    EXPECT_EQ(model.rowCount(), 10'007);
    EXPECT_LT(std::clock() - before, 10 * CLOCKS_PER_SEC) << "three rebuilds, in processor time";
}
