// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/refresh/refresh_schedule.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <vector>

namespace atalaya::refresh {

using namespace std::chrono_literals;

namespace {

constexpr int longestBackOff = 8;

Milliseconds waitAfter(Milliseconds interval, int failures)
{
    if (failures == 0)
        return interval;
    const Milliseconds longest = std::max<Milliseconds>(interval, 60s);
    const Milliseconds wait = std::min(interval * std::min(1 << std::min(failures, 3), longestBackOff), longest);
    // A tenth either way, so that instances that failed together are not asked together for ever.
    return wait * QRandomGenerator::global()->bounded(900, 1101) / 1000;
}

} // namespace

RefreshSchedule::RefreshSchedule(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RefreshSchedule::startDue);
}

PollId RefreshSchedule::add(Milliseconds interval, std::function<void()> start)
{
    const PollId id{m_next++};
    Poll poll;
    poll.interval = std::max(interval, Milliseconds(1));
    poll.start = std::move(start);
    poll.dueAt = m_clock.elapsed();
    poll.order = static_cast<quint64>(id);
    m_polls.insert(id, std::move(poll));
    arm();
    return id;
}

void RefreshSchedule::remove(PollId id)
{
    m_polls.remove(id);
    arm();
}

void RefreshSchedule::finished(PollId id, bool good)
{
    const auto poll = m_polls.find(id);
    if (poll == m_polls.end() || !poll->running)
        return;
    poll->running = false;
    poll->failures = good ? 0 : poll->failures + 1;
    // `dueAt` still holds the moment it was started, so that a slow answer does not stretch the interval.
    poll->dueAt = std::max(poll->dueAt + waitAfter(poll->interval, poll->failures), m_clock.elapsed());
    arm();
}

void RefreshSchedule::setInterval(PollId id, Milliseconds interval)
{
    const auto poll = m_polls.find(id);
    if (poll == m_polls.end() || poll->interval == interval)
        return;
    if (!poll->running)
        poll->dueAt = std::min(poll->dueAt, m_clock.elapsed() + interval);
    poll->interval = std::max(interval, Milliseconds(1));
    arm();
}

void RefreshSchedule::setVisible(PollId id, bool visible)
{
    if (const auto poll = m_polls.find(id); poll != m_polls.end())
        poll->visible = visible;
}

void RefreshSchedule::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    Q_EMIT pausedChanged(paused);
    arm();
}

void RefreshSchedule::refreshNow(PollId id)
{
    const auto poll = m_polls.find(id);
    if (poll == m_polls.end() || poll->running)
        return;
    poll->running = true;
    poll->dueAt = m_clock.elapsed();
    // A copy: the poll may be removed by what it starts.
    const std::function<void()> start = poll->start;
    start();
}

void RefreshSchedule::refreshAll()
{
    const QList<PollId> ids = m_polls.keys();
    for (const PollId id : ids)
        refreshNow(id);
}

std::optional<Milliseconds> RefreshSchedule::untilNext(PollId id) const
{
    const auto poll = m_polls.find(id);
    if (poll == m_polls.end() || poll->running || m_paused)
        return std::nullopt;
    return std::max(poll->dueAt - m_clock.elapsed(), Milliseconds(0));
}

void RefreshSchedule::startDue()
{
    if (m_paused)
        return;
    struct Due
    {
        PollId id;
        bool visible;
        quint64 order;
    };
    std::vector<Due> due;
    const Milliseconds now = m_clock.elapsed();
    for (auto poll = m_polls.cbegin(); poll != m_polls.cend(); ++poll) {
        if (!poll->running && poll->dueAt <= now)
            due.push_back({poll.key(), poll->visible, poll->order});
    }
    std::sort(due.begin(), due.end(),
              [](const Due &a, const Due &b) { return a.visible != b.visible ? a.visible : a.order < b.order; });
    for (const Due &each : due)
        refreshNow(each.id);
    arm();
}

void RefreshSchedule::arm()
{
    std::optional<Milliseconds> next;
    if (!m_paused) {
        for (const Poll &poll : std::as_const(m_polls)) {
            if (!poll.running)
                next = std::min(next.value_or(poll.dueAt), poll.dueAt);
        }
    }
    if (next)
        m_timer.start(std::max(*next - m_clock.elapsed(), Milliseconds(0)));
    else
        m_timer.stop();
}

} // namespace atalaya::refresh

#include "moc_refresh_schedule.cpp"
