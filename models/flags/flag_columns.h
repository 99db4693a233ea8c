// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/Qt>

namespace atalaya::flags {

/// Columns of FlagTableModel; from FirstEnvironment on, one for each environment.
enum FlagColumn
{
    NameColumn,
    ApplyColumn,
    FirstEnvironmentColumn
};

/// Raw values of FlagTableModel's cells; the text of a cell is DisplayRole.
enum FlagDataRole
{
    FlagSystemRole = Qt::UserRole + 1, ///< QString
    FlagNameRole,                      ///< QString
    FlagValueRole,                     ///< int of FlagValue, in an environment's column
    FlagsRole,                         ///< QList<Flag>: of every instance in the column's environment
    FlagStateRole,       ///< int of atalaya::State: warning where it differs, pending before a restart, stale
    FlagNoteRole,        ///< QString: "2 of 2 instances agree", "on after restart, 0 of 2", "drill-1 on, drill-2 off"
    FlagChangeRole,      ///< QString: "luis", "default", empty where nothing is said; its time is FlagChangedAtRole
    FlagChangedAtRole,   ///< qint64 milliseconds since the epoch, invalid where nobody changed it
    FlagDescriptionRole, ///< QString
};

enum class FlagValue
{
    Off,
    On,
    Differs,
    NotKnown
};

} // namespace atalaya::flags
