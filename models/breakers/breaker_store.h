// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/snapshot.h"
#include "models/breakers/breaker_list.h"
#include "models/http/transport.h"
#include "models/refresh/refresh_schedule.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/endpoint_resolver.h"

#include <QtCore/QObject>

#include <memory>

namespace atalaya::breakers {

/// Breakers of an environment, per instance: control endpoints through their adapter, and the gauge through Prometheus
/// with each system's own encoding. Reading never changes a breaker.
class BreakerStore final : public QObject
{
    Q_OBJECT
public:
    BreakerStore(const workspace::Environment &environment, http::Transport &transport,
                 workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
                 refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent = nullptr);
    ~BreakerStore() override;

    /// All, in the order system (as configured), name, instance (as configured).
    QList<Breaker> breakers() const;
    /// Failure rate of the last hour at most, one value a read, oldest first; absent reads are left out.
    QList<std::pair<Timestamp, double>> failureRateHistory(const BreakerId &id) const;
    /// Systems that say they have no breakers (capabilities), and those not configured for any.
    QStringList systemsWithout() const;
    /// Systems that are configured for breakers and of which not one breaker is known: nothing may be said about them.
    QStringList systemsNotKnown() const;
    /// The control read of one instance: age and error. Null data for an instance that has no control endpoint.
    Snapshot<BreakerList> control(const QString &system, const QString &instance) const;
    /// What the instance's control endpoint says it can do, and the caller's roles; nothing while it has not said so.
    std::optional<OpsInfo> info(const QString &system, const QString &instance) const;
    /// Puts a server's own answer to a write in place of what was read before, until the next read. Reads under way are
    /// dropped: they may have left before the write.
    void applyReading(const BreakerId &id, const ControlReading &reading);
    bool isSettled() const;
    /// True while a read is under way.
    bool isAsking() const;
    void refreshNow();

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::breakers
