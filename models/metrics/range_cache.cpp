// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/range_cache.h"

#include <algorithm>
#include <map>

namespace atalaya::metrics {

namespace {

/// Keeps only the samples that `keep` says yes to; both columns stay of one length.
template <typename Keep>
void filterSamples(Series &series, Keep keep)
{
    std::size_t out = 0;
    for (std::size_t in = 0; in < series.times.size(); ++in) {
        if (!keep(series.times[in]))
            continue;
        series.times[out] = series.times[in];
        series.values[out] = series.values[in];
        ++out;
    }
    series.times.resize(out);
    series.values.resize(out);
}

std::int64_t millis(Timestamp time)
{
    return time.time_since_epoch().count();
}

} // namespace

TimeRange RangeCache::aligned(const TimeRange &wanted) const
{
    const auto down = [this](Timestamp time) {
        const Milliseconds since = time.time_since_epoch();
        return Timestamp(since - (since % m_step + m_step) % m_step);
    };
    return {down(wanted.from), down(wanted.to)};
}

std::optional<TimeRange> RangeCache::missing(const TimeRange &wanted) const
{
    const TimeRange need = aligned(wanted);
    if (!m_known || need.from < m_known->from || need.from > m_known->to + m_step)
        return need;
    if (need.to < m_known->to)
        return std::nullopt;
    return TimeRange{std::max(need.from, m_known->to - m_step), need.to};
}

void RangeCache::merge(const TimeRange &asked, const std::vector<Series> &answer, const TimeRange &wanted)
{
    const TimeRange keep = aligned(wanted);
    const bool joins = m_known && asked.from >= m_known->from && asked.from <= m_known->to + m_step;
    if (!joins)
        m_series.clear();
    std::map<Labels, std::size_t> at;
    for (std::size_t i = 0; i < m_series.size(); ++i)
        at.emplace(m_series[i].labels, i);
    // The answer is the whole truth for the range it was asked for: older samples in it go, also those it no longer
    // has.
    for (Series &series : m_series)
        filterSamples(series,
                      [&](std::int64_t time) { return time >= millis(keep.from) && time < millis(asked.from); });
    for (const Series &series : answer) {
        const auto known = at.find(series.labels);
        if (known == at.end()) {
            at.emplace(series.labels, m_series.size());
            m_series.push_back(series);
            continue;
        }
        Series &whole = m_series[known->second];
        whole.times.insert(whole.times.end(), series.times.begin(), series.times.end());
        whole.values.insert(whole.values.end(), series.values.begin(), series.values.end());
    }
    std::erase_if(m_series, [](const Series &series) { return series.times.empty(); });
    m_known = TimeRange{joins ? std::max(m_known->from, keep.from) : asked.from, asked.to};
}

void RangeCache::clear()
{
    m_known.reset();
    m_series.clear();
}

} // namespace atalaya::metrics
