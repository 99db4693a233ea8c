// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/overview/system_judge.h"

namespace atalaya::overview {

/// What the verdict stands on beside the systems' own judgements.
struct VerdictFacts
{
    QList<Judgement> systems;
    QList<SystemFacts> facts;
    QList<alerts::Alert> alerts;
    QList<refresh::SourceStatus> sources;         ///< pills
    QList<std::pair<Timestamp, Timestamp>> ended; ///< abnormal stretches that are over
    bool isAlertSourceSilent = false;
};

/// The sentence on top and its counts. Pure.
Verdict judgeAll(const VerdictFacts &facts, Timestamp now, const QTimeZone &zone);

/// The earliest of what is abnormal now, reaching back over ended stretches while no calm of ten minutes lies between.
std::optional<Timestamp> beganAt(const VerdictFacts &facts);

} // namespace atalaya::overview
