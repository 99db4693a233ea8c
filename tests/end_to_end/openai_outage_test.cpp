// SPDX-License-Identifier: GPL-3.0-or-later
// An OpenAI outage on one instance, on the real Prometheus and Alertmanager: its breaker opens, the alert goes pending,
// fires and resolves. At each step the pages, the command line and Prometheus' own API must tell the same story.
#include "app/console/open_window.h"
#include "models/alerts/alert_table_model.h"
#include "models/http/network_transport.h"
#include "models/workspace/stored_secret_source.h"
#include "models/workspace/workspace_decoder.h"
#include "tests/end_to_end/drill_program.h"
#include "tests/support/event_loop.h"
#include "widgets/theme/theme.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>

#include "resources/resources.h"
#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::console;
using namespace std::chrono_literals;
using test::Json;
using testing::HasSubstr;

namespace {

const QString troubled = u"ai-prov-1"_s;
const QString sound = u"ai-prov-2"_s;

/// The console's own window over the drill, with everything it stands on.
class ConsoleUnderTest
{
public:
    explicit ConsoleUnderTest(const QString &workspaceFile) : m_settings(m_folder.filePath(u"settings.ini"_s))
    {
        registerAtalayaResources();
        theme::applyTheme(*qApp, theme::Scheme::Dark);
        const auto workspace = workspace::readWorkspace(workspaceFile);
        EXPECT_TRUE(workspace) << qPrintable(workspace ? QString() : sentenceFor(workspace.error()));
        m_open =
            openWindow(*workspace, workspace->environments.first(),
                       {m_transport, m_secrets, m_clock, m_settings, [](const QString &) {}, [](const QString &) {}});
        m_open.window->resize(1440, 900);
        m_open.window->show();
    }
    ~ConsoleUnderTest() { m_open.close(); }

    shell::MainWindow &window() { return *m_open.window; }
    EnvironmentSession &session() { return *m_open.session; }
    QString label(const QString &name)
    {
        const auto *found = window().findChild<QLabel *>(name);
        return found ? found->text() : u"no label "_s + name;
    }
    /// Names of the alerts that the Alerts page lists in this state.
    QStringList listed(const QString &state)
    {
        window().showPage(u"alerts"_s);
        QStringList names;
        const auto *model = window().findChild<QAbstractItemModel *>(u"alertModel"_s);
        const auto *alerts = dynamic_cast<const alerts::AlertTableModel *>(model);
        if (!alerts)
            return {u"the Alerts page has no model"_s};
        for (const alerts::AlertRow &row : alerts->rows()) {
            if (row.alert && alerts::stateWord(row.alert->state) == state)
                names += row.alert->name;
        }
        names.sort();
        return names;
    }
    QString breakerState(const QString &instance)
    {
        for (const breakers::Breaker &breaker : session().breakers->breakers()) {
            if (breaker.id.name == u"openai" && breaker.id.instance == instance)
                return breakers::stateWord(breaker.state());
        }
        return u"not listed"_s;
    }

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    SettingsFile m_settings;
    http::NetworkTransport m_transport;
    workspace::StoredSecretSource m_secrets;
    OpenWindow m_open;
};

class OpenAiOutage : public testing::Test
{
protected:
    static void SetUpTestSuite() { s_drill = new test::DrillProgram(20); }
    static void TearDownTestSuite()
    {
        delete s_drill;
        s_drill = nullptr;
    }
    void SetUp() override { ASSERT_TRUE(s_drill->isLive()) << s_drill->errors().constData(); }

