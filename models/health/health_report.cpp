// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_report.h"

#include <QtCore/QHash>

namespace atalaya::health {

using namespace Qt::Literals::StringLiterals;

QString statusWord(HealthStatus status)
{
    switch (status) {
    case HealthStatus::Healthy:
        return u"healthy"_s;
    case HealthStatus::Degraded:
        return u"degraded"_s;
    case HealthStatus::Unhealthy:
        return u"unhealthy"_s;
    case HealthStatus::Unknown:
        return u"unknown"_s;
    }
    return u"unknown"_s;
}

State stateOf(HealthStatus status)
{
    switch (status) {
    case HealthStatus::Healthy:
        return State::Ok;
    case HealthStatus::Degraded:
        return State::Warning;
    case HealthStatus::Unhealthy:
        return State::Critical;
    case HealthStatus::Unknown:
        return State::Unknown;
    }
    return State::Unknown;
}

HealthStatus statusFromWord(const QString &word)
{
    QString key;
    for (const QChar c : word) {
        if (c.isLetterOrNumber())
            key += c.toLower();
    }
    static const QHash<QString, HealthStatus> words = [] {
        QHash<QString, HealthStatus> map;
        for (const QString &good :
             {u"healthy"_s, u"ok"_s,    u"okay"_s,      u"up"_s,      u"pass"_s,      u"passed"_s,      u"passing"_s,
              u"alive"_s,   u"ready"_s, u"connected"_s, u"running"_s, u"available"_s, u"operational"_s, u"online"_s,
              u"success"_s, u"true"_s,  u"green"_s,     u"good"_s,    u"serving"_s,   u"accepting"_s})
            map.insert(good, HealthStatus::Healthy);
        for (const QString &poor :
             {u"degraded"_s, u"warn"_s, u"warning"_s, u"readydegraded"_s, u"partial"_s, u"partiallyhealthy"_s,
              u"yellow"_s, u"shuttingdown"_s, u"circuithalfopen"_s, u"starting"_s})
            map.insert(poor, HealthStatus::Degraded);
        for (const QString &bad :
             {u"unhealthy"_s,    u"down"_s,        u"fail"_s,     u"failed"_s,   u"failing"_s, u"failure"_s,
              u"error"_s,        u"critical"_s,    u"dead"_s,     u"notready"_s, u"notlive"_s, u"disconnected"_s,
              u"outofservice"_s, u"unavailable"_s, u"offline"_s,  u"stopped"_s,  u"false"_s,   u"red"_s,
              u"circuitopen"_s,  u"notserving"_s,  u"refusing"_s, u"fatal"_s})
            map.insert(bad, HealthStatus::Unhealthy);
        return map;
    }();
    return words.value(key, HealthStatus::Unknown);
}

HealthStatus worse(HealthStatus a, HealthStatus b)
{
    const auto rank = [](HealthStatus status) {
        switch (status) {
        case HealthStatus::Healthy:
            return 0;
        case HealthStatus::Degraded:
            return 1;
        case HealthStatus::Unknown:
            return 2;
        case HealthStatus::Unhealthy:
            return 3;
        }
        return 2;
    };
    return rank(a) >= rank(b) ? a : b;
}

} // namespace atalaya::health
