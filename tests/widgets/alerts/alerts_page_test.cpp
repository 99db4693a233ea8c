// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_table_model.h"
#include "tests/support/event_loop.h"
#include "tests/support/sanitized.h"
#include "tests/widgets/incident/page_frame.h"
#include "tests/widgets/shell/console_fleet.h"
#include "widgets/alerts/alert_panel.h"
#include "widgets/alerts/alert_table.h"
#include "widgets/alerts/alerts_page.h"
#include "widgets/alerts/firing_chart.h"
#include "widgets/alerts/matcher_field.h"
#include "widgets/common/fact_rows.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QToolButton>

#include "resources/resources.h"
#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using test::childNamed;
using test::isSanitized;
using test::runUntil;

namespace {

/// Paints as the table's own delegate does, and counts the cells.
class CountingDelegate final : public QStyledItemDelegate
{
public:
    explicit CountingDelegate(QAbstractItemDelegate *own) : m_own(own) {}
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        ++painted;
        m_own->paint(painter, option, index);
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return m_own->sizeHint(option, index);
    }

    mutable int painted = 0;

private:
    QAbstractItemDelegate *m_own;
};

struct OpenAlerts
{
    explicit OpenAlerts(std::function<void(test::ConsoleFleet &)> prepare = {},
                        test::IncidentFleet::Network network = test::IncidentFleet::Network::Answers)
        : console(test::IncidentFleet::at(3, 9, 0), network)
    {
        if (prepare)
            prepare(console);
        console.run();
        page =
            std::make_unique<alerts::AlertsPage>(console.environment(), console.fleet.alerts(), console.fleet.metrics(),
                                                 console.fleet.monitor(), console.fleet.clock, console.zone);
        test::showPage(*page);
        test::IncidentFleet::settle();
    }
    alerts::AlertTable *table() const { return childNamed<alerts::AlertTable>(*page, "alertTable"); }
    alerts::AlertTableModel *model() const { return static_cast<alerts::AlertTableModel *>(table()->model()); }
    QString label(const char *name) const { return childNamed<QLabel>(*page, name)->text(); }
    void filter(const QString &text) const
    {
        childNamed<alerts::MatcherField>(*page, "matcherField")->setPlainText(text);
        test::IncidentFleet::settle();
    }
    QStringList names() const
    {
        QStringList all;
        for (const alerts::Alert &alert : model()->shownAlerts())
            all += alert.name;
        return all;
    }
    void select(const QString &name) const
    {
        for (int row = 0; row < model()->rowCount(); ++row) {
            if (!model()->row(row).isGroup && model()->row(row).alert->name == name) {
                QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                                  table()->visualRect(model()->index(row, 0)).center());
                break;
            }
        }
        test::IncidentFleet::settle();
    }

    test::ConsoleFleet console;
    std::unique_ptr<alerts::AlertsPage> page;
};

} // namespace

TEST(AlertsPage, ASilentSourceIsNamedAndEveryCountIsALowerBound)
{
    OpenAlerts open;
    EXPECT_TRUE(open.label("alertCounts").startsWith(u"at least")) << qPrintable(open.label("alertCounts"));
    auto *banner = childNamed<QWidget>(*open.page, "silentBanner");
    ASSERT_TRUE(banner->isVisible());
    EXPECT_TRUE(banner->findChild<QLabel *>(u"noticeTitle"_s)->text().contains(u"prom-p2p"));
    EXPECT_TRUE(banner->findChild<QLabel *>(u"noticeDetail"_s)->text().contains(u"may be missing"));
    QSignalSpy asked(open.page.get(), &alerts::AlertsPage::askNowRequested);
    QTest::mouseClick(banner->findChild<QPushButton *>(u"noticeAction"_s), Qt::LeftButton);
    EXPECT_EQ(asked.size(), 1);
}

TEST(AlertsPage, WithEverySourceLiveTheCountIsExact)
{
    OpenAlerts open([](test::ConsoleFleet &console) { console.fleet.p2pAnswers = true; });
    EXPECT_FALSE(open.label("alertCounts").contains(u"at least"));
    EXPECT_FALSE(childNamed<QWidget>(*open.page, "silentBanner")->isVisible());
}

TEST(AlertsPage, MatchersFilterAndAFaultKeepsTheLastRightFilter)
{
    OpenAlerts open;
    const auto all = open.names().size();
    open.filter(uR"(severity="critical")"_s);
    EXPECT_EQ(open.names(), (QStringList{u"HighErrorRate"_s}));
    open.filter(uR"(severity="critical)"_s);
    EXPECT_TRUE(childNamed<QLabel>(*open.page, "filterFault")->isVisible());
    EXPECT_EQ(open.names(), (QStringList{u"HighErrorRate"_s}));
    QTest::mouseClick(childNamed<QPushButton>(*open.page, "clearFilter"), Qt::LeftButton);
    test::IncidentFleet::settle();
    EXPECT_EQ(open.names().size(), all);
    EXPECT_FALSE(childNamed<QLabel>(*open.page, "filterFault")->isVisible());
}

