// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/environment_guard.h"

namespace atalaya::control {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds longestUnlock = 8h;

Error guardError(ErrorKind kind, const QString &environment, const QString &summary)
{
    Error error;
    error.kind = kind;
    error.endpoint = environment;
    error.summary = summary;
    error.nothingSent = true;
    return error;
}

} // namespace

EnvironmentGuard::EnvironmentGuard(const QList<workspace::Environment> &environments, journal::Journal &journal,
                                   Operator who, Settings settings, const Clock &clock, QObject *parent)
    : QObject(parent), m_journal(journal), m_who(std::move(who)), m_settings(settings), m_clock(clock)
{
    m_settings.unlockFor = std::clamp<Milliseconds>(settings.unlockFor, 1s, longestUnlock);
    for (const workspace::Environment &environment : environments)
        m_guards.insert(environment.name, environment.guard);
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &EnvironmentGuard::expire);
}

workspace::Guard EnvironmentGuard::guardOf(const QString &environment) const
{
    return m_guards.value(environment, workspace::Guard::Protected);
}

std::optional<Error> EnvironmentGuard::objectionTo(const QString &environment) const
{
    if (m_settings.isReadOnly)
        return guardError(ErrorKind::Locked, environment, u"read-only: nothing is sent"_s);
    if (!m_guards.contains(environment))
        return guardError(ErrorKind::Locked, environment, u"is not an environment of this workspace"_s);
    if (guardOf(environment) == workspace::Guard::Protected && left(environment) <= 0ms)
        return guardError(ErrorKind::Locked, environment, u"is protected and locked; unlock it first"_s);
    return std::nullopt;
}

Milliseconds EnvironmentGuard::left(const QString &environment) const
{
    const auto window = m_unlocked.constFind(environment);
    if (window == m_unlocked.constEnd())
        return 0ms;
    return std::max<Milliseconds>(
        0ms, std::min<Milliseconds>(window->until - m_clock.now(), window->untilElapsed - m_clock.elapsed()));
}

Pending<Timestamp> EnvironmentGuard::unlock(const QString &environment, const QString &typedName, const QString &reason)
{
    if (m_settings.isReadOnly)
        return readyNow<Timestamp>(failure(*objectionTo(environment)));
    if (m_guards.value(environment, workspace::Guard::Open) != workspace::Guard::Protected)
        return readyNow<Timestamp>(
            failure(guardError(ErrorKind::BadInput, environment, u"is not a protected environment"_s)));
    if (typedName != environment)
        return readyNow<Timestamp>(
            failure(guardError(ErrorKind::BadInput, environment, u"is unlocked only by its name, typed exactly"_s)));
    if (const auto objection = objectionToReason(reason))
        return readyNow<Timestamp>(failure(*objection));
    const Window window{m_clock.now() + m_settings.unlockFor, m_clock.elapsed() + m_settings.unlockFor};
    auto promise = std::make_shared<QPromise<Result<Timestamp>>>();
    promise->start();
    whenDone(m_journal.append(journal::Unlock{environment, m_who.name, m_who.host, reason, window.until}), this,
             [this, promise, environment, window](const Result<qint64> &row) {
                 if (row) {
                     m_unlocked.insert(environment, window);
                     m_timer.start();
                     promise->addResult(window.until);
                 } else {
                     promise->addResult(Result<Timestamp>(failure(row.error())));
                 }
                 promise->finish();
                 if (row)
                     Q_EMIT changed(environment);
             });
    return promise->future();
}

void EnvironmentGuard::lock(const QString &environment, const QString &reason)
{
    if (m_unlocked.remove(environment) == 0)
        return;
    m_journal.append(journal::Lock{environment, m_who.name, m_who.host, reason});
    if (m_unlocked.isEmpty())
        m_timer.stop();
    Q_EMIT changed(environment);
}

void EnvironmentGuard::lockAll(const QString &reason)
{
    const QStringList unlocked = m_unlocked.keys();
    for (const QString &environment : unlocked)
        lock(environment, reason);
}

void EnvironmentGuard::expire()
{
    const QStringList unlocked = m_unlocked.keys();
    for (const QString &environment : unlocked) {
        if (left(environment) <= 0ms)
            lock(environment, u"its time is over"_s);
    }
}

} // namespace atalaya::control
