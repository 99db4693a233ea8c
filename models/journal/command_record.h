// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/journal/outcome.h"

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <map>
#include <optional>
#include <variant>

namespace atalaya::journal {

/// Named texts, ordered by name.
using Fields = std::map<QString, QString>;

/// What one instance says of a command's target.
struct TargetState
{
    QString words;   ///< for people and programs: "closed", "forced_open", "on"
    QString version; ///< opaque; empty where the other side has none
    Fields fields;   ///< what its adapter needs later: to compare, to undo

    bool operator==(const TargetState &) const = default;
};

/// One instance's part of a command that is about to be sent.
struct InstanceIntent
{
    QString instance;
    QString idempotencyKey; ///< UUID
    QString correlationId;
    Fields parameters;                 ///< of this instance alone, such as the id of a silence
    std::optional<TargetState> before; ///< nothing where it could not be read: then it is not sent there

    bool operator==(const InstanceIntent &) const = default;
};

/// What is about to be done. On disk before the first byte leaves.
struct CommandIntent
{
    QString id;                ///< UUID
    QString who, host, client; ///< client: "window" or "command line"
    QString environment, action, system, target;
    QList<InstanceIntent> instances;
    QString reason;
    Fields parameters; ///< of all instances, such as "hold_seconds"
    QString undoes;    ///< id of the command that this one undoes
    Timestamp until{}; ///< when its outcome must be known; later without one, nobody waits for it any more

    bool operator==(const CommandIntent &) const = default;
};

/// The request to one instance goes out now.
struct SentMark
{
    QString commandId, instance;

    bool operator==(const SentMark &) const = default;
};

struct InstanceOutcome
{
    QString commandId, instance;
    Outcome outcome = Outcome::Unknown;
    std::optional<TargetState> after;       ///< as read back
    int httpStatus = 0;                     ///< 0: no HTTP answer
    QString detail;                         ///< one sentence
    std::optional<Milliseconds> tookEffect; ///< from sending to the first read that showed it

    bool operator==(const InstanceOutcome &) const = default;
};

/// What an outcome that was unknown turned out to be, by reading back or by a person's word.
struct Resolution
{
    QString commandId, instance;
    Outcome outcome = Outcome::Unknown;
    QString by;     ///< the person; empty: read back
    QString detail; ///< what proves it, or the person's reason
    std::optional<TargetState> after;

    bool operator==(const Resolution &) const = default;
};

struct Unlock
{
    QString environment, who, host, reason;
    Timestamp until{};

    bool operator==(const Unlock &) const = default;
};

struct Lock
{
    QString environment, who, host, reason;

    bool operator==(const Lock &) const = default;
};

struct Note
{
    QString environment, who, host, text;

    bool operator==(const Note &) const = default;
};

/// A row that this version cannot read. Shown as such: it is not left out.
struct Unreadable
{
    QString kind, why;

    bool operator==(const Unreadable &) const = default;
};

using Content = std::variant<CommandIntent, SentMark, InstanceOutcome, Resolution, Unlock, Lock, Note, Unreadable>;

/// One row of the journal.
struct Entry
{
    qint64 row = 0; ///< counted from 1
    Timestamp at{};
    Content content;

    bool operator==(const Entry &) const = default;
};

/// One instance's part of a command as far as the journal knows it.
struct InstanceRecord
{
    InstanceIntent intent;
    QList<Timestamp> sentAt; ///< more than one where the operator sent it again
    std::optional<InstanceOutcome> outcome;
    Timestamp concludedAt{}; ///< of `outcome`
    std::optional<Resolution> resolution;
    Timestamp resolvedAt{};

    /// The resolution, else the outcome, else Unknown.
    Outcome known() const;
    /// Nobody has said yet what came of it.
    bool isOpen() const { return known() == Outcome::Unknown; }
    std::optional<TargetState> after() const;
    QString detail() const;
    bool operator==(const InstanceRecord &) const = default;
};

/// A command with what came of it, as one value.
struct CommandRecord
{
    qint64 row = 0; ///< of its intent
    Timestamp at{};
    CommandIntent intent; ///< its instances are in `instances` too, with their outcomes
    QList<InstanceRecord> instances;

    /// Still waiting for its first answers: an instance has no outcome and there is time left.
    bool isUnderWay(Timestamp now) const;
    /// Not under way, and an instance's outcome is unknown.
    bool isUnresolved(Timestamp now) const;
    /// The worst of its instances: unknown, failed, conflict, refused, applied, unchanged.
    Outcome worst() const;
    const InstanceRecord *find(const QString &instance) const;
    bool operator==(const CommandRecord &) const = default;
};

/// Adds what an entry says to the commands, which are oldest first. Entries come in the order of their rows.
void fold(QList<CommandRecord> &commands, const Entry &entry);

} // namespace atalaya::journal

Q_DECLARE_METATYPE(atalaya::journal::CommandRecord)
