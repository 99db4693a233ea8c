// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/journal/command_record.h"

namespace atalaya::control {

using journal::CommandRecord;
using journal::Fields;
using journal::Outcome;
using journal::TargetState;

/// Who acts, from where and with what: "window" or "command line".
struct Operator
{
    QString name, host, client;

    bool operator==(const Operator &) const = default;
};

/// One instance that a command is for.
struct InstanceAsk
{
    QString instance;
    Fields parameters;                 ///< of this instance alone; they win over the command's
    std::optional<TargetState> onlyIf; ///< send only while the target is still so: what an undo left behind

    bool operator==(const InstanceAsk &) const = default;
};

/// What an operator asks for. `action` is breaker.trip, .release, .reset or .reset_all, flag.set, silence.create,
/// .extend or .expire; its first word names the source that makes the writes.
struct Command
{
    QString environment, action, system, target;
    QList<InstanceAsk> instances;
    Fields parameters;
    QString reason;
    QString undoes; ///< id of the command that this one undoes

    QString kind() const { return action.section(u'.', 0, 0); }
    bool operator==(const Command &) const = default;
};

/// The command that a record was made of, to make its writes anew.
Command commandOf(const CommandRecord &record);
/// The inverse, for every instance on which the command was applied: a trip is released, a flag gets its former value,
/// a new silence expires, an expired one is made again, an extended one ends when it did. Each only while the target is
/// as the command left it. BadInput or Unsupported says why there is none.
Result<Command> undoOf(const CommandRecord &record, const QString &reason);

/// A reason has 5 to 500 characters and no control characters; the objection, or nothing.
std::optional<Error> objectionToReason(const QString &reason);

} // namespace atalaya::control
