// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/refresh/source_monitor.h"

#include <QtCore/QHash>

#include <algorithm>

namespace atalaya::refresh {

using namespace Qt::Literals::StringLiterals;

SourceMonitor::SourceMonitor(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock) {}

void SourceMonitor::registerSource(const QString &name, Milliseconds interval, const QString &group)
{
    for (Entry &entry : m_entries) {
        if (entry.status.name != name)
            continue;
        // Several stores ask one source; it is stale only when the most frequent of them should have heard.
        entry.status.interval = std::min(entry.status.interval, interval);
        return;
    }
    Entry entry;
    entry.status.name = name;
    entry.status.interval = interval;
    entry.group = group;
    m_entries.append(entry);
    Q_EMIT changed();
}

void SourceMonitor::good(const QString &name)
{
    for (Entry &entry : m_entries) {
        if (entry.status.name != name)
            continue;
        entry.status.lastGood = m_clock.now();
        entry.status.failingSince = {};
        entry.status.error.reset();
        Q_EMIT changed();
    }
}

void SourceMonitor::failed(const QString &name, const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    for (Entry &entry : m_entries) {
        if (entry.status.name != name)
            continue;
        if (!entry.status.error)
            entry.status.failingSince = m_clock.now();
        entry.status.error = error;
        Q_EMIT changed();
    }
}

Freshness SourceMonitor::freshnessOf(const SourceStatus &status) const
{
    if (status.lastGood == Timestamp{})
        return status.error ? Freshness::Unreachable : Freshness::Waiting;
    const Milliseconds age = m_clock.now() - status.lastGood;
    return age <= 2 * status.interval && age >= -2 * status.interval ? Freshness::Live : Freshness::Stale;
}

QList<SourceStatus> SourceMonitor::statuses() const
{
    QList<SourceStatus> pills;
    QStringList groups;
    for (const Entry &entry : m_entries) {
        if (entry.group.isEmpty()) {
            pills.append(*status(entry.status.name));
        } else if (!groups.contains(entry.group)) {
            groups += entry.group;
            pills.append(*status(entry.group));
        }
    }
    return pills;
}

std::optional<SourceStatus> SourceMonitor::status(const QString &name) const
{
    for (const Entry &entry : m_entries) {
        if (entry.status.name == name) {
            SourceStatus found = entry.status;
            found.freshness = freshnessOf(found);
            return found;
        }
    }
    SourceStatus group;
    group.name = name;
    // One instance may be asked in several ways ("worker/worker-1", "worker/worker-1#control"): it is live when all
    // answer.
    QStringList instances;
    QHash<QString, Freshness> worst;
    for (const Entry &entry : m_entries) {
        if (entry.group != name)
            continue;
        const Freshness freshness = freshnessOf(entry.status);
        const QString instance = entry.status.name.section(u'#', 0, 0);
        if (!worst.contains(instance))
            instances += instance;
        worst[instance] = std::max(worst.value(instance, freshness), freshness, [](Freshness a, Freshness b) {
            const auto rank = [](Freshness f) { return f == Freshness::Live ? -1 : static_cast<int>(f); };
            return rank(a) < rank(b);
        });
        group.interval = std::max(group.interval, entry.status.interval);
        // The age of a group is that of its oldest member that is live: never younger than what is shown.
        if (freshness == Freshness::Live)
            group.lastGood =
                group.lastGood == Timestamp{} ? entry.status.lastGood : std::min(group.lastGood, entry.status.lastGood);
        if (entry.status.error && !group.error) {
            group.error = entry.status.error;
            group.failingSince = entry.status.failingSince;
        }
    }
    const auto members = instances.size();
    const auto live = worst.values().count(Freshness::Live);
    const auto waiting = worst.values().count(Freshness::Waiting);
    const auto unreachable = worst.values().count(Freshness::Unreachable);
    if (members == 0)
        return std::nullopt;
    if (live == 0) {
        for (const Entry &entry : m_entries) {
            if (entry.group == name)
                group.lastGood = std::max(group.lastGood, entry.status.lastGood);
        }
    }
    group.words = u"instances %1 of %2 live"_s.arg(live).arg(members);
    group.freshness = live == members             ? Freshness::Live
                      : unreachable == members    ? Freshness::Unreachable
                      : waiting + live == members ? Freshness::Waiting
                                                  : Freshness::Stale;
    return group;
}

QStringList SourceMonitor::silent() const
{
    QStringList names;
    for (const SourceStatus &status : statuses()) {
        if (status.freshness == Freshness::Stale || status.freshness == Freshness::Unreachable)
            names += status.name;
    }
    return names;
}

} // namespace atalaya::refresh

#include "moc_source_monitor.cpp"
