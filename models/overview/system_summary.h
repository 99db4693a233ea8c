// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/state.h"
#include "models/breakers/breaker.h"
#include "models/health/health_report.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace atalaya::overview {

struct InstanceSummary
{
    QString name;
    health::HealthStatus status = health::HealthStatus::Unknown;
    QString word;

    bool operator==(const InstanceSummary &) const = default;
};

/// One system's card. Counts are what is known; `silentSources` names what may be missing from them.
struct SystemSummary
{
    QString key, title;
    State worst = State::Unknown;
    QString worstWord;                ///< "Critical", "Warning", "Healthy", "Stale, 4 min", "Not known"
    State lastKnown = State::Unknown; ///< of a stale system: what it was
    std::optional<Timestamp> since;   ///< since when `worst` holds
    int critical = 0, warning = 0, info = 0, pending = 0; ///< alerts; silenced and inhibited do not count
    int breakersOpen = 0, breakersHalfOpen = 0, breakersForced = 0, breakersUnknown = 0, breakersClosed = 0,
        breakersBypassed = 0;
    QString breakerNames; ///< of those not closed, "openai, 2 of 2"
    bool hasBreakers = false;
    QList<InstanceSummary> instances;
    int flagsChangedLastHour = 0;
    State reasonState = State::Ok;
    QString reasonTitle, reasonText; ///< the footer line: first reason
    std::optional<Timestamp> reasonAt;
    QStringList silentSources;

    bool operator==(const SystemSummary &) const = default;
};

/// The sentence on top: "2 systems critical, 1 warning, 1 not known".
struct Verdict
{
    State worst = State::Unknown;
    QString sentence;
    QString detail; ///< "10 alerts firing, 7 share openai. Began 02:58:40, 11 min ago."
    QString silent; ///< "p2p silent for 4 min.", empty where every source answers
    std::optional<Timestamp> began;
    int alertsFiring = 0, breakersNotClosed = 0, instancesNotHealthy = 0, flagsPendingRestart = 0;
    bool atLeast = false; ///< a source is silent: every count is a lower bound

    bool operator==(const Verdict &) const = default;
};

/// One line of the live timeline.
struct TimelineEvent
{
    enum class Kind
    {
        Alert,
        Breaker,
        Health,
        Source,
        Flag
    };
    QString key; ///< unique and stable
    Timestamp at{};
    Kind kind = Kind::Alert;
    State state = State::Info; ///< shape and colour; for Breaker the new state is in `breaker`
    std::optional<breakers::BreakerState> breaker;
    QString title, text, system;

    bool operator==(const TimelineEvent &) const = default;
};

} // namespace atalaya::overview
