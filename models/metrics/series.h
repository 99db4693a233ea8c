// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/labels.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <cstdint>
#include <vector>

namespace atalaya::metrics {

/// One series: equal-length columns, times ascending in milliseconds since the epoch. A missing point is simply not
/// there; NaN is a value that Prometheus sent.
struct Series
{
    Labels labels;
    std::vector<std::int64_t> times;
    std::vector<double> values;

    bool operator==(const Series &) const = default;
};

/// What a query answered. Vector: one point a series. Scalar: one series without labels. String: `text` only.
struct QueryResult
{
    enum class Kind
    {
        Vector,
        Matrix,
        Scalar,
        String
    };
    Kind kind = Kind::Vector;
    std::vector<Series> series;
    QString text;
    QStringList warnings;     ///< the server's: the data may be partial
    int nativeHistograms = 0; ///< series left out because they hold native histograms only
};

} // namespace atalaya::metrics
