// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker_table_model.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::breakers {
namespace {

Breaker matrixBreaker(const char16_t *system, const char16_t *name, const char16_t *instance,
                      BreakerState state = BreakerState::Closed)
{
    Breaker breaker;
    breaker.id = {QString::fromUtf16(system), QString::fromUtf16(name), QString::fromUtf16(instance)};
    breaker.control = ControlReading{};
    breaker.control->state = state;
    breaker.controlLive = true;
    return breaker;
}

workspace::Environment twoSystems()
{
    workspace::Environment environment;
    for (const char16_t *key : {u"calm", u"hot", u"none"}) {
        workspace::System system;
        system.key = QString::fromUtf16(key);
        for (const char16_t *instance : {u"1", u"2"}) {
            workspace::Instance made;
            made.name = system.key + u'-' + QString::fromUtf16(instance);
            system.instances.append(made);
        }
        environment.systems.append(system);
    }
    return environment;
}

QString printedMatrix(const QList<MatrixRow> &rows)
{
    QStringList lines;
    for (const MatrixRow &row : rows) {
        QStringList parts{row.title};
        if (row.kind == MatrixRow::Kind::System)
            parts += row.instances;
        else if (row.kind == MatrixRow::Kind::Empty)
            parts.append(row.words);
        for (const auto &cell : row.cells)
            parts.append(cell ? cell->shownWord() : u"."_s);
        lines.append(parts.join(u" | "_s));
    }
    return lines.join(u'\n');
}

TEST(MatrixRows, TroubleComesFirstAndNoneLast)
{
    const QList<Breaker> breakers{matrixBreaker(u"calm", u"db", u"calm-1"), matrixBreaker(u"calm", u"db", u"calm-2"),
                                  matrixBreaker(u"hot", u"db", u"hot-1"),
                                  matrixBreaker(u"hot", u"openai", u"hot-2", BreakerState::Open)};
    EXPECT_EQ(
        printedMatrix(matrixRows(twoSystems(), breakers, {u"none"_s}, MatrixOrder::NotClosedFirst, {})),
        u"hot | hot-1 | hot-2\nopenai | . | open\ndb | closed | .\ncalm | calm-1 | calm-2\ndb | closed | closed\nnone | declares no breakers"_s);
    EXPECT_EQ(
        printedMatrix(matrixRows(twoSystems(), breakers, {}, MatrixOrder::AsConfigured, {})),
        u"calm | calm-1 | calm-2\ndb | closed | closed\nhot | hot-1 | hot-2\ndb | closed | .\nopenai | . | open\nnone | not answered yet"_s);
    EXPECT_EQ(printedMatrix(matrixRows(twoSystems(), breakers, {}, MatrixOrder::AsConfigured, u"calm"_s)),
              u"calm | calm-1 | calm-2\ndb | closed | closed"_s);
}

TEST(MatrixRows, AnInstanceOnlyTheMetricKnowsGetsAColumn)
{
    EXPECT_EQ(printedMatrix(matrixRows(twoSystems(), {matrixBreaker(u"calm", u"db", u"calm-9")}, {},
                                       MatrixOrder::AsConfigured, u"calm"_s)),
              u"calm | calm-1 | calm-2 | calm-9\ndb | . | . | closed"_s);
}

TEST(MatrixRows, CountsPerInstance)
{
    Breaker silent = matrixBreaker(u"calm", u"db", u"calm-2");
    silent.controlLive = false;
    const MatrixCounts counts = countsOf({matrixBreaker(u"calm", u"db", u"calm-1"), silent,
                                          matrixBreaker(u"hot", u"db", u"hot-1", BreakerState::HalfOpen)});
    EXPECT_EQ(counts.all, 3);
    EXPECT_EQ(counts.breakers, 2);
    EXPECT_EQ(counts.notClosed, 1);
    EXPECT_EQ(counts.unknown, 1);
}

TEST(BreakerTableModel, KeepsRowsOverARefreshAndGrowsColumns)
{
    BreakerTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const workspace::Environment environment = twoSystems();
    model.show(matrixRows(environment, {matrixBreaker(u"calm", u"db", u"calm-1")}, {}, MatrixOrder::AsConfigured, {}));
    EXPECT_EQ(model.columnCount(), 3);
    const QPersistentModelIndex cell = model.indexOfBreaker({u"calm"_s, u"db"_s, u"calm-1"_s});
    ASSERT_TRUE(cell.isValid());
    EXPECT_TRUE(cell.flags().testFlag(Qt::ItemIsSelectable));
    EXPECT_FALSE(model.index(cell.row(), 2).flags().testFlag(Qt::ItemIsSelectable));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.show(matrixRows(
        environment,
        {matrixBreaker(u"calm", u"db", u"calm-1", BreakerState::Open), matrixBreaker(u"hot", u"db", u"hot-7")}, {},
        MatrixOrder::NotClosedFirst, {}));
    EXPECT_EQ(model.columnCount(), 4);
    EXPECT_TRUE(cell.isValid());
    EXPECT_EQ(cell.data().toString(), u"open"_s);
    EXPECT_EQ(reset.count(), 0);
    model.show({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(Urgency, PutsWhatCutsTrafficBeforeWhatIsOnlyUnusual)
{
    QList<int> order;
    for (const BreakerState state :
         {BreakerState::Open, BreakerState::HalfOpen, BreakerState::Unknown, BreakerState::Closed})
        order.append(urgency(matrixBreaker(u"s", u"n", u"i", state)));
    Breaker forced = matrixBreaker(u"s", u"n", u"i", BreakerState::Open);
    forced.control->mode = BreakerMode::ForcedOpen;
    Breaker bypassed = matrixBreaker(u"s", u"n", u"i");
    bypassed.control->mode = BreakerMode::Bypassed;
    EXPECT_GT(order.at(0), order.at(1));
    EXPECT_GT(order.at(1), urgency(forced));
    EXPECT_GT(urgency(forced), order.at(2));
    EXPECT_GT(order.at(2), urgency(bypassed));
    EXPECT_GT(urgency(bypassed), order.at(3));
    EXPECT_EQ(order.at(3), 0);
}

} // namespace
} // namespace atalaya::breakers
