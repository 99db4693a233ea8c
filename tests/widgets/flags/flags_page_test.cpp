// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/incident/incident_fleet.h"
#include "tests/widgets/incident/page_frame.h"
#include "widgets/common/fact_rows.h"
#include "widgets/flags/flag_notes.h"
#include "widgets/flags/flags_page.h"
#include "widgets/flags/instance_values.h"
#include "widgets/flags/systems_without.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::flags {
namespace {

using test::IncidentFleet;

class OnTheFlagsPage : public ::testing::Test
{
protected:
    OnTheFlagsPage() : fleet(IncidentFleet::at(3, 16, 0))
    {
        fleet.flags();
        fleet.health();
        fleet.run(2min, 10s);
        page = std::make_unique<FlagsPage>(fleet.environment(), fleet.flags(), fleet.health(), fleet.clock, fleet.zone);
        test::showPage(*page);
        view = test::childNamed<QTableView>(*page, "flagTable");
        tester = std::make_unique<QAbstractItemModelTester>(view->model());
    }
    QModelIndex flag(const QString &name, int column = 0) const
    {
        for (int r = 0; r < view->model()->rowCount(); ++r) {
            if (view->model()->index(r, 0).data().toString() == name)
                return view->model()->index(r, column);
        }
        return {};
    }
    QStringList notes() const
    {
        QStringList titles;
        for (const FlagNote &note : test::childNamed<FlagNotes>(*page, "flagNotes")->notes())
            titles.append(note.title);
        return titles;
    }

    IncidentFleet fleet;
    std::unique_ptr<FlagsPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester; ///< watches every change of the page's rows
    QTableView *view = nullptr;
};

TEST_F(OnTheFlagsPage, ShowsWhatRunsAndWhereInstancesDiffer)
{
    EXPECT_EQ(page->subtitle(), u"5 flags, 1 pending restart, 1 differs"_s);
    EXPECT_EQ(flag(u"ENABLE_CIRCUIT_BREAKER"_s, 2).data().toString(), u"on"_s);
    EXPECT_EQ(flag(u"ENABLE_PROMETHEUS_METRICS"_s, 2).data().toString(), u"differs"_s);
    EXPECT_EQ(flag(u"ENABLE_STRUCTURED_LOGGING"_s, 2).data().toString(), u"off"_s) << "accepted is not running";
    EXPECT_EQ(flag(u"ENABLE_STRUCTURED_LOGGING"_s, 1).data().toString(), u"at restart"_s);
    EXPECT_EQ(test::childNamed<SystemsWithout>(*page, "systemsWithout")->systems(),
              (QStringList{u"worker"_s, u"anclora"_s, u"aurore"_s, u"p2p"_s}));
}

TEST_F(OnTheFlagsPage, SaysWhatToKnowBeforeAChange)
{
    const QStringList titles = notes();
    EXPECT_TRUE(titles.contains(u"ENABLE_STRUCTURED_LOGGING is accepted, not running."_s))
        << qPrintable(titles.join(u'|'));
    EXPECT_TRUE(titles.contains(u"ENABLE_PROMETHEUS_METRICS differs inside production."_s))
        << qPrintable(titles.join(u'|'));
}

TEST_F(OnTheFlagsPage, AClickShowsEachInstanceAndTheRollback)
{
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                      view->visualRect(flag(u"ENABLE_PROMETHEUS_METRICS"_s)).center());
    ASSERT_TRUE(test::childNamed<QFrame>(*page, "flagSide")->isVisible());
    EXPECT_EQ(test::childNamed<QLabel>(*page, "flagTitle")->text(), u"ENABLE_PROMETHEUS_METRICS"_s);
    const auto lines = test::childNamed<InstanceValues>(*page, "instanceValues")->lines();
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines.at(0).value, FlagLine::Value::On);
    EXPECT_EQ(lines.at(1).value, FlagLine::Value::Off);
    QTest::mouseClick(test::childNamed<QPushButton>(*page, "copyRollback"), Qt::LeftButton);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), u"ENABLE_PROMETHEUS_METRICS=false"_s);
    EXPECT_EQ(test::childNamed<common::FactRows>(*page, "changeFacts")->valueOf(u"Why"_s), u"Dashboards need it"_s);
}

