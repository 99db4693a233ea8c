// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/simulation.h"

#include <string>

namespace atalaya::fleet {

/// The machine an instance runs on, as node_exporter shows it: processors and file systems. It outlasts the processes,
/// and its time is that of the wall clock: at twenty times the speed a second still has one second of CPU.
class HostMachine
{
public:
    static constexpr int processorCount = 4;

    /// CPU time taken by the instance's process, in seconds of the machine's own.
    void addBusy(double seconds) { m_busySeconds += seconds; }
    void addLogBytes(double bytes) { m_logBytes += bytes; }

    /// 0 to 1.
    double diskUsage() const;
    /// node_exporter's metrics, text format 0.0.4.
    std::string metricsText(const Simulation &simulation) const;

private:
    double m_busySeconds = 0;
    double m_logBytes = 0;
};

} // namespace atalaya::fleet
