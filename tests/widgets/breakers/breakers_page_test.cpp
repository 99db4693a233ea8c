// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/incident/incident_fleet.h"
#include "tests/widgets/incident/page_frame.h"
#include "widgets/breakers/breakers_page.h"
#include "widgets/breakers/reading_box.h"
#include "widgets/common/choice_button.h"
#include "widgets/common/fact_rows.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::breakers {
namespace {

using test::IncidentFleet;

class OnTheBreakersPage : public ::testing::Test
{
protected:
    OnTheBreakersPage() : fleet(IncidentFleet::at(3, 4, 0))
    {
        fleet.breakers();
        fleet.run(6min + 30s, 10s);
        page = std::make_unique<BreakersPage>(fleet.environment(), fleet.breakers(), fleet.clock, fleet.zone);
        test::showPage(*page);
        view = test::childNamed<QTableView>(*page, "breakerMatrix");
    }
    QModelIndex cell(const QString &row, int column, const QString &system) const
    {
        bool inside = false;
        for (int r = 0; r < view->model()->rowCount(); ++r) {
            const QString name = view->model()->index(r, 0).data().toString();
            inside = inside || name == system;
            if (inside && name == row)
                return view->model()->index(r, column);
        }
        return {};
    }
    void click(const QModelIndex &index)
    {
        ASSERT_TRUE(index.isValid());
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    }
    QString fact(const char *list, const QString &label) const
    {
        return test::childNamed<common::FactRows>(*page, list)->valueOf(label);
    }