TEST(AlertsPage, AFilterThatMatchesNothingOffersToClearIt)
{
    OpenAlerts open;
    open.filter(u"alertname=nothing"_s);
    EXPECT_TRUE(open.label("emptySentence").contains(u"matches the filter"));
    EXPECT_TRUE(open.label("emptyWhy").contains(u"prom-p2p")) << "what is silent stays named";
    QTest::mouseClick(childNamed<QPushButton>(*open.page, "emptyAction"), Qt::LeftButton);
    test::IncidentFleet::settle();
    EXPECT_GT(open.model()->rowCount(), 0);
}

TEST(AlertsPage, NothingIsFiringNeedsEverySourceToAnswer)
{
    OpenAlerts silent([](test::ConsoleFleet &console) { console.quiet = true; });
    EXPECT_EQ(silent.label("emptySentence"), u"Not known whether anything fires"_s);
    OpenAlerts live([](test::ConsoleFleet &console) {
        console.quiet = true;
        console.fleet.p2pAnswers = true;
    });
    EXPECT_EQ(live.label("emptySentence"), u"Nothing is firing"_s);
}

TEST(AlertsPage, BeforeAnythingAnsweredItSaysThatItAsks)
{
    OpenAlerts open({}, test::IncidentFleet::Network::Hangs);
    EXPECT_TRUE(open.label("emptySentence").startsWith(u"Asking")) << qPrintable(open.label("emptySentence"));
    EXPECT_FALSE(open.page->isSettled());
}

TEST(AlertsPage, TheSystemOfTheWindowFiltersBesideTheField)
{
    OpenAlerts open;
    open.page->filterSystem(u"anclora"_s);
    test::IncidentFleet::settle();
    EXPECT_EQ(open.names(), (QStringList{u"HighQueueLatency"_s}));
    open.page->filterSystem({});
    open.filter(u"HighErrorRate"_s);
    EXPECT_EQ(open.names(), (QStringList{u"HighErrorRate"_s}));
}

TEST(AlertsPage, GroupsFoldByKeyAndStayFolded)
{
    OpenAlerts open;
    const int before = open.model()->rowCount();
    ASSERT_TRUE(open.model()->row(0).isGroup);
    const QString group = open.model()->row(0).group;
    open.table()->setCurrentIndex(open.model()->index(0, 0));
    QTest::keyClick(open.table(), Qt::Key_Left);
    EXPECT_LT(open.model()->rowCount(), before);
    open.console.fleet.run(30s);
    EXPECT_EQ(open.model()->row(0).group, group);
    EXPECT_TRUE(open.model()->row(0).isCollapsed);
    QTest::keyClick(open.table(), Qt::Key_Right);
    EXPECT_FALSE(open.model()->row(0).isCollapsed);
}

TEST(AlertsPage, TheWorstAlertOpensThePanelWithItsRuleAndHistory)
{
    OpenAlerts open;
    auto *panel = childNamed<alerts::AlertPanel>(*open.page, "alertPanel");
    ASSERT_TRUE(panel->isVisible());
    EXPECT_EQ(open.label("alertName"), u"HighErrorRate"_s);
    ASSERT_TRUE(runUntil([&] { return open.page->isSettled(); }));
    test::IncidentFleet::settle();
    auto *chart = childNamed<alerts::FiringChart>(*open.page, "firingChart");
    EXPECT_EQ(chart->view().limit, 0.05);
    ASSERT_EQ(chart->view().series.size(), 1U);
    EXPECT_EQ(chart->view().fired, test::IncidentFleet::at(3, 2, 52));
    EXPECT_EQ(chart->view().overSince, test::IncidentFleet::at(3, 0, 52));
    EXPECT_TRUE(open.label("historyText").startsWith(u"fired 2")) << qPrintable(open.label("historyText"));
    auto *facts = childNamed<common::FactRows>(*open.page, "alertFacts");
    EXPECT_TRUE(facts->valueOf(u"Rule"_s).startsWith(u"ai-proveedores.yml, group ai-proveedores, evaluated "));
    EXPECT_EQ(facts->valueOf(u"Told to"_s), u"pager"_s);
    EXPECT_EQ(facts->valueOf(u"Inhibits"_s), u"WorkerOpenAIErrorRatio"_s);
    EXPECT_TRUE(facts->valueOf(u"Seen by"_s).contains(u"am-core"));
}

TEST(AlertsPage, SilencedAndInhibitedSayWhy)
{
    OpenAlerts open;
    open.select(u"HighLatency"_s);
    auto *facts = childNamed<common::FactRows>(*open.page, "alertFacts");
    EXPECT_TRUE(facts->valueOf(u"Silenced by"_s).startsWith(u"luis, until "))
        << qPrintable(facts->valueOf(u"Silenced by"_s));
    open.select(u"WorkerOpenAIErrorRatio"_s);
    EXPECT_EQ(facts->valueOf(u"Inhibited by"_s), u"HighErrorRate"_s);
}

