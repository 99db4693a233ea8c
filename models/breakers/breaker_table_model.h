// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/keyed_table_model.h"
#include "models/breakers/breaker.h"
#include "models/workspace/workspace.h"

#include <optional>

namespace atalaya::breakers {

/// One line of the matrix: a system's head with its instances, one breaker over those instances, or the words that a
/// system has none.
struct MatrixRow
{
    enum class Kind
    {
        System,
        Breaker,
        Empty
    };
    Kind kind = Kind::System;
    QString system, title;
    QString name;
    QStringList instances;               ///< one a column
    QList<std::optional<Breaker>> cells; ///< same order; nothing where the instance has no such breaker
    QString words;                       ///< of Empty
    bool isSilent = false;               ///< nothing of the system is fresh
    std::optional<Timestamp> lastHeard;  ///< of a silent system

    bool operator==(const MatrixRow &) const = default;
};

enum class MatrixOrder
{
    NotClosedFirst,
    AsConfigured,
    ByName
};

/// The rows in the order they stand. `system`: only this one, empty for all.
QList<MatrixRow> matrixRows(const workspace::Environment &environment, const QList<Breaker> &breakers,
                            const QStringList &systemsWithout, MatrixOrder order, const QString &system);
/// 0 for closed and quiet, higher for what needs somebody sooner.
int urgency(const Breaker &breaker);

struct MatrixCounts
{
    int all = 0, notClosed = 0, unknown = 0; ///< per instance
    int breakers = 0;                        ///< distinct names of a system
    bool operator==(const MatrixCounts &) const = default;
};
MatrixCounts countsOf(const QList<Breaker> &breakers);

/// The matrix as a table: the first column names, one further column an instance.
class BreakerTableModel final : public KeyedTableModel<MatrixRow, QString>
{
public:
    using KeyedTableModel::KeyedTableModel;

    /// Reconciles rows, and columns where a system has more instances than before.
    void show(const QList<MatrixRow> &rows);
    /// The breaker of a cell, null elsewhere.
    const Breaker *breakerAt(const QModelIndex &index) const;
    QModelIndex indexOfBreaker(const BreakerId &id) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

protected:
    QString keyOf(const MatrixRow &row) const override;

private:
    int m_instances = 0;
};

} // namespace atalaya::breakers