TEST_F(OnTheFlagsPage, FindsFlagsByPersonAndReason)
{
    auto *search = test::childNamed<QLineEdit>(*page, "flagSearch");
    QTest::keyClicks(search, u"03:00 batch"_s);
    EXPECT_EQ(view->model()->rowCount(), 1);
    EXPECT_TRUE(flag(u"ENABLE_CIRCUIT_BREAKER"_s).isValid());
    search->clear();
    QTest::keyClicks(search, u"nobody at all"_s);
    EXPECT_EQ(view->model()->rowCount(), 0);
    EXPECT_EQ(test::childNamed<QLabel>(*page, "emptySentence")->text(), u"No flag matches"_s);
}

TEST_F(OnTheFlagsPage, NothingHereWrites)
{
    for (const test::RecordedCall &call : fleet.transport.calls())
        EXPECT_FALSE(call.isWrite) << qPrintable(call.address());
    EXPECT_TRUE(flag(u"ENABLE_CIRCUIT_BREAKER"_s, 2).data(Qt::ToolTipRole).toString().contains(u"does not set them"));
}

TEST(FlagsPage, SectionsWithNothingToSayAreNotThere)
{
    IncidentFleet fleet(IncidentFleet::at(3, 16, 0), IncidentFleet::Network::Hangs);
    FlagsPage page(fleet.environment(), fleet.flags(), fleet.health(), fleet.clock, fleet.zone);
    test::showPage(page);
    EXPECT_EQ(test::childNamed<QLabel>(page, "emptySentence")->text(), u"Asking for flags"_s);
    EXPECT_FALSE(test::childNamed<FlagNotes>(page, "flagNotes")->isVisible());
    auto *without = test::childNamed<SystemsWithout>(page, "systemsWithout");
    without->show({u"worker"_s});
    EXPECT_TRUE(without->isVisible());
    without->show({});
    EXPECT_FALSE(without->isVisible());
}

TEST(FlagsPage, WhereNobodyAnswersItDoesNotSayThatThereAreNone)
{
    IncidentFleet fleet(IncidentFleet::at(3, 0, 0), IncidentFleet::Network::Refuses);
    FlagsPage page(fleet.environment(), fleet.flags(), fleet.health(), fleet.clock, fleet.zone);
    fleet.run(1s, 1s);
    test::showPage(page);
    ASSERT_TRUE(page.isSettled());
    EXPECT_EQ(test::childNamed<QLabel>(page, "emptySentence")->text(), u"No flag is known"_s);
}

TEST(FlagsPage, LooksRightInEveryTheme)
{
    IncidentFleet fleet(IncidentFleet::at(3, 15, 0));
    fleet.flags();
    fleet.health();
    fleet.run(3min, 10s);
    FlagsPage page(fleet.environment(), fleet.flags(), fleet.health(), fleet.clock, fleet.zone);
    auto *view = test::childNamed<QTableView>(page, "flagTable");
    for (const auto scheme : {theme::Scheme::Dark, theme::Scheme::Light, theme::Scheme::HighContrast}) {
        test::showPage(page, scheme);
        const QImage whole = test::pictureOf(page, u"flags-%1"_s.arg(static_cast<int>(scheme)));
        EXPECT_GT(test::pixelsOf(whole, theme::Theme::of(scheme).color(theme::Token::AccentFill)), 300)
            << "toggles that are on";
    }
    view->setCurrentIndex(view->model()->index(2, 0));
    test::showPage(page);
    test::pictureOf(page, u"flags-side-dark"_s);
    test::pictureOf(page, u"flags-side-dark@2"_s, 2);
    test::showPage(page, theme::Scheme::Dark, {1024, 700});
    test::pictureOf(page, u"flags-1024-dark"_s);
}

} // namespace
} // namespace atalaya::flags
