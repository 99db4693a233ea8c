// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/host_machine.h"

#include "app/fleet/metric_registry.h"

#include <cmath>

namespace atalaya::fleet {

namespace {

constexpr double GiB = 1024.0 * 1024.0 * 1024.0;
constexpr double diskSize = 78 * GiB;
constexpr double diskUsedAtFirst = 27 * GiB;
/// Up for three days when the story begins, so no counter starts at zero.
constexpr double uptimeAtFirst = 3 * 86'400;
/// What the rest of the machine takes, as a share of one processor.
constexpr double restUser = 0.025;
constexpr double restSystem = 0.012;
constexpr double restIoWait = 0.004;

} // namespace

double HostMachine::diskUsage() const
{
    return std::min(1.0, (diskUsedAtFirst + m_logBytes) / diskSize);
}

std::string HostMachine::metricsText(const Simulation &simulation) const
{
    MetricRegistry registry;
    const double uptime = uptimeAtFirst + double(simulation.realSpan(simulation.now()).count()) / 1000;
    auto &cpu = registry.counters("node_cpu_seconds_total", "Seconds the CPUs spent in each mode.");
    for (int i = 0; i < processorCount; ++i) {
        const double user = uptime * restUser + 0.8 * m_busySeconds / processorCount;
        const double system = uptime * restSystem + 0.2 * m_busySeconds / processorCount;
        const double ioWait = uptime * restIoWait;
        const auto add = [&](const char *mode, double seconds) {
            cpu.Add({{"cpu", std::to_string(i)}, {"mode", mode}}).Increment(seconds);
        };
        add("user", user);
        add("system", system);
        add("iowait", ioWait);
        add("idle", uptime - user - system - ioWait);
    }

    auto &size = registry.gauges("node_filesystem_size_bytes", "Filesystem size in bytes.");
    auto &available = registry.gauges("node_filesystem_avail_bytes", "Filesystem space available to non-root users.");
    const auto disk = [&](const char *device, const char *type, const char *mountPoint, double bytes, double free) {
        const prometheus::Labels labels{{"device", device}, {"fstype", type}, {"mountpoint", mountPoint}};
        size.Add(labels).Set(bytes);
        available.Add(labels).Set(std::round(free));
    };
    disk("/dev/vda1", "ext4", "/", diskSize, diskSize * (1 - diskUsage()));
    disk("tmpfs", "tmpfs", "/run", 0.4 * GiB, 0.39 * GiB);
    registry.gauges("node_boot_time_seconds", "Node boot time, in unixtime.")
        .Add({})
        .Set(double(simulation.moment().wall.time_since_epoch().count()) / 1000 - uptime);
    return registry.text();
}

} // namespace atalaya::fleet
