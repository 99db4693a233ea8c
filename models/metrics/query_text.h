// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/labels.h"
#include "models/base/time_range.h"

#include <QtCore/QString>

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

/// Replaces $__interval, $__interval_ms, $__rate_interval, $__range, $__range_s and $__range_ms, also written as
/// ${name} and [[name]]. Any other name stays as it is.
QString expandedQuery(const QString &text, const QueryScope &scope);

/// A series as people write it: name{label="value"}; "value" where it has neither.
QString legendText(const Labels &labels);

} // namespace atalaya::metrics
