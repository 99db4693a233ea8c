// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/event_loop.h"
#include "tests/widgets/incident/page_frame.h"
#include "tests/widgets/shell/console_fleet.h"
#include "widgets/overview/overview_page.h"
#include "widgets/overview/system_card.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using overview::SystemCard;
using test::childNamed;
using test::runUntil;

namespace {

struct OpenOverview
{
    explicit OpenOverview(Timestamp start = test::IncidentFleet::at(3, 9, 0), QSize size = {1440, 900}) : console(start)
    {
        console.run();
        page = std::make_unique<overview::OverviewPage>(console.environment(), console.overview(),
                                                        console.fleet.metrics(), console.fleet.clock, console.zone);
        test::showPage(*page, theme::Scheme::Dark, size);
        test::IncidentFleet::settle();
    }
    SystemCard *card(const QString &key) const { return page->findChild<SystemCard *>(u"systemCard_"_s + key); }
    QStringList order() const
    {
        QList<SystemCard *> cards = page->findChildren<SystemCard *>();
        std::sort(cards.begin(), cards.end(), [](const SystemCard *a, const SystemCard *b) { return a->y() < b->y(); });
        QStringList keys;
        for (const SystemCard *card : cards)
            keys += card->key();
        return keys;
    }

    test::ConsoleFleet console;
    std::unique_ptr<overview::OverviewPage> page;
};

} // namespace

TEST(OverviewPage, SaysTheStoresVerdict)
{
    OpenOverview open;
    EXPECT_EQ(childNamed<QLabel>(*open.page, "verdictSentence")->text(), open.console.overview().verdict().sentence);
    EXPECT_FALSE(open.console.overview().verdict().sentence.isEmpty());
}

TEST(OverviewPage, OneCardASystemWorstFirst)
{
    OpenOverview open;
    QList<State> states;
    for (const QString &key : open.order()) {
        for (const overview::SystemSummary &system : open.console.overview().systems()) {
            if (system.key == key)
                states += system.worst;
        }
    }
    ASSERT_EQ(states.size(), 5);
    for (int i = 1; i < states.size(); ++i)
        EXPECT_EQ(worse(states.at(i - 1), states.at(i)), states.at(i - 1));
}

TEST(OverviewPage, ACardSaysItsStateInWords)
{
    OpenOverview open;
    const QString spoken = open.card(u"ai-proveedores"_s)->accessibleName();
    EXPECT_TRUE(spoken.startsWith(u"ai-proveedores. Critical")) << qPrintable(spoken);
    const QString silent = open.card(u"p2p"_s)->accessibleName();
    EXPECT_FALSE(silent.contains(u"Healthy")) << qPrintable(silent);
    EXPECT_TRUE(silent.contains(u"Not known")) << qPrintable(silent);
}

TEST(OverviewPage, AClickOnAColumnOpensItsPageForTheSystem)
{
    OpenOverview open;
    QSignalSpy opened(open.page.get(), &overview::OverviewPage::systemOpened);
    SystemCard *card = open.card(u"worker"_s);
    const auto columns = overview::CardColumns::of(card->width(), false);
    const auto click = [&](qreal x, int y = 40) {
        QTest::mouseClick(card, Qt::LeftButton, {}, QPoint(qRound(x) + 10, y));
    };
    click(columns.alerts);
    click(columns.breakers);
    click(columns.health);
    click(columns.golden);
    click(columns.name);
    ASSERT_EQ(opened.size(), 5);
    QStringList pages;
    for (const QList<QVariant> &signal : opened) {
        EXPECT_EQ(signal.first().toString(), u"worker"_s);
        pages += signal.at(1).toString();
    }
    EXPECT_EQ(pages, (QStringList{u"alerts"_s, u"breakers"_s, u"health"_s, u"dashboards"_s, QString()}));
}

TEST(OverviewPage, ReturnOnACardOpensItsSystem)
{
    OpenOverview open;
    QSignalSpy opened(open.page.get(), &overview::OverviewPage::systemOpened);
    open.card(u"anclora"_s)->setFocus();
    QTest::keyClick(open.card(u"anclora"_s), Qt::Key_Return);
    QTest::keyClick(open.card(u"anclora"_s), Qt::Key_Space);
    ASSERT_EQ(opened.size(), 2);
    EXPECT_EQ(opened.first().at(0).toString(), u"anclora"_s);
}

