// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/heat_cells.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {

double boundOf(const QString &le)
{
    if (le == u"+Inf" || le == u"Inf")
        return std::numeric_limits<double>::infinity();
    bool isNumber = false;
    const double bound = le.toDouble(&isNumber);
    return isNumber ? bound : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

HeatCells heatCells(const std::vector<metrics::Series> &series, const QStringList &names)
{
    HeatCells cells;
    std::set<std::int64_t> times;
    for (const metrics::Series &one : series)
        times.insert(one.times.begin(), one.times.end());
    cells.times.assign(times.begin(), times.end());
    const auto row = [&](const metrics::Series &one) {
        std::vector<double> values(cells.times.size(), std::numeric_limits<double>::quiet_NaN());
        std::size_t at = 0;
        for (std::size_t i = 0; i < one.times.size(); ++i) {
            while (cells.times[at] < one.times[i])
                ++at;
            values[at] = one.values[i];
        }
        return values;
    };

    // Several series may share a bound (a query that forgot `sum by (le)`); their counts belong together.
    std::map<double, std::vector<double>> cumulative;
    for (std::size_t i = 0; i < series.size(); ++i) {
        const QString le = labelValue(series[i].labels, u"le"_s);
        const double bound = boundOf(le);
        std::vector<double> values = row(series[i]);
        if (le.isEmpty() || std::isnan(bound)) {
            cells.buckets.push_back({0, 0, names.value(static_cast<qsizetype>(i))});
            cells.counts.push_back(std::move(values));
            continue;
        }
        auto [found, isNew] = cumulative.try_emplace(bound, values);
        if (!isNew) {
            for (std::size_t t = 0; t < values.size(); ++t)
                found->second[t] = std::isnan(found->second[t])
                                       ? values[t]
                                       : found->second[t] + (std::isnan(values[t]) ? 0 : values[t]);
        }
    }
    double lower = 0;
    const std::vector<double> *below = nullptr;
    for (const auto &[bound, values] : cumulative) {
        std::vector<double> counts(values);
        if (below) {
            // A counter that is scraped in the middle of an update can make a bucket a hair smaller than the one below
            // it.
            for (std::size_t t = 0; t < counts.size(); ++t)
                counts[t] = std::isnan((*below)[t]) ? counts[t] : std::max(0.0, counts[t] - (*below)[t]);
        }
        cells.buckets.push_back({lower, bound, {}});
        cells.counts.push_back(std::move(counts));
        lower = bound;
        below = &values;
    }
    for (const std::vector<double> &counts : cells.counts) {
        for (const double count : counts) {
            if (!std::isnan(count))
                cells.most = std::max(cells.most, count);
        }
    }
    return cells;
}

} // namespace atalaya::dashboards
