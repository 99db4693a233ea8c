// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/metrics/series.h"

#include <QtCore/QList>

#include <vector>

namespace atalaya::dashboards {

/// A histogram over time: how many fell into each bucket at each time.
struct HeatCells
{
    struct Bucket
    {
        double lower = 0, upper = 0; ///< upper may be +Inf
        QString name;                ///< of a series that is no `le` bucket
    };
    std::vector<Bucket> buckets;             ///< lowest first
    std::vector<std::int64_t> times;         ///< ascending, ms
    std::vector<std::vector<double>> counts; ///< [bucket][time]; NaN: nothing known
    double most = 0;                         ///< the largest count
};

/// From series with an `le` label (cumulative, as Prometheus keeps them); series without one are buckets of their own,
/// by name.
HeatCells heatCells(const std::vector<metrics::Series> &series, const QStringList &names);

} // namespace atalaya::dashboards
