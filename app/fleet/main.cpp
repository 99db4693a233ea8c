// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleet.h"
#include "app/fleet/history_writer.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSocketNotifier>

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

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

void say(const QByteArray &line)
{
    std::printf("%s\n", line.constData());
    std::fflush(stdout);
}

int writeHistory(const atalaya::fleet::FleetSettings &settings, const atalaya::fleet::HistoryPlan &plan)
{
    const auto written = atalaya::fleet::writeHistory(settings, plan, [](const QString &piece) {
        say(QJsonDocument(QJsonObject{{u"piece"_s, piece}}).toJson(QJsonDocument::Compact));
    });
    return written ? 0 : refuse(atalaya::sentenceFor(written.error()));
}

int serve(atalaya::fleet::FleetSettings settings, pid_t parent)
{
    const int signals = signalDescriptor();
    if (signals < 0)
        return refuse(u"signals cannot be watched"_s);
    const atalaya::SystemClock clock;
    atalaya::fleet::Fleet fleet(std::move(settings), clock);
    if (const auto opened = fleet.open(); !opened)
        return refuse(atalaya::sentenceFor(opened.error()));

    QSocketNotifier notifier(signals, QSocketNotifier::Read);
    bool isEnding = false;
    QObject::connect(&notifier, &QSocketNotifier::activated, &fleet, [&] {
        signalfd_siginfo received{};
        while (read(signals, &received, sizeof received) == sizeof received) {
            if (std::exchange(isEnding, true))
                QCoreApplication::exit(128 + int(received.ssi_signo)); // asked twice: at once
        }
        fleet.shutDown();
    });
    QObject::connect(&fleet, &atalaya::fleet::Fleet::drained, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    fleet.run();
    say(QByteArray::fromStdString(fleet.readyLine()));
    // The parent may have died before prctl was called; then no signal will come.
    if (getppid() != parent)
        fleet.shutDown();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGTERM);

    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"atalaya-fleet"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(ATALAYA_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs simulated services on loopback ports, for drills and tests."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({{u"config"_s, u"What to run, as JSON."_s, u"FILE"_s},
                       {u"history"_s, u"Listen nowhere; write a past into this folder instead."_s, u"FOLDER"_s},
                       {u"until"_s, u"The past's last moment, Unix milliseconds."_s, u"MS"_s},
                       {u"span"_s, u"How long the past is."_s, u"MS"_s},
                       {u"step"_s, u"From one scrape to the next."_s, u"MS"_s}});
    if (!parser.parse(QCoreApplication::arguments()))
        return refuse(parser.errorText());
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    if (!parser.isSet(u"config"_s) || !parser.positionalArguments().isEmpty())
        return refuse(u"use --config FILE"_s);
    auto settings = atalaya::fleet::readFleetSettings(parser.value(u"config"_s));
    if (!settings)
        return refuse(atalaya::sentenceFor(settings.error()));
    if (!parser.isSet(u"history"_s))
        return serve(std::move(*settings), parent);

    atalaya::fleet::HistoryPlan plan;
    plan.folder = parser.value(u"history"_s);
    plan.until = atalaya::Timestamp(atalaya::Milliseconds(parser.value(u"until"_s).toLongLong()));
    plan.span = atalaya::Milliseconds(parser.value(u"span"_s).toLongLong());
    plan.step = atalaya::Milliseconds(parser.value(u"step"_s).toLongLong());
    if (plan.until.time_since_epoch() <= plan.span)
        return refuse(u"--history needs --until, --span and --step in milliseconds"_s);
    return writeHistory(*settings, plan);
}
