// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker_matrix_model.h"
#include "tests/models/breakers/breaker_store_bench.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::breakers;
using atalaya::test::printed;
using atalaya::test::refused;
using breakers::test::BreakerStoreBench;

namespace {

class BreakerMatrix : public BreakerStoreBench
{
public:
    void show()
    {
        open();
        model = std::make_unique<BreakerMatrixModel>(environment, *store, clock);
        tester = std::make_unique<QAbstractItemModelTester>(model.get(),
                                                            QAbstractItemModelTester::FailureReportingMode::Fatal);
    }

    std::unique_ptr<BreakerMatrixModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace

TEST(BreakerMatrixModel, StandsBreakersByInstancesBelowTheirSystem)
{
    BreakerMatrix matrix;
    matrix.show();
    matrix.say(u"w1"_s, matrix.closed(290, 1));
    matrix.pass(5s);
    EXPECT_EQ(printed(*matrix.model), "worker | worker-1 | worker-2\n"
                                      "openai | closed: 0.53 %, 38 /s | closed: 0 /s\n"
                                      "p2p | p2p-1\n"
                                      "binance | closed: calls not known\n"
                                      "anclora | declares no breakers\n"
                                      "notes | no breakers configured");
    EXPECT_EQ(matrix.model->countsText(), u"none not closed");
    EXPECT_EQ(matrix.model->index(0, 0).data(RowKindRole).toInt(), static_cast<int>(MatrixRowKind::System));
    EXPECT_EQ(matrix.model->index(1, 1).data(BreakerRole).value<Breaker>().id.instance, u"worker-1");
    EXPECT_EQ(matrix.model->index(1, 0).data(RowBreakersRole).value<QList<Breaker>>().size(), 2);
    EXPECT_EQ(matrix.model->index(1, 1).data(RateHistoryRole).value<QList<double>>().size(), 1);
    EXPECT_EQ(matrix.model->indexOfBreaker({u"worker"_s, u"openai"_s, u"worker-2"_s}), matrix.model->index(1, 2));
}

TEST(BreakerMatrixModel, ShowsCountdownsHoldsAndDisagreement)
{
    BreakerMatrix matrix;
    matrix.gauge(u"core"_s, {{"worker-1", "1"}, {"worker-2", "2"}});
    matrix.say(u"w1"_s, matrix.breaker(R"("state":"open","next_probe_at":"2026-11-24T03:00:11Z")"));
    matrix.say(u"w2"_s, matrix.breaker(R"("state":"open","mode":"forced_open","forced_until":"2026-11-24T03:12:47Z")"));
    matrix.show();
    EXPECT_EQ(matrix.model->index(1, 1).data().toString().toStdString(), "open: metric says half-open, probe in 0:11");
    EXPECT_EQ(matrix.model->index(1, 2).data().toString().toStdString(), "forced open: ends in 12:47");
    EXPECT_EQ(matrix.model->index(1, 0).data(StateRole).toInt(), static_cast<int>(State::Critical));
    EXPECT_EQ(matrix.model->countsText(), u"2 not closed");
    matrix.clock.advance(4s);
    matrix.model->tick();
    EXPECT_EQ(matrix.model->index(1, 1).data(DetailRole).toString().toStdString(),
              "metric says half-open, probe in 0:07");
}

TEST(BreakerMatrixModel, ASilentCellSaysWhatWasSeenAndNeverClosed)
{
    BreakerMatrix matrix;
    matrix.show();
    matrix.transport.fail("GET", matrix.queryOf(u"p2p"_s), refused());
    matrix.pass(10s);
    matrix.clock.advance(11s);
    matrix.model->tick();
    EXPECT_EQ(matrix.model->index(3, 1).data().toString().toStdString(), "unknown: last seen closed, 21 s ago");
    EXPECT_EQ(matrix.model->index(3, 1).data(StateRole).toInt(), static_cast<int>(State::Unknown));
    EXPECT_EQ(matrix.model->notKnownCount(), 1);
}

TEST(BreakerMatrixModel, RefreshKeepsRowsAndNeverResets)
{
    BreakerMatrix matrix;
    matrix.show();
    QSignalSpy resets(matrix.model.get(), &QAbstractItemModel::modelReset);
    const QPersistentModelIndex openai = matrix.model->index(1, 1);
    matrix.say(u"w1"_s, R"({"name":"mongodb","state":"open"},)" + matrix.closed());
    matrix.pass(5s);
    EXPECT_EQ(resets.count(), 0);
    ASSERT_TRUE(openai.isValid());
    EXPECT_EQ(openai.row(), 2);
    EXPECT_EQ(matrix.model->index(1, 0).data().toString(), u"mongodb");
    EXPECT_EQ(matrix.model->index(1, 2).data(DetailRole).toString().toStdString(), "never seen, does not list it");
    matrix.model->setNotClosedFirst(true);
    matrix.model->setSystem(u"worker"_s);
    EXPECT_EQ(matrix.model->rowCount(), 3);
    EXPECT_EQ(resets.count(), 0);
}

TEST(BreakerMatrixModel, GrowsAColumnForAReplicaNobodyConfigured)
{
    BreakerMatrix matrix;
    matrix.show();
    EXPECT_EQ(matrix.model->columnCount(), 3);
    matrix.gauge(u"p2p"_s, {{"p2p-1", "0"}, {"p2p-7", "0"}, {"p2p-8", "0"}, {"p2p-9", "2"}}, "circuit_name", "binance");
    matrix.pass(10s);
    EXPECT_EQ(matrix.model->columnCount(), 5);
    EXPECT_EQ(matrix.model->index(2, 4).data().toString(), u"p2p-9");
    EXPECT_EQ(matrix.model->notClosedCount(), 1);
}
