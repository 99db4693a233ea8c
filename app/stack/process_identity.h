// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <optional>

namespace atalaya::stack {

/// One process for good: its id together with the moment it started (clock ticks since boot, from /proc), because ids
/// are given out again.
struct ProcessIdentity
{
    qint64 pid = 0;
    quint64 startTicks = 0;

    bool operator==(const ProcessIdentity &) const = default;
};

/// The process that has this id now; nothing when there is none or it is a zombie.
std::optional<ProcessIdentity> identityOf(qint64 pid);
/// The start time in one line of /proc/PID/stat; nothing when the line is not one, or of a zombie. The program's name
/// in it may hold spaces and parentheses.
std::optional<quint64> startTicksIn(const QByteArray &statLine);
/// Whether exactly this process still runs.
bool isRunning(const ProcessIdentity &process);
/// Ends exactly this process by force; does nothing when it is gone or its id belongs to another by now.
void endByForce(const ProcessIdentity &process);
/// Waits until exactly this process is gone, at most so many milliseconds. Blocks: not for the GUI thread.
void awaitEnd(const ProcessIdentity &process, int milliseconds);

} // namespace atalaya::stack
