// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/drill_addresses.h"
#include "app/stack/rule_scaling.h"
#include "models/base/result.h"

#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace atalaya::stack {

/// One system of the drill, as `resources/stack/systems/KEY.json` describes it.
struct SystemPlan
{
    QString key;
    QString job;
    QString metricsPath;
    QStringList instances;   ///< stable ids
    QJsonObject environment; ///< of each instance's process
    QJsonObject workspace;   ///< its part of the workspace, at speed 1 and without addresses and secrets
};

/// The files in a stack's folder that hold its secrets.
struct TokenFiles
{
    QString viewer;
    QString operatorFile;
    QString admin;
};

/// The systems the programs carry descriptions of, by key. Malformed when one of them cannot be read.
Result<QList<SystemPlan>> bundledSystems();

/// `atalaya-fleet --config`.
QByteArray fleetConfig(const QList<SystemPlan> &systems, const Pace &pace, quint64 seed, const TokenFiles &tokens,
                       const QString &logFolder);
/// `prometheus --config.file`: scrapes every instance under its stable id, never its port.
Result<QByteArray> prometheusConfig(const QList<SystemPlan> &systems, const Pace &pace,
                                    const DrillAddresses &addresses);
/// `alertmanager --config.file`. `marker` names the receiver by which the stack knows its own.
Result<QByteArray> alertmanagerConfig(const Pace &pace, const QString &marker);
/// The workspace file that opens this drill. `dashboards` are the shipped ones, matched to systems by the start of
/// their names.
QByteArray workspaceFile(const QList<SystemPlan> &systems, const Pace &pace, const DrillAddresses &addresses,
                         const TokenFiles &tokens, const QStringList &dashboards);
/// The rule file of a system at that pace.
Result<QByteArray> rulesFor(const SystemPlan &system, const Pace &pace);

} // namespace atalaya::stack
