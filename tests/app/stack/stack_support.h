// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/server_programs.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace atalaya::stack::test {

/// The real servers, with the fleet of this build. The error says which command fetches them.
Result<ServerPrograms> realPrograms();

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
