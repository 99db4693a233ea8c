// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/flag_table_model.h"
#include "tests/models/flags/flag_store_bench.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::flags;
using atalaya::test::printed;
using atalaya::test::refused;
using flags::test::FlagStoreBench;

namespace {

class FlagTable : public FlagStoreBench
{
public:
    void show()
    {
        open();
        model = std::make_unique<FlagTableModel>(
            QList<FlagTableModel::EnvironmentFlags>{{u"production"_s, store.get()}}, clock);
        tester = std::make_unique<QAbstractItemModelTester>(model.get(),
                                                            QAbstractItemModelTester::FailureReportingMode::Fatal);
    }

    std::unique_ptr<FlagTableModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace

TEST(FlagTableModel, TakesTheInstancesTogether)
{
    FlagTable table;
    table.show();
    EXPECT_EQ(printed(*table.model), "ENABLE_CIRCUIT_BREAKER | live | on (2 of 2 instances agree)\n"
                                     "ENABLE_STRUCTURED_LOGGING | at restart | off (2 of 2 instances agree)");
    const QModelIndex cell = table.model->index(0, FirstEnvironmentColumn);
    EXPECT_EQ(cell.data(FlagValueRole).toInt(), static_cast<int>(FlagValue::On));
    EXPECT_EQ(cell.data(FlagChangeRole).toString(), u"ana");
    EXPECT_EQ(table.model->index(1, FirstEnvironmentColumn).data(FlagChangeRole).toString(), u"default");
    EXPECT_FALSE(table.model->index(1, FirstEnvironmentColumn).data(FlagChangedAtRole).isValid());
    EXPECT_EQ(table.model->index(0, 0).data(FlagNoteRole).toString(), u"default off, phase 9");
    EXPECT_EQ(table.model->headerData(FirstEnvironmentColumn, Qt::Horizontal).toString(), u"production");
    EXPECT_EQ(table.model->countsText(), u"2 flags");
}

TEST(FlagTableModel, SaysWhoDiffersAndWhatWaitsForARestart)
{
    FlagTable table;
    table.say(u"a2"_s, table.breakerFlag("false") + ',' + table.loggingFlag("true"));
    table.say(u"a1"_s, table.breakerFlag("true") + ',' + table.loggingFlag("true"));
    table.show();
    EXPECT_EQ(printed(*table.model), "ENABLE_CIRCUIT_BREAKER | live | differs (ai-1 on, ai-2 off)\n"
                                     "ENABLE_STRUCTURED_LOGGING | at restart | off (on after restart, 0 of 2)");
    EXPECT_EQ(table.model->index(0, 2).data(FlagStateRole).toInt(), static_cast<int>(State::Warning));
    EXPECT_EQ(table.model->index(1, 2).data(FlagStateRole).toInt(), static_cast<int>(State::Pending));
    EXPECT_EQ(table.model->countsText(), u"2 flags, 1 pending restart, 1 differs");
}

TEST(FlagTableModel, ASilentInstanceDoesNotAgree)
{
    FlagTable table;
    table.show();
    table.transport.fail("GET", table.infoOf(u"a2"_s), refused());
    table.transport.fail("GET", table.listOf(u"a2"_s), refused());
    table.pass(10s);
    table.pass(10s);
    table.pass(1s);
    table.model->tick();
    EXPECT_EQ(table.model->index(0, 2).data().toString().toStdString(), "on (1 of 2 instances agree)");
    EXPECT_EQ(table.model->index(0, 2).data(FlagStateRole).toInt(), static_cast<int>(State::Stale));
    table.clock.advance(1min);
    table.model->tick();
    EXPECT_EQ(table.model->index(0, 2).data().toString().toStdString(), "not known (was on)");
    EXPECT_EQ(table.model->countsText(), u"2 flags, 2 not known");
}

TEST(FlagTableModel, FiltersBySystemTextPeopleAndReasons)
{
    FlagTable table;
    table.show();
    QSignalSpy resets(table.model.get(), &QAbstractItemModel::modelReset);
    table.model->setSearch(u"ANA"_s);
    EXPECT_EQ(table.model->rowCount(), 1);
    table.model->setSearch(u"logging"_s);
    EXPECT_EQ(table.model->index(0, 0).data().toString(), u"ENABLE_STRUCTURED_LOGGING");
    table.model->setSearch({});
    table.model->setSystem(u"p2p"_s);
    EXPECT_EQ(table.model->rowCount(), 0);
    EXPECT_EQ(table.model->countsText(), u"0 flags");
    EXPECT_EQ(resets.count(), 0);
}

TEST(FlagTableModel, StandsEnvironmentsSideBySide)
{
    FlagTable production, drill;
    drill.say(u"a1"_s, drill.breakerFlag("false"));
    drill.say(u"a2"_s, drill.breakerFlag("false"));
    production.open();
    drill.open();
    FlagTableModel model({{u"production"_s, production.store.get()}, {u"drill"_s, drill.store.get()}},
                         production.clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(printed(model),
              "ENABLE_CIRCUIT_BREAKER | live | on (2 of 2 instances agree) | off (2 of 2 instances agree)\n"
              "ENABLE_STRUCTURED_LOGGING | at restart | off (2 of 2 instances agree) | not known (not listed)");
}
