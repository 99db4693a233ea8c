// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/server_programs.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>

namespace atalaya::stack::test {

/// How long a test waits for what a busy machine may take long for; it goes on as soon as it is there.
inline constexpr std::chrono::seconds patience(120);

/// The real servers, with the fleet of this build. The error says which command fetches them.
Result<ServerPrograms> realPrograms();

/// Where a test's folder is made: in memory where that can be had, since the servers wait for the disk at each start.
QString folderTemplate();

struct ProgramRun
{
    int status = -1;   ///< -1: could not be run, or crashed
    QByteArray output; ///< both streams
};
ProgramRun runProgram(const QString &program, const QStringList &arguments);

void writeFile(const QString &path, const QByteArray &bytes);
/// The permission bits, such as 0600.
int modeOf(const QString &path);

} // namespace atalaya::stack::test
