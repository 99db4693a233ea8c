// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/random_stream.h"
#include "app/fleet/simulation.h"

namespace atalaya::fleet {

/// Arrivals of several kinds, each a Poisson stream of its own rate, all swelling and ebbing together by a tenth around
/// it every quarter of an hour.
class Traffic
{
public:
    Traffic(Simulation &simulation, RandomStream random, std::vector<double> perSecond);

    /// `arrived` gets the index of the rate.
    void start(const std::weak_ptr<const void> &owner, std::function<void(std::size_t kind)> arrived);
    void stop() { m_isRunning = false; }

private:
    void scheduleNext(std::size_t kind);

    Simulation &m_simulation;
    RandomStream m_random;
    std::vector<double> m_perSecond;
    bool m_isRunning = false;
    std::weak_ptr<const void> m_owner;
    std::function<void(std::size_t)> m_arrived;
};

} // namespace atalaya::fleet
