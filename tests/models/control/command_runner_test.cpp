// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/control/control_bench.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::control;
using atalaya::control::test::readBackOf;
using atalaya::test::await;
using atalaya::test::runUntil;

class CommandRunnerTest : public control::test::ControlBench
{
protected:
    CommandRunnerTest()
    {
        unclear.claim = Outcome::Unknown;
        unclear.detail = u"closed the connection without an HTTP answer"_s;
        contradicted = readBackOf(u"closed"_s, u"1"_s, false);
        recorded = contradicted;
        recorded.recordWasRead = true;
        provenDone = readBackOf(u"forced_open"_s, u"2"_s, true);
        provenDone.proven = Outcome::Applied;
        provenDone.proof = u"its audit says applied"_s;
    }
    /// A trip of a whose outcome is unknown.
    QString leaveUnknown()
    {
        target(u"a"_s).reply = unclear;
        target(u"a"_s).seen = {contradicted};
        const auto record = run(trip({u"a"_s}));
        EXPECT_TRUE(record);
        EXPECT_EQ(outcomes(*record), "a unknown");
        return record->intent.id;
    }
    Outcome known(const QString &id) const { return journal->command(id)->instances.first().known(); }
    /// Reads back what is due and waits for what comes of it.
    void resolve()
    {
        const int before = target(u"a"_s).readBacks;
        runner->resolveOpen();
        EXPECT_TRUE(runUntil([&] { return target(u"a"_s).readBacks > before; }));
        EXPECT_TRUE(await(journal->refresh()));
        EXPECT_TRUE(await(journal->refresh()));
    }

    Reply unclear;
    ReadBack contradicted, recorded, provenDone;
};

TEST_F(CommandRunnerTest, TheIntentIsOnDiskBeforeTheFirstByte)
{
    QStringList keptAtSend;
    target(u"a"_s).onSend = [&] {
        journal::Journal other(path(), clock, journal::Journal::Settings{100ms, 0ms});
        EXPECT_TRUE(await(other.refresh()));
        for (const journal::Entry &entry : other.entries())
            keptAtSend += kindName(entry.content);
    };
    const auto record = run(trip({u"a"_s}));
    ASSERT_TRUE(record);
    ASSERT_FALSE(keptAtSend.isEmpty());
    EXPECT_EQ(keptAtSend.first(), u"intent");
    EXPECT_EQ(kindsKept(), (QStringList{u"intent"_s, u"sent"_s, u"outcome"_s}));
}

TEST_F(CommandRunnerTest, EveryInstanceGetsOneRequestWithItsOwnKeyAndAnOutcomeOfItsOwn)
{
    target(u"b"_s).reply = {Outcome::Conflict, true, false, 412, u"version_conflict"_s};
    target(u"b"_s).seen = {readBackOf(u"open"_s, u"5"_s, false)};
    const auto record = run(trip({u"a"_s, u"b"_s}));
    ASSERT_TRUE(record);
    EXPECT_EQ(outcomes(*record), "a applied, b conflict");
    EXPECT_EQ(target(u"a"_s).sent, 1);
    EXPECT_EQ(target(u"b"_s).sent, 1);
    EXPECT_NE(target(u"a"_s).keys, target(u"b"_s).keys);
    EXPECT_EQ(target(u"a"_s).keys.first(), record->find(u"a"_s)->intent.idempotencyKey);
    EXPECT_EQ(record->find(u"b"_s)->outcome->httpStatus, 412);
    EXPECT_EQ(record->find(u"b"_s)->after()->words, u"open") << "what it reads now, beside what it was";
    EXPECT_EQ(record->intent.who, u"ana");
    EXPECT_EQ(record->intent.instances.first().before->words, u"closed");
}

TEST_F(CommandRunnerTest, WithoutAnIntentOnDiskNothingIsSent)
{
    {
        QSqlDatabase holder = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"runner-holder"_s);
        holder.setDatabaseName(path());
        ASSERT_TRUE(holder.open());
        QSqlQuery query(holder);
        ASSERT_TRUE(query.exec(u"BEGIN IMMEDIATE"_s));
        const auto record = run(trip({u"a"_s}));
        ASSERT_FALSE(record);
        EXPECT_EQ(record.error().kind, ErrorKind::Storage);
        EXPECT_TRUE(record.error().nothingSent);
        EXPECT_EQ(record.error().summary, u"the journal is locked by another program; nothing was sent");
    }
    QSqlDatabase::removeDatabase(u"runner-holder"_s);
    EXPECT_EQ(target(u"a"_s).sent, 0);
    EXPECT_FALSE(runner->isRunning(u"drill"_s, u"worker"_s, u"openai"_s));
    EXPECT_TRUE(run(trip({u"a"_s}))) << "once the disk takes it, it goes";
}

