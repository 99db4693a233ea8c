// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/random_stream.h"
#include "app/fleet/simulation.h"

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace atalaya::fleet {

enum class AncloraPriority
{
    High,   ///< replies to customers
    Normal, ///< reminders
    Low     ///< campaigns
};
inline constexpr const char *ancloraPriorities[] = {"high", "normal", "low"};
inline constexpr const char *ancloraStages[] = {"new", "contacted", "visit", "negotiation"};

/// One message of the queue, waiting to be sent.
struct AncloraMessage
{
    AncloraPriority priority = AncloraPriority::High;
    int type = 0;     ///< index of ancloraMessageTypes
    int campaign = 0; ///< index of ancloraCampaigns; 0 is none
    int attempts = 0;
    bool isReply = false;
    bool isHandedOff = false;      ///< a reply that only says that a person will answer
    SimTime received{0};           ///< a reply: when the customer wrote
    const void *runaway = nullptr; ///< whose runaway campaign it belongs to
};

/// What all instances of Anclora share and no process owns: the message queue in Redis, and conversations and sales
/// pipeline in the database. It outlasts every process.
class AncloraBackend
{
public:
    /// The first call sets it up; `simulation` outlives every use.
    void open(Simulation &simulation, std::uint64_t seed);

    /// `pull` is called when there may be something to take.
    void join(const void *consumer, std::function<void()> pull);
    void leave(const void *consumer);
    void enqueue(const AncloraMessage &message);
    /// Puts it back later, as a failed attempt is.
    void enqueueAfter(SimTime delay, const AncloraMessage &message);
    /// The most urgent message; of low priority only `withCampaigns`.
    std::optional<AncloraMessage> take(bool withCampaigns);
    /// A taken message is done, failed or lost.
    void settle() { --m_active; }
    /// Nobody will try it again.
    void bury();
    void withdrawRunaway(const void *owner);

    std::size_t waiting(AncloraPriority priority) const { return m_waiting[std::size_t(priority)].size(); }
    std::size_t waitingInAll() const;
    bool hasRunaway(const void *owner) const { return m_runaway.contains(owner); }
    int active() const { return m_active; }
    /// Dead letters of the last 24 hours; older ones have been cleared away.
    std::size_t dead() const;

    void beginConversation();
    int conversations() const { return m_conversations; }
    void addLead() { enterStage(0); }
    int leadsIn(std::size_t stage) const { return m_leads[stage]; }

private:
    void offer();
    void enterStage(std::size_t stage);

    struct Consumer
    {
        const void *who;
        std::function<void()> pull;
    };

    Simulation *m_simulation = nullptr;
    RandomStream m_random{0};
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
    std::array<std::deque<AncloraMessage>, 3> m_waiting;
    std::map<const void *, std::size_t> m_runaway; ///< how many of each wait
    int m_active = 0;
    std::deque<SimTime> m_dead;
    std::vector<Consumer> m_consumers;
    std::size_t m_turn = 0;
    int m_conversations = 0;
    std::array<int, 4> m_leads{};
};

} // namespace atalaya::fleet
