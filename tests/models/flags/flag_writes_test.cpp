// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/flag_writes.h"
#include "tests/support/acting_bench.h"
#include "tests/support/ops_service.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::flags;
using atalaya::test::await;
using atalaya::test::OpsService;
using Fault = OpsService::Fault;

class FlagWritesTest : public atalaya::test::ActingBench
{
protected:
    FlagWritesTest() : service(*server)
    {
        workspace::System worker;
        worker.key = u"worker"_s;
        worker.flags = workspace::ControlSettings{.adapter = u"ops"_s};
        worker.flags->auth = bearer(u"operator"_s);
        workspace::Instance instance;
        instance.name = u"worker-1"_s;
        instance.access = access();
        worker.instances = {instance};
        environment.systems = {worker};
        writes = std::make_unique<FlagWrites>(environment, transport, resolver);
        start(u"flag"_s, *writes);
    }

    control::Command set(bool value, const QString &name = u"USE_CACHE"_s) const
    {
        return setFlagCommand(u"drill"_s, u"worker"_s, name, {u"worker-1"_s}, value, u"as planned"_s);
    }
    OpsService::Flag &flag() { return service.flags[u"USE_CACHE"_s]; }
    QString wordsAfter() const { return journal->command(lastId)->instances.first().after()->words; }

    OpsService service;
    std::unique_ptr<FlagWrites> writes;
};

TEST_P(FlagWritesTest, SetsAFlagOnceAndSaysHowSoonItTookEffect)
{
    EXPECT_EQ(outcomeOf(set(true)), "applied") << lastDetail.toStdString();
    EXPECT_TRUE(flag().value);
    EXPECT_EQ(service.writes(), 1);
    EXPECT_EQ(service.lastWritePath(), "/ops/v1/flags/USE_CACHE");
    EXPECT_EQ(service.lastWriteBody(), R"({"value":true,"reason":"as planned"})");
    EXPECT_EQ(wordsAfter(), u"on");
    EXPECT_TRUE(journal->command(lastId)->instances.first().outcome->tookEffect);
    EXPECT_EQ(outcomeOf(set(true)), "unchanged");
    EXPECT_EQ(service.changes(), 1);
}

TEST_P(FlagWritesTest, AFlagThatWaitsForARestartIsSetButNotInEffect)
{
    flag().atRestart = true;
    EXPECT_EQ(outcomeOf(set(true)), "applied") << lastDetail.toStdString();
    EXPECT_EQ(lastDetail, u"accepted; takes effect at the next start");
    EXPECT_EQ(wordsAfter(), u"off, on after restart");
    EXPECT_FALSE(journal->command(lastId)->instances.first().outcome->tookEffect);
    EXPECT_FALSE(flag().value);
}

TEST_P(FlagWritesTest, WhateverTheServerDoesItIsDoneOnceAtMostAndTheOutcomeIsTrue)
{
    struct Case
    {
        const char *name;
        Fault fault;
        int status;
        const char *outcome;
        int changes;
    };
    for (const Case &broken :
         {Case{"hang, done", Fault::Hang, 0, "applied", 1}, Case{"hang, not done", Fault::HangUndone, 0, "unknown", 0},
          Case{"lost reply", Fault::LostReply, 0, "applied", 1},
          Case{"lost request", Fault::LostRequest, 0, "unknown", 0}, Case{"403", Fault::Status, 403, "refused", 0},
          Case{"409 dependency_off", Fault::Status, 409, "conflict", 0}, Case{"412", Fault::Status, 412, "conflict", 0},
          Case{"500", Fault::Status, 500, "failed", 0}, Case{"500, done", Fault::StatusDone, 500, "applied", 1},
          Case{"HTML", Fault::Html, 0, "unknown", 0}, Case{"empty, done", Fault::Empty, 0, "applied", 1},
          Case{"truncated", Fault::Truncated, 0, "applied", 1}, Case{"a lie", Fault::Lie, 0, "failed", 0}}) {
        flag() = {.version = flag().version + 1};
        service.fault = broken.fault;
        service.status = broken.status;
        const int writesBefore = service.writes();
        const int changesBefore = service.changes();
        EXPECT_EQ(outcomeOf(set(true)), broken.outcome) << broken.name << ": " << lastDetail.toStdString();
        EXPECT_EQ(service.writes() - writesBefore, 1) << broken.name;
        EXPECT_EQ(service.changes() - changesBefore, broken.changes) << broken.name;
        service.fault = Fault::None;
    }
}

TEST_P(FlagWritesTest, UndoGivesBackTheFormerValueOnlyWhileItIsStillAsItWasLeft)
{
    const auto record = run(set(true));
    const auto undo = control::undoOf(record, u"it was a mistake"_s);
    ASSERT_TRUE(undo);
    EXPECT_EQ(outcomeOf(*undo), "applied") << lastDetail.toStdString();
    EXPECT_FALSE(flag().value);
    const auto second = run(set(true));
    ++flag().version;
    const auto late = control::undoOf(second, u"it was a mistake"_s);
    ASSERT_TRUE(late);
    EXPECT_EQ(outcomeOf(*late), "conflict");
    EXPECT_TRUE(flag().value) << "somebody else has set it since";
}

TEST_P(FlagWritesTest, AViewersTokenSendsNoWrite)
{
    service.role = u"viewer"_s;
    EXPECT_EQ(outcomeOf(set(true)), "refused");
    EXPECT_EQ(service.writes(), 0);
}

TEST_P(FlagWritesTest, RefusesWhatCannotBeMeant)
{
    control::Command command = set(true, u"no/flag"_s);
    EXPECT_EQ(await(runner->run(command)).error().kind, ErrorKind::BadInput);
    command = set(true);
    command.parameters[u"value"_s] = u"maybe"_s;
    EXPECT_EQ(await(runner->run(command)).error().kind, ErrorKind::BadInput);
    EXPECT_TRUE(server->requests().isEmpty());
    EXPECT_EQ(outcomeOf(set(true, u"NO_SUCH_FLAG"_s)), "refused") << lastDetail.toStdString();
    EXPECT_EQ(service.writes(), 0);
}

TEST_P(FlagWritesTest, WhatWasReadOnTheWayIsPassedOn)
{
    QStringList seen;
    QObject::connect(writes.get(), &FlagWrites::flagRead, writes.get(), [&](const FlagId &id, const Flag &read) {
        seen += id.instance + (read.value ? u" on"_s : u" off"_s);
    });
    EXPECT_EQ(outcomeOf(set(true)), "applied");
    EXPECT_EQ(seen, (QStringList{u"worker-1 off"_s, u"worker-1 on"_s}));
}

INSTANTIATE_TEST_SUITE_P(Acting, FlagWritesTest, testing::Bool(), atalaya::test::actingScheme);
