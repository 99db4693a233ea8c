// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/simulation.h"

namespace atalaya::fleet {

/// What a simulated process takes of the machine, computed from the work it did.
class ProcessUsage
{
public:
    explicit ProcessUsage(SimTime startedAt) : m_startedAt(startedAt) {}

    void addWork(double milliseconds) { m_cpuMs += milliseconds; }
    /// CPU seconds since the last call, on the simulated clock.
    double takeCpuSeconds();
    /// Resident bytes: the interpreter and its libraries, caches that fill up within the first hour, work under way.
    double residentBytes(SimTime now, int workUnderWay) const;

private:
    SimTime m_startedAt;
    double m_cpuMs = 0;
};

} // namespace atalaya::fleet
