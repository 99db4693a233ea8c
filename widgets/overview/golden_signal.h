// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/time_range.h"
#include "models/workspace/workspace.h"

#include <QtCore/QRectF>
#include <QtCore/QString>

#include <cstdint>
#include <optional>
#include <vector>

class QPainter;

namespace atalaya::theme {
class Theme;
}

namespace atalaya::overview {

/// One golden signal ready to be painted. Without `times` there is no line, and `value` says why ("no data", "not
/// known").
struct GoldenView
{
    QString title;
    QString value;         ///< "27.4 %"; else the reason why there is no figure
    QString fullValue;     ///< for the tool tip
    bool hasValue = false; ///< `value` is a figure
    bool live = false;     ///< false: drawn dashed, in the stale colour
    std::vector<std::int64_t> times;
    std::vector<double> values;
    TimeRange range{};

    bool operator==(const GoldenView &) const = default;
};

/// The curve in its own scale from 0, with its last value's dot and a dotted mark where the trouble began; dashed and
/// without the dot when it is not live. Gaps stay gaps, and of each pixel column the extremes are kept.
void paintTrace(QPainter &painter, const QRectF &area, const GoldenView &golden, std::optional<Timestamp> began,
                const theme::Theme &look);

} // namespace atalaya::overview
