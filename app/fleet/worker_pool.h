// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <functional>

namespace atalaya::fleet {

/// So many jobs at once, and so many waiting behind them; the rest is turned away.
class WorkerPool
{
public:
    WorkerPool(int slotCount, std::size_t queueLimit) : m_free(slotCount), m_slots(slotCount), m_queueLimit(queueLimit)
    {
    }

    /// Runs `job` now, or when a slot is free. False where the queue is full: `job` is dropped.
    bool enter(std::function<void()> job);
    /// The job that held a slot is done.
    void leave();

    int busy() const { return m_slots - m_free; }
    std::size_t waiting() const { return m_queue.size(); }

private:
    int m_free;
    int m_slots;
    std::size_t m_queueLimit;
    std::deque<std::function<void()>> m_queue;
};

} // namespace atalaya::fleet
