// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/command.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::control;

namespace {

CommandRecord recordOf(const QString &action, const QList<std::pair<QString, Outcome>> &outcomes, const Fields &before,
                       const Fields &after)
{
    CommandRecord record;
    record.intent.id = u"c-1"_s;
    record.intent.environment = u"production"_s;
    record.intent.action = action;
    record.intent.system = u"worker"_s;
    record.intent.target = u"openai"_s;
    record.intent.reason = u"provider down"_s;
    record.intent.parameters = {{u"hold_seconds"_s, u"900"_s}};
    for (const auto &[instance, outcome] : outcomes) {
        journal::InstanceRecord part;
        part.intent.instance = instance;
        part.intent.before = TargetState{u"before"_s, u"1"_s, before};
        part.outcome = journal::InstanceOutcome{.outcome = outcome, .after = TargetState{u"after"_s, u"2"_s, after}};
        record.instances.append(part);
    }
    return record;
}

} // namespace

TEST(Undo, ATripIsReleasedWhereItWasAppliedAndOnlyWhileItIsStillSo)
{
    const auto undo =
        undoOf(recordOf(u"breaker.trip"_s,
                        {{u"a"_s, Outcome::Applied}, {u"b"_s, Outcome::Unchanged}, {u"c"_s, Outcome::Failed}}, {}, {}),
               u"it is back"_s);
    ASSERT_TRUE(undo);
    EXPECT_EQ(undo->action, u"breaker.release");
    EXPECT_EQ(undo->target, u"openai");
    EXPECT_EQ(undo->undoes, u"c-1");
    EXPECT_EQ(undo->reason, u"it is back");
    EXPECT_TRUE(undo->parameters.empty()) << "a release has no hold";
    ASSERT_EQ(undo->instances.size(), 1);
    EXPECT_EQ(undo->instances.first(), (InstanceAsk{u"a"_s, {}, TargetState{u"after"_s, u"2"_s, {}}}));
}

TEST(Undo, AFlagGetsTheFormerValueOfEachInstance)
{
    CommandRecord record =
        recordOf(u"flag.set"_s, {{u"a"_s, Outcome::Applied}, {u"b"_s, Outcome::Applied}}, {{u"value"_s, u"off"_s}}, {});
    record.instances[1].intent.before->fields[u"value"_s] = u"on"_s;
    const auto undo = undoOf(record, u"as it was"_s);
    ASSERT_TRUE(undo);
    EXPECT_EQ(undo->instances.at(0).parameters, (Fields{{u"value"_s, u"off"_s}}));
    EXPECT_EQ(undo->instances.at(1).parameters, (Fields{{u"value"_s, u"on"_s}}));
    EXPECT_EQ(undo->instances.at(0).onlyIf->version, u"2");
}

TEST(Undo, SilencesExpireComeBackAndEndWhenTheyDid)
{
    const auto made = undoOf(recordOf(u"silence.create"_s, {{u"am"_s, Outcome::Applied}}, {}, {{u"id"_s, u"s-1"_s}}),
                             u"not needed"_s);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->action, u"silence.expire");
    EXPECT_EQ(made->target, u"s-1");
    EXPECT_EQ(made->instances.first().parameters, (Fields{{u"id"_s, u"s-1"_s}}));

    const auto again =
        undoOf(recordOf(u"silence.expire"_s, {{u"am"_s, Outcome::Applied}},
                        {{u"matchers"_s, u"a=\"b\""_s}, {u"ends_at"_s, u"t"_s}, {u"comment"_s, u"why"_s}},
                        {{u"id"_s, u"s-1"_s}}),
               u"too early"_s);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->action, u"silence.create");
    EXPECT_EQ(again->target, u"a=\"b\"");
    EXPECT_EQ(again->instances.first().parameters,
              (Fields{{u"matchers"_s, u"a=\"b\""_s}, {u"ends_at"_s, u"t"_s}, {u"comment"_s, u"why"_s}}));
    EXPECT_FALSE(again->instances.first().onlyIf) << "the expired one does not come back; it cannot be in the way";

    const auto shorter = undoOf(recordOf(u"silence.extend"_s, {{u"am"_s, Outcome::Applied}}, {{u"ends_at"_s, u"t0"_s}},
                                         {{u"id"_s, u"s-1"_s}, {u"ends_at"_s, u"t1"_s}}),
                                u"too long"_s);
    ASSERT_TRUE(shorter);
    EXPECT_EQ(shorter->action, u"silence.extend");
    EXPECT_EQ(shorter->instances.first().parameters, (Fields{{u"id"_s, u"s-1"_s}, {u"ends_at"_s, u"t0"_s}}));
}

TEST(Undo, IsRefusedWhereThereIsNothingToUndo)
{
    const auto errorOf = [](const QString &action, Outcome outcome) {
        const auto undo = undoOf(recordOf(action, {{u"a"_s, outcome}}, {}, {}), u"because"_s);
        EXPECT_FALSE(undo) << action.toStdString();
        return undo ? Error() : undo.error();
    };
    EXPECT_EQ(errorOf(u"breaker.reset"_s, Outcome::Applied).kind, ErrorKind::Unsupported);
    EXPECT_EQ(errorOf(u"breaker.reset_all"_s, Outcome::Applied).kind, ErrorKind::Unsupported);
    EXPECT_EQ(errorOf(u"breaker.trip"_s, Outcome::Unchanged).kind, ErrorKind::BadInput);
    EXPECT_EQ(errorOf(u"breaker.trip"_s, Outcome::Unknown).summary, u"what came of it is unknown; find that out first");
    EXPECT_EQ(errorOf(u"flag.set"_s, Outcome::Applied).kind, ErrorKind::BadInput) << "the former value is not known";
}

TEST(Reason, HasFiveToFiveHundredPrintableCharacters)
{
    EXPECT_FALSE(objectionToReason(u"fixed"_s));
    EXPECT_FALSE(objectionToReason(QString(500, u'x')));
    EXPECT_FALSE(objectionToReason(u"😀😀😀😀😀"_s));
    EXPECT_TRUE(objectionToReason(u"four"_s));
    EXPECT_TRUE(objectionToReason(u"  a  "_s)) << "blanks say nothing";
    EXPECT_TRUE(objectionToReason(QString(501, u'x')));
    EXPECT_TRUE(objectionToReason(u"two\nlines"_s));
    EXPECT_EQ(objectionToReason(QString())->kind, ErrorKind::BadInput);
}

TEST(CommandOf, MakesTheCommandOfARecordAnew)
{
    CommandRecord record = recordOf(u"breaker.trip"_s, {{u"a"_s, Outcome::Applied}}, {}, {});
    record.intent.instances = {{u"a"_s, u"k"_s, u"c"_s, {{u"id"_s, u"x"_s}}, {}}};
    const Command command = commandOf(record);
    EXPECT_EQ(command.kind(), u"breaker");
    EXPECT_EQ(command.parameters, record.intent.parameters);
    EXPECT_EQ(command.instances.first().parameters, (Fields{{u"id"_s, u"x"_s}}));
}
