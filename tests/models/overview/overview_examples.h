// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/time_text.h"
#include "models/overview/verdict_judge.h"

#include <QtCore/QTimeZone>

#include <gtest/gtest.h>

namespace atalaya::overview::test {

/// "03:02:52" of the night of 24 November 2026, UTC.
inline Timestamp at(const char *clock)
{
    return parseTime(QStringLiteral("2026-11-24T") + QLatin1StringView(clock) + u'Z').value();
}

inline alerts::Alert alertOf(const char *name, const char *severity, const char *system, const char *since,
                             alerts::AlertState state = alerts::AlertState::Firing, Labels labels = {})
{
    using namespace Qt::Literals::StringLiterals;
    alerts::Alert alert;
    alert.name = QLatin1StringView(name);
    alert.severity = QLatin1StringView(severity);
    alert.system = QLatin1StringView(system);
    labels[u"alertname"_s] = alert.name;
    labels[u"severity"_s] = alert.severity;
    labels[u"system"_s] = alert.system;
    alert.labels = labels;
    alert.annotations[u"summary"_s] = alert.name + u" summary"_s;
    alert.fingerprint = alerts::fingerprintOf(labels);
    alert.state = state;
    alert.startsAt = alert.activeAt = at(since);
    alert.sources = {u"am"_s};
    return alert;
}

inline breakers::Breaker breakerOf(const char *name, const char *instance, breakers::BreakerState state,
                                   const char *since = nullptr,
                                   breakers::BreakerMode mode = breakers::BreakerMode::Auto)
{
    breakers::Breaker breaker;
    breaker.id = {QStringLiteral("worker"), QLatin1StringView(name), QLatin1StringView(instance)};
    breaker.control = breakers::ControlReading();
    breaker.control->state = state;
    breaker.control->mode = mode;
    breaker.controlLive = true;
    if (since)
        breaker.since = at(since);
    return breaker;
}

inline InstanceFact instanceOf(const char *name, health::HealthStatus status, const char *since = "02:00:00",
                               Freshness freshness = Freshness::Live, const QStringList &unhealthy = {})
{
    InstanceFact fact;
    fact.name = QLatin1StringView(name);
    fact.status = status;
    fact.freshness = freshness;
    fact.since = at(since);
    fact.lastGood = freshness == Freshness::Unreachable || freshness == Freshness::Waiting ? Timestamp{} : at(since);
    fact.unhealthy = unhealthy;
    return fact;
}

inline refresh::SourceStatus sourceOf(const char *name, Freshness freshness, const char *lastGood = nullptr)
{
    refresh::SourceStatus status;
    status.name = QLatin1StringView(name);
    status.freshness = freshness;
    if (lastGood)
        status.lastGood = at(lastGood);
    if (freshness == Freshness::Stale || freshness == Freshness::Unreachable) {
        status.failingSince = lastGood ? at(lastGood) : at("03:00:00");
        status.error =
            Error{.kind = ErrorKind::Server, .summary = QStringLiteral("answered HTTP 503"), .httpStatus = 503};
    }
    return status;
}

/// A system with a live Prometheus and one healthy instance.
inline SystemFacts healthySystem(const char *key = "worker")
{
    SystemFacts facts;
    facts.key = facts.title = QLatin1StringView(key);
    facts.instances = {instanceOf("w-1", health::HealthStatus::Healthy)};
    facts.prometheus = sourceOf("core", Freshness::Live, "03:09:30");
    return facts;
}

inline const Timestamp night = at("03:09:40");

inline SystemSummary judged(const SystemFacts &facts, Timestamp now = night)
{
    return judgeSystem(facts, now, QTimeZone::utc()).summary;
}

} // namespace atalaya::overview::test
