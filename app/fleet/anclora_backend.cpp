// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/anclora_backend.h"

#include <algorithm>
#include <cmath>

namespace atalaya::fleet {

namespace {

constexpr double conversationMinutes = 8;
constexpr int conversationsAtFirst = 380;
constexpr SimTime deadLettersKept = std::chrono::hours(24);

struct PipelineStage
{
    double meanHours;
    double movesOn; ///< the share that goes on to the next stage
    int atFirst;
};
constexpr PipelineStage pipelineStages[] = {{2, 0.6, 86}, {6, 0.4, 155}, {12, 0.3, 124}, {24, 0, 75}};

SimTime spanOf(double seconds)
{
    return SimTime(std::llround(seconds * 1e6));
}

} // namespace

void AncloraBackend::open(Simulation &simulation, std::uint64_t seed)
{
    if (m_simulation)
        return;
    m_simulation = &simulation;
    m_random = RandomStream(seed, "anclora backend");
    // As after a long while: what stays exponentially long has exponentially long to go.
    for (int i = 0; i < conversationsAtFirst; ++i)
        beginConversation();
    for (std::size_t stage = 0; stage < m_leads.size(); ++stage) {
        for (int i = 0; i < pipelineStages[stage].atFirst; ++i)
            enterStage(stage);
    }
}

void AncloraBackend::join(const void *consumer, std::function<void()> pull)
{
    m_consumers.push_back({consumer, std::move(pull)});
    offer();
}

void AncloraBackend::leave(const void *consumer)
{
    std::erase_if(m_consumers, [&](const Consumer &known) { return known.who == consumer; });
}

void AncloraBackend::enqueue(const AncloraMessage &message)
{
    m_waiting[std::size_t(message.priority)].push_back(message);
    if (message.runaway)
        ++m_runaway[message.runaway];
    offer();
}

void AncloraBackend::enqueueAfter(SimTime delay, const AncloraMessage &message)
{
    m_simulation->schedule(m_simulation->now() + delay, m_alive, [this, message] { enqueue(message); });
}

std::optional<AncloraMessage> AncloraBackend::take(bool withCampaigns)
{
    for (std::deque<AncloraMessage> &queue : m_waiting) {
        if (queue.empty() || (&queue == &m_waiting.back() && !withCampaigns))
            continue;
        const AncloraMessage message = queue.front();
        queue.pop_front();
        if (const auto counted = m_runaway.find(message.runaway); counted != m_runaway.end() && --counted->second == 0)
            m_runaway.erase(counted);
        ++m_active;
        return message;
    }
    return {};
}

void AncloraBackend::bury()
{
    while (!m_dead.empty() && m_simulation->now() - m_dead.front() > deadLettersKept)
        m_dead.pop_front();
    m_dead.push_back(m_simulation->now());
}

void AncloraBackend::withdrawRunaway(const void *owner)
{
    for (std::deque<AncloraMessage> &queue : m_waiting)
        std::erase_if(queue, [&](const AncloraMessage &message) { return message.runaway == owner; });
    m_runaway.erase(owner);
}

std::size_t AncloraBackend::waitingInAll() const
{
    return m_waiting[0].size() + m_waiting[1].size() + m_waiting[2].size();
}

std::size_t AncloraBackend::dead() const
{
    const auto first =
        std::ranges::find_if(m_dead, [&](SimTime at) { return m_simulation->now() - at <= deadLettersKept; });
    return std::size_t(m_dead.end() - first);
}

void AncloraBackend::beginConversation()
{
    ++m_conversations;
    m_simulation->schedule(m_simulation->now() + spanOf(m_random.exponential(conversationMinutes * 60)), m_alive,
                           [this] { --m_conversations; });
}

void AncloraBackend::offer()
{
    // In turns, so that the instances share the work.
    for (std::size_t i = 0; i < m_consumers.size() && waitingInAll() > 0; ++i)
        m_consumers[(m_turn + i) % m_consumers.size()].pull();
    ++m_turn;
}

void AncloraBackend::enterStage(std::size_t stage)
{
    ++m_leads[stage];
    const double seconds = m_random.exponential(pipelineStages[stage].meanHours * 3600);
    m_simulation->schedule(m_simulation->now() + spanOf(seconds), m_alive, [this, stage] {
        --m_leads[stage];
        if (m_random.chance(pipelineStages[stage].movesOn))
            enterStage(stage + 1);
    });
}

} // namespace atalaya::fleet
