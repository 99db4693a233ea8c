// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "models/base/time_range.h"
#include "models/metrics/series.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace atalaya::charts {

/// One curve. Points are those of `series`; a gap longer than one and a half steps, and NaN, stay gaps.
struct ChartSeries
{
    QString name;
    metrics::Series series;
    int hue = 0;         ///< index into the theme's chart hues; from 8 on also dashed
    bool dashed = false; ///< the second measure of the same label set

    bool operator==(const ChartSeries &) const = default;
};

/// A horizontal line with its word and value at the left, in the colour of its state; Info is a target (text 2).
struct ChartThreshold
{
    double value = 0;
    State state = State::Warning;
    QString word; ///< "critical", "warning", "target"

    bool operator==(const ChartThreshold &) const = default;
};

/// Something that happened: a dashed vertical line with a head in its kind's shape.
struct ChartMark
{
    enum class Kind
    {
        Alert,
        Command,
        Flag
    };
    Timestamp at{};
    Kind kind = Kind::Alert;
    State state = State::Warning; ///< of an alert
    QString text;

    bool operator==(const ChartMark &) const = default;
};

/// Everything a time series chart shows. A value: compare, copy, hand over.
struct ChartView
{
    TimeRange range{};
    Milliseconds step{15'000};
    QList<ChartSeries> series;
    QString unit;
    QList<ChartThreshold> thresholds;
    QList<ChartMark> marks;
    std::optional<double> minimum, maximum; ///< of the value axis; else from the data, with 0 unless that flattens them
    bool stacked = false;
    bool filled = false; ///< 12 % below a single or first curve
    bool bars = false;
    std::optional<Timestamp> notKnownSince; ///< stale: curves dashed in grey, and a shaded zone from here on
    QString words;                          ///< said in the plot while there is no curve ("asked 1.2 s ago")

    bool operator==(const ChartView &) const = default;
};

} // namespace atalaya::charts
