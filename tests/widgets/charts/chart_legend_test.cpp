// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "tests/widgets/charts/chart_samples.h"
#include "widgets/charts/chart_legend.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::charts;

namespace {

class ChartLegendTest : public testing::Test
{
protected:
    void SetUp() override
    {
        test::pinLooks();
        legend.setRows(legendRows(test::waveView()), u"s"_s);
        legend.resize(400, legend.sizeHint().height());
        legend.show();
    }
    /// The heads take the first line, a series each following one.
    QPoint rowCentre(int row) const { return {40, 17 * (row + 1) + 8}; }
    void click(int row, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(legend.viewport(), Qt::LeftButton, modifiers, rowCentre(row));
    }

    ChartLegend legend;
};

} // namespace

TEST_F(ChartLegendTest, AClickIsolatesAndASecondShowsAllAgain)
{
    QSignalSpy changed(&legend, &ChartLegend::isolatedChanged);
    click(1);
    EXPECT_EQ(legend.isolated(), QSet<int>{1});
    click(0);
    EXPECT_EQ(legend.isolated(), QSet<int>{0});
    click(0);
    EXPECT_TRUE(legend.isolated().isEmpty());
    EXPECT_EQ(changed.count(), 3);
}

TEST_F(ChartLegendTest, ControlClickAddsAndTakesAway)
{
    click(0);
    click(1, Qt::ControlModifier);
    EXPECT_EQ(legend.isolated(), (QSet<int>{0, 1}));
    click(0, Qt::ControlModifier);
    EXPECT_EQ(legend.isolated(), QSet<int>{1});
}

TEST_F(ChartLegendTest, TheKeyboardReachesEveryRow)
{
    QTest::keyClick(&legend, Qt::Key_Down);
    QTest::keyClick(&legend, Qt::Key_Down);
    QTest::keyClick(&legend, Qt::Key_Space);
    EXPECT_EQ(legend.isolated(), QSet<int>{1});
}

TEST_F(ChartLegendTest, NotANumberCountsForNothing)
{
    ChartView view = test::waveView();
    view.series.first().series.values.assign(view.series.first().series.values.size(),
                                             std::numeric_limits<double>::quiet_NaN());
    const LegendRow row = legendRows(view).first();
    EXPECT_FALSE(row.last);
    EXPECT_FALSE(row.mean);
}

TEST_F(ChartLegendTest, MoreThanFiveRowsScroll)
{
    QList<LegendRow> rows(12, legendRows(test::waveView()).first());
    legend.setRows(rows, u"s"_s);
    EXPECT_EQ(legend.sizeHint().height(), 6 * 17);
}
