// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/instance_write.h"

namespace atalaya::control {

/// What may truly be said of a write.
struct Verdict
{
    Outcome outcome = Outcome::Unknown;
    QString detail;
    bool isSettled = true; ///< false: reading back again may still change it

    bool operator==(const Verdict &) const = default;
};

/// From the answer and what was read back. An answer is never believed alone: a success that reads back otherwise is
/// not applied, and no answer at all is judged by what proves it. Pure.
Verdict judge(const Reply &reply, const TargetState &before, const Result<ReadBack> &seen);

/// The same later, when there is nothing but what was read back; nothing while it is still unknown. `isLongAgo`: long
/// enough that a request which the other side does not know will not arrive any more.
std::optional<Verdict> judgeLater(const TargetState &before, const ReadBack &seen, bool isLongAgo);

} // namespace atalaya::control
