// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/flag_table_model.h"
#include "tests/models/flags/flag_store_bench.h"

#include <QtTest/QAbstractItemModelTester>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::flags {
namespace {

QString printedFlags(const FlagTableModel &model)
{
    QStringList lines;
    for (int r = 0; r < model.rowCount(); ++r) {
        QStringList cells;
        for (int c = 0; c < model.columnCount(); ++c)
            cells.append(model.index(r, c).data().toString());
        lines.append(cells.join(u" | "_s));
    }
    return lines.join(u'\n');
}

TEST(FlagTableModel, ComparesInstancesAndFindsByPersonAndReason)
{
    test::FlagStoreBench bench;
    FlagStore &store = bench.open();
    FlagTableModel model(u"production"_s);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.reconcile(flagRows(bench.environment, store, bench.clock.now(), {}, {}));
    EXPECT_EQ(printedFlags(model), u"ENABLE_CIRCUIT_BREAKER | live | on | batch\n"
                                   "ENABLE_STRUCTURED_LOGGING | at restart | off | "_s);
    EXPECT_EQ(verdictOf(model.row(0)).words, u"2 of 2 instances agree");
    EXPECT_EQ(countsOf(model.rows()), (FlagCounts{2, 0, 0, 0}));
    model.reconcile(flagRows(bench.environment, store, bench.clock.now(), {}, u"ANA"_s));
    EXPECT_EQ(printedFlags(model), u"ENABLE_CIRCUIT_BREAKER | live | on | batch"_s);
}

TEST(FlagTableModel, DifferenceAndPendingRestartAreSaidAndCounted)
{
    test::FlagStoreBench bench;
    FlagStore &store = bench.open();
    bench.say(u"a2"_s, bench.breakerFlag("false") + ',' + bench.loggingFlag("true"));
    bench.pass(10min);
    const QList<FlagLine> lines = flagRows(bench.environment, store, bench.clock.now(), {}, {});
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines.at(0).value, FlagLine::Value::Differs);
    EXPECT_EQ(verdictOf(lines.at(0)).words, u"ai-1 on, ai-2 off");
    EXPECT_EQ(verdictOf(lines.at(0)).state, State::Warning);
    EXPECT_EQ(lines.at(1).pendingRestart, 1);
    EXPECT_EQ(verdictOf(lines.at(1)).words, u"on after restart, 1 of 2");
    EXPECT_EQ(countsOf(lines), (FlagCounts{2, 1, 1, 0}));
}

TEST(FlagTableModel, FlagsOfASilentInstanceAreNotKnown)
{
    FlagLine line;
    line.instances = 2;
    Flag flag;
    flag.id = {u"s"_s, u"F"_s, u"i-1"_s};
    flag.value = true;
    line.perInstance = {flag};
    line.silent = {u"i-1"_s, u"i-2"_s};
    EXPECT_EQ(verdictOf(line).state, State::Stale);
    EXPECT_TRUE(verdictOf(line).words.contains(u"was i-1 on")) << qPrintable(verdictOf(line).words);
    EXPECT_EQ(countsOf({line}).unknown, 1);
}

} // namespace
} // namespace atalaya::flags
