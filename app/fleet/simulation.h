// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QtCore/QtGlobal>

#include <functional>
#include <memory>
#include <queue>

namespace atalaya::fleet {

/// Simulated time since the fleet began. Never follows the wall clock.
using SimTime = std::chrono::microseconds;
inline double inSeconds(SimTime span)
{
    return std::chrono::duration<double>(span).count();
}

/// One moment in both times. `wall` is what people are shown; every decision is made on `sim`.
struct Moment
{
    SimTime sim{0};
    Timestamp wall{};
};

/// The event queue of all simulated processes, driven by an injected clock: one real second is `speed` simulated ones.
/// Single-threaded. Nothing runs except inside `catchUp`, in order of time, so a run depends on the seed only and not
/// on how often it is called.
class Simulation
{
public:
    /// A gap between two catch-ups longer than `longestGap` (the program was stopped) is left out of simulated time.
    Simulation(const Clock &clock, double speed, Milliseconds longestGap = Seconds(60));

    /// Runs `action` at `at` (never earlier than now), unless `owner` is gone by then.
    void schedule(SimTime at, std::weak_ptr<const void> owner, std::function<void()> action);
    /// Runs everything that is due by the clock.
    void catchUp();

    SimTime now() const { return m_now; }
    Moment moment() const { return {m_now, wallAt(m_now)}; }
    /// The wall-clock time of a simulated moment, past or to come.
    Timestamp wallAt(SimTime at) const;
    /// How long `span` of simulated time takes on the wall clock.
    Milliseconds realSpan(SimTime span) const;
    /// The simulated time that passes within `real`.
    SimTime simSpan(Milliseconds real) const;
    double speed() const { return m_speed; }

private:
    struct Event
    {
        SimTime at;
        quint64 order;
        std::weak_ptr<const void> owner;
        std::function<void()> action;
    };
    struct Later
    {
        bool operator()(const Event &a, const Event &b) const { return a.at != b.at ? a.at > b.at : a.order > b.order; }
    };

    SimTime target() const;

    const Clock &m_clock;
    double m_speed;
    Milliseconds m_longestGap;
    Milliseconds m_origin;
    Milliseconds m_lastCatchUp;
    SimTime m_now{0};
    quint64 m_order = 0;
    std::priority_queue<Event, std::vector<Event>, Later> m_events;
};

} // namespace atalaya::fleet
