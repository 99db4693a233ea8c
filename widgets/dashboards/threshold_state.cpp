// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/threshold_state.h"

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

std::optional<State> stateOfThreshold(const QString &color)
{
    const QString word = color.toLower();
    for (const QLatin1StringView red :
         {"red"_L1, "#f2495c"_L1, "#e02f44"_L1, "#d44a3a"_L1, "#c4162a"_L1, "#ff0000"_L1}) {
        if (word.contains(red))
            return State::Critical;
    }
    for (const QLatin1StringView warm :
         {"orange"_L1, "yellow"_L1, "amber"_L1, "#eab839"_L1, "#ff9830"_L1, "#fade2a"_L1, "#ffa500"_L1}) {
        if (word.contains(warm))
            return State::Warning;
    }
    return std::nullopt;
}

std::optional<State> stateOfValue(double value, const QList<Threshold> &thresholds)
{
    if (std::isnan(value))
        return std::nullopt;
    std::optional<State> state;
    double reached = -std::numeric_limits<double>::infinity();
    for (const Threshold &threshold : thresholds) {
        if (threshold.isBase) {
            // A base that is red means "too little is bad": it holds until a higher step is reached.
            if (!std::isfinite(reached))
                state = stateOfThreshold(threshold.color);
        } else if (value >= threshold.value && threshold.value >= reached) {
            reached = threshold.value;
            state = stateOfThreshold(threshold.color);
        }
    }
    return state;
}

} // namespace atalaya::dashboards
