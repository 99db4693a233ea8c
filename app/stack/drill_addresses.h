// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QUrl>

namespace atalaya::stack {

struct DrillInstance
{
    QString system; ///< key, "ai-proveedores"
    QString id;     ///< stable name, which is also its `instance` label
    QUrl url;

    bool operator==(const DrillInstance &) const = default;
};

/// Where a running drill answers. All on loopback; secrets are named by file, never held.
struct DrillAddresses
{
    QString workspaceFile;
    QUrl prometheus;
    QUrl alertmanager;
    QList<DrillInstance> instances;
    QUrl fleetAdmin;
    QString adminTokenFile;
    QString stackDir;
    qint64 pid = 0; ///< of the stack's owner
    double speed = 1;

    bool operator==(const DrillAddresses &) const = default;
};

} // namespace atalaya::stack
