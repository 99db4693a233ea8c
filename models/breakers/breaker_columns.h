// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/Qt>

namespace atalaya::breakers {

/// What a row of the matrix is.
enum class MatrixRowKind
{
    System,   ///< group row: the system and its instances' names over the columns
    Breaker,  ///< one breaker, one cell an instance
    Without,  ///< a system that declares no breakers
    NotKnown, ///< a system of which not one breaker is known
};

/// Raw values of BreakerMatrixModel's rows; the text of a cell is DisplayRole.
enum BreakerMatrixRole
{
    RowKindRole = Qt::UserRole + 1, ///< int of MatrixRowKind
    SystemRole,                     ///< QString
    NameRole,                       ///< QString: the breaker's name
    BreakerRole,                    ///< Breaker of a cell; invalid where the row has none there
    RowBreakersRole,                ///< QList<Breaker> of the whole row
    StateRole,                      ///< int of atalaya::State: of a cell, or the worst of a row in column 0
    DetailRole,                     ///< QString, second line of a cell: "57 %, 0.2 /s, probe in 11 s"
    RateHistoryRole,                ///< QList<double> of a cell: failure rates 0 to 1, oldest first
};

} // namespace atalaya::breakers
