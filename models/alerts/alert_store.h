// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/alerts/silence.h"
#include "models/base/snapshot.h"
#include "models/http/transport.h"
#include "models/refresh/refresh_schedule.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/endpoint_resolver.h"

#include <QtCore/QObject>

#include <memory>

namespace atalaya::alerts {

/// Pending and firing alerts of one environment, merged over its Prometheus servers (rules API) and Alertmanagers. The
/// last good answer of a silent source stays in the merge; `silentSources` says what may be missing.
class AlertStore final : public QObject
{
    Q_OBJECT
public:
    AlertStore(const workspace::Environment &environment, http::Transport &transport,
               workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
               refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent = nullptr);
    ~AlertStore() override;

    /// Every alert that is not resolved, worst first (critical, warning, info, others; firing before pending; oldest
    /// first).
    QList<Alert> alerts() const;
    QList<Rule> rules() const;
    /// Rules that cannot be evaluated (health "err"): they look quiet and are not.
    QList<Rule> brokenRules() const;
    /// Silences as the Alertmanagers hold them, expired ones too; one entry for each Alertmanager that lists it.
    QList<Silence> silences() const;
    /// True once every source has answered or failed at least once.
    bool isSettled() const;
    /// True while a read is under way.
    bool isAsking() const;
    /// Names of Prometheus and Alertmanager sources whose part is stale or missing: counts read "at least".
    QStringList silentSources() const;
    /// The same, for one system: Alertmanagers are left out (what only they know is not a system's), its Prometheus
    /// counts.
    bool isSilentFor(const QString &systemKey) const;
    /// True while at least one Alertmanager answers: only then does "not in any Alertmanager" mean something.
    bool hasLiveAlertmanager() const;
    void refreshNow();

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::alerts
