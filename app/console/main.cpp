// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/log_setup.h"
#include "app/console/screenshot_run.h"
#include "app/console/unix_signals.h"
#include "app/console/verb_services.h"
#include "app/console/window_run.h"
#include "models/http/network_transport.h"
#include "models/workspace/stored_secret_source.h"

#include <QtWidgets/QApplication>

#include "resources/resources.h"

#include <csignal>
#include <cstdio>

namespace {

using namespace atalaya;
using namespace atalaya::console;
using namespace Qt::Literals::StringLiterals;

void print(std::FILE *file, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), file);
    std::fflush(file);
}

using Verb = void (*)(const CommandLine &, const VerbServices &, QObject *, VerbDone);

Verb verbOf(const QString &name)
{
    const std::pair<QString, Verb> verbs[] = {
        {u"check"_s, runCheck},
        {u"query"_s, runQuery},
        {u"alerts list"_s, runAlertsList},
        {u"alerts watch"_s, runAlertsWatch},
        {u"health"_s, runHealth},
        {u"breakers list"_s, runBreakersList},
        {u"flags list"_s, runFlagsList},
        {u"breakers trip"_s, runBreakersTrip},
        {u"breakers release"_s, runBreakersRelease},
        {u"breakers reset"_s, runBreakersReset},
        {u"flags set"_s, runFlagsSet},
        {u"undo"_s, runUndo},
        {u"journal list"_s, runJournalList},
        {u"journal verify"_s, runJournalVerify},
        {u"journal export"_s, runJournalExport},
        {u"drill"_s, runDrill},
        {u"drill incident"_s, runDrillIncident},
    };
    for (const auto &[known, verb] : verbs) {
        if (known == name)
            return verb;
    }
    return nullptr;
}

/// Runs until `done` or a stop signal. `stop` is what a signal does first (it must end in `quit`).
int runWithWindow(QApplication &app, const CommandLine &line, const VerbServices &services)
{
    UnixSignals signals;
    if (line.verb == u"screenshot") {
        int status = Done;
        ScreenshotRun run(line, services, nullptr, [&](int result) {
            status = result;
            QMetaObject::invokeMethod(&app, &QCoreApplication::quit, Qt::QueuedConnection);
        });
        QObject::connect(&signals, &UnixSignals::stopRequested, &app, [&] {
            status = Interrupted;
            app.quit();
        });
        QMetaObject::invokeMethod(&run, &ScreenshotRun::start, Qt::QueuedConnection);
        app.exec();
        return status;
    }
    WindowRun run(line, services);
    QObject::connect(&run, &WindowRun::ended, &app, &QCoreApplication::quit);
    QObject::connect(&signals, &UnixSignals::stopRequested, &run, &WindowRun::stop);
    QMetaObject::invokeMethod(&run, &WindowRun::start, Qt::QueuedConnection);
    app.exec();
    return Done;
}

/// A write that is under way is accounted for before the program ends.
bool isActing(const QString &verb)
{
    const QStringList verbs{u"breakers trip"_s, u"breakers release"_s, u"breakers reset"_s, u"flags set"_s, u"undo"_s};
    return verbs.contains(verb);
}

int runVerb(QCoreApplication &app, const CommandLine &line, const VerbServices &services)
{
    int status = Done;
    bool isStopped = false;
    UnixSignals signals;
    {
        QObject context;
        const auto done = [&](int result) {
            status = isStopped ? Interrupted : result;
            QMetaObject::invokeMethod(&app, &QCoreApplication::quit, Qt::QueuedConnection);
        };
        QObject::connect(&signals, &UnixSignals::stopRequested, &app, [&] {
            if (isActing(line.verb)) {
                isStopped = true;
                services.error(u"a command is under way; it is accounted for first"_s);
                return;
            }
            done(line.verb == u"drill" ? Done : Interrupted);
        });
        QMetaObject::invokeMethod(
            &context, [&] { verbOf(line.verb)(line, services, &context, done); }, Qt::QueuedConnection);
        app.exec();
    }
    return status;
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    const auto line = parseCommandLine(arguments);
    if (!line) {
        print(stderr, u"atalaya: "_s + line.error().summary + u'\n');
        return BadUsage;
    }
    if (line->verb == u"help") {
        print(stdout, helpText(line->arguments.join(u' ')));
        return Done;
    }
    if (line->verb == u"version") {
        print(stdout, u"atalaya %1\n"_s.arg(QStringLiteral(ATALAYA_VERSION)));
        return Done;
    }
    const bool draws = line->verb.isEmpty() || line->verb == u"screenshot";
    if (line->verb == u"screenshot") {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        if (line->has(u"scale"_s))
            qputenv("QT_SCALE_FACTOR", line->value(u"scale"_s).toLatin1());
    }
    if (line->verb.isEmpty() && qEnvironmentVariableIsEmpty("DISPLAY") &&
        qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        print(
            stderr,
            u"atalaya: there is no display; \"atalaya screenshot\" draws a page to a file, and every other verb works without one\n"_s);
        return BadUsage;
    }

    QCoreApplication::setApplicationName(u"atalaya"_s);
    QCoreApplication::setOrganizationName(u"atalaya"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(ATALAYA_VERSION));
    setUpLog();
    const std::unique_ptr<QCoreApplication> app(draws ? new QApplication(argc, argv)
                                                      : new QCoreApplication(argc, argv));
    registerAtalayaResources();

    SystemClock clock;
    SettingsFile settings;
    http::NetworkTransport transport;
    workspace::StoredSecretSource secrets;
    const VerbServices services{transport,
                                secrets,
                                clock,
                                settings,
                                [](const QString &text) { print(stdout, text); },
                                [](const QString &text) { print(stderr, u"atalaya: "_s + text + u'\n'); }};
    return draws ? runWithWindow(static_cast<QApplication &>(*app), *line, services) : runVerb(*app, *line, services);
}
