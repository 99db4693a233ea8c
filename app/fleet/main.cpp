// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleet.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int badUsage = 2;

int refuse(const QString &why)
{
    std::fprintf(stderr, "atalaya-fleet: %s\n", qUtf8Printable(why));
    return badUsage;
}

/// SIGTERM and SIGINT as a readable descriptor; -1 where that fails.
int signalDescriptor()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    if (sigprocmask(SIG_BLOCK, &signals, nullptr) != 0)
        return -1;
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

} // namespace

int main(int argc, char **argv)
{
    const pid_t parent = getppid();
    const int signals = signalDescriptor();
    prctl(PR_SET_PDEATHSIG, SIGTERM);

    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"atalaya-fleet"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(ATALAYA_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs simulated services on loopback ports, for drills and tests."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption config(u"config"_s, u"What to run, as JSON."_s, u"FILE"_s);
    parser.addOption(config);
    parser.process(app);
    if (!parser.isSet(config) || !parser.positionalArguments().isEmpty())
        return refuse(u"use --config FILE"_s);
    if (signals < 0)
        return refuse(u"signals cannot be watched"_s);

    const atalaya::SystemClock clock;
    auto settings = atalaya::fleet::readFleetSettings(parser.value(config));
    if (!settings)
        return refuse(atalaya::sentenceFor(settings.error()));
    atalaya::fleet::Fleet fleet(std::move(*settings), clock);
    if (const auto opened = fleet.open(); !opened)
        return refuse(atalaya::sentenceFor(opened.error()));

    QSocketNotifier notifier(signals, QSocketNotifier::Read);
    bool isEnding = false;
    QObject::connect(&notifier, &QSocketNotifier::activated, &app, [&] {
        signalfd_siginfo received{};
        while (read(signals, &received, sizeof received) == sizeof received) {
            if (std::exchange(isEnding, true))
                QCoreApplication::exit(128 + int(received.ssi_signo)); // asked twice: at once
        }
        fleet.shutDown();
    });
    QObject::connect(&fleet, &atalaya::fleet::Fleet::drained, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    fleet.run();

    std::printf("%s\n", fleet.readyLine().c_str());
    std::fflush(stdout);
    // The parent may have died before prctl was called; then no signal will come.
    if (getppid() != parent)
        fleet.shutDown();
    return QCoreApplication::exec();
}
