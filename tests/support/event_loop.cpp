// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/event_loop.h"

#include <QtCore/QEventLoop>
#include <QtCore/QTimer>

namespace atalaya::test {

bool runUntil(const std::function<bool()> &condition, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    // Wakes a loop in which nothing else happens, so that a condition of another thread or process is seen.
    QTimer wake;
    wake.start(5);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QEventLoop().processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

} // namespace atalaya::test
