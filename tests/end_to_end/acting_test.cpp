// SPDX-License-Identifier: GPL-3.0-or-later
// The command line acts on a live drill; the services' own audit is asked, without any code of ours, what arrived.
#include "tests/end_to_end/drill_program.h"
#include "tests/support/event_loop.h"

#include <QtCore/QFile>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using test::Json;
using test::ProgramRun;
using testing::HasSubstr;

namespace {

class Acting : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(drill.isLive()) << drill.errors().constData();
        QFile token(drill.workspace().section(u'/', 0, -2) + u"/secrets/viewer"_s);
        ASSERT_TRUE(token.open(QIODevice::ReadOnly)) << qPrintable(token.fileName());
        viewer = token.readAll().trimmed();
    }

    ProgramRun run(const QStringList &verb) const
    {
        return test::runAtalaya(verb + QStringList{u"--json"_s, u"--workspace"_s, drill.workspace()});
    }
    /// What the instance itself says was asked of it: "breaker.trip openai applied", oldest first.
    QStringList audit(const std::string &instance) const
    {
        QString url;
        for (const Json &each : drill.addresses()["instances"]) {
            if (each["id"] == instance)
                url = QString::fromStdString(each["url"].get<std::string>());
        }
        QStringList lines;
        const Json answer = test::getJson(url + u"/ops/v1/audit"_s, viewer);
        if (answer.is_discarded() || !answer.contains("entries"))
            return {u"no audit: "_s + QString::fromStdString(answer.dump())};
        for (const Json &entry : answer["entries"])
            lines.prepend(QString::fromStdString(entry["action"].get<std::string>() + " " +
                                                 entry["target"].get<std::string>() + " " +
                                                 entry["result"].get<std::string>()));
        return lines;
    }
    std::string modeOf(const std::string &instance) const
    {
        for (const Json &breaker : run({u"breakers"_s, u"list"_s}).json()) {
            if (breaker["instance"] == instance && breaker["name"] == "openai")
                return breaker["mode"].get<std::string>();
        }
        return "not listed";
    }

    test::DrillProgram drill{20};
    QByteArray viewer;
};

} // namespace

TEST_F(Acting, ATripIsOneRequestOnRecordAndUndone)
{
    const QStringList trip{u"breakers"_s,
                           u"trip"_s,
                           u"ai-proveedores/openai"_s,
                           u"--instance"_s,
                           u"ai-prov-2"_s,
                           u"--reason"_s,
                           u"OpenAI outage, stop the time-outs"_s,
                           u"--for"_s,
                           u"5m"_s};

    const ProgramRun planned = run(trip + QStringList{u"--dry-run"_s});
    EXPECT_EQ(planned.status, 0) << planned.error.constData();
    EXPECT_THAT(planned.out.toStdString(), HasSubstr("curl"));
    const ProgramRun locked = run(trip + QStringList{u"--read-only"_s});
    EXPECT_EQ(locked.status, 5) << locked.error.constData();
    EXPECT_EQ(audit("ai-prov-2"), QStringList()) << "neither a dry run nor a locked command sends anything";

    const ProgramRun done = run(trip);
    ASSERT_EQ(done.status, 0) << done.error.constData() << done.out.constData();
    const Json outcome = done.json()["outcomes"][0];
    EXPECT_EQ(outcome["instance"], "ai-prov-2");
    EXPECT_EQ(outcome["outcome"], "applied") << done.out.constData();
    EXPECT_EQ(outcome["http_status"], 200);
    EXPECT_EQ(audit("ai-prov-2"), QStringList{u"breaker.trip openai applied"_s});
    EXPECT_EQ(audit("ai-prov-1"), QStringList()) << "the other instance was not named";
    EXPECT_EQ(modeOf("ai-prov-2"), "forced_open");

    const QString id = QString::fromStdString(done.json()["command_id"].get<std::string>());
    const ProgramRun undone = run({u"undo"_s, id, u"--reason"_s, u"OpenAI answers again"_s});
    EXPECT_EQ(undone.status, 0) << undone.error.constData() << undone.out.constData();
    EXPECT_EQ(audit("ai-prov-2"), (QStringList{u"breaker.trip openai applied"_s, u"breaker.release openai applied"_s}));
    EXPECT_EQ(modeOf("ai-prov-2"), "auto");

    const Json journal = test::runAtalaya({u"journal"_s, u"list"_s, u"--json"_s}).json();
    ASSERT_EQ(journal.size(), 2);
    EXPECT_EQ(journal[0]["action"], "breaker.release");
    EXPECT_EQ(journal[0]["undoes"], id.toStdString());
    EXPECT_EQ(journal[1]["reason"], "OpenAI outage, stop the time-outs");
    const ProgramRun verified = test::runAtalaya({u"journal"_s, u"verify"_s, u"--json"_s});
    EXPECT_EQ(verified.status, 0);
    EXPECT_EQ(verified.json()["ok"], true);
    EXPECT_THAT(test::runAtalaya({u"journal"_s, u"export"_s, u"--format"_s, u"markdown"_s}).out.toStdString(),
                HasSubstr("OpenAI answers again"));
}

TEST_F(Acting, AFlagIsSetWhereItIsNamedAndNowhereElse)
{
    const ProgramRun off = run({u"flags"_s, u"set"_s, u"ai-proveedores/ENABLE_CIRCUIT_BREAKER"_s, u"off"_s, u"--all"_s,
                                u"--reason"_s, u"rehearsing the rollback"_s});
    EXPECT_EQ(off.status, 0) << off.error.constData() << off.out.constData();
    EXPECT_EQ(off.json()["outcomes"].size(), 2);
    EXPECT_EQ(audit("ai-prov-1"), QStringList{u"flag.set ENABLE_CIRCUIT_BREAKER applied"_s});
    EXPECT_EQ(modeOf("ai-prov-1"), "bypassed") << "a breaker whose flag is off is passed by";

    const ProgramRun unnamed =
        run({u"breakers"_s, u"reset"_s, u"ai-proveedores/openai"_s, u"--reason"_s, u"no instance named"_s});
    EXPECT_EQ(unnamed.status, 2);
    EXPECT_THAT(unnamed.error.toStdString(), HasSubstr("--all"));
    EXPECT_EQ(run({u"breakers"_s, u"reset"_s, u"ai-proveedores/openai"_s, u"--all"_s, u"--reason"_s, u"no"_s}).status,
              2)
        << "a reason has five characters at least";
}
