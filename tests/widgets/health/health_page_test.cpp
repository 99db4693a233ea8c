// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/incident/incident_fleet.h"
#include "tests/widgets/incident/page_frame.h"
#include "widgets/health/health_page.h"
#include "widgets/health/instance_lines.h"
#include "widgets/health/startup_panel.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::health {
namespace {

using test::IncidentFleet;

class OnTheHealthPage : public ::testing::Test
{
protected:
    OnTheHealthPage() : fleet(IncidentFleet::at(3, 4, 0))
    {
        fleet.health();
        fleet.run(5min + 40s, 10s);
        page = std::make_unique<HealthPage>(fleet.environment(), fleet.health(), fleet.clock, fleet.zone);
        test::showPage(*page);
        view = test::childNamed<QTableView>(*page, "healthTable");
        tester = std::make_unique<QAbstractItemModelTester>(view->model());
    }
    QModelIndex row(const QString &system, const QString &component, int column = 0) const
    {
        bool inside = false;
        for (int r = 0; r < view->model()->rowCount(); ++r) {
            const QString name = view->model()->index(r, 0).data().toString();
            if (name == system) {
                inside = true;
                if (component.isEmpty())
                    return view->model()->index(r, column);
            } else if (inside && name == component) {
                return view->model()->index(r, column);
            }
        }
        return {};
    }
    void click(const QModelIndex &index)
    {
        ASSERT_TRUE(index.isValid());
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    }
    QString label(const char *name) const { return test::childNamed<QLabel>(*page, name)->text(); }

