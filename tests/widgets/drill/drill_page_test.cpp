// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/shell/console_fleet.h"
#include "widgets/drill/drill_page.h"

#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;

namespace {

void fillDrill(test::FakeDrill &drill)
{
    drill.list = {
        {u"outage"_s, u"OpenAI outage"_s, u"Calls time out."_s, u"worker"_s, {u"worker-1"_s, u"worker-2"_s}, {}},
        {u"slow"_s, u"Slow database"_s, {}, u"aurore"_s, {u"aurore-1"_s}, {u"aurore-1"_s}}};
}

QPushButton *drillButton(const drill::DrillPage &page, const char *name)
{
    return page.findChild<QPushButton *>(QString::fromLatin1(name));
}

} // namespace

TEST(DrillPage, StartsAndStopsOneInstance)
{
    test::FakeDrill drill;
    fillDrill(drill);
    drill::DrillPage page(drill);
    page.show();
    auto *start = drillButton(page, "incident_outage_worker-1");
    ASSERT_TRUE(start);
    EXPECT_EQ(start->text(), u"Start on worker-1"_s);
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_EQ(start->text(), u"Stop on worker-1"_s);
    EXPECT_EQ(drillButton(page, "incident_outage_worker-2")->text(), u"Start on worker-2"_s);
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_EQ(drill.told, (QStringList{u"outage worker-1 on"_s, u"outage worker-1 off"_s}));
}

TEST(DrillPage, TellsOnceAndWaitsForTheAnswer)
{
    test::FakeDrill drill;
    fillDrill(drill);
    drill.answers = false;
    drill::DrillPage page(drill);
    page.show();
    auto *start = drillButton(page, "incident_outage_worker-1");
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_FALSE(start->isEnabled());
    EXPECT_FALSE(start->toolTip().isEmpty());
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_EQ(drill.told.size(), 1);
    Q_EMIT drill.failed(u"outage"_s, u"worker-1"_s, u"it did not answer"_s);
    EXPECT_TRUE(start->isEnabled());
    EXPECT_TRUE(page.findChild<QLabel *>(u"drillProblem"_s)->text().contains(u"did not answer"));
}

TEST(DrillPage, ShowsOnlyTheSystemAskedFor)
{
    test::FakeDrill drill;
    fillDrill(drill);
    drill::DrillPage page(drill);
    page.show();
    page.filterSystem(u"aurore"_s);
    EXPECT_FALSE(page.findChild<QWidget *>(u"incident_outage"_s)->isVisible());
    EXPECT_TRUE(page.findChild<QWidget *>(u"incident_slow"_s)->isVisible());
    page.filterSystem(u"p2p"_s);
    EXPECT_TRUE(page.findChild<QLabel *>(u"drillEmpty"_s)->isVisible());
}

TEST(DrillPage, AListThatIsNotKnownIsNotCalledEmpty)
{
    test::FakeDrill drill;
    drill.trouble = u"The drill stack does not answer."_s;
    drill::DrillPage page(drill);
    page.show();
    EXPECT_EQ(page.findChild<QLabel *>(u"drillEmpty"_s)->text(), u"The list of incidents is not known."_s);
    EXPECT_TRUE(page.findChild<QLabel *>(u"drillProblem"_s)->isVisible());
}

TEST(DrillPage, ARefreshKeepsTheButtonsThatAreThere)
{
    test::FakeDrill drill;
    fillDrill(drill);
    drill::DrillPage page(drill);
    const auto *before = drillButton(page, "incident_outage_worker-1");
    drill.list.first().running = {u"worker-2"_s};
    Q_EMIT drill.changed();
    EXPECT_EQ(drillButton(page, "incident_outage_worker-1"), before);
    EXPECT_EQ(page.subtitle(), u"2 of 2 rehearsed incidents running"_s);
}
