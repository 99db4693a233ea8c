// SPDX-License-Identifier: GPL-3.0-or-later
// One drill at speed 30 (a minute takes two seconds), looked at from outside for as long as its story takes.
#include "tests/app/stack/drill_rig.h"
#include "tests/app/stack/stack_support.h"
#include "tests/support/event_loop.h"

#include <QtCore/QDateTime>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include "resources/resources.h"
#include <gmock/gmock.h>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using atalaya::test::runUntil;
using Names = std::set<QString>;

namespace {

constexpr double speed = 30;
constexpr std::chrono::milliseconds storyMinute(static_cast<int>(60'000 / speed));

std::string text(const Names &names)
{
    QStringList list(names.begin(), names.end());
    return list.join(u", "_s).toStdString();
}

double nowSeconds()
{
    return double(QDateTime::currentMSecsSinceEpoch()) / 1000.0;
}

class DrillStoryTest : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        registerAtalayaResources();
        DrillOptions options;
        options.speed = speed;
        s_rig = new DrillRig(options);
        s_isReady = s_rig->startAndAwaitReady();
        s_readyAt = nowSeconds();
        // Calm is judged from the second minute of scrapes on.
        s_isScraped =
            runUntil([] { return s_rig->instantValues(u"up{job=\"ai-proveedores\"} == 1"_s).size() == 2; }, patience);
        QElapsedTimer sinceScrape;
        sinceScrape.start();
        runUntil([&] { return sinceScrape.elapsed() > storyMinute.count(); });
    }
    static void TearDownTestSuite()
    {
        s_rig->stopAndAwaitEnd();
        delete s_rig;
        s_rig = nullptr;
    }
    void SetUp() override
    {
        ASSERT_TRUE(s_isReady) << s_rig->failureText().toStdString();
        ASSERT_TRUE(s_isScraped);
    }

    bool awaitCalm()
    {
        return runUntil([] { return s_rig->alerts(u"firing"_s).empty() && s_rig->alerts(u"pending"_s).empty(); },
                        patience);
    }
    /// Waits until all of `expected` have fired; gives everything that has fired by then.
    Names firedUntil(const Names &expected, std::chrono::milliseconds limit)
    {
        Names fired;
        runUntil(
            [&] {
                fired.merge(s_rig->alerts(u"firing"_s));
                return std::ranges::includes(fired, expected);
            },
            limit);
        return fired;
    }
    void playIncident(const QString &name);

    static inline DrillRig *s_rig = nullptr;
    static inline bool s_isReady = false;
    static inline bool s_isScraped = false;
    static inline double s_readyAt = 0;
};

void DrillStoryTest::playIncident(const QString &name)
{
    const QJsonDocument list =
        s_rig->get(s_rig->addresses().fleetAdmin, u"/incidents"_s, {}, s_rig->addresses().adminTokenFile);
    Names expected;
    for (const QJsonValue &incident : list.array()) {
        if (incident[u"incident"].toString() != name)
            continue;
        for (const QJsonValue &alert : incident[u"alerts"].toArray())
            expected.insert(alert.toString());
    }
    ASSERT_FALSE(expected.empty()) << "the fleet has no incident of that name";
    ASSERT_TRUE(awaitCalm());
    ASSERT_TRUE(s_rig->setIncident(name, true));
    Names fired = firedUntil(expected, patience);
    Names inAlertmanager;
    runUntil(
        [&] {
            inAlertmanager.merge(s_rig->alertsInAlertmanager());
            fired.merge(s_rig->alerts(u"firing"_s));
            return std::ranges::includes(inAlertmanager, expected);
        },
        patience);
    ASSERT_TRUE(s_rig->setIncident(name, false));
    // Until all is over: nothing else may fire on the way back either.
    const bool isOver = runUntil(
        [&] {
            const Names firing = s_rig->alerts(u"firing"_s);
            fired.insert(firing.begin(), firing.end());
            return firing.empty() && s_rig->alerts(u"pending"_s).empty();
        },
        patience);
    EXPECT_EQ(text(fired), text(expected));
    EXPECT_EQ(text(inAlertmanager), text(expected));
    EXPECT_TRUE(isOver) << "still there: " << text(s_rig->alerts(u"firing"_s));
    EXPECT_TRUE(runUntil([] { return s_rig->alertsInAlertmanager().empty(); }, patience))
        << text(s_rig->alertsInAlertmanager());
}

} // namespace

TEST_F(DrillStoryTest, ThreeMinutesOfCalmAreCalm)
{
    QElapsedTimer timer;
    timer.start();
    Names seen;
    int looks = 0;
    runUntil([&] {
        seen.merge(s_rig->alerts(u"pending"_s));
        seen.merge(s_rig->alerts(u"firing"_s));
        ++looks;
        return timer.elapsed() > 3 * storyMinute.count();
    });
    EXPECT_GT(looks, 10);
    EXPECT_EQ(text(seen), "");
    const QJsonDocument rules = s_rig->get(s_rig->addresses().prometheus, u"/api/v1/rules"_s);
    int count = 0;
    for (const QJsonValue &group : rules[u"data"][u"groups"].toArray()) {
        for (const QJsonValue &rule : group[u"rules"].toArray()) {
            ++count;
            EXPECT_EQ(rule[u"health"].toString(), u"ok"_s) << rule[u"name"].toString().toStdString();
        }
    }
    EXPECT_EQ(count, 11);
}

