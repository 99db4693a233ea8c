// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/labels.h"
#include "models/base/state.h"

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace atalaya::alerts {

enum class AlertState
{
    Pending,
    Firing,
    Silenced,
    Inhibited
};
/// "pending", "firing", "silenced", "inhibited".
QString stateWord(AlertState state);

/// The rule behind an alert, from Prometheus.
struct Rule
{
    QString name;
    QString expr;
    Milliseconds holdFor{}; ///< `for`
    QString group;
    QString file;
    Labels labels;
    Labels annotations;
    QString health;    ///< "ok", "err", "unknown"
    QString lastError; ///< a broken rule looks quiet: show this
    Timestamp lastEvaluation{};

    bool operator==(const Rule &) const = default;
};

/// One alert, merged over Prometheus and every Alertmanager that knows it. Keyed by the fingerprint of its labels.
struct Alert
{
    QString fingerprint;
    QString name;
    AlertState state = AlertState::Firing;
    QString severity; ///< label `severity`: "critical", "warning", "info" or any other word
    QString system;   ///< label `system`
    Labels labels;
    Labels annotations;
    Timestamp startsAt{}; ///< firing: since when it fires; pending: since when the condition holds
    Timestamp activeAt{}; ///< since when the condition holds; equal to startsAt where Prometheus does not say
    std::optional<Timestamp> firesAt; ///< pending only: when it will fire if nothing changes
    std::optional<double> value;
    QStringList sources;     ///< names of the sources that report it
    QStringList silencedBy;  ///< silence ids
    QStringList inhibitedBy; ///< fingerprints
    QStringList receivers;
    std::optional<Rule> rule;

    QString summary() const { return labelValue(annotations, QStringLiteral("summary")); }
    bool operator==(const Alert &) const = default;
};

/// How an alert counts: pending; critical or warning by its severity while it fires; info where it is info, silenced or
/// inhibited.
State stateOf(const Alert &alert);
/// 0 critical, 1 warning, 2 info, 3 any other word.
int severityRank(const QString &severity);

/// The 16 hex digits that Prometheus and Alertmanager compute for a label set (FNV-1a over sorted name 0xff value
/// 0xff).
QString fingerprintOf(const Labels &labels);

} // namespace atalaya::alerts

Q_DECLARE_METATYPE(atalaya::alerts::Alert)
