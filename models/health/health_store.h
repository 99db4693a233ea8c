// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/snapshot.h"
#include "models/health/health_report.h"
#include "models/http/transport.h"
#include "models/refresh/refresh_schedule.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/endpoint_resolver.h"

#include <QtCore/QObject>

#include <deque>
#include <memory>

namespace atalaya::health {

/// Strong key of an instance within an environment.
struct InstanceId
{
    QString system;
    QString instance;

    auto operator<=>(const InstanceId &) const = default;
    bool operator==(const InstanceId &) const = default;
    friend size_t qHash(const InstanceId &id, size_t seed = 0) { return qHashMulti(seed, id.system, id.instance); }
};

/// A stretch of time with one status, for the bars of the Health page. Nothing was known before the first sample.
struct HealthSample
{
    Timestamp at{};
    HealthStatus status = HealthStatus::Unknown; ///< Unknown: it did not answer
    double latencyMs = 0;

    bool operator==(const HealthSample &) const = default;
};

/// Health of every instance of an environment: probes each at its interval and keeps what it saw (up to 24 h) since the
/// console was opened.
class HealthStore final : public QObject
{
    Q_OBJECT
public:
    HealthStore(const workspace::Environment &environment, http::Transport &transport,
                workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
                refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent = nullptr);
    ~HealthStore() override;

    QList<InstanceId> instances() const;
    /// Data present: its last good answer. An instance that does not answer has an error and is never healthy.
    Snapshot<InstanceHealth> health(const InstanceId &id) const;
    Snapshot<StartupReport> startup(const InstanceId &id) const;
    /// Status now, for counting: Unknown when the snapshot is not live.
    HealthStatus statusNow(const InstanceId &id) const;
    /// Since when `statusNow` has held; the first sample's time when it never changed while we watched.
    std::optional<Timestamp> since(const InstanceId &id) const;
    /// Samples of one component ("" for the instance itself), oldest first.
    QList<HealthSample> history(const InstanceId &id, const QString &component) const;
    /// The same with equal neighbours joined: each stretch begins at `at` and lasts until the next one.
    QList<HealthSample> stretches(const InstanceId &id, const QString &component) const;
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

} // namespace atalaya::health
