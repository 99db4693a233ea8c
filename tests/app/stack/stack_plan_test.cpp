// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/private_files.h"
#include "app/stack/stack_plan.h"
#include "models/workspace/workspace_decoder.h"
#include "tests/app/stack/stack_support.h"

#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>

#include "resources/resources.h"
#include <gmock/gmock.h>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;

namespace {

class StackPlanTest : public testing::Test
{
protected:
    void SetUp() override
    {
        registerAtalayaResources();
        Result<QList<SystemPlan>> systems = bundledSystems();
        ASSERT_TRUE(systems) << sentenceFor(systems.error()).toStdString();
        m_systems = *systems;
        m_addresses.prometheus = QUrl(u"http://127.0.0.1:9001"_s);
        m_addresses.alertmanager = QUrl(u"http://127.0.0.1:9002"_s);
        m_addresses.instances = {{u"ai-proveedores"_s, u"ai-prov-1"_s, QUrl(u"http://127.0.0.1:9003"_s)},
                                 {u"ai-proveedores"_s, u"ai-prov-2"_s, QUrl(u"http://127.0.0.1:9004"_s)}};
    }

    /// The tool's verdict on a configuration.
    ProgramRun check(const QString &toolFor, const QByteArray &config, const QStringList &arguments)
    {
        const Result<ServerPrograms> programs = realPrograms();
        if (!programs)
            return {-1, sentenceFor(programs.error()).toUtf8()};
        const QString tool =
            toolFor == u"amtool" ? QFileInfo(programs->alertmanager).absolutePath() + u"/amtool"_s : programs->promtool;
        const QString file = m_folder.filePath(u"config.yml"_s);
        writeFile(file, config);
        QStringList all = arguments;
        all.replaceInStrings(u"FILE"_s, file);
        return runProgram(tool, all);
    }
    QString receiverOf(const QByteArray &config, const QStringList &labels)
    {
        const ProgramRun run = check(
            u"amtool"_s, config, QStringList{u"config"_s, u"routes"_s, u"test"_s, u"--config.file=FILE"_s} + labels);
        // A remark on the flag comes first.
        return run.status == 0 ? QString::fromUtf8(run.output.trimmed().split('\n').last())
                               : u"failed: "_s + QString::fromUtf8(run.output);
    }

    QTemporaryDir m_folder;
    QList<SystemPlan> m_systems;
    DrillAddresses m_addresses;
    TokenFiles m_tokens{u"/s/viewer"_s, u"/s/operator"_s, u"/s/admin"_s};
};

} // namespace

TEST_F(StackPlanTest, TheFleetStartsEachInstanceWithItsFlagsOn)
{
    const QJsonDocument config = QJsonDocument::fromJson(fleetConfig(m_systems, Pace{15}, 7, m_tokens, u"/logs"_s));
    EXPECT_EQ(config[u"speed"].toDouble(), 15);
    EXPECT_EQ(config[u"seed"].toInt(), 7);
    EXPECT_EQ(config[u"tokens"][u"admin_file"].toString(), u"/s/admin"_s);
    const QJsonArray instances = config[u"instances"].toArray();
    ASSERT_EQ(instances.size(), 2);
    EXPECT_EQ(instances[0][u"id"].toString(), u"ai-prov-1"_s);
    EXPECT_EQ(instances[1][u"id"].toString(), u"ai-prov-2"_s);
    for (const QJsonValue &instance : instances) {
        EXPECT_EQ(instance[u"port"].toInt(-1), 0);
        for (const QString &flag :
             {u"ENABLE_STARTUP_VALIDATION"_s, u"STARTUP_FAIL_ON_WARNING"_s, u"ENABLE_CIRCUIT_BREAKER"_s,
              u"ENABLE_PROMETHEUS_METRICS"_s, u"ENABLE_STRUCTURED_LOGGING"_s})
            EXPECT_EQ(instance[u"environment"][flag].toString(), u"true"_s) << flag.toStdString();
    }
}

TEST_F(StackPlanTest, PrometheusScrapesEachInstanceUnderItsStableName)
{
    for (const double speed : {1.0, 15.0, 30.0}) {
        const Result<QByteArray> config = prometheusConfig(m_systems, Pace{speed}, m_addresses);
        ASSERT_TRUE(config) << sentenceFor(config.error()).toStdString();
        const ProgramRun run = check(u"promtool"_s, *config, {u"check"_s, u"config"_s, u"--syntax-only"_s, u"FILE"_s});
        EXPECT_EQ(run.status, 0) << run.output.toStdString();
        EXPECT_THAT(config->toStdString(),
                    testing::HasSubstr("targets: [\"127.0.0.1:9003\"]\n        labels: {instance: \"ai-prov-1\"}"));
        EXPECT_THAT(config->toStdString(), testing::HasSubstr("targets: [\"127.0.0.1:9002\"]"));
        EXPECT_THAT(config->toStdString(),
                    testing::HasSubstr(speed == 1 ? "scrape_interval: 15s" : "scrape_interval: 1s"));
    }
}