    IncidentFleet fleet;
    std::unique_ptr<HealthPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester; ///< watches every change of the page's rows
    QTableView *view = nullptr;
};

TEST_F(OnTheHealthPage, TheWorstInstanceGivesTheWord)
{
    EXPECT_EQ(row(u"worker"_s, u"openai"_s, 1).data().toString(), u"unhealthy"_s);
    EXPECT_EQ(row(u"worker"_s, u"openai"_s, 2).data().toString(), u"31.2 s"_s);
    EXPECT_EQ(row(u"worker"_s, {}, 1).data().toString(), u"Unhealthy on 2 of 3"_s);
    EXPECT_EQ(row(u"anclora"_s, u"redis"_s, 1).data().toString(), u"pass"_s) << "the service's own word";
    EXPECT_EQ(row(u"ai-proveedores"_s, u"service"_s, 1).data().toString(), u"unhealthy"_s);
}

TEST_F(OnTheHealthPage, ASilentSystemIsStaleAndNeverHealthy)
{
    EXPECT_TRUE(row(u"p2p"_s, {}, 1).data().toString().startsWith(u"Stale, "));
    EXPECT_EQ(row(u"p2p"_s, u"redis"_s, 1).data().toString(), u"was connected"_s);
    EXPECT_TRUE(page->subtitle().contains(u"4 not known")) << qPrintable(page->subtitle());
    click(row(u"p2p"_s, u"redis"_s));
    EXPECT_TRUE(test::childNamed<QWidget>(*page, "notKnown")->isVisible());
    EXPECT_TRUE(label("notKnownText").contains(u"nothing after it counts as healthy"));
}

TEST_F(OnTheHealthPage, TryNowAsksAtOnceAndWhatAnswersIsKnownAgain)
{
    click(row(u"p2p"_s, u"redis"_s));
    fleet.transport.forgetCalls();
    fleet.p2pAnswers = true;
    QTest::mouseClick(test::childNamed<QPushButton>(*page, "tryNow"), Qt::LeftButton);
    IncidentFleet::settle();
    EXPECT_FALSE(fleet.transport.callsTo(u"/api/v1/health"_s).isEmpty());
    EXPECT_EQ(row(u"p2p"_s, u"redis"_s, 1).data().toString(), u"connected"_s);
    EXPECT_FALSE(test::childNamed<QWidget>(*page, "notKnown")->isVisible());
}

TEST_F(OnTheHealthPage, TheRawAnswerIsOneClickAway)
{
    click(row(u"worker"_s, u"openai"_s));
    EXPECT_EQ(label("healthTitle"), u"openai"_s);
    EXPECT_EQ(label("rawTitle"), u"Raw answer, worker-1"_s);
    EXPECT_TRUE(label("rawAge").startsWith(u"503, "));
    EXPECT_TRUE(test::childNamed<QPlainTextEdit>(*page, "rawAnswer")->toPlainText().contains(u"deadline exceeded"));
    EXPECT_TRUE(label("dialect").startsWith(u"Read as: "));
    auto *lines = test::childNamed<InstanceLines>(*page, "instanceLines");
    ASSERT_EQ(lines->lines().size(), 3);
    EXPECT_EQ(lines->lines().at(1).words, u"degraded, 9.40 s"_s);
    QTest::mouseClick(lines, Qt::LeftButton, {}, QPoint(20, InstanceLines::lineHeight + 8));
    EXPECT_EQ(label("rawTitle"), u"Raw answer, worker-2"_s);
}

TEST_F(OnTheHealthPage, StartUpValidationIsShownForEveryInstance)
{
    click(row(u"ai-proveedores"_s, u"service"_s));
    for (const char *name : {"startup-ai-prov-1", "startup-ai-prov-2"}) {
        auto *panel = test::childNamed<StartupPanel>(*page, name);
        ASSERT_NE(panel, nullptr) << name;
        EXPECT_TRUE(panel->isVisible());
        EXPECT_TRUE(panel->accessibleDescription().contains(u"openai_api: pass"));
    }
    EXPECT_TRUE(test::childNamed<StartupPanel>(*page, "startup-ai-prov-1")
                    ->accessibleDescription()
                    .contains(u"812 ms of the 5 s budget"));
    EXPECT_TRUE(test::childNamed<StartupPanel>(*page, "startup-ai-prov-2")
                    ->accessibleDescription()
                    .contains(u"supabase_storage: warning"));
}

TEST_F(OnTheHealthPage, ARefreshKeepsTheSelectionAndResetsNothing)
{
    click(row(u"worker"_s, u"openai"_s));
    QSignalSpy reset(view->model(), &QAbstractItemModel::modelReset);
    fleet.run(30s, 10s);
    EXPECT_EQ(reset.count(), 0);
    EXPECT_EQ(view->currentIndex().row(), row(u"worker"_s, u"openai"_s).row());
}

TEST_F(OnTheHealthPage, FiltersBySystem)
{
    page->filterSystem(u"aurore"_s);
    EXPECT_TRUE(row(u"aurore"_s, u"database"_s).isValid());
    EXPECT_FALSE(row(u"worker"_s, {}).isValid());
    EXPECT_TRUE(page->subtitle().contains(u"not healthy")) << "the counts stay those of the environment";
}

TEST(HealthPage, LooksRightInEveryTheme)
{
    IncidentFleet fleet(IncidentFleet::at(2, 9, 40));
    fleet.health();
    fleet.run(60min, 20s);
    HealthPage page(fleet.environment(), fleet.health(), fleet.clock, fleet.zone);
    auto *view = test::childNamed<QTableView>(page, "healthTable");
    for (const auto scheme : {theme::Scheme::Dark, theme::Scheme::Light, theme::Scheme::HighContrast}) {
        test::showPage(page, scheme);
        const QImage whole = test::pictureOf(page, u"health-%1"_s.arg(static_cast<int>(scheme)));
        const theme::Theme &look = theme::Theme::of(scheme);
        EXPECT_GT(test::pixelsOf(whole, look.color(State::Critical)), 400) << "the unhealthy stretches";
        EXPECT_GT(test::pixelsOf(whole, look.color(State::Ok)), 1000) << "the healthy ones";
    }
    view->setCurrentIndex(view->model()->index(1, 0));
    test::showPage(page);
    test::pictureOf(page, u"health-side-dark"_s);
    test::pictureOf(page, u"health-side-dark@2"_s, 2);
    test::showPage(page, theme::Scheme::Light);
    view->setCurrentIndex(view->model()->index(6, 0));
    test::pictureOf(page, u"health-startup-light"_s);
    test::showPage(page, theme::Scheme::Dark, {1024, 700});
    test::pictureOf(page, u"health-1024-dark"_s);
    view->setCurrentIndex(view->model()->index(view->model()->rowCount() - 1, 0));
    test::showPage(page);
    test::pictureOf(page, u"health-silent-dark"_s);
}

} // namespace
} // namespace atalaya::health
