// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker_writes.h"
#include "tests/support/acting_bench.h"
#include "tests/support/ops_service.h"

#include <QtCore/QJsonDocument>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::breakers;
using atalaya::test::await;
using atalaya::test::OpsService;
using atalaya::test::runUntil;
using Fault = OpsService::Fault;

class BreakerWritesTest : public atalaya::test::ActingBench
{
protected:
    BreakerWritesTest() : service(*server)
    {
        workspace::System worker;
        worker.key = u"worker"_s;
        worker.breakers = workspace::ControlSettings{.adapter = u"ops"_s, .base = u"/ops/v1"_s};
        worker.breakers->auth = bearer(u"viewer"_s);
        worker.breakers->writeAuth = bearer(u"operator"_s);
        workspace::Instance instance;
        instance.name = u"worker-1"_s;
        instance.access = access();
        worker.instances = {instance};
        workspace::System gauge;
        gauge.key = u"p2p"_s;
        gauge.breakers = workspace::ControlSettings{.adapter = u"gauge"_s};
        gauge.instances = {instance};
        environment.systems = {worker, gauge};
        writes = std::make_unique<BreakerWrites>(environment, transport, resolver);
        start();
    }

    void start(bool isReadOnly = false) { ActingBench::start(u"breaker"_s, *writes, isReadOnly); }
    control::Command trip(std::optional<Seconds> hold = 900s, const QString &name = u"openai"_s) const
    {
        return tripCommand(u"drill"_s, u"worker"_s, name, {u"worker-1"_s}, hold, u"provider down"_s);
    }
    control::Command release() const
    {
        return releaseCommand(u"drill"_s, u"worker"_s, u"openai"_s, {u"worker-1"_s}, u"it is back"_s);
    }
    control::Command reset() const
    {
        return resetCommand(u"drill"_s, u"worker"_s, u"openai"_s, {u"worker-1"_s}, u"it is fixed"_s);
    }
    control::Command resetAll(const QStringList &names = {}) const
    {
        return resetAllCommand(u"drill"_s, u"worker"_s, names, {u"worker-1"_s}, u"all is fixed"_s);
    }
    OpsService::Breaker &openai() { return service.breakers[u"openai"_s]; }

    OpsService service;
    std::unique_ptr<BreakerWrites> writes;
};

TEST_P(BreakerWritesTest, ATripIsOneRequestWithEverythingTheContractAsksFor)
{
    EXPECT_EQ(outcomeOf(trip()), "applied") << lastDetail.toStdString();
    EXPECT_EQ(service.writes(), 1);
    EXPECT_EQ(service.changes(), 1);
    EXPECT_EQ(openai().mode, u"forced_open");
    EXPECT_EQ(service.lastWritePath(), "/ops/v1/breakers/openai/trip");
    EXPECT_EQ(service.lastWriteHeader("if-match"), "\"worker-1-1-17\"");
    EXPECT_EQ(service.lastWriteHeader("x-ops-instance"), "worker-1");
    EXPECT_EQ(service.lastWriteHeader("authorization"), "Bearer operator-token") << "the credential for writing";
    const auto record = journal->command(lastId);
    const journal::InstanceIntent &part = record->instances.first().intent;
    EXPECT_EQ(service.lastWriteHeader("idempotency-key"), part.idempotencyKey.toLatin1());
    EXPECT_EQ(service.lastWriteHeader("x-correlation-id"), part.correlationId.toLatin1());
    const QJsonObject body = QJsonDocument::fromJson(service.lastWriteBody()).object();
    EXPECT_EQ(body, (QJsonObject{{u"reason"_s, u"provider down"_s}, {u"hold_seconds"_s, 900}}));
    EXPECT_EQ(part.before->words, u"closed");
    EXPECT_EQ(record->instances.first().after()->words, u"forced_open");
}

