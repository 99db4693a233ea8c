// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/journal/journal_examples.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::journal;
using namespace atalaya::journal::test;

namespace {

CommandRecord recordOf(const QList<Content> &contents)
{
    QList<CommandRecord> commands;
    qint64 row = 0;
    for (const Content &content : contents) {
        ++row;
        fold(commands, {row, Timestamp(Milliseconds(row)), content});
    }
    EXPECT_EQ(commands.size(), 1);
    return commands.value(0);
}

} // namespace

TEST(CommandRecord, WithoutAnOutcomeItIsUnderWayUntilItsTimeIsOverAndUnknownThen)
{
    const CommandRecord record = recordOf({intentOf(u"c"_s), SentMark{u"c"_s, u"worker-1"_s}});
    EXPECT_TRUE(record.isUnderWay(record.intent.until - 1ms));
    EXPECT_FALSE(record.isUnresolved(record.intent.until - 1ms));
    EXPECT_FALSE(record.isUnderWay(record.intent.until));
    EXPECT_TRUE(record.isUnresolved(record.intent.until));
    EXPECT_EQ(record.worst(), Outcome::Unknown);
    EXPECT_EQ(record.instances.first().sentAt, QList<Timestamp>{Timestamp(2ms)});
}

TEST(CommandRecord, AnUnknownOutcomeStaysUnresolvedUntilItIsResolved)
{
    const QList<Content> unknown{intentOf(u"c"_s), outcomeOf(u"c"_s, Outcome::Unknown)};
    EXPECT_TRUE(recordOf(unknown).isUnresolved({}));
    const CommandRecord record =
        recordOf(unknown + QList<Content>{Resolution{u"c"_s, u"worker-1"_s, Outcome::Applied, {}, u"audit"_s, {}}});
    EXPECT_FALSE(record.isUnresolved({}));
    EXPECT_EQ(record.worst(), Outcome::Applied);
    EXPECT_EQ(record.instances.first().detail(), u"audit");
    EXPECT_EQ(record.instances.first().outcome->outcome, Outcome::Unknown) << "what was said first is kept";
}

TEST(CommandRecord, WhatIsKnownIsNotOverwrittenByALateUnknown)
{
    const CommandRecord record =
        recordOf({intentOf(u"c"_s), outcomeOf(u"c"_s, Outcome::Applied), outcomeOf(u"c"_s, Outcome::Unknown)});
    EXPECT_EQ(record.worst(), Outcome::Applied);
    const CommandRecord other =
        recordOf({intentOf(u"c"_s), outcomeOf(u"c"_s, Outcome::Unknown), outcomeOf(u"c"_s, Outcome::Refused)});
    EXPECT_EQ(other.worst(), Outcome::Refused);
}

TEST(CommandRecord, TheWorstInstanceCounts)
{
    const auto worstOf = [](Outcome a, Outcome b) {
        return recordOf(
                   {intentOf(u"c"_s, {u"a"_s, u"b"_s}), outcomeOf(u"c"_s, a, u"a"_s), outcomeOf(u"c"_s, b, u"b"_s)})
            .worst();
    };
    EXPECT_EQ(worstOf(Outcome::Applied, Outcome::Unknown), Outcome::Unknown);
    EXPECT_EQ(worstOf(Outcome::Failed, Outcome::Applied), Outcome::Failed);
    EXPECT_EQ(worstOf(Outcome::Unchanged, Outcome::Applied), Outcome::Applied);
    EXPECT_EQ(worstOf(Outcome::Unchanged, Outcome::Unchanged), Outcome::Unchanged);
}

TEST(CommandRecord, WhatBelongsToNoKnownCommandChangesNothing)
{
    const CommandRecord record = recordOf({intentOf(u"c"_s), outcomeOf(u"other"_s, Outcome::Applied),
                                           outcomeOf(u"c"_s, Outcome::Applied, u"nobody"_s),
                                           Note{u"production"_s, u"ana"_s, {}, u"called them"_s}});
    EXPECT_FALSE(record.instances.first().outcome);
}
