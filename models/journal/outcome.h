// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <optional>

namespace atalaya::journal {

/// What came of a write to one instance.
enum class Outcome
{
    Applied,   ///< the target is as wanted, and it was not before
    Unchanged, ///< it was so already
    Refused,   ///< the other side, or we before sending, would not do it; nothing was done
    Conflict,  ///< the target is no longer what the operator saw; nothing was done
    Failed,    ///< it was tried and has no effect
    Unknown,   ///< it may have an effect: only reading back, or a person, can tell
};

/// "applied", "unchanged", "refused", "conflict", "failed", "unknown": fixed, programs read them.
QString outcomeWord(Outcome outcome);
std::optional<Outcome> outcomeFromWord(const QString &word);

} // namespace atalaya::journal
