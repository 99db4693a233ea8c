// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/simulation.h"

namespace atalaya::fleet {

/// What a Node process takes, computed from the work it did: CPU, a heap that grows until it is collected, and an event
/// loop that lags as it gets busy.
class NodeRuntime
{
public:
    /// Work on the event loop, and what it allocated.
    void addWork(double milliseconds, double kilobytes);
    /// To be called each simulated second; returns the CPU seconds since the last call.
    double tick();

    double heapUsedBytes() const;
    double heapTotalBytes() const;
    double residentBytes() const;
    double eventLoopLagSeconds() const { return m_lagSeconds; }

private:
    double m_cpuMs = 0;
    double m_garbageKiB = 0;
    double m_keptKiB = 0;
    double m_lagSeconds = 0;
};

} // namespace atalaya::fleet
