// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <functional>
#include <optional>

namespace atalaya::refresh {

enum class PollId : quint64
{
};
inline size_t qHash(PollId id, size_t seed = 0)
{
    return ::qHash(static_cast<quint64>(id), seed);
}

/// One schedule for every poll, with one timer for all. A poll that is due is started once and is due again one
/// interval after it began; after failures its interval doubles up to 8 times or 60 s, whichever is less, with jitter
/// of a tenth either way. Polls of visible pages start first. While paused nothing starts by itself.
class RefreshSchedule final : public QObject
{
    Q_OBJECT
public:
    explicit RefreshSchedule(const Clock &clock, QObject *parent = nullptr);

    /// `start` is called when due and must end in `finished(id, ...)`; until then the poll is not started again. The
    /// first start is at once (at the next turn of the event loop).
    PollId add(Milliseconds interval, std::function<void()> start);
    void remove(PollId id);
    void finished(PollId id, bool good);

    void setInterval(PollId id, Milliseconds interval);
    void setVisible(PollId id, bool visible);
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    /// Starts one, or all, now, also while paused and in back-off.
    void refreshNow(PollId id);
    void refreshAll();
    /// Time until the next start; nothing while it runs or is paused.
    std::optional<Milliseconds> untilNext(PollId id) const;

public Q_SLOTS:
    /// Starts what is due. The timer calls it; tests call it after moving their clock.
    void startDue();

Q_SIGNALS:
    void pausedChanged(bool paused);

private:
    struct Poll
    {
        Milliseconds interval{};
        std::function<void()> start;
        Milliseconds dueAt{};
        int failures = 0;
        bool running = false;
        bool visible = false;
        quint64 order = 0;
    };
    void arm();

    const Clock &m_clock;
    QTimer m_timer;
    QHash<PollId, Poll> m_polls;
    quint64 m_next = 1;
    bool m_paused = false;
};

} // namespace atalaya::refresh
