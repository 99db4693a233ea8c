// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/Qt>

namespace atalaya::health {

enum class HealthColumn
{
    Component,
    Now,
    Answer,
    Stretches,
    Latency,
    Count
};

/// Raw values of HealthTableModel's rows; the text of a cell is DisplayRole.
enum HealthDataRole
{
    HealthIsGroupRole = Qt::UserRole + 1, ///< bool: a system's row
    HealthSystemRole,                     ///< QString
    HealthComponentRole,                  ///< QString
    HealthStateRole,                      ///< int of atalaya::State, Stale included
    HealthInstancesRole,                  ///< QList<InstanceCell>: what each instance says of the row
    HealthNoteRole,                       ///< QString, group rows: "ready: not_ready on 2, live: alive"
    HealthStretchesRole, ///< QList<HealthSample>: worst of the instances over time, equal neighbours joined
    HealthLatencyRole,   ///< QList<HealthSample>: samples of the slowest instance, for a sparkline
};

} // namespace atalaya::health
