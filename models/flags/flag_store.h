// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/snapshot.h"
#include "models/flags/flag.h"
#include "models/http/transport.h"
#include "models/refresh/refresh_schedule.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/endpoint_resolver.h"

#include <QtCore/QObject>

#include <memory>

namespace atalaya::flags {

/// Feature flags of an environment, per instance, through each system's adapter.
class FlagStore final : public QObject
{
    Q_OBJECT
public:
    FlagStore(const workspace::Environment &environment, http::Transport &transport,
              workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
              refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent = nullptr);
    ~FlagStore() override;

    /// All flags known, in the order system (as configured), name (as the first instance lists them), instance.
    QList<Flag> flags() const;
    /// The read behind one instance's flags: age and error. Its data is that instance's list.
    Snapshot<QList<Flag>> instanceFlags(const QString &system, const QString &instance) const;
    /// Systems whose endpoints declare no flags, and systems not configured for any.
    QStringList systemsWithout() const;
    /// Systems that are configured for flags and of which not one flag is known: nothing may be said about them.
    QStringList systemsNotKnown() const;
    /// What the endpoint says it can do ("flags.read", "flags.write"); nothing while it has not said so.
    std::optional<QStringList> capabilities(const QString &system, const QString &instance) const;
    /// Instances of a system whose flags are asked for, as configured.
    QStringList instancesOf(const QString &system) const;
    /// When the instance's process started, where its endpoint says so.
    std::optional<Timestamp> startedAt(const QString &system, const QString &instance) const;
    /// Puts a server's own answer to a write in place of what was read before, until the next read. Reads under way are
    /// dropped: they may have left before the write.
    void applyFlag(const FlagId &id, const Flag &flag);
    bool isSettled() const;
    /// True while a read is under way.
    bool isAsking() const;
    void refreshNow();

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::flags
