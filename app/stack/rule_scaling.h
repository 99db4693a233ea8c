// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"

#include <QtCore/QByteArray>

namespace atalaya::stack {

/// How a drill's time runs: `speed` story seconds a second on the clock.
struct Pace
{
    double speed = 1;

    /// The specification's 15 s, shortened with the speed, but not under 1 s.
    Milliseconds scrapeInterval() const;
    /// A duration of the story on the clock, but not under `least`.
    Milliseconds shortened(Milliseconds span, Milliseconds least = Milliseconds(1)) const;
};

/// A Prometheus rule file for that pace: `for`, `keep_firing_for` and `interval`, windows and offsets inside
/// expressions (a window never under 4 scrapes), durations in words inside annotations ("for 5 minutes"), and
/// thresholds in units of time, which a rule marks with "# per second" or "# per hour" after the number. Everything
/// else stays byte for byte; at speed 1 all of it. Malformed for a duration it cannot read, with the line.
Result<QByteArray> scaleRules(const QByteArray &yaml, const Pace &pace);

} // namespace atalaya::stack
