// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_columns.h"
#include "models/alerts/alert_store.h"
#include "models/base/keyed_table_model.h"

#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <memory>

namespace atalaya::alerts {

/// One row of the alerts table: a group's head or an alert.
struct AlertRow
{
    bool isGroup = false;
    QString group;
    QString counts; ///< group: "5 firing, 1 pending"
    State state = State::Info;
    bool isCollapsed = false;
    std::shared_ptr<const Alert> alert; ///< null in a group row
    QString note;                       ///< without what changes each second
    std::optional<Timestamp> noteUntil; ///< a silence's end or the moment of firing

    bool operator==(const AlertRow &other) const
    {
        const bool isSameAlert = alert == other.alert || (alert && other.alert && *alert == *other.alert);
        return isSameAlert && isGroup == other.isGroup && group == other.group && counts == other.counts &&
               state == other.state && isCollapsed == other.isCollapsed && note == other.note &&
               noteUntil == other.noteUntil;
    }
};

/// The alerts of a store, filtered by matchers and states and grouped by a label, in the store's order; groups worst
/// first. Reconciled, never reset. Ages and notes follow the clock: once a second, and at `tick`.
class AlertTableModel final : public KeyedTableModel<AlertRow, QString>
{
public:
    AlertTableModel(const AlertStore &store, const Clock &clock, QObject *parent = nullptr);

    void setMatchers(const QList<Matcher> &matchers);
    /// States that are shown; all by default.
    void setStates(const QSet<AlertState> &states);
    /// Empty: one flat list without group rows.
    void setGroupLabel(const QString &label);
    QString groupLabel() const { return m_groupLabel; }
    void setCollapsed(const QString &group, bool collapsed);
    void tick();

    /// What the filter lets through, group rows aside and collapsed groups included.
    QList<Alert> shownAlerts() const;
    int firingCount() const;
    int pendingCount() const;
    /// "10 firing, 4 pending", led by "at least" while a source is silent.
    QString countsText() const;
    int rowOf(const QString &fingerprint) const { return indexOf(u'a' + fingerprint); }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString keyOf(const AlertRow &row) const override
    {
        return row.isGroup ? u'g' + row.group : u'a' + row.alert->fingerprint;
    }
    using SharedAlert = std::shared_ptr<const Alert>;
    void take();
    void rebuild();
    AlertRow rowFor(const SharedAlert &alert) const;
    static QString countsOf(const QList<SharedAlert> &alerts);
    QString noteText(const AlertRow &row) const;

    const AlertStore &m_store;
    const Clock &m_clock;
    QList<Matcher> m_matchers;
    QSet<AlertState> m_states;
    QString m_groupLabel;
    QSet<QString> m_collapsed;
    QList<SharedAlert> m_all, m_shown;
    QHash<QString, QString> m_names; ///< fingerprint -> name
    QHash<QString, Silence> m_silences;
    QTimer m_second;
};

} // namespace atalaya::alerts
