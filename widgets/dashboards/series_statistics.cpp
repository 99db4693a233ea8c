// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/series_statistics.h"

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

std::optional<SeriesStatistics> statisticsOf(const metrics::Series &series)
{
    SeriesStatistics found;
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        const double value = series.values[i];
        if (std::isnan(value))
            continue;
        if (found.count == 0) {
            found.first = found.minimum = found.maximum = value;
        } else {
            found.minimum = std::min(found.minimum, value);
            found.maximum = std::max(found.maximum, value);
        }
        found.sum += value;
        found.last = value;
        found.lastAt = series.times[i];
        ++found.count;
    }
    if (found.count == 0)
        return std::nullopt;
    found.mean = found.sum / found.count;
    return found;
}

std::optional<double> reduced(const metrics::Series &series, const QString &reducer)
{
    const std::optional<SeriesStatistics> found = statisticsOf(series);
    if (!found)
        return std::nullopt;
    if (reducer == u"mean" || reducer == u"avg")
        return found->mean;
    if (reducer == u"max")
        return found->maximum;
    if (reducer == u"min")
        return found->minimum;
    if (reducer == u"sum" || reducer == u"total")
        return found->sum;
    if (reducer == u"first" || reducer == u"firstNotNull")
        return found->first;
    if (reducer == u"count")
        return found->count;
    if (reducer == u"range")
        return found->maximum - found->minimum;
    if (reducer == u"diff" || reducer == u"delta")
        return found->last - found->first;
    return found->last;
}

} // namespace atalaya::dashboards
