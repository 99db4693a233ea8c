// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/Qt>

namespace atalaya::alerts {

enum class AlertColumn
{
    Alert,
    Summary,
    Component,
    Note,
    Age,
    Count
};

/// Raw values of AlertTableModel's rows; the text of a cell is DisplayRole.
enum AlertDataRole
{
    IsGroupRole = Qt::UserRole + 1, ///< bool: a group row
    AlertRole,                      ///< Alert; invalid in a group row
    StateRole,                      ///< int of atalaya::State: the alert's, or the worst of the group
    GroupRole,                      ///< QString: value of the grouping label, empty where the label is absent
    IsCollapsedRole,                ///< bool, group rows
    CountsRole,                     ///< QString, group rows: "5 firing, 1 pending"
    KeyRole,                        ///< QString: stable key of the row
};

} // namespace atalaya::alerts
