// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/silence_decoder.h"
#include "models/alerts/silence_writes.h"
#include "tests/models/alerts/alertmanager_service.h"
#include "tests/support/acting_bench.h"
#include "tests/support/fake_transport.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::alerts;
using atalaya::alerts::test::AlertmanagerService;
using atalaya::test::await;
using Fault = AlertmanagerService::Fault;

class SilenceWritesTest : public atalaya::test::ActingBench
{
protected:
    SilenceWritesTest() : service(*server)
    {
        workspace::Source alertmanager;
        alertmanager.kind = workspace::SourceKind::Alertmanager;
        alertmanager.name = u"am"_s;
        alertmanager.access = access();
        alertmanager.writeAuth = bearer(u"writer"_s);
        environment.sources = {alertmanager};
        writes = std::make_unique<SilenceWrites>(environment, transport, resolver);
        start(u"silence"_s, *writes);
    }

    control::Command create(const QString &matchers = u"alertname=\"Down\", system=~\"a\\\\.b|c\""_s) const
    {
        return silenceCommand(u"drill"_s, *parseMatchers(matchers), clock.now(), clock.now() + 2h, {u"am"_s},
                              u"known fault"_s);
    }
    /// As the store holds it.
    QList<Silence> listed(const QString &id) const
    {
        QList<Silence> silences =
            *decodeSilences(atalaya::test::FakeTransport::response(QJsonDocument(service.list()).toJson()));
        silences.removeIf([&](const Silence &silence) { return silence.id != id; });
        for (Silence &silence : silences)
            silence.alertmanager = u"am"_s;
        return silences;
    }
    QString idAfter() const { return journal->command(lastId)->instances.first().after()->fields.at(u"id"_s); }
    control::CommandRecord last() const { return *journal->command(lastId); }

    AlertmanagerService service;
    std::unique_ptr<SilenceWrites> writes;
};

TEST_P(SilenceWritesTest, MakesASilenceOnceAndKnowsItsId)
{
    EXPECT_EQ(outcomeOf(create()), "applied") << lastDetail.toStdString();
    EXPECT_EQ(service.writes, 1);
    EXPECT_EQ(service.changes, 1);
    EXPECT_EQ(idAfter(), u"s-1");
    EXPECT_EQ(
        QJsonDocument::fromJson(service.lastBody).object(),
        QJsonDocument::fromJson(R"({"matchers":[{"name":"alertname","value":"Down","isRegex":false,"isEqual":true},
                {"name":"system","value":"a\\.b|c","isRegex":true,"isEqual":true}],"startsAt":"2026-11-24T03:00:00.000Z",
                "endsAt":"2026-11-24T05:00:00.000Z","createdBy":"ana","comment":"known fault"})")
            .object());
    EXPECT_EQ(server->requests().last().header("authorization"), "Bearer writer-token");
}

TEST_P(SilenceWritesTest, WhateverTheServerDoesItIsDoneOnceAtMostAndTheOutcomeIsTrue)
{
    struct Case
    {
        const char *name;
        Fault fault;
        int status;
        const char *outcome;
        int changes;
        const char *later;
    };
    for (const Case &broken :
         {Case{"hang", Fault::Hang, 0, "applied", 1, "applied"},
          Case{"lost reply", Fault::LostReply, 0, "applied", 1, "applied"},
          Case{"lost request", Fault::LostRequest, 0, "unknown", 0, "failed"},
          Case{"400", Fault::Status, 400, "refused", 0, "refused"},
          Case{"401", Fault::Status, 401, "refused", 0, "refused"},
          Case{"500", Fault::Status, 500, "unknown", 0, "failed"},
          Case{"502", Fault::Status, 502, "unknown", 0, "failed"}, Case{"HTML", Fault::Html, 0, "unknown", 0, "failed"},
          Case{"empty, done", Fault::Empty, 0, "applied", 1, "applied"}}) {
        clock.advance(1s);
        service.fault = broken.fault;
        service.status = broken.status;
        const int writesBefore = service.writes;
        const int changesBefore = service.changes;
        EXPECT_EQ(outcomeOf(create()), broken.outcome) << broken.name << ": " << lastDetail.toStdString();
        service.fault = Fault::None;
        if (QByteArrayView(broken.outcome) == "unknown") {
            EXPECT_EQ(laterOutcome(2min), broken.later) << broken.name;
            const auto again = await(runner->sendAgain(lastId, u"am"_s));
            EXPECT_FALSE(again) << broken.name << ": a second one would be another silence";
        }
        EXPECT_EQ(service.writes - writesBefore, 1) << broken.name;
        EXPECT_EQ(service.changes - changesBefore, broken.changes) << broken.name;
    }
}

