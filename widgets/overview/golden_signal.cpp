// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/golden_signal.h"

#include "widgets/common/sparkline.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace atalaya::overview {

void paintTrace(QPainter &painter, const QRectF &area, const GoldenView &golden, std::optional<Timestamp> began,
                const theme::Theme &look)
{
    if (area.height() < 4 || golden.range.length() <= Milliseconds(0))
        return;
    const auto place = [](Timestamp at) { return static_cast<double>(at.time_since_epoch().count()); };
    common::SparklineValues line;
    line.from = place(golden.range.from);
    line.to = place(golden.range.to);
    line.stale = !golden.live;
    if (began)
        line.beganAt = place(*began);
    // Samples stand at equal steps: a hole of more than one and a half usual ones is a gap.
    std::int64_t usual = 0;
    for (std::size_t i = 1; i < golden.times.size(); ++i) {
        const std::int64_t step = golden.times[i] - golden.times[i - 1];
        usual = usual == 0 ? step : std::min(usual, step);
    }
    for (std::size_t i = 0; i < golden.times.size(); ++i) {
        if (i > 0 && golden.times[i] - golden.times[i - 1] > usual + usual / 2) {
            line.times.push_back(static_cast<double>(golden.times[i - 1] + usual));
            line.values.push_back(std::numeric_limits<double>::quiet_NaN());
        }
        line.times.push_back(static_cast<double>(golden.times[i]));
        line.values.push_back(golden.values[i]);
    }
    common::paintSparkline(painter, area, line, look);
}

} // namespace atalaya::overview
