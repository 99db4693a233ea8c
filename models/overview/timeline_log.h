// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/overview/system_facts.h"
#include "models/overview/system_summary.h"

#include <QtCore/QHash>
#include <QtCore/QTimeZone>

#include <map>

namespace atalaya::overview {

/// Compares what is known now with what was known before and keeps one line for each change, newest first, 2,000 at
/// most. The first look seeds it with what the servers still tell of the time before: starts of alerts and breaker
/// states, changes of flags of the last day. A thing that vanishes while its source is silent has not ended.
class TimelineLog
{
public:
    explicit TimelineLog(const QTimeZone &zone) : m_zone(zone) {}

    void look(const QList<SystemFacts> &systems, const QList<alerts::Alert> &alerts,
              const QStringList &silentAlertSources, const QList<refresh::SourceStatus> &sources, Timestamp now);

    /// Newest first.
    QList<TimelineEvent> events() const;
    /// Abnormal stretches that have ended, as begin and end: what "began" may reach back over.
    const QList<std::pair<Timestamp, Timestamp>> &ended() const { return m_ended; }
    /// The last alert of a system that was seen to end, with its end.
    std::optional<std::pair<QString, Timestamp>> lastResolved(const QString &system) const;

private:
    struct KnownBreaker
    {
        breakers::BreakerState state = breakers::BreakerState::Unknown;
        breakers::BreakerMode mode = breakers::BreakerMode::Auto;
        std::optional<Timestamp> since;
        std::optional<breakers::BreakerState> gauge;
    };
    struct KnownHealth
    {
        health::HealthStatus status = health::HealthStatus::Unknown;
        Timestamp since{};
    };

    void lookAtAlerts(const QList<alerts::Alert> &alerts, const QStringList &silentSources, Timestamp now);
    void lookAtBreaker(const breakers::Breaker &breaker, Timestamp now);
    void lookAtHealth(const QString &system, const InstanceFact &instance, Timestamp now);
    void lookAtFlags(const SystemFacts &system, Timestamp now);
    void lookAtSource(const refresh::SourceStatus &source, Timestamp now);
    void add(TimelineEvent event);
    void addEnded(Timestamp from, Timestamp to);

    QTimeZone m_zone;
    std::map<std::pair<Timestamp, QString>, TimelineEvent> m_events; ///< by time, then key
    QHash<QString, alerts::Alert> m_alerts;
    QHash<breakers::BreakerId, KnownBreaker> m_breakers;
    QHash<health::InstanceId, KnownHealth> m_health;
    QHash<QString, Freshness> m_sources;
    QHash<QString, std::pair<QString, Timestamp>> m_resolved;
    QList<std::pair<Timestamp, Timestamp>> m_ended;
};

} // namespace atalaya::overview
