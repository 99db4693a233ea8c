// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/environment_guard.h"
#include "models/control/instance_write.h"
#include "models/journal/journal.h"

#include <memory>

namespace atalaya::control {

/// What a command would send to one instance: the dry run.
struct PlannedWrite
{
    QString instance;
    std::optional<TargetState> before;
    std::optional<Error> objection; ///< why nothing would be sent there
    QString curl;

    bool operator==(const PlannedWrite &) const = default;
};

/// Carries commands out: reads the target, commits the intent, sends one request per instance, reads back, says what
/// came of it, all of it in the journal. Without an intent on disk nothing is sent. Nothing is sent a second time by
/// itself: an unknown outcome is read back until it is known, across a restart too, or until a person says.
class CommandRunner final : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        /// Pauses before the reads that follow a write; the last verdict stands.
        QList<Milliseconds> readBackAfter{Milliseconds(0), Milliseconds(200), Milliseconds(400), Milliseconds(800),
                                          Milliseconds(1600)};
        /// First pause before an unknown outcome is read back again; it doubles up to 5 minutes.
        Milliseconds resolveAfter{5'000};
        /// When a request that the other side's record does not hold will not arrive any more.
        Milliseconds longAgo{30'000};
    };

    CommandRunner(journal::Journal &journal, EnvironmentGuard &guard, Operator who, const Clock &clock,
                  QObject *parent = nullptr);
    CommandRunner(journal::Journal &journal, EnvironmentGuard &guard, Operator who, Settings settings,
                  const Clock &clock, QObject *parent = nullptr);
    ~CommandRunner() override;

    /// `kind`: "breaker", "flag", "silence". `source` must outlive the runner.
    void addSource(const QString &environment, const QString &kind, WriteSource &source);

    /// The record once every instance has an outcome. An error means that nothing was sent at all: Locked by the guard,
    /// Conflict with a command that runs, BadInput, Storage.
    Pending<CommandRecord> run(const Command &command);
    /// Reads what `run` would read and shows what it would send. Sends nothing, keeps nothing.
    Pending<QList<PlannedWrite>> plan(const Command &command);
    /// Why `run` would refuse it before asking anybody, or nothing.
    std::optional<Error> objectionTo(const Command &command) const;
    /// A command for this target is being carried out, here or by another process.
    bool isRunning(const QString &environment, const QString &system, const QString &target) const;

    /// Sends an unresolved write again with its own key, because an operator wants it. Unsupported where the other side
    /// does not promise that the key makes it safe.
    Pending<CommandRecord> sendAgain(const QString &commandId, const QString &instance);
    /// A person says what came of it.
    Pending<qint64> markResolved(const QString &commandId, const QString &instance, Outcome outcome,
                                 const QString &reason);

public Q_SLOTS:
    /// Reads back unknown outcomes whose turn it is. A timer calls it; tests call it after moving their clock.
    void resolveOpen();

Q_SIGNALS:
    /// A command began, one of its instances has an outcome, or it ended.
    void changed(const QString &commandId);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::control