TEST_F(CommandRunnerTest, AnOutcomeThatCannotBeKeptIsSaidAllTheSame)
{
    QSqlDatabase::addDatabase(u"QSQLITE"_s, u"outcome-holder"_s);
    {
        QSqlDatabase holder = QSqlDatabase::database(u"outcome-holder"_s, false);
        holder.setDatabaseName(path());
        ASSERT_TRUE(holder.open());
        QSqlQuery query(holder);
        target(u"a"_s).onSend = [&] {
            // The mark that it is sent may still be on its way to the disk.
            ASSERT_TRUE(await(journal->refresh()));
            ASSERT_TRUE(query.exec(u"BEGIN IMMEDIATE"_s));
        };
        const auto record = run(trip({u"a"_s}));
        ASSERT_TRUE(record);
        EXPECT_EQ(outcomes(*record), "a applied");
        EXPECT_TRUE(record->instances.first().detail().contains(u"could not be kept"));
        ASSERT_TRUE(query.exec(u"ROLLBACK"_s));
    }
    QSqlDatabase::removeDatabase(u"outcome-holder"_s);
}

TEST_F(CommandRunnerTest, ASuccessThatReadsBackOtherwiseIsNotApplied)
{
    target(u"a"_s).seen = {contradicted};
    const auto record = run(trip({u"a"_s}));
    ASSERT_TRUE(record);
    EXPECT_EQ(outcomes(*record), "a failed");
    EXPECT_EQ(target(u"a"_s).readBacks, 3) << "it gets the time it was given";
    EXPECT_EQ(target(u"a"_s).sent, 1);
    EXPECT_EQ(record->instances.first().detail(), u"answered applied, but reads back closed");
}

TEST_F(CommandRunnerTest, WhatTakesAMomentIsWaitedForAndTimed)
{
    target(u"a"_s).onSend = [&] { clock.advance(1800ms); };
    target(u"a"_s).seen = {contradicted, readBackOf(u"forced_open"_s, u"2"_s, true)};
    const auto record = run(trip({u"a"_s}));
    ASSERT_TRUE(record);
    EXPECT_EQ(outcomes(*record), "a applied");
    EXPECT_EQ(target(u"a"_s).readBacks, 2);
    EXPECT_EQ(record->instances.first().outcome->tookEffect, 1800ms);
}

TEST_F(CommandRunnerTest, WhatCannotBeReadIsNotWritten)
{
    target(u"a"_s).before = failure(ErrorKind::Forbidden, u"a"_s, u"the credential's role is viewer"_s);
    target(u"b"_s).before = failure(ErrorKind::Timeout, u"b"_s, u"did not answer within 10 s"_s);
    const auto record = run(trip({u"a"_s, u"b"_s}));
    ASSERT_TRUE(record);
    EXPECT_EQ(outcomes(*record), "a refused, b failed");
    EXPECT_EQ(target(u"a"_s).sent + target(u"b"_s).sent, 0);
    EXPECT_EQ(record->find(u"a"_s)->detail(), u"nothing was sent: the credential's role is viewer");
    EXPECT_EQ(kindsKept(), (QStringList{u"intent"_s, u"outcome"_s, u"outcome"_s}));
}

TEST_F(CommandRunnerTest, NothingSentIsAFailureAndIsNotReadBack)
{
    target(u"a"_s).reply = {Outcome::Failed, true, true, 0, u"nothing was sent: refused the connection"_s};
    const auto record = run(trip({u"a"_s}));
    EXPECT_EQ(outcomes(*record), "a failed");
    EXPECT_EQ(target(u"a"_s).readBacks, 0);
}

TEST_F(CommandRunnerTest, RefusesWhatCannotBeMeant)
{
    const auto kindOf = [&](const Command &command) {
        const auto record = run(command);
        EXPECT_FALSE(record);
        return record ? ErrorKind::Cancelled : record.error().kind;
    };
    Command command = trip({u"a"_s});
    command.reason = u"x"_s;
    EXPECT_EQ(kindOf(command), ErrorKind::BadInput);
    EXPECT_EQ(kindOf(trip({})), ErrorKind::BadInput);
    EXPECT_EQ(kindOf(trip({u"a"_s, u"a"_s})), ErrorKind::BadInput);
    EXPECT_EQ(kindOf(trip({u"a"_s, u"nobody"_s})), ErrorKind::BadInput);
    EXPECT_EQ(kindOf(trip({u"a"_s}, u"production"_s)), ErrorKind::Locked);
    command = trip({u"a"_s});
    command.action = u"cache.flush"_s;
    EXPECT_EQ(kindOf(command), ErrorKind::Unsupported);
    EXPECT_EQ(target(u"a"_s).reads, 0);
    EXPECT_TRUE(kindsKept().isEmpty());
}

