// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

namespace atalaya::test {

/// A clock that moves only when told. Starts at 2026-11-24T03:00:00Z.
class ManualClock final : public Clock
{
public:
    Timestamp now() const override { return m_now; }
    Milliseconds elapsed() const override { return m_elapsed; }
    void advance(Milliseconds by);
    /// The operator's clock is set: `now` jumps, `elapsed` does not.
    void jumpTo(Timestamp now);

private:
    Timestamp m_now{Milliseconds(1'795'489'200'000)};
    Milliseconds m_elapsed{0};
};

} // namespace atalaya::test
