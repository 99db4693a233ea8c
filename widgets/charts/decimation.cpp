// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/decimation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace atalaya::charts {

namespace {

/// The points of one column that matter, in the order of time.
class Column
{
public:
    void take(const QPointF &point)
    {
        if (m_count == 0)
            m_first = m_low = m_high = point;
        if (point.y() < m_low.y())
            m_low = point;
        if (point.y() > m_high.y())
            m_high = point;
        m_last = point;
        ++m_count;
    }

    void flushInto(std::vector<QPointF> &stretch)
    {
        if (m_count == 0)
            return;
        std::array<QPointF, 4> points{m_first, m_low, m_high, m_last};
        if (m_high.x() < m_low.x())
            std::swap(points[1], points[2]);
        for (const QPointF &point : points) {
            if (stretch.empty() || stretch.back() != point)
                stretch.push_back(point);
        }
        m_count = 0;
    }

private:
    int m_count = 0;
    QPointF m_first, m_low, m_high, m_last;
};

} // namespace

Stretches decimated(const metrics::Series &series, const TimeRange &range, Milliseconds step, double columns)
{
    Stretches stretches;
    const std::int64_t from = range.from.time_since_epoch().count();
    const std::int64_t to = range.to.time_since_epoch().count();
    if (to <= from || columns <= 0)
        return stretches;
    const double scale = columns / static_cast<double>(to - from);
    const auto longest = static_cast<std::int64_t>(static_cast<double>(step.count()) * 1.5);
    std::vector<QPointF> stretch;
    Column column;
    double columnAt = -1;
    std::int64_t before = 0;
    const auto endStretch = [&] {
        column.flushInto(stretch);
        if (!stretch.empty())
            stretches.push_back(std::move(stretch));
        stretch.clear();
    };
    for (std::size_t i = 0; i < series.times.size(); ++i) {
        const std::int64_t time = series.times[i];
        const double value = series.values[i];
        if (time < from || time > to)
            continue;
        if (!std::isfinite(value)) {
            endStretch();
            continue;
        }
        const bool continues = !stretch.empty() || columnAt >= 0;
        if (continues && longest > 0 && time - before > longest)
            endStretch();
        const double x = static_cast<double>(time - from) * scale;
        if (std::floor(x) != columnAt) {
            column.flushInto(stretch);
            columnAt = std::floor(x);
        }
        column.take({x, value});
        before = time;
    }
    endStretch();
    return stretches;
}

} // namespace atalaya::charts