TEST_F(CommandRunnerTest, AnEnvironmentLockedInBetweenStopsIt)
{
    ASSERT_TRUE(await(guard->unlock(u"production"_s, u"production"_s, u"incident 7"_s)));
    const auto pending = runner->run(trip({u"a"_s}, u"production"_s));
    guard->lock(u"production"_s, u"locked"_s);
    const auto record = await(pending);
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().kind, ErrorKind::Locked);
    EXPECT_EQ(target(u"a"_s).sent, 0);
}

TEST_F(CommandRunnerTest, ASecondCommandForTheSameTargetIsRefusedWhileOneRuns)
{
    target(u"a"_s).answers = false;
    const auto first = runner->run(trip({u"a"_s}));
    EXPECT_TRUE(runUntil([&] { return target(u"a"_s).sent == 1; }));
    EXPECT_TRUE(runner->isRunning(u"drill"_s, u"worker"_s, u"openai"_s));
    const auto second = run(trip({u"b"_s}));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(target(u"b"_s).sent, 0);
    Command other = trip({u"b"_s});
    other.target = u"supabase_db"_s;
    EXPECT_TRUE(run(other)) << "another target is free";
    other.target = u"*"_s;
    EXPECT_FALSE(run(other)) << "all of them include it";
}

TEST_F(CommandRunnerTest, AnotherProcessesCommandIsInTheWayToo)
{
    journal::CommandIntent intent;
    intent.id = u"theirs"_s;
    intent.who = u"eva"_s;
    intent.environment = u"drill"_s;
    intent.action = u"breaker.reset"_s;
    intent.system = u"worker"_s;
    intent.target = u"openai"_s;
    intent.until = clock.now() + 20s;
    intent.instances = {{u"a"_s, u"k"_s, u"c"_s, {}, TargetState{}}};
    ASSERT_TRUE(await(journal->append(intent)));
    const auto record = run(trip({u"a"_s}));
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().summary, u"a command of eva for it is still being carried out");
    clock.advance(20s);
    EXPECT_TRUE(run(trip({u"a"_s}))) << "an abandoned one is in nobody's way";
}

TEST_F(CommandRunnerTest, AnUnknownOutcomeIsNeverSentAgainByItself)
{
    const QString id = leaveUnknown();
    for (int i = 0; i < 5; ++i) {
        clock.advance(10min);
        resolve();
    }
    EXPECT_EQ(target(u"a"_s).sent, 1);
    EXPECT_EQ(known(id), Outcome::Unknown) << "nothing proved it";
}

TEST_F(CommandRunnerTest, AnUnknownOutcomeIsResolvedByTheRecord)
{
    const QString id = leaveUnknown();
    target(u"a"_s).seen = {provenDone};
    resolve();
    EXPECT_EQ(known(id), Outcome::Applied);
    EXPECT_EQ(journal->command(id)->instances.first().detail(), u"its audit says applied");
}

TEST_F(CommandRunnerTest, WhatTheRecordDoesNotHoldAfterAWhileDidNotArrive)
{
    const QString id = leaveUnknown();
    target(u"a"_s).seen = {recorded};
    resolve();
    EXPECT_EQ(known(id), Outcome::Unknown) << "it may still be on its way";
    clock.advance(2min);
    resolve();
    EXPECT_EQ(known(id), Outcome::Failed);
}

TEST_F(CommandRunnerTest, ReadingBackGetsRarer)
{
    leaveUnknown();
    const int first = target(u"a"_s).readBacks;
    for (int second = 0; second < 600; ++second) {
        clock.advance(1s);
        const int before = target(u"a"_s).readBacks;
        runner->resolveOpen();
        if (target(u"a"_s).readBacks > before) {
            EXPECT_TRUE(await(journal->refresh()));
        }
    }
    const int asked = target(u"a"_s).readBacks - first;
    EXPECT_GE(asked, 5);
    EXPECT_LE(asked, 8);
}

TEST_F(CommandRunnerTest, AProgramThatEndedInBetweenLeavesItUnknownAndTheNextOneFindsOut)
{
    target(u"a"_s).answers = false;
    const auto pending = runner->run(trip({u"a"_s}));
    EXPECT_TRUE(runUntil([&] { return target(u"a"_s).sent == 1; }));
    start();
    ASSERT_EQ(journal->commands().size(), 1);
    const QString id = journal->commands().first().intent.id;
    EXPECT_TRUE(journal->command(id)->isUnderWay(clock.now())) << "whether the other program still runs is not known";
    runner->resolveOpen();
    EXPECT_EQ(target(u"a"_s).readBacks, 0);
    clock.advance(2min);
    EXPECT_TRUE(journal->command(id)->isUnresolved(clock.now()));
    target(u"a"_s).seen = {contradicted};
    resolve();
    EXPECT_EQ(journal->command(id)->instances.first().outcome->outcome, Outcome::Unknown);
    EXPECT_EQ(known(id), Outcome::Unknown);
    target(u"a"_s).seen = {provenDone};
    clock.advance(1min);
    resolve();
    EXPECT_EQ(known(id), Outcome::Applied);
    EXPECT_EQ(target(u"a"_s).sent, 1) << "never sent again";
    EXPECT_EQ(journal->commands().size(), 1);
}