TEST(OverviewPage, CardsDoNotMoveUnderTheFocus)
{
    OpenOverview open(test::IncidentFleet::at(2, 57, 30));
    const QStringList before = open.order();
    open.page->activateWindow();
    QApplication::setActiveWindow(open.page.get());
    open.card(before.first())->setFocus();
    ASSERT_TRUE(open.card(before.first())->hasFocus());
    open.console.fleet.run(8min, 15s);
    open.console.overview().look();
    test::IncidentFleet::settle();
    EXPECT_EQ(open.order(), before) << "order held";
    open.card(before.first())->clearFocus();
    open.console.fleet.run(15s, 15s);
    open.console.overview().look();
    test::IncidentFleet::settle();
    EXPECT_NE(open.order(), before);
}

TEST(OverviewPage, GoldenSignalsAreAskedOfTheSystemsOwnPrometheus)
{
    OpenOverview open;
    const auto asked = [&](const QString &host, const QString &expr) {
        const QList<test::RecordedCall> calls = open.console.fleet.transport.calls();
        return std::any_of(calls.begin(), calls.end(), [&](const test::RecordedCall &call) {
            return call.address().startsWith(u"http://"_s + host) && call.field(u"query"_s) == expr;
        });
    };
    EXPECT_TRUE(asked(u"prom-anclora"_s, u"golden_p99"_s));
    EXPECT_FALSE(asked(u"prom-core"_s, u"golden_p99"_s));
    EXPECT_TRUE(runUntil([&] { return open.page->isSettled(); }));
}

TEST(OverviewPage, AHiddenPageAsksNothing)
{
    OpenOverview open;
    open.page->hide();
    test::IncidentFleet::settle();
    open.console.fleet.transport.forgetCalls();
    open.console.fleet.run(60s, 15s);
    for (const test::RecordedCall &call : open.console.fleet.transport.calls())
        EXPECT_FALSE(call.field(u"query"_s).startsWith(u"golden_")) << qPrintable(call.field(u"query"_s));
}

TEST(OverviewPage, ATimelineLineLeadsToItsPage)
{
    OpenOverview open(test::IncidentFleet::at(2, 58, 0));
    open.console.fleet.run(6min, 15s);
    open.console.overview().look();
    test::IncidentFleet::settle();
    auto *view = childNamed<QListView>(*open.page, "timelineView");
    ASSERT_GT(view->model()->rowCount(), 1);
    QSignalSpy opened(open.page.get(), &overview::OverviewPage::systemOpened);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(view->model()->index(0, 0)).center());
    ASSERT_EQ(opened.size(), 1);
    EXPECT_FALSE(opened.first().at(1).toString().isEmpty());
}

TEST(OverviewPage, ANarrowWindowFoldsTheTimelineIntoAStrip)
{
    OpenOverview open(test::IncidentFleet::at(3, 9, 0), {1024, 700});
    EXPECT_TRUE(childNamed<QWidget>(*open.page, "beforeStrip")->isVisible());
    EXPECT_FALSE(childNamed<QWidget>(*open.page, "timelinePanel")->isVisible());
    QTest::mouseClick(childNamed<QPushButton>(*open.page, "timelineButton"), Qt::LeftButton);
    EXPECT_TRUE(childNamed<QWidget>(*open.page, "timelinePanel")->isVisible());
    QTest::mouseClick(childNamed<QPushButton>(*open.page, "timelineButton"), Qt::LeftButton);
    EXPECT_FALSE(childNamed<QWidget>(*open.page, "timelinePanel")->isVisible());
}

TEST(OverviewPagePictures, TheIncidentInEveryLook)
{
    OpenOverview open(test::IncidentFleet::at(2, 58, 0));
    open.console.fleet.run(11min, 15s);
    open.console.overview().look();
    test::IncidentFleet::settle();
    test::pictureOf(*open.page, u"overview-dark"_s);
    test::showPage(*open.page, theme::Scheme::Light);
    test::pictureOf(*open.page, u"overview-light"_s);
    test::showPage(*open.page, theme::Scheme::Dark, {1024, 700});
    const QImage narrow = test::pictureOf(*open.page, u"overview-1024"_s);
    // The critical cards' edges are drawn: the page is not an empty frame.
    EXPECT_GT(test::pixelsOf(narrow, theme::Theme::of(theme::Scheme::Dark).color(State::Critical)), 100);
}
