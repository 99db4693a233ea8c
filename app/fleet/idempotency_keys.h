// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/http_exchange.h"
#include "app/fleet/simulation.h"

#include <map>

namespace atalaya::fleet {

/// What a write with a key met earlier.
struct KeyedWrite
{
    enum class State
    {
        New,      ///< to be carried out; `finish` or `forget` follows
        Finished, ///< `answer` is the first one
        Running,
        OtherBody
    };
    State state = State::New;
    Answer answer;
};

/// The answers that writes with an idempotency key got, for `keptFor` of real time and no longer than the process
/// lives. A `scope` is caller, method, path and key.
class IdempotencyKeys
{
public:
    static constexpr Milliseconds keptFor = std::chrono::hours(24);

    explicit IdempotencyKeys(const Simulation &simulation) : m_simulation(simulation) {}

    KeyedWrite begin(const std::string &scope, const std::string &body);
    void finish(const std::string &scope, const Answer &answer);
    /// As if the key had never been sent.
    void forget(const std::string &scope);

private:
    struct Entry
    {
        std::string body;
        SimTime at{0};
        std::optional<Answer> answer;
    };

    const Simulation &m_simulation;
    std::map<std::string, Entry> m_entries;
};

} // namespace atalaya::fleet
