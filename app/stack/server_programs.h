// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QtCore/QProcessEnvironment>

namespace atalaya::stack {

/// The programs a stack starts, as absolute paths of executables.
struct ServerPrograms
{
    QString prometheus;
    QString promtool;
    QString alertmanager;
    QString fleet;

    bool operator==(const ServerPrograms &) const = default;
};

/// What the caller names itself; empty: look for it.
struct ProgramWishes
{
    QString prometheus;
    QString alertmanager;
    QString fleet;
};

/// Looks for each program: the caller's own path, `$ATALAYA_SERVERS_DIR`, `$PATH`, then the cache folder that
/// packaging/fetch_servers.sh fills; the fleet beside this program, in its libexec folder, then on `$PATH`. promtool
/// stands beside Prometheus. NotFound says which program is missing and the command that fetches it.
Result<ServerPrograms> findServerPrograms(const ProgramWishes &wishes, const QProcessEnvironment &environment,
                                          const QString &ownFolder);

} // namespace atalaya::stack
