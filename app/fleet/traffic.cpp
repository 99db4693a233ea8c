// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/traffic.h"

#include <cmath>
#include <numbers>

namespace atalaya::fleet {

Traffic::Traffic(Simulation &simulation, RandomStream random, std::vector<double> perSecond)
    : m_simulation(simulation), m_random(std::move(random)), m_perSecond(std::move(perSecond))
{
}

void Traffic::start(const std::weak_ptr<const void> &owner, std::function<void(std::size_t)> arrived)
{
    m_isRunning = true;
    m_owner = owner;
    m_arrived = std::move(arrived);
    for (std::size_t kind = 0; kind < m_perSecond.size(); ++kind)
        scheduleNext(kind);
}

void Traffic::scheduleNext(std::size_t kind)
{
    const double seconds = std::chrono::duration<double>(m_simulation.now()).count();
    const double swell = 1 + 0.1 * std::sin(2 * std::numbers::pi * seconds / 900);
    const double wait = m_random.exponential(1 / (m_perSecond[kind] * swell));
    m_simulation.schedule(m_simulation.now() + SimTime(std::llround(wait * 1e6)), m_owner, [this, kind] {
        if (!m_isRunning)
            return;
        m_arrived(kind);
        scheduleNext(kind);
    });
}

} // namespace atalaya::fleet
