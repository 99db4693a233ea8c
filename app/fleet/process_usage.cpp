// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/process_usage.h"

#include <cmath>
#include <utility>

namespace atalaya::fleet {

double ProcessUsage::takeCpuSeconds()
{
    return std::exchange(m_cpuMs, 0.0) / 1000;
}

double ProcessUsage::residentBytes(SimTime now, int workUnderWay) const
{
    constexpr double MiB = 1024 * 1024;
    const double minutes = std::chrono::duration<double, std::ratio<60>>(now - m_startedAt).count();
    return std::round((148 + 42 * (1 - std::exp(-minutes / 20)) + 0.6 * workUnderWay) * MiB);
}

} // namespace atalaya::fleet