    static test::ProgramRun atalaya(QStringList arguments)
    {
        return test::runAtalaya(arguments + QStringList{u"--json"_s, u"--workspace"_s, s_drill->workspace()});
    }
    /// Values of the openai breakers' gauge by instance, from Prometheus' own API.
    static std::map<QString, int> gauges()
    {
        std::map<QString, int> values;
        for (const Json &series :
             test::prometheusVector(s_drill->prometheus(), u"circuit_breaker_state{name=\"openai\"}"_s))
            values[QString::fromStdString(series["metric"]["instance"].get<std::string>())] =
                std::stoi(series["value"][1].get<std::string>());
        return values;
    }
    /// Names of alerts in this state ("pending", "firing"), from Prometheus' own API.
    static QStringList alertsInPrometheus(const std::string &state)
    {
        QStringList names;
        const Json answer = test::getJson(s_drill->prometheus() + u"/api/v1/alerts"_s);
        for (const Json &alert : answer["data"]["alerts"]) {
            if (alert["state"] == state)
                names += QString::fromStdString(alert["labels"]["alertname"].get<std::string>());
        }
        names.sort();
        return names;
    }
    static QStringList alertsOnTheCommandLine(const QString &state)
    {
        QStringList names;
        for (const Json &alert : atalaya({u"alerts"_s, u"--state"_s, state}).json())
            names += QString::fromStdString(alert["name"].get<std::string>());
        names.sort();
        return names;
    }
    static std::string breakerOnTheCommandLine(const QString &instance)
    {
        for (const Json &breaker : atalaya({u"breakers"_s, u"list"_s}).json()) {
            if (breaker["name"] == "openai" && breaker["instance"] == instance.toStdString())
                return breaker["state"].get<std::string>();
        }
        return "not listed";
    }
    static bool setIncident(const QString &onOrOff)
    {
        const test::ProgramRun run =
            atalaya({u"drill"_s, u"incident"_s, u"OpenAI outage"_s, onOrOff, u"--instance"_s, troubled});
        EXPECT_EQ(run.status, 0) << run.error.constData();
        return run.status == 0;
    }

    static inline test::DrillProgram *s_drill = nullptr;
};

} // namespace

TEST_F(OpenAiOutage, PagesCommandLineAndPrometheusTellTheSameStory)
{
    ConsoleUnderTest console(s_drill->workspace());

    // Calm: every source live, nothing fires, both breakers closed.
    ASSERT_TRUE(test::runUntil([&] { return gauges().size() == 2 && console.window().isSettled(); }, 60s));
    ASSERT_TRUE(test::runUntil([&] { return console.session().monitor.silent().isEmpty(); }, 30s));
    EXPECT_TRUE(test::runUntil([&] { return atalaya({u"check"_s}).status == 0; }, 40s))
        << atalaya({u"check"_s}).out.constData();
    EXPECT_EQ(breakerOnTheCommandLine(troubled), "closed");
    EXPECT_EQ(console.breakerState(troubled), u"closed"_s);
    EXPECT_EQ(gauges()[troubled], 0);
    EXPECT_TRUE(alertsInPrometheus("firing").isEmpty());
    EXPECT_TRUE(console.listed(u"firing"_s).isEmpty());

    // The outage: nothing sets the breaker; its own failures open it, on that instance and on no other.
    ASSERT_TRUE(setIncident(u"on"_s));
    ASSERT_TRUE(test::runUntil([&] { return gauges()[troubled] == 1; }, 60s)) << "the breaker did not open";
    EXPECT_TRUE(test::runUntil([&] { return console.breakerState(troubled) == u"open"; }, 20s))
        << qPrintable(console.breakerState(troubled));
    EXPECT_TRUE(test::runUntil([] { return breakerOnTheCommandLine(troubled) == "open"; }, 20s));
    EXPECT_EQ(console.breakerState(sound), u"closed"_s);
    EXPECT_EQ(breakerOnTheCommandLine(sound), "closed");
    EXPECT_EQ(gauges()[sound], 0);

    // Pending is seen before it fires; which of the three hears it first is the schedule's matter, so each is waited
    // for, and the pending spell is over soon at this speed: whoever missed it must say firing, never nothing.
    ASSERT_TRUE(test::runUntil(
        [] { return !alertsInPrometheus("pending").isEmpty() || !alertsInPrometheus("firing").isEmpty(); }, 40s));
    EXPECT_TRUE(test::runUntil(
        [&] {
            return console.listed(u"pending"_s).contains(u"CircuitBreakerOpen"_s) ||
                   console.listed(u"firing"_s).contains(u"CircuitBreakerOpen"_s);
        },
        20s));

    // Firing: the same names everywhere, in Alertmanager too.
    ASSERT_TRUE(test::runUntil([] { return alertsInPrometheus("firing").contains(u"CircuitBreakerOpen"_s); }, 60s));
    EXPECT_TRUE(test::runUntil([&] { return console.listed(u"firing"_s).contains(u"CircuitBreakerOpen"_s); }, 30s));
    EXPECT_TRUE(
        test::runUntil([] { return alertsOnTheCommandLine(u"firing"_s).contains(u"CircuitBreakerOpen"_s); }, 30s));
    EXPECT_TRUE(test::runUntil(
        [&] {
            const QStringList theirs = alertsInPrometheus("firing");
            return console.listed(u"firing"_s) == theirs && alertsOnTheCommandLine(u"firing"_s) == theirs &&
                   theirs == alertsInPrometheus("firing");
        },
        40s))
        << "Prometheus: " << qPrintable(alertsInPrometheus("firing").join(u' '))
        << "; page: " << qPrintable(console.listed(u"firing"_s).join(u' '))
        << "; command line: " << qPrintable(alertsOnTheCommandLine(u"firing"_s).join(u' '));
    EXPECT_TRUE(test::runUntil(
        [] {
            return test::getJson(s_drill->alertmanager() +
                                 u"/api/v2/alerts?filter=alertname%3D%22CircuitBreakerOpen%22"_s)
                       .size() == 1;
        },
        30s));
    EXPECT_TRUE(test::runUntil([&] { return console.session().overview->verdict().breakersNotClosed >= 1; }, 20s));
    console.window().showPage(u"overview"_s);
    EXPECT_TRUE(test::runUntil([&] { return console.label(u"verdictSentence"_s).contains(u"warning"); }, 20s))
        << qPrintable(console.label(u"verdictSentence"_s));

    // It ends: the breaker probes and closes by itself, and everything resolves, everywhere.
    ASSERT_TRUE(setIncident(u"off"_s));
    ASSERT_TRUE(test::runUntil([&] { return gauges()[troubled] == 0; }, 60s)) << "the breaker did not close";
    ASSERT_TRUE(test::runUntil(
        [] { return alertsInPrometheus("firing").isEmpty() && alertsInPrometheus("pending").isEmpty(); }, 60s));
    EXPECT_TRUE(test::runUntil(
        [&] { return console.breakerState(troubled) == u"closed" && console.listed(u"firing"_s).isEmpty(); }, 40s))
        << qPrintable(console.listed(u"firing"_s).join(u' '));
    EXPECT_TRUE(test::runUntil([] { return alertsOnTheCommandLine(u"firing"_s).isEmpty(); }, 40s));
    EXPECT_EQ(breakerOnTheCommandLine(troubled), "closed");
}

