// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"

namespace atalaya::alerts {

/// What one Alertmanager said last.
struct AlertmanagerPart
{
    QString name;
    QString cluster; ///< members of one cluster know the same alerts
    bool isLive = true;
    QList<Alert> alerts;
};

/// What one Prometheus said last.
struct RulePart
{
    QString name;
    QList<Alert> alerts;
};

/// One list from all sources, worst first (critical, warning, info, others; firing before pending; oldest first). An
/// alert is firing when any Alertmanager lists it as active; a live Alertmanager is believed before a stale one, and a
/// stale one whose cluster has a live member is left out. A Prometheus alert belongs to the listed alert with the same
/// labels, else to the one with the fewest labels on top (external labels); what no Alertmanager lists stands with
/// Prometheus as its source. Pure.
QList<Alert> mergeAlerts(const QList<AlertmanagerPart> &alertmanagers, const QList<RulePart> &prometheuses);

} // namespace atalaya::alerts
