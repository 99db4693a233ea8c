// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/record_decoder.h"
#include "tests/models/journal/journal_examples.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::journal;
using namespace atalaya::journal::test;

namespace {

QList<Content> everyKind()
{
    CommandIntent intent = intentOf(u"c"_s, {u"a"_s, u"b"_s});
    intent.reason = u"quotes \" back\\slash\nnew line, ñ, 😀"_s;
    intent.undoes = u"earlier"_s;
    intent.instances[1].before.reset();
    intent.instances[1].parameters = {{u"id"_s, u"s-1"_s}};
    InstanceOutcome outcome = outcomeOf(u"c"_s, Outcome::Conflict, u"a"_s);
    outcome.after = TargetState{u"forced_open"_s, u"18"_s, {}};
    outcome.httpStatus = 412;
    outcome.tookEffect = 1800ms;
    return {intent,
            SentMark{u"c"_s, u"a"_s},
            outcome,
            Resolution{u"c"_s, u"a"_s, Outcome::Failed, u"ana"_s, u"looked"_s, TargetState{u"closed"_s, {}, {}}},
            Unlock{u"production"_s, u"ana"_s, u"desk"_s, u"incident 7"_s, Timestamp(Milliseconds(1'795'489'230'123))},
            Lock{u"production"_s, u"ana"_s, u"desk"_s, u"done"_s},
            Note{u"production"_s, u"ana"_s, u"desk"_s, u"called the provider"_s}};
}

QJsonArray arrayOf(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).array();
}

} // namespace

TEST(RecordDecoder, ReadsBackWhatItWrote)
{
    for (const Content &content : everyKind()) {
        const QByteArray text = encodeContent(content);
        EXPECT_FALSE(text.contains('\n')) << text.toStdString();
        EXPECT_TRUE(decodeContent(kindOf(content), text) == content) << text.toStdString();
    }
}

TEST(RecordDecoder, TheSameContentHasTheSameText)
{
    for (const Content &content : everyKind())
        EXPECT_EQ(encodeContent(decodeContent(kindOf(content), encodeContent(content))), encodeContent(content));
}

TEST(RecordDecoder, ALoneSurrogateDoesNotCostTheRecord)
{
    CommandIntent intent = intentOf(u"c"_s);
    intent.reason = u"x"_s + QChar(0xd800) + u"y"_s;
    const Content read = decodeContent(u"intent"_s, encodeContent(intent));
    ASSERT_TRUE(std::holds_alternative<CommandIntent>(read));
    EXPECT_EQ(std::get<CommandIntent>(read).id, u"c");
}

TEST(RecordDecoder, WhatCannotBeReadIsKeptAsSuch)
{
    const auto why = [](const QString &kind, const QByteArray &text) {
        const Content content = decodeContent(kind, text);
        return std::holds_alternative<Unreadable>(content) ? std::get<Unreadable>(content).why : QString();
    };
    EXPECT_FALSE(why(u"intent"_s, "{\"command_id\":\"c\"").isEmpty());
    EXPECT_FALSE(why(u"intent"_s, "{}").isEmpty());
    EXPECT_FALSE(why(u"intent"_s, "[]").isEmpty());
    EXPECT_FALSE(why(u"outcome"_s, R"({"command_id":"c","outcome":"splendid"})").isEmpty());
    EXPECT_FALSE(why(u"resolution"_s, R"({"command_id":"c"})").isEmpty());
    EXPECT_FALSE(why(u"teleport"_s, "{}").isEmpty());
}

TEST(RecordDecoder, CommandsAreJsonForPrograms)
{
    QList<CommandRecord> commands;
    qint64 row = 0;
    for (const Content &content : everyKind())
        fold(commands, {++row, Timestamp(Milliseconds(1'795'489'200'000)), content});
    const QJsonObject command = arrayOf(commandsJson(commands)).at(0).toObject();
    EXPECT_EQ(command[u"command_id"].toString(), u"c");
    EXPECT_EQ(command[u"at"].toString(), u"2026-11-24T03:00:00.000Z");
    EXPECT_EQ(command[u"parameters"].toObject()[u"hold_seconds"].toString(), u"900");
    const QJsonObject first = command[u"outcomes"].toArray().at(0).toObject();
    EXPECT_EQ(first[u"outcome"].toString(), u"failed");
    EXPECT_EQ(first[u"before"].toString(), u"closed");
    EXPECT_EQ(first[u"after"].toString(), u"closed");
    EXPECT_EQ(first[u"http_status"].toInt(), 412);
    EXPECT_EQ(first[u"resolved"].toObject()[u"first_outcome"].toString(), u"conflict");
    const QJsonObject second = command[u"outcomes"].toArray().at(1).toObject();
    EXPECT_EQ(second[u"outcome"].toString(), u"unknown");
    EXPECT_TRUE(second[u"before"].isNull()) << "what was not read is not a state";
    EXPECT_EQ(commandsJson({}), "[]");
}

TEST(RecordDecoder, EntriesAreJsonForPrograms)
{
    QList<Entry> entries;
    for (const Content &content : everyKind())
        entries.append({entries.size() + 1, Timestamp(Milliseconds(1'795'489'200'000)), content});
    const QJsonArray rows = arrayOf(entriesJson(entries));
    ASSERT_EQ(rows.size(), entries.size());
    QStringList kinds;
    for (const QJsonValue &value : rows)
        kinds += value[u"kind"].toString();
    EXPECT_EQ(kinds,
              (QStringList{u"intent"_s, u"sent"_s, u"outcome"_s, u"resolution"_s, u"unlock"_s, u"lock"_s, u"note"_s}));
    EXPECT_EQ(rows.at(6)[u"text"].toString(), u"called the provider");
}

TEST(RecordDecoder, ExportsMaskTelephoneNumbersAndTheJournalKeepsThem)
{
    const Note note{u"production"_s, u"ana"_s, {}, u"called +34600123456 twice"_s};
    EXPECT_TRUE(encodeContent(note).contains("+34600123456"));
    EXPECT_EQ(arrayOf(entriesJson({{1, {}, note}})).at(0)[u"text"].toString(), u"called +***56 twice");
    CommandIntent intent = intentOf(u"c"_s);
    intent.reason = u"asked by +34600123456"_s;
    QList<CommandRecord> commands;
    fold(commands, {1, {}, intent});
    EXPECT_EQ(arrayOf(commandsJson(commands)).at(0)[u"reason"].toString(), u"asked by +***56");
}