TEST_P(SilenceWritesTest, ExtendsUnderTheSameId)
{
    EXPECT_EQ(outcomeOf(create()), "applied");
    EXPECT_EQ(outcomeOf(extendCommand(u"drill"_s, listed(u"s-1"_s), clock.now() + 5h, u"takes longer"_s)), "applied")
        << lastDetail.toStdString();
    EXPECT_EQ(idAfter(), u"s-1");
    ASSERT_EQ(service.list().size(), 1);
    EXPECT_EQ(service.list().first()[u"endsAt"].toString(), u"2026-11-24T08:00:00.000Z");
    EXPECT_EQ(service.list().first()[u"comment"].toString(), u"known fault") << "what it says stays";
    const auto undo = control::undoOf(last(), u"done sooner"_s);
    ASSERT_TRUE(undo);
    EXPECT_EQ(outcomeOf(*undo), "applied");
    EXPECT_EQ(service.list().first()[u"endsAt"].toString(), u"2026-11-24T05:00:00.000Z");
}

TEST_P(SilenceWritesTest, AnExpiredOneIsNotExtendedIntoAnother)
{
    EXPECT_EQ(outcomeOf(create()), "applied");
    const QList<Silence> silences = listed(u"s-1"_s);
    service.expire(u"s-1"_s);
    EXPECT_EQ(outcomeOf(extendCommand(u"drill"_s, silences, clock.now() + 5h, u"takes longer"_s)), "conflict");
    EXPECT_EQ(service.writes, 1);
}

TEST_P(SilenceWritesTest, ExpiresAndASecondTimeChangesNothing)
{
    EXPECT_EQ(outcomeOf(create()), "applied");
    const control::Command expire = expireCommand(u"drill"_s, listed(u"s-1"_s), u"it is fixed"_s);
    EXPECT_EQ(outcomeOf(expire), "applied") << lastDetail.toStdString();
    EXPECT_EQ(service.lastMethod, "DELETE");
    EXPECT_EQ(service.wordOf(u"s-1"_s), u"expired");
    EXPECT_EQ(outcomeOf(expire), "unchanged");
    EXPECT_EQ(service.changes, 2);
}

TEST_P(SilenceWritesTest, AnExpiryWithoutAnAnswerIsReadBack)
{
    EXPECT_EQ(outcomeOf(create()), "applied");
    const control::Command expire = expireCommand(u"drill"_s, listed(u"s-1"_s), u"it is fixed"_s);
    service.fault = Fault::LostRequest;
    EXPECT_EQ(outcomeOf(expire), "unknown");
    service.fault = Fault::Html;
    EXPECT_EQ(outcomeOf(expire), "unknown") << "a log-in page is no expiry";
    service.fault = Fault::Status;
    EXPECT_EQ(outcomeOf(expire), "failed") << "a whole answer without effect";
    service.fault = Fault::LostReply;
    EXPECT_EQ(outcomeOf(expire), "applied");
    EXPECT_EQ(service.changes, 2);
}

