// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/rail_counts.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;

namespace {

QString countTr(const char *text, int n)
{
    return QCoreApplication::translate("atalaya::shell::RailCounts", text).arg(n);
}

template <typename Says>
bool anySystem(const QList<overview::SystemSummary> &systems, Says says)
{
    return std::any_of(systems.begin(), systems.end(), says);
}

State alertState(const QList<overview::SystemSummary> &systems)
{
    using overview::SystemSummary;
    if (anySystem(systems, [](const SystemSummary &s) { return s.critical > 0; }))
        return State::Critical;
    if (anySystem(systems, [](const SystemSummary &s) { return s.warning > 0; }))
        return State::Warning;
    return State::Info;
}

State breakerState(const QList<overview::SystemSummary> &systems)
{
    using overview::SystemSummary;
    if (anySystem(systems, [](const SystemSummary &s) { return s.breakersOpen > 0; }))
        return State::Critical;
    if (anySystem(systems, [](const SystemSummary &s) { return s.breakersForced > 0; }))
        return State::Forced;
    if (anySystem(systems, [](const SystemSummary &s) { return s.breakersBypassed > 0; }))
        return State::Warning;
    if (anySystem(systems, [](const SystemSummary &s) { return s.breakersHalfOpen > 0; }))
        return State::Pending;
    return State::Unknown;
}

State healthState(const QList<overview::SystemSummary> &systems)
{
    const auto any = [&](health::HealthStatus status) {
        return anySystem(systems, [status](const overview::SystemSummary &s) {
            return std::any_of(s.instances.begin(), s.instances.end(),
                               [status](const overview::InstanceSummary &i) { return i.status == status; });
        });
    };
    if (any(health::HealthStatus::Unhealthy))
        return State::Critical;
    return any(health::HealthStatus::Degraded) ? State::Warning : State::Unknown;
}

bool isAnyBreakerUnknown(const QList<overview::SystemSummary> &systems)
{
    return anySystem(systems, [](const overview::SystemSummary &s) {
        const int known =
            s.breakersOpen + s.breakersHalfOpen + s.breakersForced + s.breakersBypassed + s.breakersClosed;
        return s.hasBreakers && (s.breakersUnknown > 0 || known == 0);
    });
}

bool isAnyHealthUnknown(const QList<overview::SystemSummary> &systems)
{
    return anySystem(systems, [](const overview::SystemSummary &s) {
        return std::any_of(s.instances.begin(), s.instances.end(), [](const overview::InstanceSummary &i) {
            return i.status == health::HealthStatus::Unknown;
        });
    });
}

} // namespace

void setCounts(QList<RailEntry> &entries, const overview::Verdict &verdict,
               const QList<overview::SystemSummary> &systems)
{
    for (RailEntry &entry : entries) {
        const char *words = nullptr;
        bool isUnknown = false;
        if (entry.page == u"alerts") {
            entry.count = verdict.alertsFiring;
            entry.state = alertState(systems);
            isUnknown = verdict.atLeast;
            words = entry.count == 1 ? "%1 alert firing" : "%1 alerts firing";
        } else if (entry.page == u"breakers") {
            entry.count = verdict.breakersNotClosed;
            entry.state = breakerState(systems);
            isUnknown = isAnyBreakerUnknown(systems);
            words = entry.count == 1 ? "%1 breaker instance not closed" : "%1 breaker instances not closed";
        } else if (entry.page == u"health") {
            entry.count = verdict.instancesNotHealthy;
            entry.state = healthState(systems);
            isUnknown = isAnyHealthUnknown(systems);
            words = entry.count == 1 ? "%1 instance not healthy" : "%1 instances not healthy";
        } else if (entry.page == u"flags") {
            entry.count = verdict.flagsPendingRestart;
            entry.state = State::Pending;
            words = entry.count == 1 ? "%1 flag waiting for a restart" : "%1 flags waiting for a restart";
        }
        if (!words)
            continue;
        entry.atLeast = verdict.atLeast && entry.count > 0;
        entry.isUnknown = isUnknown && entry.count == 0;
        if (entry.isUnknown)
            entry.state = State::Unknown;
        entry.countWords = entry.isUnknown
                               ? QCoreApplication::translate("atalaya::shell::RailCounts", "not all is known")
                           : entry.count == 0 ? QString()
                                              : countTr(words, entry.count);
        if (entry.atLeast)
            entry.countWords +=
                QCoreApplication::translate("atalaya::shell::RailCounts", ", at least: a source is silent");
    }
}

} // namespace atalaya::shell
