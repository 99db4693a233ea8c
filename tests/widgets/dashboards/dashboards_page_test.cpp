// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/event_loop.h"
#include "tests/widgets/dashboards/queue_dashboard.h"
#include "tests/widgets/incident/incident_fleet.h"
#include "tests/widgets/incident/page_frame.h"
#include "widgets/charts/time_series_chart.h"
#include "widgets/common/choice_button.h"
#include "widgets/dashboards/dashboards_page.h"
#include "widgets/dashboards/heat_content.h"
#include "widgets/dashboards/panel_view.h"
#include "widgets/dashboards/row_header.h"
#include "widgets/dashboards/stat_content.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryFile>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolButton>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::dashboards {
namespace {

using test::IncidentFleet;

class OnTheDashboardsPage : public ::testing::Test
{
protected:
    OnTheDashboardsPage() : fleet(IncidentFleet::at(3, 24, 0)) { fleet.alerts(); }
    void show(const QList<Dashboard> &dashboards, const QSize &window = {1440, 900})
    {
        page = std::make_unique<DashboardsPage>(fleet.environment(), dashboards, fleet.metrics(), fleet.alerts(),
                                                fleet.clock, fleet.zone);
        test::showPage(*page, theme::Scheme::Dark, window);
        fleet.run(20s, 10s);
    }
    PanelView *panel(int id) const { return page->findChild<PanelView *>(u"panel-%1"_s.arg(id)); }
    charts::TimeSeriesChart *chart(int id) const { return panel(id)->findChild<charts::TimeSeriesChart *>(u"chart"_s); }
    QSet<QString> askedExpressions() const
    {
        QSet<QString> asked;
        for (const test::RecordedCall &call : fleet.transport.calls())
            asked.insert(call.field(u"query"_s));
        return asked;
    }

