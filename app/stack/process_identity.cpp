// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/process_identity.h"

#include <QtCore/QFile>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;

std::optional<quint64> startTicksIn(const QByteArray &statLine)
{
    // The name, field 2, is in parentheses and may hold any character, so fields are counted from the last ')'.
    const qsizetype end = statLine.lastIndexOf(')');
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> fields = statLine.mid(end + 2).trimmed().split(' ');
    constexpr int stateField = 0;
    constexpr int startField = 19; // field 22 of the line
    if (fields.size() <= startField || fields.at(stateField).size() != 1)
        return std::nullopt;
    const char state = fields.at(stateField).front();
    if (state == 'Z' || state == 'X')
        return std::nullopt;
    bool isNumber = false;
    const quint64 ticks = fields.at(startField).toULongLong(&isNumber);
    return isNumber ? std::optional(ticks) : std::nullopt;
}

std::optional<ProcessIdentity> identityOf(qint64 pid)
{
    if (pid <= 0)
        return std::nullopt;
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return std::nullopt;
    const std::optional<quint64> ticks = startTicksIn(stat.readAll());
    if (!ticks)
        return std::nullopt;
    return ProcessIdentity{pid, *ticks};
}

bool isRunning(const ProcessIdentity &process)
{
    return identityOf(process.pid) == process;
}

void endByForce(const ProcessIdentity &process)
{
    // A handle on the process first, the check second: between check and signal the id cannot change hands.
    const long handle = ::syscall(SYS_pidfd_open, static_cast<pid_t>(process.pid), 0U);
    if (handle < 0)
        return;
    if (isRunning(process))
        ::syscall(SYS_pidfd_send_signal, static_cast<int>(handle), SIGKILL, nullptr, 0U);
    ::close(static_cast<int>(handle));
}

void awaitEnd(const ProcessIdentity &process, int milliseconds)
{
    const long handle = ::syscall(SYS_pidfd_open, static_cast<pid_t>(process.pid), 0U);
    if (handle < 0)
        return;
    if (isRunning(process)) {
        pollfd ended{static_cast<int>(handle), POLLIN, 0};
        ::poll(&ended, 1, milliseconds);
    }
    ::close(static_cast<int>(handle));
}

} // namespace atalaya::stack