TEST_P(BreakerWritesTest, WhateverTheServerDoesItIsDoneOnceAtMostAndTheOutcomeIsTrue)
{
    struct Case
    {
        const char *name;
        Fault fault;
        int status;
        const char *outcome;
        int changes;
        const char *later; ///< a while after
    };
    const QList<Case> cases{{"none", Fault::None, 0, "applied", 1, "applied"},
                            {"hang, done", Fault::Hang, 0, "applied", 1, "applied"},
                            {"hang, not done", Fault::HangUndone, 0, "unknown", 0, "failed"},
                            {"lost reply", Fault::LostReply, 0, "applied", 1, "applied"},
                            {"reset before the head", Fault::ResetBeforeHead, 0, "applied", 1, "applied"},
                            {"lost request", Fault::LostRequest, 0, "unknown", 0, "failed"},
                            {"307 to another origin", Fault::Redirect, 0, "refused", 0, "refused"},
                            {"400", Fault::Status, 400, "refused", 0, "refused"},
                            {"401", Fault::Status, 401, "refused", 0, "refused"},
                            {"403", Fault::Status, 403, "refused", 0, "refused"},
                            {"404", Fault::Status, 404, "refused", 0, "refused"},
                            {"409", Fault::Status, 409, "conflict", 0, "conflict"},
                            {"412", Fault::Status, 412, "conflict", 0, "conflict"},
                            {"421", Fault::Status, 421, "conflict", 0, "conflict"},
                            {"422", Fault::Status, 422, "conflict", 0, "conflict"},
                            {"423", Fault::Status, 423, "refused", 0, "refused"},
                            {"428", Fault::Status, 428, "conflict", 0, "conflict"},
                            {"429", Fault::Status, 429, "refused", 0, "refused"},
                            {"500", Fault::Status, 500, "failed", 0, "failed"},
                            {"500, but done", Fault::StatusDone, 500, "applied", 1, "applied"},
                            {"502", Fault::Status, 502, "unknown", 0, "failed"},
                            {"502, but done", Fault::StatusDone, 502, "applied", 1, "applied"},
                            {"503", Fault::Status, 503, "failed", 0, "failed"},
                            {"412, but done", Fault::StatusDone, 412, "applied", 1, "applied"},
                            {"HTML", Fault::Html, 0, "unknown", 0, "failed"},
                            {"HTML, but done", Fault::HtmlDone, 0, "applied", 1, "applied"},
                            {"empty, done", Fault::Empty, 0, "applied", 1, "applied"},
                            {"empty, not done", Fault::EmptyUndone, 0, "unknown", 0, "failed"},
                            {"truncated", Fault::Truncated, 0, "applied", 1, "applied"},
                            {"a lie", Fault::Lie, 0, "failed", 0, "failed"}};
    atalaya::test::MisbehavingServer elsewhere;
    service.redirectTo = elsewhere.url().toEncoded() + "/ops/v1/breakers/openai/trip";
    for (const Case &broken : cases) {
        openai() = {.version = openai().version + 1};
        service.fault = broken.fault;
        service.status = broken.status;
        const int writesBefore = service.writes();
        const int changesBefore = service.changes();
        EXPECT_EQ(outcomeOf(trip()), broken.outcome) << broken.name << ": " << lastDetail.toStdString();
        EXPECT_FALSE(broken.fault != Fault::None && lastDetail.isEmpty()) << broken.name << " says nothing";
        EXPECT_EQ(service.writes() - writesBefore, 1) << broken.name;
        EXPECT_EQ(service.changes() - changesBefore, broken.changes) << broken.name;
        service.fault = Fault::None;
        if (QByteArrayView(broken.outcome) == "unknown") {
            EXPECT_EQ(laterOutcome(2min), broken.later) << broken.name;
        }
        EXPECT_EQ(service.writes() - writesBefore, 1) << broken.name << ": never sent again";
        EXPECT_EQ(service.changes() - changesBefore, broken.changes) << broken.name;
    }
    EXPECT_EQ(elsewhere.requests().size(), 0) << "nothing went to another origin";
    EXPECT_TRUE(await(journal->verify())->ok);
}

TEST_P(BreakerWritesTest, AServerThatRefusesConnectionsGetsNothing)
{
    server->refuse();
    EXPECT_EQ(outcomeOf(trip()), "failed");
    EXPECT_TRUE(lastDetail.startsWith(u"nothing was sent")) << lastDetail.toStdString();
    EXPECT_EQ(service.writes(), 0);
}

TEST_P(BreakerWritesTest, ThePromiseOf503IsBelieved)
{
    service.fault = Fault::Status;
    service.status = 503;
    service.statusBody = R"({"title":"Unavailable","detail":"draining","code":"unavailable"})";
    EXPECT_EQ(outcomeOf(trip()), "refused");
    EXPECT_TRUE(lastDetail.contains(u"draining"));
}

TEST_P(BreakerWritesTest, WithoutAnAuditTheTargetItselfTells)
{
    service.capabilities.removeAll(u"audit.read"_s);
    service.fault = Fault::LostReply;
    EXPECT_EQ(outcomeOf(trip()), "applied") << lastDetail.toStdString();
    openai() = {.version = openai().version + 1};
    service.fault = Fault::LostRequest;
    EXPECT_EQ(outcomeOf(trip()), "unknown");
    EXPECT_TRUE(staysUnknown(2min, 2)) << "only a person can say";
    EXPECT_EQ(service.changes(), 1);
}

