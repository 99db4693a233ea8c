// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/error.h"

#include <memory>
#include <optional>

namespace atalaya {

/// How much a datum may be believed. Live: the last good answer is younger than two intervals. Stale: older.
/// Unreachable: never a good answer, and the last attempt failed. Waiting: never a good answer, but the first is still
/// under way.
enum class Freshness
{
    Waiting,
    Live,
    Stale,
    Unreachable
};

/// What a store holds of one source: the last good data (kept after a failure), when it was fetched, and the last
/// error. Immutable once published; copies share the data.
template <typename T>
struct Snapshot
{
    std::shared_ptr<const T> data; ///< null: never a good answer
    Timestamp fetchedAt{};         ///< of `data`
    bool loading = false;          ///< a request is under way
    Timestamp askedAt{};           ///< of the request under way or the last one
    std::optional<Error> error;    ///< of the last attempt; empty after a good answer
    Timestamp failingSince{};      ///< first failure since the last good answer
    Milliseconds interval{};       ///< how often it is asked

    Freshness freshness(Timestamp now) const
    {
        if (!data)
            return error ? Freshness::Unreachable : Freshness::Waiting;
        // A clock that was set back must not make old data look young for ever: an age below zero counts as stale too.
        const Milliseconds age = now - fetchedAt;
        return age <= 2 * interval && age >= -2 * interval ? Freshness::Live : Freshness::Stale;
    }

    void succeed(T value, Timestamp at)
    {
        data = std::make_shared<const T>(std::move(value));
        fetchedAt = at;
        loading = false;
        error.reset();
        failingSince = {};
    }

    void fail(Error why, Timestamp at)
    {
        if (!error)
            failingSince = at;
        loading = false;
        error = std::move(why);
    }
};

} // namespace atalaya
