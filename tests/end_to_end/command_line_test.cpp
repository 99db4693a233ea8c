// SPDX-License-Identifier: GPL-3.0-or-later
// The program as a script sees it: exit statuses, one line an error, and what it says of a world that is broken.
#include "tests/end_to_end/drill_program.h"

#include <QtCore/QFile>
#include <QtNetwork/QTcpServer>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya::test;
using testing::HasSubstr;

namespace {

QString written(const QTemporaryDir &folder, const QByteArray &text)
{
    const QString file = folder.filePath(u"workspace.json"_s);
    QFile f(file);
    EXPECT_TRUE(f.open(QIODevice::WriteOnly));
    f.write(text);
    return file;
}

/// A loopback port on which nothing listens.
int closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QByteArray deadWorkspace()
{
    const QByteArray port = QByteArray::number(closedPort());
    return R"({"atalaya":1,"name":"dead","environments":[{"name":"e","guard":"open",
      "prometheus":[{"name":"prom","url":"http://127.0.0.1:)" +
           port + R"("}],
      "alertmanager":[{"name":"am","url":"http://127.0.0.1:)" +
           port + R"("}],
      "systems":[{"key":"s","title":"S","prometheus":"prom","selector":"job=\"s\"",
        "instances":[{"name":"s-1","url":"http://127.0.0.1:)" +
           port + R"(","labels":{"instance":"s-1"}}],
        "health":{"paths":["/health"]},"breakers":{"adapter":"ops","base":"/ops/v1"}}]}]})";
}

} // namespace

TEST(CommandLineProgram, BadUsageIsOneLineAndStatusTwo)
{
    const ProgramRun run = runAtalaya({u"healthy"_s});
    EXPECT_EQ(run.status, 2);
    EXPECT_EQ(run.error.count('\n'), 1);
    EXPECT_TRUE(run.out.isEmpty());
    EXPECT_THAT(run.error.toStdString(), HasSubstr("healthy"));
}

TEST(CommandLineProgram, WithoutAWorkspaceItSaysHowToGetOne)
{
    const ProgramRun run = runAtalaya({u"alerts"_s});
    EXPECT_EQ(run.status, 2);
    EXPECT_THAT(run.error.toStdString(), HasSubstr("--workspace"));
}

TEST(CommandLineProgram, ABadWorkspaceNamesFileLineAndPointer)
{
    const QTemporaryDir folder;
    const QString file = written(
        folder,
        "{ \"atalaya\": 1, \"name\": \"x\",\n \"environments\": [ { \"name\": \"e\",\n  \"promethus\": [] } ] }");
    const ProgramRun run = runAtalaya({u"health"_s, u"--workspace"_s, file});
    EXPECT_EQ(run.status, 2);
    EXPECT_THAT(run.error.toStdString(), HasSubstr("workspace.json:3"));
    EXPECT_THAT(run.error.toStdString(), HasSubstr("/environments/0"));
    EXPECT_THAT(run.error.toStdString(), HasSubstr("prometheus"));
}

TEST(CommandLineProgram, ADeadWorldIsUnknownAndNeverHealthyOrEmpty)
{
    const QTemporaryDir folder;
    const QString file = written(folder, deadWorkspace());
    const ProgramRun health = runAtalaya({u"health"_s, u"--json"_s, u"--workspace"_s, file});
    EXPECT_EQ(health.status, 6);
    ASSERT_EQ(health.json().size(), 1u) << health.out.toStdString();
    EXPECT_EQ(health.json()[0]["status"], "unknown");
    EXPECT_TRUE(health.json()[0]["as_of"].is_null());

    const ProgramRun alerts = runAtalaya({u"alerts"_s, u"--workspace"_s, file});
    EXPECT_EQ(alerts.status, 6);
    EXPECT_THAT(alerts.out.toStdString(), HasSubstr("may be missing"));
    EXPECT_THAT(alerts.error.toStdString(), HasSubstr("refused"));

    const ProgramRun query = runAtalaya({u"query"_s, u"up"_s, u"--workspace"_s, file});
    EXPECT_EQ(query.status, 6);
    EXPECT_TRUE(query.out.isEmpty());

    const ProgramRun check = runAtalaya({u"check"_s, u"--json"_s, u"--workspace"_s, file});
    EXPECT_EQ(check.status, 6) << check.out.toStdString();
    EXPECT_EQ(check.json()["status"], "unhealthy");
    EXPECT_GT(check.json()["critical_failures"].get<int>(), 0);
}

TEST(CommandLineProgram, NoDrillIsRunning)
{
    const QTemporaryDir folder;
    const ProgramRun run =
        runAtalaya({u"drill"_s, u"incident"_s, u"list"_s, u"--workspace"_s, folder.filePath(u"none.json"_s)});
    EXPECT_EQ(run.status, 2);
    EXPECT_THAT(run.error.toStdString(), HasSubstr("no running drill"));
}