TEST_P(BreakerWritesTest, AViewersTokenSendsNoWrite)
{
    service.role = u"viewer"_s;
    EXPECT_EQ(outcomeOf(trip()), "refused");
    EXPECT_EQ(lastDetail, u"nothing was sent: the credential's role is viewer; operator is needed");
    EXPECT_EQ(service.writes(), 0);
}

TEST_P(BreakerWritesTest, ReadOnlySendsNothingAtAll)
{
    start(true);
    const auto record = await(runner->run(trip()));
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().kind, ErrorKind::Locked);
    EXPECT_TRUE(server->requests().isEmpty());
}

TEST_P(BreakerWritesTest, AServiceWithoutWritingIsNotAsked)
{
    service.capabilities = {u"breakers.read"_s};
    EXPECT_EQ(outcomeOf(trip()), "refused");
    EXPECT_EQ(service.writes(), 0);
    EXPECT_FALSE(writes->canWrite(u"p2p"_s));
    const auto record =
        await(runner->run(tripCommand(u"drill"_s, u"p2p"_s, u"x"_s, {u"worker-1"_s}, {}, u"provider down"_s)));
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().kind, ErrorKind::Unsupported);
}

TEST_P(BreakerWritesTest, AProgramThatEndsInMidWriteLeavesItToTheNextOne)
{
    service.fault = Fault::Hang;
    environment.systems.first().instances.first().access.timeout = 5s;
    writes = std::make_unique<BreakerWrites>(environment, transport, resolver);
    start();
    const auto pending = runner->run(trip());
    ASSERT_TRUE(runUntil([&] { return service.writes() == 1; }));
    start();
    ASSERT_EQ(journal->commands().size(), 1);
    lastId = journal->commands().first().intent.id;
    EXPECT_EQ(laterOutcome(2min), "applied");
    const auto record = journal->command(lastId);
    EXPECT_EQ(record->instances.first().outcome->outcome, control::Outcome::Unknown);
    EXPECT_TRUE(record->instances.first().resolution->detail.contains(u"audit"));
    EXPECT_EQ(service.writes(), 1);
    EXPECT_EQ(service.changes(), 1);
}

TEST_P(BreakerWritesTest, ARestartInBetweenIsSaidAndProvesNothing)
{
    service.fault = Fault::LostReply;
    service.capabilities.removeAll(u"audit.read"_s);
    const auto pending = runner->run(trip());
    ASSERT_TRUE(runUntil([&] { return service.writes() == 1; }));
    service.restart();
    const auto record = await(pending);
    ASSERT_TRUE(record);
    EXPECT_EQ(wordOf(*record), "unknown");
    EXPECT_TRUE(record->instances.first().detail().contains(u"another one"))
        << record->instances.first().detail().toStdString();
    EXPECT_EQ(openai().mode, u"auto");
}

TEST_P(BreakerWritesTest, ARepeatWithTheSameKeyIsDoneOnce)
{
    service.fault = Fault::HangUndone;
    EXPECT_EQ(outcomeOf(trip()), "unknown");
    service.fault = Fault::None;
    clock.advance(2min);
    const auto again = await(runner->sendAgain(lastId, u"worker-1"_s));
    ASSERT_TRUE(again) << sentenceFor(again.error()).toStdString();
    EXPECT_EQ(wordOf(*again), "applied");
    EXPECT_EQ(service.changes(), 1);
}

TEST_P(BreakerWritesTest, TheSameTripTwiceChangesNothingTheSecondTime)
{
    EXPECT_EQ(outcomeOf(trip(std::nullopt)), "applied");
    EXPECT_EQ(outcomeOf(trip(std::nullopt)), "unchanged");
    EXPECT_EQ(outcomeOf(trip(900s)), "applied") << "another hold is another state";
    EXPECT_EQ(service.changes(), 2);
}

TEST_P(BreakerWritesTest, UndoingATripReleasesItAndDoesNotCloseIt)
{
    const auto record = run(trip());
    const auto undo = control::undoOf(record, u"it is back"_s);
    ASSERT_TRUE(undo);
    EXPECT_EQ(outcomeOf(*undo), "applied");
    EXPECT_EQ(openai().state, u"half_open");
    EXPECT_EQ(openai().mode, u"auto");
    EXPECT_EQ(outcomeOf(*undo), "conflict") << "it is not as the trip left it any more";
    EXPECT_EQ(service.writes(), 2);
}

TEST_P(BreakerWritesTest, UndoingWhatSomebodyElseChangedIsAConflict)
{
    const auto record = run(trip());
    openai().forcedUntil = u"2026-11-25T00:00:00Z"_s;
    ++openai().version;
    const auto undo = control::undoOf(record, u"it is back"_s);
    ASSERT_TRUE(undo);
    EXPECT_EQ(outcomeOf(*undo), "conflict");
    EXPECT_EQ(openai().mode, u"forced_open");
    EXPECT_EQ(service.writes(), 1);
}

