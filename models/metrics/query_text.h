// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/labels.h"
#include "models/base/time_range.h"

#include <QtCore/QMap>
#include <QtCore/QStringList>

namespace atalaya::metrics {

/// What Grafana's built-in variables stand for in one question.
struct QueryScope
{
    TimeRange range;
    Milliseconds step{15'000};
    Milliseconds scrapeInterval{15'000};
};

/// max(4 scrapes, step + scrape): the window that holds two samples at every step, also over the joint of two runs.
Milliseconds rateInterval(const QueryScope &scope);

/// Replaces $__interval, $__interval_ms, $__rate_interval, $__range, $__range_s, $__range_ms, and the given variables
/// as $name,
/// ${name}, ${name:format} (regex, pipe, csv, raw) and [[name]]. Several values become (a|b) with their special
/// characters escaped. A name that is not given stays as it is.
QString expandedQuery(const QString &text, const QueryScope &scope, const QMap<QString, QStringList> &variables = {});

/// A legend with {{label}} replaced (absent: empty); an empty pattern gives the label set in Prometheus' form.
QString legendText(const Labels &labels, const QString &pattern);

} // namespace atalaya::metrics
