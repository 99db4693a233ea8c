// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/metric_registry.h"

#include <prometheus/text_serializer.h>

#include <sstream>

namespace atalaya::fleet {

prometheus::Family<prometheus::Counter> &MetricRegistry::counters(const std::string &name, const std::string &help)
{
    return prometheus::BuildCounter().Name(name).Help(help).Register(m_registry);
}

prometheus::Family<prometheus::Gauge> &MetricRegistry::gauges(const std::string &name, const std::string &help)
{
    return prometheus::BuildGauge().Name(name).Help(help).Register(m_registry);
}

prometheus::Family<prometheus::Histogram> &MetricRegistry::histograms(const std::string &name, const std::string &help)
{
    return prometheus::BuildHistogram().Name(name).Help(help).Register(m_registry);
}

std::string MetricRegistry::text() const
{
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, m_registry.Collect());
    return out.str();
}

const prometheus::Histogram::BucketBoundaries &pythonBuckets()
{
    static const prometheus::Histogram::BucketBoundaries buckets{.005, .01, .025, .05, .075, .1,  .25,
                                                                 .5,   .75, 1,    2.5, 5,    7.5, 10};
    return buckets;
}

} // namespace atalaya::fleet