    IncidentFleet fleet;
    std::unique_ptr<DashboardsPage> page;
};

TEST_F(OnTheDashboardsPage, DrawsEveryPanelOfTheQueueDashboard)
{
    show({test::queueDashboard()});
    EXPECT_TRUE(test::runUntil([this] { return page->isSettled(); }));
    EXPECT_EQ(page->subtitle(), u"Queue, anclora, 10 panels"_s);
    EXPECT_EQ(test::childNamed<common::ChoiceButton>(*page, "dashboardSource")->current(), u"prom-anclora"_s);
    ASSERT_NE(chart(5), nullptr);
    const auto series = chart(5)->view().series;
    ASSERT_EQ(series.size(), 4);
    EXPECT_EQ(series.at(0).name, u"enqueued text"_s);
    EXPECT_EQ(series.at(2).name, u"processed text"_s);
    EXPECT_EQ(series.at(2).hue, series.at(0).hue) << "the second measure of the same labels";
    EXPECT_TRUE(series.at(2).dashed);
    EXPECT_EQ(chart(9)->view().thresholds.size(), 2);
    auto *stat = panel(2)->findChild<StatContent *>(u"statContent"_s);
    ASSERT_NE(stat, nullptr);
    ASSERT_EQ(stat->figures().size(), 1);
    EXPECT_EQ(stat->figures().first().figure, u"37"_s);
    EXPECT_EQ(panel(10)->findChild<HeatContent *>(u"heatContent"_s)->cells().buckets.size(), 8U);
}

TEST_F(OnTheDashboardsPage, MarksTheAlertsThatFire)
{
    show({test::queueDashboard()});
    ASSERT_EQ(chart(6)->view().marks.size(), 1);
    EXPECT_EQ(chart(6)->view().marks.first().text, u"HighQueueLatency"_s);
    QTest::mouseClick(test::childNamed<QPushButton>(*page, "showAlerts"), Qt::LeftButton);
    EXPECT_TRUE(chart(6)->view().marks.isEmpty());
}

TEST_F(OnTheDashboardsPage, ARefusedQuerySaysTheServersWordsInItsPanel)
{
    fleet.rangeErrors.insert(u"histogram_quantile"_s, u"parse error: unexpected end of input"_s);
    show({test::queueDashboard()});
    EXPECT_EQ(panel(6)->status().kind, PanelStatus::Kind::Failed);
    EXPECT_TRUE(panel(6)->status().serverWords.contains(u"unexpected end of input"));
    EXPECT_TRUE(chart(6)->view().words.contains(u"unexpected end of input"));
    EXPECT_EQ(panel(5)->status().kind, PanelStatus::Kind::Fine) << "one panel's failure is its own";
    EXPECT_TRUE(test::runUntil([this] { return page->isSettled(); }));
}

TEST_F(OnTheDashboardsPage, OnlyPanelsInViewAreAskedFor)
{
    Dashboard tall = test::queueDashboard();
    tall.panels.last().grid.moveTop(200);
    for (int i = 0; i < 12; ++i) {
        Panel filler = tall.panels.at(7);
        filler.id = 100 + i;
        filler.grid = QRect(0, 30 + 9 * i, 24, 8);
        tall.panels.append(filler);
    }
    show({tall}, {1440, 700});
    const QString heat = tall.panels.at(9).targets.first().expr;
    EXPECT_FALSE(askedExpressions().contains(heat));
    EXPECT_TRUE(test::runUntil([this] { return page->isSettled(); }));
    auto *board = test::childNamed<QScrollArea>(*page, "panelBoard");
    board->verticalScrollBar()->setValue(board->verticalScrollBar()->maximum());
    fleet.run(10s, 10s);
    EXPECT_TRUE(askedExpressions().contains(heat));
}

TEST_F(OnTheDashboardsPage, TheCrosshairIsSharedAndADragZooms)
{
    show({test::queueDashboard()});
    const QPoint middle(chart(5)->width() / 2, chart(5)->height() / 2);
    QTest::mouseMove(chart(5), middle - QPoint(5, 0));
    QTest::mouseMove(chart(5), middle);
    ASSERT_TRUE(chart(5)->crosshair());
    EXPECT_EQ(chart(6)->crosshair(), chart(5)->crosshair());
    EXPECT_EQ(chart(9)->crosshair(), chart(5)->crosshair());
    const TimeRange chosen{IncidentFleet::at(3, 0, 0), IncidentFleet::at(3, 10, 0)};
    Q_EMIT chart(5)->rangeSelected(chosen);
    EXPECT_FALSE(fleet.metrics().isTrailing());
    EXPECT_EQ(fleet.metrics().range().from, chosen.from);
}

TEST_F(OnTheDashboardsPage, ATypeThatIsNotDrawnSaysWhichAndWhy)
{
    Dashboard dashboard = test::queueDashboard();
    dashboard.panels[4].type = PanelType::Unsupported;
    dashboard.panels[4].typeName = u"piechart"_s;
    dashboard.panels[4].reason = u"shares of a whole are not drawn yet"_s;
    show({dashboard});
    EXPECT_TRUE(panel(5)->findChild<QLabel *>(u"unsupportedType"_s)->text().contains(u"piechart"));
    EXPECT_EQ(panel(5)->findChild<QLabel *>(u"unsupportedReason"_s)->text(), u"shares of a whole are not drawn yet"_s);
}

TEST_F(OnTheDashboardsPage, ARowFoldsAndPanelsReturn)
{
    Dashboard dashboard = test::queueDashboard();
    Panel row;
    row.id = 50;
    row.type = PanelType::Row;
    row.title = u"Charts"_s;
    row.grid = QRect(0, 3, 24, 1);
    for (int i = 4; i < dashboard.panels.size(); ++i)
        dashboard.panels[i].grid.translate(0, 1);
    dashboard.panels.insert(4, row);
    show({dashboard});
    auto *header = test::childNamed<RowHeader>(*page, "row-50");
    ASSERT_NE(header, nullptr);
    EXPECT_TRUE(panel(5)->isVisible());
    QTest::mouseClick(header, Qt::LeftButton);
    EXPECT_FALSE(panel(5)->isVisible());
    EXPECT_TRUE(panel(1)->isVisible());
    QTest::mouseClick(header, Qt::LeftButton);
    EXPECT_TRUE(panel(5)->isVisible());
}

TEST_F(OnTheDashboardsPage, ARowThatWasSavedFoldedStartsFolded)
{
    Dashboard dashboard = test::queueDashboard();
    Panel row;
    row.id = 50;
    row.type = PanelType::Row;
    row.title = u"Charts"_s;
    row.grid = QRect(0, 3, 24, 1);
    row.collapsed = true;
    for (int i = 4; i < dashboard.panels.size(); ++i)
        dashboard.panels[i].grid.translate(0, 1);
    dashboard.panels.insert(4, row);
    show({dashboard});
    EXPECT_TRUE(panel(1)->isVisible());
    EXPECT_FALSE(panel(5)->isVisible());
    QTest::mouseClick(test::childNamed<RowHeader>(*page, "row-50"), Qt::LeftButton);
    EXPECT_TRUE(panel(5)->isVisible());
}

TEST_F(OnTheDashboardsPage, ToolsInspectCopyAndFillThePage)
{
    show({test::queueDashboard()});
    QTest::mouseClick(panel(6)->findChild<QToolButton *>(u"copyPromQl"_s), Qt::LeftButton);
    EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith(u"histogram_quantile(0.95"));
    QTest::mouseClick(panel(6)->findChild<QToolButton *>(u"fullScreen"_s), Qt::LeftButton);
    EXPECT_FALSE(panel(5)->isVisible());
    EXPECT_GT(panel(6)->width(), 1000);
    QTest::keyClick(page.get(), Qt::Key_Escape);
    EXPECT_TRUE(panel(5)->isVisible());
    QTest::mouseClick(panel(6)->findChild<QToolButton *>(u"inspect"_s), Qt::LeftButton);
    auto *dialog = page->findChild<QDialog *>(u"inspectDialog"_s);
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(
        dialog->findChild<QPlainTextEdit *>(u"query-A"_s)->toPlainText().startsWith(u"histogram_quantile(0.95"));
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"closeInspect"_s), Qt::LeftButton);
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(OnTheDashboardsPage, VariablesOfferWhatTheSourceHasAndChangeTheQuestion)
{
    Dashboard dashboard = test::queueDashboard();
    Variable variable;
    variable.name = u"instance"_s;
    variable.type = u"query"_s;
    variable.query = u"label_values(up, instance)"_s;
    variable.includeAll = true;
    variable.current = {u"$__all"_s};
    dashboard.variables = {variable};
    dashboard.panels[0].targets[0].expr = u"sum(bulk{instance=~\"$instance\"})"_s;
    show({dashboard});
    auto *menu = page->findChild<common::ChoiceButton *>(u"variable-instance"_s);
    ASSERT_NE(menu, nullptr);
    ASSERT_EQ(menu->choices().size(), 3);
    EXPECT_EQ(menu->choices().at(1).key, u"bot-1"_s);
    EXPECT_TRUE(askedExpressions().contains(u"sum(bulk{instance=~\".*\"})"_s));
    Q_EMIT menu->chosen(u"bot-2"_s);
    fleet.run(10s, 10s);
    EXPECT_TRUE(askedExpressions().contains(u"sum(bulk{instance=~\"bot-2\"})"_s));
}

