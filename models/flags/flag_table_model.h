// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/keyed_table_model.h"
#include "models/base/state.h"
#include "models/flags/flag_store.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>

namespace atalaya::flags {

/// A flag over all instances of its system in this environment.
struct FlagLine
{
    enum class Value
    {
        On,
        Off,
        Differs,
        Unknown
    };

    bool isSystem = false; ///< the head of a system, where several are shown
    QString system, title, name;
    QList<Flag> perInstance;      ///< as the instances are configured; those that answered
    int instances = 0;            ///< configured
    QStringList silent;           ///< instances whose flags are stale or were never read
    Value value = Value::Unknown; ///< what runs now
    int pendingRestart = 0;       ///< instances that wait for one
    bool pendingValue = false;    ///< what they will run then

    /// The instance's view that is shown: the newest change.
    const Flag *newest() const;
    bool operator==(const FlagLine &) const = default;
};

/// `search` is looked for in name, person, reason and description, case-blind.
QList<FlagLine> flagRows(const workspace::Environment &environment, const FlagStore &store, Timestamp now,
                         const QString &system, const QString &search);

struct FlagCounts
{
    int flags = 0, pendingRestart = 0, differ = 0, unknown = 0;
    bool operator==(const FlagCounts &) const = default;
};
FlagCounts countsOf(const QList<FlagLine> &rows);

/// "2 of 2 instances agree", "on after restart, 0 of 2", "ai-prov-1 on, ai-prov-2 off", with the state it is painted
/// in.
struct FlagVerdict
{
    QString words;
    State state = State::Ok;
    bool isRestart = false;
};
FlagVerdict verdictOf(const FlagLine &row);
/// "ai-prov-1 on, ai-prov-2 off": what each instance that answered runs.
QString perInstanceText(const FlagLine &row);
QString valueWord(FlagLine::Value value);
/// "ana, 02:41:07", "default".
QString changedText(const FlagLine &row, Timestamp now, const QTimeZone &zone);

/// The rows of `flagRows` as a table.
class FlagTableModel final : public KeyedTableModel<FlagLine, QString>
{
public:
    enum Column
    {
        NameColumn,
        EffectColumn,
        ValueColumn,
        ReasonColumn,
        ColumnCount
    };
    explicit FlagTableModel(const QString &environment, QObject *parent = nullptr)
        : KeyedTableModel(parent), m_environment(environment)
    {
    }

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    static QString keyFor(const QString &system, const QString &name)
    {
        return name.isEmpty() ? system : system + u'/' + name;
    }

protected:
    QString keyOf(const FlagLine &row) const override { return keyFor(row.system, row.name); }

private:
    QString m_environment;
};

} // namespace atalaya::flags
