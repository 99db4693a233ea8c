// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chart_view.h"

#include <cmath>

namespace atalaya::test {

/// An hour from 2026-11-24T02:10Z at a step of 15 s: a wave around `level` that rises by `rise` at 48 minutes.
inline metrics::Series waveSeries(double level, double rise, double swing = 0.04)
{
    metrics::Series series;
    const std::int64_t from = 1'795'486'200'000;
    for (int i = 0; i <= 240; ++i) {
        const double share = 1 / (1 + std::exp(-(i - 195) / 3.0));
        series.times.push_back(from + i * 15'000LL);
        series.values.push_back(level * (1 + swing * std::sin(i * 0.7) * std::cos(i * 0.13)) + rise * share);
    }
    return series;
}

inline charts::ChartView waveView()
{
    charts::ChartView view;
    view.range = {Timestamp(Milliseconds(1'795'486'200'000)), Timestamp(Milliseconds(1'795'489'800'000))};
    view.unit = QStringLiteral("s");
    view.series = {{QStringLiteral("text"), waveSeries(0.19, 0.38), 0},
                   {QStringLiteral("media"), waveSeries(0.31, 0.52), 1}};
    view.filled = true;
    return view;
}

} // namespace atalaya::test