TEST_F(OnTheDashboardsPage, SeveralValuesOfAVariableAreAskedForTogether)
{
    Dashboard dashboard = test::queueDashboard();
    Variable variable;
    variable.name = u"queue"_s;
    variable.type = u"custom"_s;
    variable.options = {u"mail.out"_s, u"print"_s, u"fax"_s};
    variable.multi = true;
    variable.includeAll = true;
    variable.current = {u"mail.out"_s, u"fax"_s};
    dashboard.variables = {variable};
    dashboard.panels[0].targets[0].expr = u"sum(jobs{queue=~\"$queue\"})"_s;
    show({dashboard});
    EXPECT_TRUE(askedExpressions().contains(u"sum(jobs{queue=~\"(mail\\\\.out|fax)\"})"_s))
        << qPrintable(QStringList(askedExpressions().values()).join(u'|'));
    auto *menu = page->findChild<common::ChoiceButton *>(u"variable-queue"_s);
    ASSERT_NE(menu, nullptr);
    EXPECT_EQ(menu->shownText(), u"mail.out, fax"_s);
    Q_EMIT menu->choicesMade({u"mail.out"_s, u"fax"_s, u"$__all"_s});
    fleet.run(10s, 10s);
    EXPECT_EQ(menu->shownText(), u"All"_s);
    EXPECT_TRUE(askedExpressions().contains(u"sum(jobs{queue=~\"(mail\\\\.out|print|fax)\"})"_s))
        << "all of the options that the file lists, and nothing else";
}

