// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/unix_signals.h"

#include <QtCore/QSocketNotifier>

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace atalaya::console {

namespace {

sigset_t stopSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

UnixSignals::UnixSignals(QObject *parent) : QObject(parent)
{
    const sigset_t set = stopSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo seen{};
        while (read(m_descriptor, &seen, sizeof seen) == sizeof seen)
            Q_EMIT stopRequested(static_cast<int>(seen.ssi_signo));
    });
}

UnixSignals::~UnixSignals()
{
    delete m_notifier;
    close(m_descriptor);
    const sigset_t set = stopSignals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

} // namespace atalaya::console

#include "moc_unix_signals.cpp"
