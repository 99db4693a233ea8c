// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace atalaya {

/// A moment, UTC, to the millisecond (what Prometheus and RFC 3339 both keep).
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

/// What time it is. Abstract, so that tests own time. `now` can jump (the operator's clock is set); `elapsed` never
/// does and serves for ages, deadlines and countdowns.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    virtual Milliseconds elapsed() const = 0;
};

class SystemClock final : public Clock
{
public:
    Timestamp now() const override
    {
        return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
    }
    Milliseconds elapsed() const override
    {
        return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
    }
};

} // namespace atalaya
