// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtCore/QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace atalaya::common {

/// What a sparkline shows. `times` ascend; any unit, the same as `from`, `to` and `beganAt`. NaN is a gap and stays
/// one.
struct SparklineValues
{
    std::vector<double> times;
    std::vector<double> values;
    double from = 0; ///< the page's whole range
    double to = 1;
    bool stale = false;            ///< dashed, grey, without the dot
    std::optional<double> beganAt; ///< dotted mark where the incident began

    bool isEmpty() const { return values.empty(); }
    bool operator==(const SparklineValues &) const = default;
};

/// Hue 1, own scale from 0 (or from the lowest value where that is below 0), 12 % fill, dot on the last value. Nothing
/// but the base line when there is no value.
void paintSparkline(QPainter &painter, const QRectF &area, const SparklineValues &values, const theme::Theme &theme);

} // namespace atalaya::common