TEST_P(SilenceWritesTest, UndoExpiresANewOneAndMakesAnExpiredOneAgain)
{
    EXPECT_EQ(outcomeOf(create()), "applied");
    const auto undo = control::undoOf(last(), u"not needed"_s);
    ASSERT_TRUE(undo);
    EXPECT_EQ(outcomeOf(*undo), "applied") << lastDetail.toStdString();
    EXPECT_EQ(service.wordOf(u"s-1"_s), u"expired");
    const auto again = control::undoOf(last(), u"needed after all"_s);
    ASSERT_TRUE(again);
    EXPECT_EQ(outcomeOf(*again), "applied") << lastDetail.toStdString();
    EXPECT_EQ(idAfter(), u"s-2");
    const QJsonValue made = service.list().at(1);
    EXPECT_EQ(made[u"matchers"], service.list().at(0)[u"matchers"]);
    EXPECT_EQ(made[u"comment"].toString(), u"known fault");
    EXPECT_EQ(made[u"endsAt"].toString(), u"2026-11-24T05:00:00.000Z");
}

TEST_P(SilenceWritesTest, AnOlderOneOfTheSameContentProvesNothing)
{
    EXPECT_EQ(outcomeOf(create()), "applied");
    service.expire(u"s-1"_s);
    service.fault = Fault::LostRequest;
    EXPECT_EQ(outcomeOf(create()), "unknown") << lastDetail.toStdString();
    service.fault = Fault::LostReply;
    EXPECT_EQ(outcomeOf(create()), "applied");
    EXPECT_EQ(idAfter(), u"s-2");
}

TEST_P(SilenceWritesTest, UndoOfANewOneThatSomebodyExtendedIsAConflict)
{
    EXPECT_EQ(outcomeOf(create()), "applied");
    const control::CommandRecord made = last();
    QJsonObject longer = service.list().first().toObject();
    longer[u"endsAt"_s] = u"2026-11-25T00:00:00.000Z"_s;
    service.add(longer);
    const auto undo = control::undoOf(made, u"not needed"_s);
    ASSERT_TRUE(undo);
    EXPECT_EQ(outcomeOf(*undo), "conflict");
    EXPECT_EQ(service.wordOf(u"s-1"_s), u"active");
}

TEST_P(SilenceWritesTest, ReadOnlyAndUnknownNamesSendNothing)
{
    start(u"silence"_s, *writes, true);
    EXPECT_EQ(await(runner->run(create())).error().kind, ErrorKind::Locked);
    start(u"silence"_s, *writes);
    control::Command command = create();
    command.instances.first().instance = u"nobody"_s;
    EXPECT_EQ(await(runner->run(command)).error().kind, ErrorKind::BadInput);
    EXPECT_EQ(await(runner->run(create(u"team!=\"a\""_s))).error().kind, ErrorKind::BadInput)
        << "Alertmanager refuses a silence for alerts without any label";
    EXPECT_TRUE(server->requests().isEmpty());
}

INSTANTIATE_TEST_SUITE_P(Acting, SilenceWritesTest, testing::Bool(), atalaya::test::actingScheme);

TEST(AlertmanagersFor, IsOneOfEachClusterThatIsNotSilent)
{
    workspace::Environment environment;
    for (const auto &[name, cluster] : {std::pair(u"a1"_s, u"a"_s), std::pair(u"a2"_s, u"a"_s),
                                        std::pair(u"b"_s, QString()), std::pair(u"c"_s, QString())}) {
        workspace::Source source;
        source.kind = workspace::SourceKind::Alertmanager;
        source.name = name;
        source.cluster = cluster;
        environment.sources.append(source);
    }
    environment.sources.append(workspace::Source());
    EXPECT_EQ(alertmanagersFor(environment, {}), (QStringList{u"a1"_s, u"b"_s, u"c"_s}));
    EXPECT_EQ(alertmanagersFor(environment, {u"a1"_s, u"b"_s}), (QStringList{u"a2"_s, u"b"_s, u"c"_s}));
    EXPECT_EQ(alertmanagersFor(environment, {u"a1"_s, u"a2"_s}), (QStringList{u"a1"_s, u"b"_s, u"c"_s}));
}
