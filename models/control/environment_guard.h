// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/command.h"
#include "models/journal/journal.h"
#include "models/workspace/workspace.h"

#include <QtCore/QHash>
#include <QtCore/QTimer>

namespace atalaya::control {

/// Whether a write may go to an environment. Open and guarded ones let it through (how much the operator is asked
/// before is the asker's); a protected one only while it is unlocked; read-only nothing at all. Unlocks and locks are
/// in the journal, an unlock before it holds.
class EnvironmentGuard final : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        bool isReadOnly = false;
        Milliseconds unlockFor{15 * 60 * 1000}; ///< at most 8 hours
    };

    EnvironmentGuard(const QList<workspace::Environment> &environments, journal::Journal &journal, Operator who,
                     Settings settings, const Clock &clock, QObject *parent = nullptr);

    bool isReadOnly() const { return m_settings.isReadOnly; }
    /// Protected for an environment that is not known.
    workspace::Guard guardOf(const QString &environment) const;
    /// Locked, with the words to show, where a write may not go now; else nothing.
    std::optional<Error> objectionTo(const QString &environment) const;
    /// How long a protected environment is still unlocked; zero: it is locked.
    Milliseconds left(const QString &environment) const;

    /// Unlocks a protected environment whose name is typed exactly. Until when, once that is on disk.
    Pending<Timestamp> unlock(const QString &environment, const QString &typedName, const QString &reason);
    /// At once; the journal follows.
    void lock(const QString &environment, const QString &reason);
    /// Every unlocked one, such as when the operator's session is locked.
    void lockAll(const QString &reason);

public Q_SLOTS:
    /// Locks what has run out. A timer calls it; `objectionTo` does not rely on it.
    void expire();

Q_SIGNALS:
    /// An environment was locked or unlocked.
    void changed(const QString &environment);

private:
    struct Window
    {
        Timestamp until{};
        Milliseconds untilElapsed{}; ///< a clock that is set back must not prolong it
    };

    QHash<QString, workspace::Guard> m_guards;
    QHash<QString, Window> m_unlocked;
    journal::Journal &m_journal;
    Operator m_who;
    Settings m_settings;
    const Clock &m_clock;
    QTimer m_timer;
};

} // namespace atalaya::control
