// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/event_loop.h"
#include "tests/widgets/shell/console_fleet.h"
#include "widgets/common/freshness_pill.h"
#include "widgets/shell/bar_button.h"
#include "widgets/shell/command_palette.h"
#include "widgets/shell/main_window.h"
#include "widgets/shell/nav_rail.h"
#include "widgets/theme/theme.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDateTimeEdit>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include "resources/resources.h"
#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using test::runUntil;

namespace {

/// A window over the incident, at 1440 x 900 unless told otherwise.
struct OpenConsole
{
    explicit OpenConsole(drill::DrillController *drill = nullptr, QStringList names = {u"production"_s})
    {
        registerAtalayaResources();
        theme::applyTheme(*qApp, theme::Scheme::Dark);
        console.run();
        shell::ConsoleParts parts = console.parts();
        parts.environmentNames = std::move(names);
        window = std::make_unique<shell::MainWindow>(parts, drill);
        window->resize(1440, 900);
        window->show();
        test::IncidentFleet::settle();
    }
    template <typename T>
    T *child(const char *name) const
    {
        return window->findChild<T *>(QString::fromLatin1(name));
    }
    QStringList pills() const
    {
        QStringList texts;
        for (const common::FreshnessPill *pill : window->findChildren<common::FreshnessPill *>())
            texts += pill->text();
        return texts;
    }
    void type(const QString &text) const { QTest::keyClicks(child<QLineEdit>("paletteField"), text); }

    test::ConsoleFleet console;
    std::unique_ptr<shell::MainWindow> window;
};

} // namespace

TEST(MainWindow, HasNoEntryWithoutAPage)
{
    OpenConsole open;
    EXPECT_EQ(open.window->pages(),
              (QStringList{u"overview"_s, u"breakers"_s, u"flags"_s, u"alerts"_s, u"health"_s, u"dashboards"_s}));
    test::FakeDrill drill;
    OpenConsole withDrill(&drill);
    EXPECT_TRUE(withDrill.window->pages().contains(u"drill"_s));
}

TEST(MainWindow, AClickOnTheRailShowsThePage)
{
    OpenConsole open;
    auto *rail = open.child<QListView>("navRail");
    ASSERT_TRUE(rail);
    const QModelIndex alerts = rail->model()->index(3, 0);
    ASSERT_EQ(alerts.data().toString(), u"Alerts"_s);
    QTest::mouseClick(rail->viewport(), Qt::LeftButton, {}, rail->visualRect(alerts).center());
    EXPECT_EQ(open.window->page(), u"alerts"_s);
    EXPECT_EQ(open.child<QLabel>("pageTitle")->text(), u"Alerts"_s);
}

TEST(MainWindow, AnUnknownPageChangesNothing)
{
    OpenConsole open;
    open.window->showPage(u"journal"_s);
    EXPECT_EQ(open.window->page(), u"overview"_s);
}

TEST(MainWindow, TheRailCountsWhatNeedsAttention)
{
    OpenConsole open;
    auto *rail = open.window->findChild<shell::NavRail *>();
    for (const shell::RailEntry &entry : rail->entries()) {
        if (entry.page == u"alerts") {
            EXPECT_EQ(entry.count, open.console.overview().verdict().alertsFiring);
            EXPECT_GT(entry.count, 0);
            EXPECT_TRUE(entry.atLeast) << "p2p is silent";
            EXPECT_EQ(entry.state, State::Critical);
        }
    }
}

TEST(MainWindow, EverySourceHasItsPillAndASilentOneSaysSo)
{
    OpenConsole open;
    const QStringList pills = open.pills();
    EXPECT_TRUE(std::any_of(pills.begin(), pills.end(), [](const QString &p) { return p.startsWith(u"prom-core "); }))
        << qPrintable(pills.join(u"; "));
    EXPECT_TRUE(std::any_of(pills.begin(), pills.end(), [](const QString &p) {
        return p.startsWith(u"prom-p2p") && (p.contains(u"stale") || p.contains(u"unreachable"));
    })) << qPrintable(pills.join(u"; "));
}

TEST(MainWindow, ANarrowWindowMergesOnlyLivePills)
{
    OpenConsole open;
    const auto wide = open.pills().size();
    open.window->resize(1024, 700);
    test::IncidentFleet::settle();
    const QStringList pills = open.pills();
    EXPECT_LT(pills.size(), wide);
    EXPECT_TRUE(std::any_of(pills.begin(), pills.end(), [](const QString &p) { return p.contains(u"source"); }))
        << qPrintable(pills.join(u"; "));
    EXPECT_TRUE(std::any_of(pills.begin(), pills.end(), [](const QString &p) { return p.startsWith(u"prom-p2p"); }));
}

