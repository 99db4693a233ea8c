// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/startup/startup_checks.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_transport.h"
#include "tests/support/manual_clock.h"

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using testing::HasSubstr;

namespace {

class NamedSecrets final : public workspace::SecretSource
{
public:
    Pending<QByteArray> read(const workspace::SecretReference &reference) override
    {
        if (reference.name == u"GOOD")
            return readyNow<QByteArray>(QByteArray("token"));
        return readyNow<QByteArray>(
            failure(ErrorKind::Unauthorized, u"environment variable "_s + reference.name, u"it is not set"_s));
    }
};

workspace::Environment environmentOf(const QString &tokenName)
{
    workspace::Environment environment;
    environment.name = u"test"_s;
    workspace::Source prometheus;
    prometheus.name = u"main"_s;
    prometheus.access.url = QUrl(u"http://prom.test:9090"_s);
    workspace::Source loki;
    loki.kind = workspace::SourceKind::Loki;
    loki.name = u"logs"_s;
    environment.sources = {prometheus, loki};
    workspace::System system;
    system.key = u"worker"_s;
    system.prometheus = u"main"_s;
    system.selector = u"job=\"w\""_s;
    workspace::Instance instance;
    instance.name = u"w-0"_s;
    instance.access.url = QUrl(u"http://w-0.test:8000"_s);
    instance.labels[u"instance"_s] = u"w-0"_s;
    system.instances = {instance};
    system.health = workspace::HealthSettings{{u"/health"_s}, 10s, {}};
    workspace::ControlSettings gauge;
    gauge.adapter = u"gauge"_s;
    gauge.auth = {workspace::Auth::Kind::Bearer, {}, {workspace::SecretReference::Kind::Environment, tokenName}};
    gauge.gauge = workspace::BreakerGauge{u"worker_breaker"_s, u"service"_s, {}, {{0, u"closed"_s}}};
    system.breakers = gauge;
    system.golden = {{u"Events"_s, u"rate(events[1m])"_s, u"ops"_s, workspace::Better::Higher}};
    environment.systems = {system};
    return environment;
}

const QByteArray someSeries =
    R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{"instance":"w-0","service":"db"},"value":[1795489200,"0"]}]}})";
const QByteArray noSeries = R"({"status":"success","data":{"resultType":"vector","result":[]}})";

class StartupChecksTest : public testing::Test
{
protected:
    StartupChecksTest()
    {
        transport.answer("POST", u"/api/v1/query"_s, someSeries);
        transport.answer("GET", u"/api/v1/query"_s, someSeries);
        transport.answer("GET", u"/api/v1/rules"_s, R"({"status":"success","data":{"groups":[]}})");
        transport.answer("GET", u"/health"_s, R"({"status":"healthy"})");
    }

    health::StartupReport run(const workspace::Environment &environment, Milliseconds deadline = 20s,
                              const QStringList &warnings = {})
    {
        workspace::EndpointResolver resolver{secrets};
        refresh::RefreshSchedule schedule{clock};
        refresh::SourceMonitor monitor{clock};
        alerts::AlertStore alerts(environment, transport, resolver, schedule, monitor, clock);
        health::HealthStore health(environment, transport, resolver, schedule, monitor, clock);
        breakers::BreakerStore breakers(environment, transport, resolver, schedule, monitor, clock);
        flags::FlagStore flags(environment, transport, resolver, schedule, monitor, clock);
        metrics::MetricStore metrics(environment, transport, resolver, schedule, monitor, clock);
        workspace::Workspace whole;
        whole.warnings = warnings;
        startup::StartupChecks checks(whole, environment, {alerts, health, breakers, flags, metrics, monitor}, secrets,
                                      clock);
        std::optional<health::StartupReport> report;
        QObject::connect(&checks, &startup::StartupChecks::finished, &checks, [&](const health::StartupReport &done) {
            EXPECT_FALSE(report) << "finished twice";
            report = done;
        });
        checks.run(deadline);
        EXPECT_TRUE(test::runUntil([&] { return report.has_value(); }));
        return report.value_or(health::StartupReport{});
    }

    static std::string outcome(const health::StartupReport &report, const QString &name)
    {
        for (const health::StartupCheck &check : report.checks) {
            if (check.name == name)
                return (check.status + u": "_s + check.message).toStdString();
        }
        return "no such check";
    }