TEST_F(CommandRunnerTest, APersonMaySayWhatCameOfIt)
{
    const QString id = leaveUnknown();
    EXPECT_FALSE(await(runner->markResolved(id, u"a"_s, Outcome::Unknown, u"I looked"_s)));
    EXPECT_FALSE(await(runner->markResolved(id, u"a"_s, Outcome::Failed, u"no"_s))) << "with a reason";
    EXPECT_FALSE(await(runner->markResolved(id, u"b"_s, Outcome::Failed, u"I looked"_s)));
    ASSERT_TRUE(await(runner->markResolved(id, u"a"_s, Outcome::Failed, u"I looked"_s)));
    EXPECT_EQ(known(id), Outcome::Failed);
    EXPECT_EQ(journal->command(id)->instances.first().resolution->by, u"ana");
    EXPECT_FALSE(await(runner->markResolved(id, u"a"_s, Outcome::Applied, u"I looked again"_s))) << "once";
}

TEST_F(CommandRunnerTest, AnOperatorMaySendItAgainWithTheSameKey)
{
    const QString id = leaveUnknown();
    target(u"a"_s).reply = {Outcome::Applied, true, false, 200, {}};
    target(u"a"_s).seen = {readBackOf(u"forced_open"_s, u"2"_s, true)};
    const auto record = await(runner->sendAgain(id, u"a"_s));
    ASSERT_TRUE(record);
    EXPECT_EQ(outcomes(*record), "a applied");
    EXPECT_EQ(target(u"a"_s).sent, 2);
    EXPECT_EQ(target(u"a"_s).keys.first(), target(u"a"_s).keys.last());
    EXPECT_EQ(record->instances.first().sentAt.size(), 2);
    EXPECT_FALSE(await(runner->sendAgain(id, u"a"_s))) << "there is nothing unknown any more";
}

TEST_F(CommandRunnerTest, WhatIsNotIdempotentIsNotSentAgain)
{
    const QString id = leaveUnknown();
    target(u"a"_s).isIdempotent = false;
    const auto record = await(runner->sendAgain(id, u"a"_s));
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().kind, ErrorKind::Unsupported);
    EXPECT_EQ(target(u"a"_s).sent, 1);
}

TEST_F(CommandRunnerTest, AnUndoMeetsAConflictWhereTheTargetMovedOn)
{
    const auto record = run(trip({u"a"_s, u"b"_s}));
    ASSERT_EQ(outcomes(*record), "a applied, b applied");
    const auto undo = undoOf(*record, u"it is back"_s);
    ASSERT_TRUE(undo);
    target(u"a"_s).before = TargetState{u"forced_open"_s, u"2"_s, {}};
    target(u"a"_s).seen = {readBackOf(u"half_open"_s, u"3"_s, true)};
    target(u"b"_s).before = TargetState{u"closed"_s, u"4"_s, {}};
    const auto undone = run(*undo);
    ASSERT_TRUE(undone);
    EXPECT_EQ(outcomes(*undone), "a applied, b conflict");
    EXPECT_EQ(target(u"b"_s).sent, 1) << "the undo was not sent there";
    EXPECT_EQ(undone->intent.undoes, record->intent.id);
    EXPECT_EQ(undone->find(u"b"_s)->detail(),
              u"nothing was sent: it was changed since: it was left forced_open and reads closed now");
}

TEST_F(CommandRunnerTest, ADryRunReadsAndSendsNothing)
{
    target(u"b"_s).before = failure(ErrorKind::NotFound, u"b"_s, u"has no such breaker"_s);
    const auto planned = await(runner->plan(trip({u"a"_s, u"b"_s})));
    ASSERT_TRUE(planned);
    ASSERT_EQ(planned->size(), 2);
    EXPECT_EQ(planned->at(0).curl, u"curl provider down");
    EXPECT_EQ(planned->at(0).before->words, u"closed");
    EXPECT_TRUE(planned->at(1).curl.isEmpty());
    EXPECT_EQ(planned->at(1).objection->summary, u"has no such breaker");
    EXPECT_EQ(target(u"a"_s).sent, 0);
    EXPECT_TRUE(kindsKept().isEmpty());
}