TEST_F(OnTheDashboardsPage, AFileThatIsNoDashboardIsExplainedInPlace)
{
    show({test::queueDashboard()});
    QTemporaryFile file(QDir::tempPath() + u"/XXXXXX.json"_s);
    ASSERT_TRUE(file.open());
    file.write("[1, 2");
    file.close();
    EXPECT_FALSE(page->openFile(file.fileName()));
    EXPECT_TRUE(test::childNamed<QWidget>(*page, "problem")->isVisible());
    EXPECT_EQ(page->subtitle(), u"Queue, anclora, 10 panels"_s) << "what was shown stays";
    ASSERT_TRUE(file.open());
    file.resize(0);
    file.write(
        R"({"title":"Mine","uid":"mine","schemaVersion":39,"panels":[{"id":1,"type":"text","title":"Read me","gridPos":{"x":0,"y":0,"w":24,"h":4},"options":{"content":"hello"}}]})");
    file.close();
    EXPECT_TRUE(page->openFile(file.fileName()));
    EXPECT_EQ(page->subtitle(), u"Mine, 1 panel"_s);
    EXPECT_FALSE(test::childNamed<QWidget>(*page, "problem")->isVisible());
    EXPECT_TRUE(page->showDashboard(u"queue-dashboard"_s));
    EXPECT_FALSE(page->showDashboard(u"no such"_s));
}

TEST(DashboardsPage, DrawsFramesAtOnceAndSaysHowLongItWaits)
{
    IncidentFleet fleet(IncidentFleet::at(3, 0, 0), IncidentFleet::Network::Hangs);
    DashboardsPage page(fleet.environment(), {test::queueDashboard()}, fleet.metrics(), fleet.alerts(), fleet.clock,
                        fleet.zone);
    test::showPage(page);
    fleet.run(1s, 1s);
    EXPECT_FALSE(page.isSettled());
    auto *panel = page.findChild<PanelView *>(u"panel-5"_s);
    panel->tick(fleet.zone);
    EXPECT_TRUE(panel->status().word.startsWith(u"asked ")) << qPrintable(panel->status().word);
    test::pictureOf(page, u"dashboards-loading-dark"_s);
}

TEST(DashboardsPage, LooksRightInEveryTheme)
{
    IncidentFleet fleet(IncidentFleet::at(3, 24, 0));
    fleet.alerts();
    fleet.rangeErrors.insert(u"dlq"_s, u"query timed out in expression evaluation"_s);
    DashboardsPage page(fleet.environment(), {test::queueDashboard()}, fleet.metrics(), fleet.alerts(), fleet.clock,
                        fleet.zone);
    for (const auto scheme : {theme::Scheme::Dark, theme::Scheme::Light, theme::Scheme::HighContrast}) {
        test::showPage(page, scheme);
        fleet.run(20s, 10s);
        const QImage whole = test::pictureOf(page, u"dashboards-%1"_s.arg(static_cast<int>(scheme)));
        EXPECT_GT(test::pixelsOf(whole, theme::Theme::of(scheme).hue(0)), 200) << "curves in the first hue";
    }
    test::showPage(page);
    test::pictureOf(page, u"dashboards-dark@2"_s, 2);
    test::showPage(page, theme::Scheme::Dark, {1024, 700});
    fleet.run(20s, 10s);
    test::pictureOf(page, u"dashboards-1024-dark"_s);
    test::showPage(page, theme::Scheme::Dark, {760, 900});
    fleet.run(20s, 10s);
    test::pictureOf(page, u"dashboards-narrow-dark"_s);
}

} // namespace
} // namespace atalaya::dashboards
