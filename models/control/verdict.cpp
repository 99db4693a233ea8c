// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/verdict.h"

namespace atalaya::control {

using namespace Qt::Literals::StringLiterals;

namespace {

/// An operator changed the target in between: versions move by nothing else.
bool hasMoved(const TargetState &before, const TargetState &after)
{
    return !before.version.isEmpty() && !after.version.isEmpty() && before.version != after.version;
}

bool isSame(const TargetState &before, const TargetState &after)
{
    return !before.version.isEmpty() && before.version == after.version;
}

/// The target as wanted says that the write arrived only where it was not so before, or its version moved.
bool isTheChange(const TargetState &before, const ReadBack &seen)
{
    return seen.isWanted && (hasMoved(before, seen.state) || (!isSame(before, seen.state) && !seen.wasWanted));
}

QString joined(const QString &first, const QString &second)
{
    if (first.isEmpty() || second.isEmpty())
        return first + second;
    return first + u"; "_s + second;
}

Verdict provenVerdict(const TargetState &before, const ReadBack &seen)
{
    if (*seen.proven != Outcome::Applied || seen.isWanted)
        return {*seen.proven, seen.proof};
    const QString reads = u"it reads %1 now"_s.arg(seen.state.words);
    if (isSame(before, seen.state))
        return {Outcome::Failed, joined(seen.proof, u"but "_s + reads)};
    return {Outcome::Applied, joined(seen.proof, reads)};
}

Verdict claimedVerdict(const Reply &reply, const TargetState &before, const Result<ReadBack> &seen)
{
    const QString word = journal::outcomeWord(reply.claim);
    if (!seen)
        return {Outcome::Unknown, u"answered %1, but could not be read back: %2"_s.arg(word, seen.error().summary),
                false};
    if (seen->isWanted) {
        const bool isNoChange = seen->wasWanted && !hasMoved(before, seen->state);
        return {isNoChange ? Outcome::Unchanged : reply.claim, reply.detail};
    }
    // Its operator's version moved: it was done, and the target went on from there.
    if (hasMoved(before, seen->state))
        return {reply.claim, joined(reply.detail, u"it reads %1 now"_s.arg(seen->state.words)), false};
    return {Outcome::Failed, u"answered %1, but reads back %2"_s.arg(word, seen->state.words), false};
}

Verdict unclearVerdict(const Reply &reply, const TargetState &before, const Result<ReadBack> &seen)
{
    if (!seen)
        return {Outcome::Unknown, joined(reply.detail, u"could not be read back: "_s + seen.error().summary), false};
    const QString reads = u"reads back %1"_s.arg(seen->state.words);
    // The record is there and does not know the request: what was read is somebody else's doing, or it is still to
    // come.
    if (!seen->recordWasRead) {
        if (isTheChange(before, *seen))
            return {Outcome::Applied, joined(reply.detail, reads)};
        if (seen->isWanted && isSame(before, seen->state) && seen->wasWanted)
            return {Outcome::Unchanged, joined(reply.detail, reads)};
    }
    if (reply.isOver && isSame(before, seen->state) && !seen->isWanted)
        return {Outcome::Failed, joined(reply.detail, u"it has no effect: "_s + reads)};
    return {Outcome::Unknown, joined(reply.detail, reads), false};
}

} // namespace

Verdict judge(const Reply &reply, const TargetState &before, const Result<ReadBack> &seen)
{
    if (seen && seen->proven) {
        Verdict proven = provenVerdict(before, *seen);
        // The refusal's own words say more than that it was recorded.
        if (proven.outcome == reply.claim && !reply.detail.isEmpty())
            proven.detail = reply.detail;
        return proven;
    }
    switch (reply.claim) {
    case Outcome::Applied:
    case Outcome::Unchanged:
        return claimedVerdict(reply, before, seen);
    case Outcome::Unknown:
        return unclearVerdict(reply, before, seen);
    case Outcome::Refused:
    case Outcome::Conflict:
    case Outcome::Failed:
        break;
    }
    return {reply.claim, reply.detail};
}

std::optional<Verdict> judgeLater(const TargetState &before, const ReadBack &seen, bool isLongAgo)
{
    if (seen.proven)
        return provenVerdict(before, seen);
    const QString reads = u"reads back %1"_s.arg(seen.state.words);
    if (seen.recordWasRead) {
        if (!isLongAgo)
            return std::nullopt;
        return Verdict{Outcome::Failed, u"the other side's record does not hold it; "_s + reads};
    }
    if (isTheChange(before, seen))
        return Verdict{Outcome::Applied, reads + u"; no record tells by whom"_s};
    if (seen.isWanted && seen.wasWanted && isSame(before, seen.state))
        return Verdict{Outcome::Unchanged, reads};
    return std::nullopt;
}

} // namespace atalaya::control
