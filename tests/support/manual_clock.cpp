// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manual_clock.h"

namespace atalaya::test {

void ManualClock::advance(Milliseconds by)
{
    m_now += by;
    m_elapsed += by;
}

void ManualClock::jumpTo(Timestamp now)
{
    m_now = now;
}

} // namespace atalaya::test
