// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/verdict.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::control;

namespace {

const TargetState before{u"closed"_s, u"1"_s, {}};
const Result<ReadBack> unreadable = failure(ErrorKind::Timeout, u"there"_s, u"did not answer"_s);

ReadBack reads(const QString &version, bool isWanted, bool wasWanted = false)
{
    ReadBack seen;
    seen.state = {isWanted ? u"forced_open"_s : u"closed"_s, version, {}};
    seen.isWanted = isWanted;
    seen.wasWanted = wasWanted;
    return seen;
}

ReadBack proven(ReadBack seen, Outcome outcome)
{
    seen.proven = outcome;
    seen.proof = u"its audit says so"_s;
    seen.recordWasRead = true;
    return seen;
}

ReadBack recorded(ReadBack seen)
{
    seen.recordWasRead = true;
    return seen;
}

Reply claiming(Outcome claim, bool isOver = true)
{
    Reply reply;
    reply.claim = claim;
    reply.isOver = isOver;
    reply.detail = u"said"_s;
    return reply;
}

std::string judged(const Reply &reply, const Result<ReadBack> &seen)
{
    const Verdict verdict = judge(reply, before, seen);
    return (journal::outcomeWord(verdict.outcome) + (verdict.isSettled ? u""_s : u"?"_s)).toStdString();
}

std::string later(const ReadBack &seen, bool isLongAgo)
{
    const auto verdict = judgeLater(before, seen, isLongAgo);
    return verdict ? journal::outcomeWord(verdict->outcome).toStdString() : "still unknown";
}

} // namespace

TEST(Verdict, ASuccessCountsOnlyWhenItReadsBack)
{
    EXPECT_EQ(judged(claiming(Outcome::Applied), reads(u"2"_s, true)), "applied");
    EXPECT_EQ(judged(claiming(Outcome::Applied), reads(u"1"_s, false)), "failed?");
    EXPECT_EQ(judged(claiming(Outcome::Applied), unreadable), "unknown?");
    EXPECT_EQ(judged(claiming(Outcome::Applied), reads(u"1"_s, true, true)), "unchanged") << "it was so already";
    EXPECT_EQ(judged(claiming(Outcome::Unchanged), reads(u"1"_s, true, true)), "unchanged");
    EXPECT_EQ(judged(claiming(Outcome::Unchanged), reads(u"1"_s, false)), "failed?");
}

TEST(Verdict, ATargetThatWentOnFromThereWasWrittenAllTheSame)
{
    EXPECT_EQ(judged(claiming(Outcome::Applied), reads(u"2"_s, false)), "applied?");
    EXPECT_NE(judge(claiming(Outcome::Applied), before, reads(u"2"_s, false)).detail.indexOf(u"reads closed now"), -1);
}

TEST(Verdict, NoAnswerIsJudgedByWhatProvesIt)
{
    const Reply none = claiming(Outcome::Unknown, false);
    EXPECT_EQ(judged(none, proven(reads(u"2"_s, true), Outcome::Applied)), "applied");
    EXPECT_EQ(judged(none, proven(reads(u"1"_s, true, true), Outcome::Unchanged)), "unchanged");
    EXPECT_EQ(judged(none, proven(reads(u"1"_s, false), Outcome::Conflict)), "conflict");
    EXPECT_EQ(judged(none, proven(reads(u"1"_s, false), Outcome::Refused)), "refused");
    EXPECT_EQ(judged(none, reads(u"2"_s, true)), "applied") << "no record, but it changed as wanted";
    EXPECT_EQ(judged(none, reads(u"1"_s, true, true)), "unchanged");
    EXPECT_EQ(judged(none, reads(u"1"_s, true, false)), "unknown?") << "wanted now, but no operator's doing";
    EXPECT_EQ(judged(none, reads(u"1"_s, false)), "unknown?") << "it may still be on its way";
    EXPECT_EQ(judged(none, unreadable), "unknown?");
}

TEST(Verdict, WhatTheRecordDoesNotHoldIsNotOurs)
{
    EXPECT_EQ(judged(claiming(Outcome::Unknown, false), recorded(reads(u"2"_s, true))), "unknown?");
}

TEST(Verdict, AWholeAnswerWithoutEffectIsAFailure)
{
    EXPECT_EQ(judged(claiming(Outcome::Unknown, true), recorded(reads(u"1"_s, false))), "failed");
    EXPECT_EQ(judged(claiming(Outcome::Unknown, true), reads(u"2"_s, true)), "applied") << "500, but done";
    EXPECT_EQ(judged(claiming(Outcome::Unknown, true), reads({}, false)), "unknown?")
        << "without versions nothing tells";
}

TEST(Verdict, ARefusalStandsUnlessTheRecordSaysOtherwise)
{
    EXPECT_EQ(judged(claiming(Outcome::Refused), unreadable), "refused");
    EXPECT_EQ(judged(claiming(Outcome::Conflict), reads(u"2"_s, true)), "conflict");
    EXPECT_EQ(judged(claiming(Outcome::Conflict), proven(reads(u"2"_s, true), Outcome::Applied)), "applied")
        << "a proxy sent it twice, and the second one met the first";
    EXPECT_EQ(judge(claiming(Outcome::Conflict), before, proven(reads(u"1"_s, false), Outcome::Conflict)).detail,
              u"said");
}

TEST(Verdict, ARecordThatTheTargetContradictsIsNotBelieved)
{
    EXPECT_EQ(judged(claiming(Outcome::Applied), proven(reads(u"1"_s, false), Outcome::Applied)), "failed");
    EXPECT_EQ(judged(claiming(Outcome::Applied), proven(reads(u"2"_s, false), Outcome::Applied)), "applied");
}

TEST(Verdict, LaterOnlyTheRecordOrTheTargetTells)
{
    EXPECT_EQ(later(proven(reads(u"2"_s, true), Outcome::Applied), false), "applied");
    EXPECT_EQ(later(proven(reads(u"1"_s, false), Outcome::Refused), false), "refused");
    EXPECT_EQ(later(recorded(reads(u"1"_s, false)), false), "still unknown") << "it may still arrive";
    EXPECT_EQ(later(recorded(reads(u"1"_s, false)), true), "failed");
    EXPECT_EQ(later(recorded(reads(u"2"_s, true)), true), "failed") << "somebody else's doing";
    EXPECT_EQ(later(reads(u"2"_s, true), false), "applied");
    EXPECT_EQ(later(reads(u"1"_s, true, true), true), "unchanged");
    EXPECT_EQ(later(reads(u"1"_s, false), true), "still unknown") << "without a record only a person can say";
}