TEST(AlertsPage, AnAlertThatIsGoneStaysReadableAndSaysSo)
{
    OpenAlerts open;
    ASSERT_EQ(open.label("alertName"), u"HighErrorRate"_s);
    open.console.quiet = true;
    open.console.fleet.run(40s);
    EXPECT_EQ(open.label("alertName"), u"HighErrorRate"_s);
    EXPECT_TRUE(open.label("alertStatus").contains(u"no longer reported")) << qPrintable(open.label("alertStatus"));
}

TEST(AlertsPage, ClosingThePanelKeepsItClosedUntilAnAlertIsChosen)
{
    OpenAlerts open;
    auto *panel = childNamed<alerts::AlertPanel>(*open.page, "alertPanel");
    QTest::mouseClick(childNamed<QToolButton>(*open.page, "closeDetails"), Qt::LeftButton);
    EXPECT_FALSE(panel->isVisible());
    open.console.fleet.run(30s);
    EXPECT_FALSE(panel->isVisible());
    open.select(u"CircuitBreakerOpen"_s);
    EXPECT_TRUE(panel->isVisible());
}

TEST(AlertsPage, ALabelChipAddsItsMatcher)
{
    OpenAlerts open;
    auto *chips = childNamed<QWidget>(*open.page, "labelChips");
    QTest::mouseClick(chips, Qt::LeftButton, {}, QPoint(20, 10));
    const QString text = childNamed<alerts::MatcherField>(*open.page, "matcherField")->text();
    EXPECT_EQ(text, uR"(alertname="HighErrorRate")"_s);
}

TEST(AlertsPage, SelectionAndScrollSurviveARefresh)
{
    OpenAlerts open([](test::ConsoleFleet &console) { console.manyAlerts = 300; });
    open.table()->verticalScrollBar()->setValue(2000);
    const int scrolled = open.table()->verticalScrollBar()->value();
    open.table()->setCurrentIndex(open.model()->index(120, 0));
    open.table()->verticalScrollBar()->setValue(scrolled);
    const QString chosen = open.table()->currentFingerprint();
    ASSERT_FALSE(chosen.isEmpty());
    open.console.fleet.run(30s);
    EXPECT_EQ(open.table()->currentFingerprint(), chosen);
    EXPECT_EQ(open.table()->verticalScrollBar()->value(), scrolled);
}

TEST(AlertsPage, TenThousandAlertsScrollWithoutPaintingMoreThanIsSeen)
{
    const int many = isSanitized ? 500 : 10'000;
    OpenAlerts open([many](test::ConsoleFleet &console) { console.manyAlerts = many; });
    ASSERT_GT(open.model()->rowCount(), many);
    CountingDelegate counting(open.table()->itemDelegate());
    open.table()->setItemDelegate(&counting);
    for (int page = 0; page < 30; ++page) {
        open.table()->verticalScrollBar()->setValue(page * many * 7 / 10);
        open.table()->viewport()->repaint();
    }
    open.table()->verticalScrollBar()->setValue(0);
    const int seen =
        open.table()->viewport()->height() / open.table()->visualRect(open.model()->index(1, 0)).height() + 2;
    EXPECT_GT(counting.painted, 0);
    EXPECT_LE(counting.painted, 30 * seen * open.model()->columnCount()) << "cells, over thirty pages";
}

TEST(AlertsPage, TheColumnsFitBesideThePanelWhenTheWindowBecomesNarrow)
{
    OpenAlerts open;
    test::showPage(*open.page, theme::Scheme::Dark, {1440, 900});
    test::showPage(*open.page, theme::Scheme::Dark, {1024, 700});
    ASSERT_TRUE(childNamed<alerts::AlertPanel>(*open.page, "alertPanel")->isVisible());
    EXPECT_EQ(open.table()->header()->length(), open.table()->viewport()->width()) << "ages are not cut off";
    EXPECT_GE(open.table()->columnWidth(4), open.table()->fontMetrics().horizontalAdvance(u"59 m 59 s"_s) + 24);
}

TEST(AlertsPagePictures, TheIncidentInEveryLook)
{
    OpenAlerts open;
    ASSERT_TRUE(runUntil([&] { return open.page->isSettled(); }));
    test::IncidentFleet::settle();
    const QImage dark = test::pictureOf(*open.page, u"alerts-dark"_s);
    EXPECT_GT(test::pixelsOf(dark, theme::Theme::of(theme::Scheme::Dark).color(State::Critical)), 50);
    test::showPage(*open.page, theme::Scheme::Light);
    test::pictureOf(*open.page, u"alerts-light"_s);
    test::showPage(*open.page, theme::Scheme::Dark, {1024, 700});
    test::pictureOf(*open.page, u"alerts-1024"_s);
    test::showPage(*open.page);
    open.filter(u"alertname=nothing"_s);
    test::pictureOf(*open.page, u"alerts-empty"_s);
}
