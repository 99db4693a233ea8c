// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/snapshot.h"

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QString>

#include <optional>

namespace atalaya::refresh {

/// One freshness pill: how one source has answered lately.
struct SourceStatus
{
    QString name;  ///< the source's, or "services" for the instances' probes and control endpoints together
    QString words; ///< for "services": "instances 9 of 10 live"; else empty
    Freshness freshness = Freshness::Waiting;
    Timestamp lastGood{};       ///< epoch: never
    Timestamp failingSince{};   ///< epoch: not failing
    std::optional<Error> error; ///< of the last attempt
    Milliseconds interval{};

    bool operator==(const SourceStatus &) const = default;
};

/// Keeps, for every source, when it last gave a good answer and why it did not. Stores report; pills, pages and verbs
/// read. An answer that is good HTTP but refuses the question (400, 422) is a good answer of the source.
class SourceMonitor final : public QObject
{
    Q_OBJECT
public:
    explicit SourceMonitor(const Clock &clock, QObject *parent = nullptr);

    /// Order of registration is the order of the pills. A member of a group ("services") counts towards that group's
    /// pill; what follows '#' in its name tells several ways of asking one instance apart ("worker/worker-1#control").
    void registerSource(const QString &name, Milliseconds interval, const QString &group = {});
    void good(const QString &name);
    void failed(const QString &name, const Error &error);

    QList<SourceStatus> statuses() const;                          ///< pills: sources, and one per group
    std::optional<SourceStatus> status(const QString &name) const; ///< of a source, a member or a group
    /// Names of pills that are stale or unreachable now: what a page says is not known.
    QStringList silent() const;

Q_SIGNALS:
    void changed();

private:
    struct Entry
    {
        SourceStatus status;
        QString group;
    };
    Freshness freshnessOf(const SourceStatus &status) const;

    const Clock &m_clock;
    QList<Entry> m_entries;
};

} // namespace atalaya::refresh
