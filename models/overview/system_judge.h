// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/overview/system_facts.h"
#include "models/overview/system_summary.h"

#include <QtCore/QTimeZone>

namespace atalaya::overview {

/// One thing that speaks for a state of a system.
struct Reason
{
    State state = State::Ok;
    QString title, text;
    std::optional<Timestamp> at;
};

struct Judgement
{
    SystemSummary summary;
    QList<Reason> reasons;                ///< of every state, in no order
    bool hasAnswered = false;             ///< something of what is silent answered once
    std::optional<Timestamp> silentSince; ///< the last good answer of what is silent; epoch where there never was one
};

/// Worst state: critical; then unknown or stale where what critical needs is missing (its Prometheus, an instance's
/// health); then warning, pending, ok. An open breaker counts as its alert's severity, as warning where no alert speaks
/// of it; a forced one never counts. Pure.
Judgement judgeSystem(const SystemFacts &facts, Timestamp now, const QTimeZone &zone);

/// The severity that an alert of the system gives to an open breaker; warning where none does.
State openBreakerState(const breakers::Breaker &breaker, const QList<alerts::Alert> &alerts);

} // namespace atalaya::overview
