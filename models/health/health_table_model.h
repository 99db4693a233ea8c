// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/keyed_table_model.h"
#include "models/health/health_columns.h"
#include "models/health/health_store.h"

#include <QtCore/QTimeZone>
#include <QtCore/QTimer>

namespace atalaya::health {

/// What one instance says of a component, or of itself in a system's row.
struct InstanceCell
{
    QString instance;
    HealthStatus status = HealthStatus::Unknown; ///< of the last good answer
    QString word, detail;
    std::optional<double> latencyMs;
    Freshness freshness = Freshness::Waiting;

    HealthStatus now() const { return freshness == Freshness::Live ? status : HealthStatus::Unknown; }
    bool operator==(const InstanceCell &) const = default;
};

struct HealthRow
{
    bool isGroup = false;
    QString system;
    QString component;
    State state = State::Unknown;
    QString word;                        ///< "unhealthy", "pass", "was connected"; of a group "Unhealthy on 2 of 3"
    QString answer;                      ///< "31.2 s", "8 workers"
    QString note;                        ///< of a group
    std::optional<Timestamp> staleSince; ///< the last good answer of what is silent
    QList<InstanceCell> instances;
    QList<HealthSample> stretches, latencies;

    bool operator==(const HealthRow &) const = default;
};

/// The worst status of several instances over time, from their joined stretches. Instances that were not yet seen at a
/// time do not count there.
QList<HealthSample> worstStretches(const QList<QList<HealthSample>> &instances);

/// A row for each system and below it one for each component, the instances taken together (worst first decides).
/// Reconciled, never reset. Ages follow the clock: once a second, and at `tick`.
class HealthTableModel final : public KeyedTableModel<HealthRow, QString>
{
public:
    HealthTableModel(const workspace::Environment &environment, const HealthStore &store, const Clock &clock,
                     const QTimeZone &zone, QObject *parent = nullptr);

    /// Empty: all.
    void setSystem(const QString &key);
    void setInstance(const QString &name);
    void setNotHealthyFirst(bool first);
    void setZone(const QTimeZone &zone);
    void tick();

    /// "17 components, 2 not healthy, 4 not known".
    QString countsText() const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString keyOf(const HealthRow &row) const override
    {
        return row.system + (row.isGroup ? QString() : u'/' + row.component);
    }
    void rebuild();
    QList<HealthRow> rowsOf(const workspace::System &system) const;
    QString noteOf(const workspace::System &system, const QList<InstanceCell> &instances) const;
    void sum(HealthRow &row) const;

    workspace::Environment m_environment;
    const HealthStore &m_store;
    const Clock &m_clock;
    QTimeZone m_zone;
    QString m_system, m_instance;
    bool m_isNotHealthyFirst = false;
    QTimer m_second;
};

} // namespace atalaya::health

Q_DECLARE_METATYPE(QList<atalaya::health::InstanceCell>)
Q_DECLARE_METATYPE(QList<atalaya::health::HealthSample>)