TEST_F(StackPlanTest, AlertmanagerRoutesBySeverityAndTellsNobodyOutside)
{
    const Result<QByteArray> config = alertmanagerConfig(Pace{1}, u"drill-0123"_s);
    ASSERT_TRUE(config) << sentenceFor(config.error()).toStdString();
    const ProgramRun run = check(u"amtool"_s, *config, {u"check-config"_s, u"FILE"_s});
    EXPECT_EQ(run.status, 0) << run.output.toStdString();
    EXPECT_FALSE(config->contains("_configs:")) << "a receiver has an address";
    EXPECT_EQ(receiverOf(*config, {u"severity=critical"_s}), u"critical-alerts"_s);
    EXPECT_EQ(receiverOf(*config, {u"severity=warning"_s}), u"warning-alerts"_s);
    EXPECT_EQ(receiverOf(*config, {u"severity=info"_s}), u"info-alerts"_s);
    EXPECT_EQ(receiverOf(*config, {u"severity=warning"_s, u"component=business"_s}), u"business-alerts"_s);
    EXPECT_EQ(receiverOf(*config, {u"severity=other"_s}), u"default"_s);
}

TEST_F(StackPlanTest, TheWorkspaceIsOneTheConsoleReads)
{
    const QByteArray bytes = workspaceFile(m_systems, Pace{5}, m_addresses, m_tokens,
                                           {u":/dashboards/ai-proveedores-http.json"_s, u":/dashboards/worker.json"_s});
    const Result<workspace::Workspace> read = workspace::decodeWorkspace(bytes, u"/s/workspace.json"_s);
    ASSERT_TRUE(read) << sentenceFor(read.error()).toStdString();
    EXPECT_TRUE(read->warnings.isEmpty());
    ASSERT_EQ(read->environments.size(), 1);
    const workspace::Environment &drill = read->environments.first();
    EXPECT_EQ(drill.name, u"drill"_s);
    EXPECT_EQ(drill.guard, workspace::Guard::Open);
    ASSERT_EQ(drill.sources.size(), 2);
    EXPECT_EQ(drill.sources[0].name, u"prom-drill"_s);
    EXPECT_EQ(drill.sources[0].scrapeInterval, Seconds(3));
    EXPECT_EQ(drill.sources[1].name, u"am-drill"_s);
    ASSERT_EQ(drill.systems.size(), 1);
    const workspace::System &system = drill.systems.first();
    EXPECT_EQ(system.key, u"ai-proveedores"_s);
    EXPECT_EQ(system.selector, u"job=\"ai-proveedores\""_s);
    ASSERT_EQ(system.instances.size(), 2);
    EXPECT_EQ(system.instances[1].name, u"ai-prov-2"_s);
    EXPECT_EQ(system.instances[1].access.url, QUrl(u"http://127.0.0.1:9004"_s));
    EXPECT_EQ(labelValue(system.instances[1].labels, u"instance"_s), u"ai-prov-2"_s);
    ASSERT_TRUE(system.health);
    EXPECT_EQ(system.health->paths, (QStringList{u"/health"_s, u"/health/live"_s, u"/health/ready"_s}));
    EXPECT_EQ(system.health->interval, Seconds(2));
    ASSERT_TRUE(system.breakers);
    EXPECT_EQ(system.breakers->adapter, u"ops"_s);
    EXPECT_EQ(system.breakers->auth.secret.name, u"/s/viewer"_s);
    EXPECT_EQ(system.breakers->writeAuth.secret.name, u"/s/operator"_s);
    ASSERT_TRUE(system.breakers->gauge);
    EXPECT_EQ(system.breakers->gauge->encoding,
              (QMap<int, QString>{{0, u"closed"_s}, {1, u"open"_s}, {2, u"half_open"_s}}));
    ASSERT_TRUE(system.flags);
    EXPECT_EQ(system.startupPath, u"/ops/v1/startup"_s);
    ASSERT_EQ(system.golden.size(), 2);
    EXPECT_EQ(system.golden[0].better, workspace::Better::Lower);
    EXPECT_TRUE(system.golden[0].expr.contains(u"[1m]")) << system.golden[0].expr.toStdString();
    EXPECT_EQ(system.dashboards, QStringList{u":/dashboards/ai-proveedores-http.json"_s});
    EXPECT_FALSE(bytes.contains("Bearer"));
}

TEST_F(StackPlanTest, EverySystemHasRules)
{
    for (const SystemPlan &system : std::as_const(m_systems)) {
        const Result<QByteArray> rules = rulesFor(system, Pace{15});
        ASSERT_TRUE(rules) << sentenceFor(rules.error()).toStdString();
        EXPECT_TRUE(rules->contains("alert:"));
    }
    SystemPlan unknown;
    unknown.key = u"unknown"_s;
    EXPECT_FALSE(rulesFor(unknown, Pace{15}));
}

} // namespace atalaya::stack::test
