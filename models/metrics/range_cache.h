// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/time_range.h"
#include "models/metrics/series.h"

#include <optional>

namespace atalaya::metrics {

/// What is known of one range query at one step, so that a refresh asks only for the steps it lacks. All times are
/// multiples of the step. The newest two steps are asked again each time: a scrape that arrives late still changes
/// them.
class RangeCache
{
public:
    explicit RangeCache(Milliseconds step) : m_step(step) {}

    Milliseconds step() const { return m_step; }
    /// `wanted` widened to whole steps.
    TimeRange aligned(const TimeRange &wanted) const;
    /// What has to be asked so that `wanted` (aligned) is known: one range, or nothing.
    std::optional<TimeRange> missing(const TimeRange &wanted) const;
    /// Takes the answer for `asked` and forgets what lies before `wanted`.
    void merge(const TimeRange &asked, const std::vector<Series> &answer, const TimeRange &wanted);
    void clear();

    const std::vector<Series> &series() const { return m_series; }

private:
    Milliseconds m_step;
    std::optional<TimeRange> m_known;
    std::vector<Series> m_series;
};

} // namespace atalaya::metrics