TEST_F(DrillStoryTest, ABreakerThatOpensOnOneInstanceFiresItsOwnAlertsAndNoOther)
{
    ASSERT_TRUE(awaitCalm());
    // One instance of two is too little for the error ratio of all: what fires is of the breaker alone.
    ASSERT_TRUE(s_rig->setIncident(u"OpenAI outage"_s, true, u"ai-prov-1"_s));
    const Names expected{u"CircuitBreakerOpen"_s, u"CircuitBreakerRecoveryTooSlow"_s};
    const Names fired = firedUntil(expected, patience);
    EXPECT_EQ(text(fired), text(expected));
    for (const QJsonValue &alert :
         s_rig->get(s_rig->addresses().prometheus, u"/api/v1/alerts"_s)[u"data"][u"alerts"].toArray()) {
        EXPECT_EQ(alert[u"labels"][u"instance"].toString(), u"ai-prov-1"_s);
        EXPECT_EQ(alert[u"labels"][u"name"].toString(), u"openai"_s);
        EXPECT_TRUE(alert[u"annotations"][u"summary"].toString().contains(u"openai"));
    }
    ASSERT_TRUE(s_rig->setIncident(u"OpenAI outage"_s, false, u"ai-prov-1"_s));
    EXPECT_TRUE(awaitCalm());
}

TEST_F(DrillStoryTest, OpenAiOutageFiresWhatItLists)
{
    playIncident(u"OpenAI outage"_s);
}

TEST_F(DrillStoryTest, SupabaseErrorsFireWhatTheyList)
{
    playIncident(u"Supabase errors"_s);
}

TEST_F(DrillStoryTest, HistoryJoinsTheLiveSamplesWithoutAHole)
{
    ASSERT_TRUE(runUntil(
        [] { return s_rig->events().contains(u"history"_s) || s_rig->events().join(u' ').contains(u"historyFailed"); },
        patience));
    EXPECT_EQ(s_rig->events(), (QStringList{u"ready"_s, u"history"_s}));

    // Prometheus looks for new blocks once a minute.
    const double step = 1;
    const double from = s_readyAt - 300;
    const double to = std::floor(nowSeconds()) - 2;
    const QString past = u"up{job=\"ai-proveedores\"} @ %1"_s.arg(from, 0, 'f', 3);
    ASSERT_TRUE(runUntil([&] { return s_rig->instantValues(past).size() == 2; }, patience))
        << "history does not show up";

    // What Grafana would put for $__rate_interval here: four scrapes.
    for (
        const QString &panel :
        {u"sum by (instance) (rate(http_requests_total{job=\"ai-proveedores\"}[4s]))"_s,
         u"sum by (instance) (rate(openai_requests_total{job=\"ai-proveedores\"}[4s]))"_s,
         u"histogram_quantile(0.95, sum by (instance, le) (rate(http_request_duration_seconds_bucket{job=\"ai-proveedores\"}[4s])))"_s,
         u"circuit_breaker_state{job=\"ai-proveedores\",name=\"supabase_db\"}"_s, u"up{job=\"ai-proveedores\"}"_s}) {
        const QList<QList<double>> series = s_rig->rangeTimes(panel, from, to, step);
        ASSERT_EQ(series.size(), 2) << "history and live samples are different series: " << panel.toStdString();
        for (const QList<double> &times : series) {
            ASSERT_FALSE(times.isEmpty());
            EXPECT_NEAR(times.first(), from, step) << panel.toStdString();
            EXPECT_NEAR(times.last(), to, step) << panel.toStdString();
            for (qsizetype i = 1; i < times.size(); ++i)
                EXPECT_LT(times.at(i) - times.at(i - 1), 1.5 * step)
                    << "a hole " << times.at(i) - s_readyAt << " s after ready: " << panel.toStdString();
        }
    }

    // Requests a second on both sides of the joint, and across it: no jump of a counter that was read twice.
    const QString rate = u"sum(increase(http_requests_total{job=\"ai-proveedores\"}[%1s] @ %2)) / %1"_s;
    const auto rateAt = [&](double end, int window) {
        const QList<double> values = s_rig->instantValues(rate.arg(window).arg(end, 0, 'f', 3));
        return values.isEmpty() ? -1.0 : values.first();
    };
    const double before = rateAt(s_readyAt - 20, 60);
    const double across = rateAt(s_readyAt + 10, 30);
    ASSERT_GT(before, 0);
    EXPECT_NEAR(across / before, 1.0, 0.25);

    // Six hours of the drill's time: 12 minutes here, at the live step.
    const double span = 6 * 3600 / speed;
    const QList<double> samples = s_rig->instantValues(
        u"count_over_time(up{job=\"ai-proveedores\"}[%1s] @ %2)"_s.arg(int(span)).arg(s_readyAt, 0, 'f', 3));
    ASSERT_EQ(samples.size(), 2);
    EXPECT_NEAR(samples.first(), span / step, 5);
}

TEST_F(DrillStoryTest, SlowStartFiresWhatItLists)
{
    playIncident(u"slow start"_s);
}

} // namespace atalaya::stack::test
