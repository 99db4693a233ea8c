// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/idempotency_keys.h"

namespace atalaya::fleet {

KeyedWrite IdempotencyKeys::begin(const std::string &scope, const std::string &body)
{
    const SimTime now = m_simulation.now();
    std::erase_if(m_entries, [&](const auto &entry) {
        return entry.second.answer && m_simulation.realSpan(now - entry.second.at) >= keptFor;
    });
    const auto [entry, isNew] = m_entries.try_emplace(scope, Entry{body, now, {}});
    if (isNew)
        return {};
    if (entry->second.body != body)
        return {.state = KeyedWrite::State::OtherBody};
    if (!entry->second.answer)
        return {.state = KeyedWrite::State::Running};
    return {.state = KeyedWrite::State::Finished, .answer = *entry->second.answer};
}

void IdempotencyKeys::finish(const std::string &scope, const Answer &answer)
{
    m_entries.at(scope).answer = answer;
}

void IdempotencyKeys::forget(const std::string &scope)
{
    m_entries.erase(scope);
}

} // namespace atalaya::fleet