TEST(MainWindow, APillOpensTheSourcesLastError)
{
    OpenConsole open;
    auto *pill = open.child<common::FreshnessPill>("pill_prom-p2p");
    ASSERT_TRUE(pill);
    QTest::mouseClick(pill, Qt::LeftButton);
    auto *popover = open.child<QFrame>("sourcePopover");
    ASSERT_TRUE(popover && popover->isVisible());
    auto *error = popover->findChild<QLabel *>(u"sourceError"_s);
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->text().contains(u"503")) << qPrintable(error->text());
    popover->hide();
}

TEST(MainWindow, SpacePausesAndAFocusedButtonStillGetsIt)
{
    OpenConsole open;
    open.window->setFocus();
    QTest::keyClick(open.window.get(), Qt::Key_Space);
    EXPECT_TRUE(open.console.fleet.schedule().isPaused());
    QTest::keyClick(open.window.get(), Qt::Key_Space);
    EXPECT_FALSE(open.console.fleet.schedule().isPaused());
    auto *palette = open.child<shell::BarButton>("paletteButton");
    QTest::keyClick(palette, Qt::Key_Space);
    EXPECT_TRUE(open.window->findChild<shell::CommandPalette *>()->isVisible());
    EXPECT_FALSE(open.console.fleet.schedule().isPaused());
}

TEST(MainWindow, ThePaletteFiltersAndGoes)
{
    OpenConsole open;
    QTest::mouseClick(open.child<shell::BarButton>("paletteButton"), Qt::LeftButton);
    auto *list = open.child<QListView>("paletteList");
    const int all = list->model()->rowCount();
    open.type(u"heal"_s);
    EXPECT_LT(list->model()->rowCount(), all);
    EXPECT_EQ(list->model()->index(0, 0).data().toString(), u"Health"_s);
    QTest::keyClick(open.child<QLineEdit>("paletteField"), Qt::Key_Return);
    EXPECT_EQ(open.window->page(), u"health"_s);
    EXPECT_FALSE(open.window->findChild<shell::CommandPalette *>()->isVisible());
}

TEST(MainWindow, ThePaletteSaysWhenNothingMatches)
{
    OpenConsole open;
    QTest::mouseClick(open.child<shell::BarButton>("paletteButton"), Qt::LeftButton);
    open.type(u"zzzz"_s);
    EXPECT_TRUE(open.child<QLabel>("paletteNothing")->isVisible());
    QTest::keyClick(open.child<QLineEdit>("paletteField"), Qt::Key_Return);
    EXPECT_TRUE(open.window->findChild<shell::CommandPalette *>()->isVisible()) << "nothing was run";
    QTest::keyClick(open.child<QLineEdit>("paletteField"), Qt::Key_Escape);
    EXPECT_FALSE(open.window->findChild<shell::CommandPalette *>()->isVisible());
}

TEST(MainWindow, ThePaletteAsksForAnotherLook)
{
    OpenConsole open;
    QSignalSpy theme(open.window.get(), &shell::MainWindow::themeRequested);
    QTest::mouseClick(open.child<shell::BarButton>("paletteButton"), Qt::LeftButton);
    open.type(u"appearance: light"_s);
    QTest::keyClick(open.child<QLineEdit>("paletteField"), Qt::Key_Return);
    ASSERT_EQ(theme.size(), 1);
    EXPECT_EQ(theme.first().first().toString(), u"light"_s);
}

TEST(MainWindow, ASystemFromThePaletteFiltersEveryPageUntilEsc)
{
    OpenConsole open;
    QTest::mouseClick(open.child<shell::BarButton>("paletteButton"), Qt::LeftButton);
    open.type(u"anclora"_s);
    QTest::keyClick(open.child<QLineEdit>("paletteField"), Qt::Key_Return);
    EXPECT_EQ(open.window->page(), u"alerts"_s);
    auto *chip = open.child<QPushButton>("systemFilter");
    EXPECT_TRUE(chip->isVisible());
    EXPECT_EQ(chip->text(), u"anclora"_s);
    open.window->setFocus();
    QTest::keyClick(open.window.get(), Qt::Key_Escape);
    EXPECT_FALSE(chip->isVisible());
}

