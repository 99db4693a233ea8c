// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/keyed_table_model.h"
#include "models/breakers/breaker_columns.h"
#include "models/breakers/breaker_store.h"

#include <QtCore/QTimer>

namespace atalaya::breakers {

struct BreakerMatrixRow
{
    MatrixRowKind kind = MatrixRowKind::System;
    QString system;
    QString name;            ///< of the breaker
    QStringList instances;   ///< of a system: what stands over columns 1 and on
    QString text;            ///< of Without and NotKnown
    QList<Breaker> breakers; ///< one an instance, in the order of the columns

    bool operator==(const BreakerMatrixRow &) const = default;
};

/// Breakers as rows, instances as columns (column 0 names the row), a group row for each system. Reconciled, never
/// reset; columns only grow, when an instance turns up that nobody configured. Countdowns follow the clock: once a
/// second, and at `tick`.
class BreakerMatrixModel final : public KeyedTableModel<BreakerMatrixRow, QString>
{
public:
    BreakerMatrixModel(const workspace::Environment &environment, const BreakerStore &store, const Clock &clock,
                       QObject *parent = nullptr);

    /// Empty: all systems.
    void setSystem(const QString &key);
    /// Within each system, breakers that are not closed stand first.
    void setNotClosedFirst(bool first);
    void tick();

    int notClosedCount() const { return m_notClosed; }
    int notKnownCount() const { return m_notKnown; }
    /// "4 not closed, 7 not known".
    QString countsText() const;
    /// Where a breaker's cell is; invalid when it is not shown.
    QModelIndex indexOfBreaker(const BreakerId &id) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString keyOf(const BreakerMatrixRow &row) const override;
    void rebuild();
    QString detailOf(const Breaker &breaker) const;

    workspace::Environment m_environment;
    const BreakerStore &m_store;
    const Clock &m_clock;
    QString m_system;
    bool m_isNotClosedFirst = false;
    int m_columns = 1;
    int m_notClosed = 0, m_notKnown = 0;
    QTimer m_second;
};

} // namespace atalaya::breakers

Q_DECLARE_METATYPE(QList<atalaya::breakers::Breaker>)
