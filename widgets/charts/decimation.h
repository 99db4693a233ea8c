// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/time_range.h"
#include "models/metrics/series.h"

#include <QtCore/QPointF>

#include <vector>

namespace atalaya::charts {

/// Unbroken stretches of a curve; x in columns from the range's start (fractions allowed), y the value.
using Stretches = std::vector<std::vector<QPointF>>;

/// Keeps of each pixel column the first, last, lowest and highest point: what a full drawing would show, in at most
/// four points a column. NaN and a hole longer than one and a half steps end a stretch. Points outside the range are
/// left out. Pure.
Stretches decimated(const metrics::Series &series, const TimeRange &range, Milliseconds step, double columns);

} // namespace atalaya::charts