    test::ManualClock clock;
    test::FakeTransport transport;
    NamedSecrets secrets;
};

} // namespace

TEST_F(StartupChecksTest, WhereEverythingAnswersItIsHealthyAndCoversEachPart)
{
    const health::StartupReport report = run(environmentOf(u"GOOD"_s));
    EXPECT_EQ(report.status, u"healthy"_s);
    EXPECT_THAT(outcome(report, u"workspace"_s), HasSubstr("pass: 1 system, 2 sources"));
    EXPECT_EQ(outcome(report, u"secret env GOOD"_s), "pass: can be read");
    EXPECT_EQ(outcome(report, u"prometheus main"_s), "pass: answers");
    EXPECT_EQ(outcome(report, u"health worker/w-0"_s), "pass: healthy");
    EXPECT_EQ(outcome(report, u"metric worker up"_s), "pass: 1 series");
    EXPECT_EQ(outcome(report, u"metric worker worker_breaker"_s), "pass: 1 series");
    EXPECT_EQ(outcome(report, u"signal worker Events"_s), "pass: 1 series");
}

TEST_F(StartupChecksTest, LokiIsSaidNotToBeReadRatherThanPassed)
{
    const health::StartupReport report = run(environmentOf(u"GOOD"_s));
    EXPECT_THAT(outcome(report, u"loki logs"_s), HasSubstr("warning: "));
}

TEST_F(StartupChecksTest, AMissingSecretIsCritical)
{
    const health::StartupReport report = run(environmentOf(u"GONE"_s));
    EXPECT_EQ(report.status, u"unhealthy"_s);
    EXPECT_THAT(outcome(report, u"secret env GONE"_s), HasSubstr("fail: environment variable GONE: it is not set"));
}

TEST_F(StartupChecksTest, AnExpectedMetricThatIsNotThereIsAWarningThatNamesIt)
{
    transport.answer("POST", u"/api/v1/query"_s, noSeries);
    const health::StartupReport report = run(environmentOf(u"GOOD"_s));
    EXPECT_EQ(report.status, u"healthy"_s);
    EXPECT_THAT(outcome(report, u"metric worker up"_s), HasSubstr("warning: Prometheus has no target for {job=\"w\"}"));
    EXPECT_THAT(outcome(report, u"metric worker worker_breaker"_s), HasSubstr("with the label service"));
}

TEST_F(StartupChecksTest, AnUnhealthyInstanceIsAWarningAndASilentOneIsCritical)
{
    transport.answer("GET", u"/health"_s, R"({"status":"unhealthy"})", 503);
    EXPECT_EQ(outcome(run(environmentOf(u"GOOD"_s)), u"health worker/w-0"_s), "warning: unhealthy");
    Error refused;
    refused.kind = ErrorKind::Unreachable;
    refused.summary = u"connection refused"_s;
    transport.fail("GET", u"/health"_s, refused);
    const health::StartupReport report = run(environmentOf(u"GOOD"_s));
    EXPECT_EQ(report.status, u"unhealthy"_s);
    EXPECT_THAT(outcome(report, u"health worker/w-0"_s), HasSubstr("fail: connection refused"));
}

TEST_F(StartupChecksTest, WhatHangsHasFailedAtTheDeadlineAndTheRestKeepsItsOutcome)
{
    transport.hang("POST", u"/api/v1/query"_s);
    transport.hang("GET", u"/api/v1/rules"_s);
    const health::StartupReport report = run(environmentOf(u"GOOD"_s), 300ms);
    EXPECT_EQ(report.status, u"unhealthy"_s);
    EXPECT_THAT(outcome(report, u"prometheus main"_s), HasSubstr("fail: no answer within"));
    EXPECT_EQ(outcome(report, u"health worker/w-0"_s), "pass: healthy");
    EXPECT_EQ(outcome(report, u"secret env GOOD"_s), "pass: can be read");
}

TEST_F(StartupChecksTest, WarningsOfTheWorkspaceAreShown)
{
    const health::StartupReport report = run(environmentOf(u"GOOD"_s), 20s, {u"credentials go over plain http to x"_s});
    EXPECT_EQ(outcome(report, u"workspace"_s), "warning: credentials go over plain http to x");
    EXPECT_EQ(report.status, u"healthy"_s);
}
