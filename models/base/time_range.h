// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <algorithm>
#include <cstdint>

namespace atalaya {

/// A closed span of time, from <= to.
struct TimeRange
{
    Timestamp from;
    Timestamp to;

    Milliseconds length() const { return to - from; }
    bool contains(Timestamp time) const { return from <= time && time <= to; }
    bool operator==(const TimeRange &) const = default;
};

/// The step for a range drawn over `columns` pixels: a round number of seconds, never under `scrapeInterval` and never
/// so small that a series would pass Prometheus' 11,000 points.
inline Milliseconds stepFor(const TimeRange &range, int columns, Milliseconds scrapeInterval)
{
    using namespace std::chrono_literals;
    scrapeInterval = std::max(scrapeInterval, Milliseconds(1ms));
    // Rounded up: a step a millisecond short gives a point too many.
    const Milliseconds least = (range.length() + 10'998ms) / 10'999;
    const Milliseconds wanted = std::max({range.length() / std::max(columns, 1), least, scrapeInterval});
    for (const Milliseconds step :
         {Milliseconds(1s), Milliseconds(2s), Milliseconds(5s), Milliseconds(10s), Milliseconds(15s), Milliseconds(30s),
          Milliseconds(1min), Milliseconds(2min), Milliseconds(5min), Milliseconds(10min), Milliseconds(15min),
          Milliseconds(30min), Milliseconds(1h), Milliseconds(2h), Milliseconds(6h), Milliseconds(12h)}) {
        if (step >= wanted && step % scrapeInterval == 0ms)
            return step;
    }
    const auto multiple = (wanted + scrapeInterval - 1ms) / scrapeInterval;
    return scrapeInterval * std::max<std::int64_t>(1, multiple);
}

} // namespace atalaya