TEST_F(OpenAiOutage, AScreenshotWaitsForTheDataAndSaysHowFreshTheyAre)
{
    const QTemporaryDir folder;
    for (const QString &page : {u"overview"_s, u"breakers"_s, u"flags"_s, u"alerts"_s, u"health"_s, u"dashboards"_s}) {
        const QString out = folder.filePath(page + u".png"_s);
        const test::ProgramRun run = atalaya(
            {u"screenshot"_s, u"--page"_s, page, u"--size"_s, u"1440x900"_s, u"--theme"_s, u"dark"_s, u"--out"_s, out});
        EXPECT_EQ(run.status, 0) << run.error.constData() << run.out.constData();
        EXPECT_EQ(QImage(out).size(), QSize(1440, 900));
        const Json answer = run.json();
        EXPECT_EQ(answer["page"], page.toStdString());
        for (const Json &source : answer["sources"])
            EXPECT_EQ(source["freshness"], "live") << source.dump();
    }
}

TEST_F(OpenAiOutage, ASilentPrometheusIsNeverGreen)
{
    test::DrillProgram drill(10);
    ASSERT_TRUE(drill.isLive());
    ConsoleUnderTest console(drill.workspace());
    ASSERT_TRUE(test::runUntil(
        [&] { return console.window().isSettled() && console.session().monitor.silent().isEmpty(); }, 60s));
    drill.process().kill();
    ASSERT_TRUE(test::runUntil([&] { return console.session().monitor.silent().size() >= 2; }, 60s));
    EXPECT_TRUE(test::runUntil([&] { return console.session().overview->verdict().worst != State::Ok; }, 20s));
    for (const overview::SystemSummary &system : console.session().overview->systems())
        EXPECT_NE(system.worst, State::Ok) << qPrintable(system.worstWord);
    EXPECT_FALSE(console.session().alerts->silentSources().isEmpty());
}
