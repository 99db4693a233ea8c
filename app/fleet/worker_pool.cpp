// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/worker_pool.h"

namespace atalaya::fleet {

bool WorkerPool::enter(std::function<void()> job)
{
    if (m_free > 0) {
        --m_free;
        job();
        return true;
    }
    if (m_queue.size() >= m_queueLimit)
        return false;
    m_queue.push_back(std::move(job));
    return true;
}

void WorkerPool::leave()
{
    if (m_queue.empty()) {
        ++m_free;
        return;
    }
    const auto next = std::move(m_queue.front());
    m_queue.pop_front();
    next();
}

} // namespace atalaya::fleet
