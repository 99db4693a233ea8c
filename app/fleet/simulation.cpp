// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/simulation.h"

#include <cmath>

namespace atalaya::fleet {

Simulation::Simulation(const Clock &clock, double speed, Milliseconds longestGap)
    : m_clock(clock), m_speed(speed), m_longestGap(longestGap), m_origin(clock.elapsed()), m_lastCatchUp(m_origin)
{
}

void Simulation::schedule(SimTime at, std::weak_ptr<const void> owner, std::function<void()> action)
{
    m_events.push({std::max(at, m_now), m_order++, std::move(owner), std::move(action)});
}

void Simulation::catchUp()
{
    const Milliseconds elapsed = m_clock.elapsed();
    if (elapsed - m_lastCatchUp > m_longestGap)
        m_origin += elapsed - m_lastCatchUp - m_longestGap;
    m_lastCatchUp = elapsed;

    const SimTime until = target();
    while (!m_events.empty() && m_events.top().at <= until) {
        // The queue only hands out const references; the element is removed right after it is emptied.
        Event event = std::move(const_cast<Event &>(m_events.top()));
        m_events.pop();
        m_now = event.at;
        if (const auto owner = event.owner.lock())
            event.action();
    }
    m_now = std::max(m_now, until);
}

SimTime Simulation::target() const
{
    const auto real = std::chrono::duration<double, std::micro>(m_clock.elapsed() - m_origin);
    return SimTime(std::llround(real.count() * m_speed));
}

Timestamp Simulation::wallAt(SimTime at) const
{
    const double realMs = double((at - target()).count()) / 1000.0 / m_speed;
    return m_clock.now() + Milliseconds(std::llround(realMs));
}

Milliseconds Simulation::realSpan(SimTime span) const
{
    return Milliseconds(std::llround(double(span.count()) / 1000.0 / m_speed));
}

SimTime Simulation::simSpan(Milliseconds real) const
{
    return SimTime(std::llround(double(real.count()) * 1000.0 * m_speed));
}

} // namespace atalaya::fleet
