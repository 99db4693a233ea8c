// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <string>

namespace atalaya::fleet {

/// One process's metrics. A series is born at 0 when its `counter`, `gauge` or `histogram` is first asked for, so that
/// no counter loses its first increment; the references stay good for the registry's life.
class MetricRegistry
{
public:
    using Labels = prometheus::Labels;

    prometheus::Family<prometheus::Counter> &counters(const std::string &name, const std::string &help);
    prometheus::Family<prometheus::Gauge> &gauges(const std::string &name, const std::string &help);
    prometheus::Family<prometheus::Histogram> &histograms(const std::string &name, const std::string &help);

    std::vector<prometheus::MetricFamily> collect() const { return m_registry.Collect(); }
    /// The text exposition format, version 0.0.4.
    std::string text() const;

private:
    prometheus::Registry m_registry;
};

/// The default buckets of the Python client, in seconds.
const prometheus::Histogram::BucketBoundaries &pythonBuckets();

} // namespace atalaya::fleet