    IncidentFleet fleet;
    std::unique_ptr<BreakersPage> page;
    QTableView *view = nullptr;
};

TEST_F(OnTheBreakersPage, CountsWhatIsNotClosedAndWhatIsNotKnown)
{
    EXPECT_TRUE(page->isSettled());
    // worker 3 and ai-proveedores 2, less worker-2, which lets through what fails; six of p2p.
    EXPECT_TRUE(page->subtitle().contains(u"4 not closed")) << qPrintable(page->subtitle());
    EXPECT_TRUE(page->subtitle().contains(u"6 not known")) << qPrintable(page->subtitle());
}

TEST_F(OnTheBreakersPage, ASilentSystemIsUnknownAndNeverClosed)
{
    for (int column = 1; column <= 2; ++column)
        EXPECT_EQ(cell(u"redis"_s, column, u"p2p"_s).data().toString(), u"unknown"_s);
    EXPECT_EQ(cell(u"anclora"_s, 1, u"anclora"_s).data().toString(), u"declares no breakers"_s);
}

TEST_F(OnTheBreakersPage, AClickShowsBothReadingsWithConfigurationAndCounters)
{
    click(cell(u"database"_s, 2, u"aurore"_s));
    EXPECT_TRUE(test::childNamed<QFrame>(*page, "breakerSide")->isVisible());
    EXPECT_EQ(test::childNamed<QLabel>(*page, "breakerTitle")->text(), u"database"_s);
    EXPECT_EQ(test::childNamed<ReadingBox>(*page, "controlReading")->reading().word, u"closed"_s);
    EXPECT_EQ(test::childNamed<ReadingBox>(*page, "gaugeReading")->reading().word, u"half-open"_s);
    EXPECT_TRUE(test::childNamed<QLabel>(*page, "disagreement")->isVisible());
    EXPECT_EQ(fact("configFacts", u"Opens after"_s), u"5 failures"_s);
    EXPECT_EQ(fact("configFacts", u"Stays open"_s), u"60 s"_s);
    EXPECT_TRUE(test::childNamed<QLabel>(*page, "fallback")->text().contains(u"an error at once"));
}

TEST_F(OnTheBreakersPage, TheOperatorOfAHoldIsNamedWithReasonAndEnd)
{
    click(cell(u"openai"_s, 3, u"worker"_s));
    EXPECT_EQ(fact("changeFacts", u"Changed by"_s), u"ana"_s);
    EXPECT_EQ(fact("changeFacts", u"Reason"_s), u"OpenAI outage; stop 30 s time-outs on worker-3"_s);
    EXPECT_TRUE(fact("changeFacts", u"Held until"_s).contains(u"03:21:00"));
}

TEST_F(OnTheBreakersPage, EscapeClosesTheSidePanel)
{
    click(cell(u"openai"_s, 1, u"worker"_s));
    ASSERT_TRUE(test::childNamed<QFrame>(*page, "breakerSide")->isVisible());
    QTest::mouseClick(test::childNamed<QToolButton>(*page, "closeDetails"), Qt::LeftButton);
    EXPECT_FALSE(test::childNamed<QFrame>(*page, "breakerSide")->isVisible());
}

TEST_F(OnTheBreakersPage, ARefreshKeepsSelectionAndResetsNothing)
{
    click(cell(u"openai"_s, 1, u"worker"_s));
    QSignalSpy reset(view->model(), &QAbstractItemModel::modelReset);
    fleet.run(30s, 10s);
    EXPECT_EQ(reset.count(), 0);
    EXPECT_EQ(view->currentIndex(), cell(u"openai"_s, 1, u"worker"_s));
    EXPECT_TRUE(test::childNamed<QFrame>(*page, "breakerSide")->isVisible());
}

TEST_F(OnTheBreakersPage, ShowsOneSystemWhenAsked)
{
    page->filterSystem(u"aurore"_s);
    EXPECT_FALSE(cell(u"openai"_s, 1, u"worker"_s).isValid());
    EXPECT_TRUE(cell(u"database"_s, 1, u"aurore"_s).isValid());
    EXPECT_EQ(test::childNamed<common::ChoiceButton>(*page, "systemFilter")->current(), u"aurore"_s);
    EXPECT_TRUE(page->subtitle().contains(u"6 not known")) << "the counts stay those of the environment";
    page->filterSystem({});
    EXPECT_TRUE(cell(u"openai"_s, 1, u"worker"_s).isValid());
}

TEST(BreakersPage, SaysThatItAsksBeforeAnybodyAnswered)
{
    IncidentFleet fleet(IncidentFleet::at(3, 0, 0), IncidentFleet::Network::Hangs);
    BreakersPage page(fleet.environment(), fleet.breakers(), fleet.clock, fleet.zone);
    fleet.run(1s, 1s);
    test::showPage(page);
    EXPECT_FALSE(page.isSettled());
    EXPECT_EQ(test::childNamed<QLabel>(page, "emptySentence")->text(), u"Asking for breakers"_s);
}

TEST(BreakersPage, WhereNobodyAnswersItDoesNotSayThatThereAreNone)
{
    IncidentFleet fleet(IncidentFleet::at(3, 0, 0), IncidentFleet::Network::Refuses);
    BreakersPage page(fleet.environment(), fleet.breakers(), fleet.clock, fleet.zone);
    fleet.run(1s, 1s);
    test::showPage(page);
    ASSERT_TRUE(page.isSettled());
    EXPECT_EQ(test::childNamed<QLabel>(page, "emptySentence")->text(), u"No breaker is known"_s);
    EXPECT_EQ(page.subtitle(), u"not known"_s);
}

TEST(BreakersPage, LooksRightInEveryTheme)
{
    IncidentFleet fleet(IncidentFleet::at(2, 50, 0));
    fleet.breakers();
    fleet.run(20min + 30s, 30s);
    BreakersPage page(fleet.environment(), fleet.breakers(), fleet.clock, fleet.zone);
    for (const auto scheme : {theme::Scheme::Dark, theme::Scheme::Light, theme::Scheme::HighContrast}) {
        test::showPage(page, scheme);
        const QImage whole = test::pictureOf(page, u"breakers-%1"_s.arg(static_cast<int>(scheme)));
        const theme::Theme &look = theme::Theme::of(scheme);
        EXPECT_GT(test::pixelsOf(whole, look.color(State::Critical)), 40) << "the open breaker";
        EXPECT_GT(test::pixelsOf(whole, look.color(State::Forced)), 40) << "the held one";
        EXPECT_GT(test::pixelsOf(whole, look.color(theme::Token::Bg)), 10'000);
    }
    auto *view = test::childNamed<QTableView>(page, "breakerMatrix");
    view->setCurrentIndex(view->model()->index(1, 1));
    test::showPage(page);
    test::pictureOf(page, u"breakers-side-dark"_s);
    test::pictureOf(page, u"breakers-side-dark@2"_s, 2);
    test::showPage(page, theme::Scheme::Light);
    test::pictureOf(page, u"breakers-side-light"_s);
    test::showPage(page, theme::Scheme::Dark, {1024, 700});
    test::pictureOf(page, u"breakers-1024-dark"_s);
}

} // namespace
} // namespace atalaya::breakers