TEST_P(BreakerWritesTest, ReleaseAndResetDoWhatTheySay)
{
    EXPECT_EQ(outcomeOf(release()), "unchanged") << "it was not forced";
    EXPECT_EQ(outcomeOf(trip()), "applied");
    EXPECT_EQ(outcomeOf(reset()), "applied");
    EXPECT_EQ(openai().state, u"closed");
    EXPECT_EQ(outcomeOf(reset()), "unchanged");
}

TEST_P(BreakerWritesTest, ADisabledBreakerIsAConflictInTheServersWords)
{
    openai().enabled = false;
    EXPECT_EQ(outcomeOf(trip()), "conflict");
    EXPECT_TRUE(lastDetail.contains(u"breaker_disabled"));
}

TEST_P(BreakerWritesTest, ResetAllNamesTheVersionsOfWhatIsOpen)
{
    openai().state = u"open"_s;
    EXPECT_EQ(outcomeOf(resetAll()), "applied") << lastDetail.toStdString();
    EXPECT_EQ(service.lastWritePath(), "/ops/v1/breakers/reset-all");
    EXPECT_EQ(QJsonDocument::fromJson(service.lastWriteBody()).object()[u"expected"].toObject(),
              (QJsonObject{{u"openai"_s, 17}}));
    EXPECT_EQ(openai().state, u"closed");
    EXPECT_EQ(outcomeOf(resetAll()), "unchanged");
    EXPECT_EQ(outcomeOf(resetAll({u"supabase_db"_s})), "unchanged");
    EXPECT_EQ(outcomeOf(resetAll({u"nobody"_s})), "refused") << lastDetail.toStdString();
    EXPECT_EQ(service.changes(), 1);
}

TEST_P(BreakerWritesTest, ResetAllWithoutAnAnswerIsReadBack)
{
    openai().state = u"open"_s;
    service.fault = Fault::LostReply;
    EXPECT_EQ(outcomeOf(resetAll()), "applied") << lastDetail.toStdString();
    openai().state = u"open"_s;
    service.fault = Fault::LostRequest;
    EXPECT_EQ(outcomeOf(resetAll()), "unknown");
    EXPECT_EQ(service.changes(), 1);
}

TEST_P(BreakerWritesTest, WhatWasReadOnTheWayIsPassedOn)
{
    QStringList words;
    QObject::connect(writes.get(), &BreakerWrites::readingTaken, writes.get(),
                     [&](const BreakerId &id, const ControlReading &reading) {
                         words += id.instance + u' ' + modeWord(reading.mode);
                     });
    EXPECT_EQ(outcomeOf(trip()), "applied");
    EXPECT_EQ(words, (QStringList{u"worker-1 auto"_s, u"worker-1 forced_open"_s}));
}

TEST_P(BreakerWritesTest, RefusesWhatCannotBeMeant)
{
    const auto kindOf = [&](const control::Command &command) {
        const auto record = await(runner->run(command));
        EXPECT_FALSE(record);
        return record ? ErrorKind::Cancelled : record.error().kind;
    };
    EXPECT_EQ(kindOf(trip(0s)), ErrorKind::BadInput);
    EXPECT_EQ(kindOf(trip(24h + 1s)), ErrorKind::BadInput);
    EXPECT_EQ(kindOf(trip(60s, u"../flags"_s)), ErrorKind::BadInput);
    control::Command command = trip();
    command.instances.first().instance = u"nobody"_s;
    EXPECT_EQ(kindOf(command), ErrorKind::BadInput);
    command = trip();
    command.system = u"nothing"_s;
    EXPECT_EQ(kindOf(command), ErrorKind::BadInput);
    EXPECT_TRUE(server->requests().isEmpty());
}

TEST_P(BreakerWritesTest, ADryRunShowsTheRequestWithoutItsSecret)
{
    const auto planned = await(runner->plan(trip()));
    ASSERT_TRUE(planned);
    const QString curl = planned->first().curl;
    EXPECT_TRUE(curl.contains(u"/ops/v1/breakers/openai/trip")) << curl.toStdString();
    EXPECT_TRUE(curl.contains(u"If-Match: \"worker-1-1-17\"")) << curl.toStdString();
    EXPECT_FALSE(curl.contains(u"operator-token"));
    EXPECT_EQ(service.writes(), 0);
}

INSTANTIATE_TEST_SUITE_P(Acting, BreakerWritesTest, testing::Bool(), atalaya::test::actingScheme);
