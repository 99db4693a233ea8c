// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/keyed_table_model.h"
#include "models/base/state.h"
#include "models/flags/flag_columns.h"
#include "models/flags/flag_store.h"

#include <QtCore/QTimer>

namespace atalaya::flags {

/// A flag in one environment: what its instances say, taken together.
struct FlagCell
{
    FlagValue value = FlagValue::NotKnown;
    QList<Flag> flags;      ///< one an instance that lists it
    int pendingRestart = 0; ///< instances that wait for a restart
    State state = State::Unknown;
    QString note;
    QString changedBy;
    std::optional<Timestamp> changedAt;

    bool operator==(const FlagCell &) const = default;
};

struct FlagRow
{
    QString system;
    QString name;
    QString about; ///< "default off, phase 8"
    bool atRestart = false;
    QString description;
    QList<FlagCell> cells; ///< one an environment

    bool operator==(const FlagRow &) const = default;
};

/// Takes together what the instances of one environment say of a flag. `silent` names instances that do not answer:
/// what was read from them before does not count.
FlagCell flagCell(const QList<Flag> &flags, const QStringList &silent, int instances);

/// One row a (system, flag), one column an environment. Reconciled, never reset.
class FlagTableModel final : public KeyedTableModel<FlagRow, QString>
{
public:
    struct EnvironmentFlags
    {
        QString name;
        const FlagStore *store = nullptr;
    };
    FlagTableModel(const QList<EnvironmentFlags> &environments, const Clock &clock, QObject *parent = nullptr);

    /// Empty: all systems.
    void setSystem(const QString &key);
    /// Case-blind, over name, description, people and reasons; empty: all.
    void setSearch(const QString &text);
    void tick();

    /// "5 flags, 1 pending restart, 1 differs".
    QString countsText() const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString keyOf(const FlagRow &row) const override { return row.system + u'/' + row.name; }
    void rebuild();
    bool isShown(const FlagRow &row) const;

    QList<EnvironmentFlags> m_environments;
    const Clock &m_clock;
    QString m_system, m_search;
    QTimer m_second;
};

} // namespace atalaya::flags

Q_DECLARE_METATYPE(QList<atalaya::flags::Flag>)
