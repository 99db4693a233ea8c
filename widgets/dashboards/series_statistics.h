// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/metrics/series.h"

#include <optional>

namespace atalaya::dashboards {

/// What a legend says of one series. NaN points do not count; nothing where no number is left.
struct SeriesStatistics
{
    double last = 0, minimum = 0, maximum = 0, mean = 0, first = 0, sum = 0;
    int count = 0;
    std::int64_t lastAt = 0; ///< ms since the epoch
};
std::optional<SeriesStatistics> statisticsOf(const metrics::Series &series);

/// Grafana's reducer words ("lastNotNull", "last", "mean", "max", "min", "sum", "first", "firstNotNull", "range",
/// "delta", "diff", "count"); an unknown word and an empty one read as lastNotNull.
std::optional<double> reduced(const metrics::Series &series, const QString &reducer);

} // namespace atalaya::dashboards
