// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chart_scale.h"

#include "models/base/quantity.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>

#include <cmath>
#include <map>

namespace atalaya::charts {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A step is round, so "0.750" beside "0.500" says no more than "0.75" beside "0.5".
QString withoutTrailingZeros(QString figure)
{
    static const QRegularExpression zeros(u"\\.?0+(?=$| )"_s);
    return figure.contains(u'.') ? figure.replace(zeros, QString()) : figure;
}

} // namespace

QList<Tick> valueTicks(double bottom, double top, const QString &unit)
{
    if (!std::isfinite(bottom) || !std::isfinite(top))
        return valueTicks(0, 1, unit);
    if (!(top > bottom)) {
        const double around = bottom == 0 ? 1 : std::abs(bottom) / 2;
        return valueTicks(bottom > 0 ? 0 : bottom - around, bottom + around, unit);
    }
    const double rough = (top - bottom) / 4;
    const double magnitude = std::pow(10, std::floor(std::log10(rough)));
    double step = 10 * magnitude;
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * magnitude >= rough * 0.999) {
            step = factor * magnitude;
            break;
        }
    }
    QList<Tick> ticks;
    const double first = std::floor(bottom / step + 1e-9);
    for (double n = first; ticks.size() < 12; ++n) {
        const double at = n * step;
        const double shown = std::abs(at) < step / 1000 ? 0 : at;
        const QuantityText text = quantity(shown, unit);
        // "ms" as a unit scales with the value; the axis needs it, "%" and "/s" stand in the panel's head.
        const bool inHead = text.unit.isEmpty() || text.unit == u"/s" || text.unit == u"EUR" || text.unit == u"USD";
        const QString figure = withoutTrailingZeros(text.figure);
        ticks.append({shown, inHead ? figure : figure + u' ' + text.unit});
        if (at >= top - step / 1000)
            break;
    }
    return ticks;
}

QList<Tick> timeTicks(const TimeRange &range, const QTimeZone &zone, double width)
{
    using namespace std::chrono_literals;
    constexpr double leastApart = 78;
    const auto length = static_cast<double>(range.length().count());
    if (length <= 0 || width <= 0)
        return {};
    Milliseconds step = 30 * 24h;
    for (const Milliseconds candidate :
         {Milliseconds(1s), Milliseconds(5s), Milliseconds(15s), Milliseconds(30s), Milliseconds(1min),
          Milliseconds(5min), Milliseconds(10min), Milliseconds(15min), Milliseconds(30min), Milliseconds(1h),
          Milliseconds(3h), Milliseconds(6h), Milliseconds(12h), Milliseconds(24h), Milliseconds(7 * 24h)}) {
        if (static_cast<double>(candidate.count()) / length * width >= leastApart) {
            step = candidate;
            break;
        }
    }
    const QDateTime from = QDateTime::fromMSecsSinceEpoch(range.from.time_since_epoch().count(), zone);
    // Round moments are round in the zone's own clock: an offset of half an hour moves them.
    const qint64 offset = from.offsetFromUtc() * 1000LL;
    const qint64 begin = range.from.time_since_epoch().count() + offset;
    QList<Tick> ticks;
    for (qint64 local = (begin + step.count() - 1) / step.count() * step.count();
         local - offset <= range.to.time_since_epoch().count(); local += step.count()) {
        const QDateTime when = QDateTime::fromMSecsSinceEpoch(local - offset, zone);
        const QString text = step >= 24h ? QLocale::c().toString(when, u"d MMM"_s)
                                         : when.toString(step < 1min ? u"HH:mm:ss"_s : u"HH:mm"_s);
        ticks.append({static_cast<double>(local - offset), text});
    }
    return ticks;
}

std::pair<double, double> valueExtent(const ChartView &view)
{
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    std::map<std::int64_t, double> sums;
    for (const ChartSeries &each : view.series) {
        for (std::size_t i = 0; i < each.series.values.size(); ++i) {
            const double value = each.series.values[i];
            if (!std::isfinite(value))
                continue;
            if (view.stacked) {
                sums[each.series.times[i]] += value;
                continue;
            }
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    for (const auto &[time, sum] : sums) {
        low = std::min(low, sum);
        high = std::max(high, sum);
    }
    for (const ChartThreshold &threshold : view.thresholds) {
        // A limit that is far above the data would flatten them; it is drawn only when they come near it.
        if (high > -HUGE_VAL && threshold.value > high && threshold.value <= high * 3)
            high = threshold.value;
    }
    if (low > high)
        return {view.minimum.value_or(0), view.maximum.value_or(1)};
    // From zero, unless the curves are a thin band far away from it.
    if (low > 0 && (view.filled || view.stacked || view.bars || low < high * 0.8))
        low = 0;
    return {std::min(view.minimum.value_or(low), low), std::max(view.maximum.value_or(high), high)};
}

} // namespace atalaya::charts
