// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/drill_addresses.h"
#include "models/base/pending.h"
#include "models/http/transport.h"

#include <QtCore/QStringList>

namespace atalaya::console {

/// One rehearsed incident as the fleet's admin port tells it: what it is expected to open and to fire, and where it is
/// active.
struct DrillIncident
{
    QString name;
    bool active = false;
    QStringList breakers;
    QStringList alerts;
    QStringList instances; ///< on which it is active now

    bool operator==(const DrillIncident &) const = default;
};

/// The admin port of a running drill's fleet, with the token file that its stack names.
/// Errors: the file cannot be read (Unauthorized), and those of the transport; NotFound carries the fleet's list of
/// names.
Pending<QList<DrillIncident>> fetchIncidents(http::Transport &transport, const stack::DrillAddresses &drill);
/// Starts or ends one; an empty `instance` means all. Answers the list after the change.
Pending<QList<DrillIncident>> requestIncident(http::Transport &transport, const stack::DrillAddresses &drill,
                                              const QString &name, const QString &instance, bool on);

} // namespace atalaya::console