TEST(MainWindow, AQuickRangeIsShownAndBackReturns)
{
    OpenConsole open;
    metrics::MetricStore &store = open.console.fleet.metrics();
    const Milliseconds before = store.trailingLength();
    QTest::mouseClick(open.child<shell::BarButton>("rangeButton"), Qt::LeftButton);
    auto *sixHours = open.child<QPushButton>("range360");
    ASSERT_TRUE(sixHours && sixHours->isVisible());
    QTest::mouseClick(sixHours, Qt::LeftButton);
    EXPECT_EQ(store.trailingLength(), Milliseconds(6h));
    EXPECT_EQ(open.child<shell::BarButton>("rangeButton")->texts().first().text, u"Last 6 hours"_s);
    auto *back = open.child<shell::BarButton>("rangeBack");
    ASSERT_TRUE(back->isEnabled());
    QTest::mouseClick(back, Qt::LeftButton);
    EXPECT_EQ(store.trailingLength(), before);
    EXPECT_FALSE(back->isEnabled());
    EXPECT_FALSE(back->toolTip().isEmpty()) << "a disabled control says why";
}

TEST(MainWindow, AnAbsoluteRangeIsReadInTheShownZone)
{
    OpenConsole open;
    metrics::MetricStore &store = open.console.fleet.metrics();
    QTest::mouseClick(open.child<shell::BarButton>("rangeButton"), Qt::LeftButton);
    auto *from = open.child<QDateTimeEdit>("rangeFrom");
    auto *to = open.child<QDateTimeEdit>("rangeTo");
    from->setDateTime(QDateTime(QDate(2026, 11, 24), QTime(3, 0), Qt::UTC)); // wall time of Madrid, UTC+1
    to->setDateTime(QDateTime(QDate(2026, 11, 24), QTime(2, 0), Qt::UTC));
    auto *apply = open.child<QPushButton>("rangeApply");
    EXPECT_FALSE(apply->isEnabled());
    EXPECT_TRUE(open.child<QLabel>("rangeProblem")->isVisible());
    to->setDateTime(QDateTime(QDate(2026, 11, 24), QTime(3, 30), Qt::UTC));
    ASSERT_TRUE(apply->isEnabled());
    QTest::mouseClick(apply, Qt::LeftButton);
    EXPECT_FALSE(store.isTrailing());
    EXPECT_EQ(store.range().from, test::IncidentFleet::at(2, 0, 0));
    EXPECT_EQ(store.range().to, test::IncidentFleet::at(2, 30, 0));
}

TEST(MainWindow, TheClockTogglesBetweenLocalAndUtc)
{
    OpenConsole open;
    auto *clock = open.child<QToolButton>("clockButton");
    EXPECT_TRUE(clock->text().contains(u"Local, CET (UTC+1)")) << qPrintable(clock->text());
    QTest::mouseClick(clock, Qt::LeftButton);
    EXPECT_TRUE(clock->text().endsWith(u" UTC")) << qPrintable(clock->text());
    EXPECT_TRUE(open.window->remembered().value(u"utc"_s).toBool());
}

TEST(MainWindow, OtherEnvironmentsAreOfferedOnlyWhereThereAreSome)
{
    OpenConsole one;
    auto *name = one.child<QAbstractButton>("environmentName");
    QTest::mouseClick(name, Qt::LeftButton);
    EXPECT_FALSE(one.child<QMenu>("environmentMenu"));

    OpenConsole two(nullptr, {u"production"_s, u"staging"_s});
    QSignalSpy wanted(two.window.get(), &shell::MainWindow::environmentRequested);
    QTest::mouseClick(two.child<QAbstractButton>("environmentName"), Qt::LeftButton);
    auto *menu = two.child<QMenu>("environmentMenu");
    ASSERT_TRUE(menu);
    menu->actions().at(1)->trigger();
    ASSERT_EQ(wanted.size(), 1);
    EXPECT_EQ(wanted.first().first().toString(), u"staging"_s);
    menu->close();
}

TEST(MainWindow, RemembersPageAndZone)
{
    QVariantMap kept;
    {
        OpenConsole open;
        open.window->showPage(u"health"_s);
        kept = open.window->remembered();
    }
    OpenConsole again;
    again.window->recall(kept);
    EXPECT_EQ(again.window->page(), u"health"_s);
}

TEST(MainWindow, SettlesOnceEverythingHasAnswered)
{
    OpenConsole open;
    EXPECT_TRUE(runUntil([&] { return open.window->isSettled(); }));
}

TEST(MainWindow, IsNotSettledWhileNothingAnswers)
{
    registerAtalayaResources();
    theme::applyTheme(*qApp, theme::Scheme::Dark);
    test::ConsoleFleet console(test::IncidentFleet::at(3, 9, 0), test::IncidentFleet::Network::Hangs);
    console.run(1s);
    shell::MainWindow window(console.parts());
    window.show();
    test::IncidentFleet::settle();
    EXPECT_FALSE(window.isSettled());
}
