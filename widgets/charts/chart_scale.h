// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chart_view.h"

#include <QtCore/QTimeZone>

#include <utility>

namespace atalaya::charts {

struct Tick
{
    double at = 0; ///< a value, or milliseconds since the epoch
    QString text;

    bool operator==(const Tick &) const = default;
};

/// Round figures that span at least [bottom, top], three to six of them; the first and last are the axis' ends. A range
/// without extent gets one around it.
QList<Tick> valueTicks(double bottom, double top, const QString &unit);
/// Round moments of the zone within the range, far enough apart for their text.
QList<Tick> timeTicks(const TimeRange &range, const QTimeZone &zone, double width);
/// Lowest and highest value to be shown (of the stacked sums where the view is stacked); 0 and 1 where there is none.
std::pair<double, double> valueExtent(const ChartView &view);

} // namespace atalaya::charts
