// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/drill_addresses.h"
#include "app/stack/process_identity.h"
#include "models/base/result.h"

#include <QtCore/QProcessEnvironment>
#include <QtCore/QStringList>

namespace atalaya::stack {

/// What a stack's folder says about it (its `stack.json`, mode 0600): whose it is, which processes belong to it, and,
/// once it is ready, where it answers.
struct StackRecord
{
    QString bootId; ///< of the machine's run; start times of processes mean something only within one
    ProcessIdentity owner;
    QList<ProcessIdentity> children;
    bool isKept = false;      ///< its folder stays when the stack has ended
    DrillAddresses addresses; ///< `workspaceFile` empty: not ready yet

    bool operator==(const StackRecord &) const = default;
};

/// Where stacks keep their folders: `$XDG_RUNTIME_DIR/atalaya/stacks`, else `TEMP/atalaya-UID/stacks`.
QString stacksFolder(const QProcessEnvironment &environment);

/// A new private folder (0700) below `parent` that already holds its record, so that nobody takes it for an orphan.
Result<QString> createStackFolder(const QString &parent, const StackRecord &record);
Result<void> writeRecord(const QString &stackDir, const StackRecord &record);
Result<StackRecord> readRecord(const QString &stackDir);

/// A record for this very process, without children.
StackRecord recordOfThisProcess();
/// Whether the record's owner still runs.
bool isOwned(const StackRecord &record);

/// The stacks whose owners run and that are ready, newest last.
QList<StackRecord> runningStacks(const QString &parent);

struct ClearedStack
{
    QString stackDir;
    QList<qint64> endedProcesses; ///< children that had outlived their owner
    bool isFolderKept = false;
};
/// Ends what outlived its owner, verified by id and start time, and removes the folders of stacks without one. Folders
/// that were to be kept stay. May take a moment: run it off the GUI thread.
QList<ClearedStack> clearStaleStacks(const QString &parent);

} // namespace atalaya::stack
