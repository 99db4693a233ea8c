// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/keyed_table_model.h"
#include "models/base/state.h"
#include "models/base/time_range.h"
#include "models/health/health_store.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>

#include <optional>

namespace atalaya::health {

/// A stretch of one status in the bar of a row.
struct HealthStretch
{
    Timestamp from{}, to{};
    HealthStatus status = HealthStatus::Unknown;

    bool operator==(const HealthStretch &) const = default;
};

/// One line of the page: a system's head, or one component of it over all its instances.
struct HealthLine
{
    bool isSystem = false;
    QString system, title;
    QString component;            ///< "" for a system that names none
    State state = State::Unknown; ///< worst over the instances; Stale where nothing is fresh
    QString word;                 ///< "unhealthy", "was connected", "Unhealthy on 2 of 3"
    QString answer;               ///< "31.2 s", "612 MB"; empty: not given
    QString answerInFull;
    QString note; ///< right end of a system's line
    bool isSilent = false;
    QList<HealthStretch> bar;
    QList<std::pair<Timestamp, double>> latency; ///< of the slowest instance, ms, oldest first
    QStringList instances;                       ///< that report it

    bool operator==(const HealthLine &) const = default;
};

enum class HealthOrder
{
    NotHealthyFirst,
    AsConfigured
};

/// `range` is what the bars cover. `system`, `instance`: only those; empty for all.
QList<HealthLine> healthRows(const workspace::Environment &environment, const HealthStore &store,
                             const TimeRange &range, HealthOrder order, const QString &system, const QString &instance,
                             const QTimeZone &zone);

struct HealthCounts
{
    int components = 0, notHealthy = 0, unknown = 0;
    bool operator==(const HealthCounts &) const = default;
};
HealthCounts countsOf(const QList<HealthLine> &rows);

/// Merges what several instances said into one bar: unhealthy, then unknown, degraded, healthy. A sample holds for two
/// `interval`s, after that nothing is known; before the first one there is no stretch.
QList<HealthStretch> mergedBar(const QList<QList<HealthSample>> &histories, const TimeRange &range,
                               Milliseconds interval);
HealthStatus worseStatus(HealthStatus a, HealthStatus b);
/// "31.2 s", "1.8 ms".
QString latencyText(double milliseconds);

/// The rows of `healthRows` as a table; bar and spark columns carry no text.
class HealthTableModel final : public KeyedTableModel<HealthLine, QString>
{
public:
    enum Column
    {
        ComponentColumn,
        NowColumn,
        AnswerColumn,
        BarColumn,
        SparkColumn,
        ColumnCount
    };
    using KeyedTableModel::KeyedTableModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    static QString keyFor(const QString &system, const QString &component, bool isSystem);

protected:
    QString keyOf(const HealthLine &row) const override { return keyFor(row.system, row.component, row.isSystem); }
};

} // namespace atalaya::health
