// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/node_runtime.h"

#include <algorithm>
#include <cmath>

namespace atalaya::fleet {

namespace {

constexpr double codeKiB = 88 * 1024;
constexpr double garbageLimitKiB = 64 * 1024;
constexpr double keptLimitKiB = 40 * 1024;
constexpr double pauseMs = 18;

} // namespace

void NodeRuntime::addWork(double milliseconds, double kilobytes)
{
    m_cpuMs += milliseconds;
    m_garbageKiB += kilobytes;
}

double NodeRuntime::tick()
{
    if (m_garbageKiB > garbageLimitKiB) {
        // Caches keep a little of what is collected, ever less as they fill.
        m_keptKiB += 0.02 * m_garbageKiB * (1 - m_keptKiB / keptLimitKiB);
        m_garbageKiB = 0;
        m_cpuMs += pauseMs;
    }
    const double busy = std::min(0.99, m_cpuMs / 1000);
    m_lagSeconds = (1.2 + 6 * busy / (1 - busy)) / 1000;
    const double seconds = m_cpuMs / 1000;
    m_cpuMs = 0;
    return seconds;
}

double NodeRuntime::heapUsedBytes() const
{
    return std::round((codeKiB + m_keptKiB + m_garbageKiB) * 1024);
}

double NodeRuntime::heapTotalBytes() const
{
    return std::round((codeKiB + m_keptKiB + garbageLimitKiB * 1.2) * 1024);
}

double NodeRuntime::residentBytes() const
{
    return heapTotalBytes() + 62 * 1024 * 1024.0;
}

} // namespace atalaya::fleet
