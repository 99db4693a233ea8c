// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one drill stack from the command line: prints a line of JSON for each thing that happens, and stops at SIGTERM
// or SIGINT. The tests kill it without warning; developers use it for a stack to look at.
#include "app/stack/drill_stack.h"
#include "models/http/network_transport.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSocketNotifier>

#include "resources/resources.h"
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

using namespace atalaya;
using namespace Qt::Literals::StringLiterals;

namespace {

void say(const QJsonObject &json)
{
    const QByteArray line = QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fflush(stdout);
}

QJsonObject readyJson(const stack::DrillAddresses &addresses)
{
    QJsonArray instances;
    for (const stack::DrillInstance &instance : addresses.instances)
        instances.append(
            QJsonObject{{u"system"_s, instance.system}, {u"id"_s, instance.id}, {u"url"_s, instance.url.toString()}});
    QJsonArray children;
    if (const Result<stack::StackRecord> record = stack::readRecord(addresses.stackDir)) {
        for (const stack::ProcessIdentity &child : record->children)
            children.append(child.pid);
    }
    return {{u"workspace"_s, addresses.workspaceFile},
            {u"prometheus"_s, addresses.prometheus.toString()},
            {u"alertmanager"_s, addresses.alertmanager.toString()},
            {u"instances"_s, instances},
            {u"fleet_admin"_s, addresses.fleetAdmin.toString()},
            {u"admin_token_file"_s, addresses.adminTokenFile},
            {u"pid"_s, addresses.pid},
            {u"stack_dir"_s, addresses.stackDir},
            {u"children"_s, children}};
}

} // namespace

int main(int argc, char **argv)
{
    // Blocked before any thread starts, so that all of them leave these signals to the descriptor below.
    sigset_t endings;
    ::sigemptyset(&endings);
    ::sigaddset(&endings, SIGTERM);
    ::sigaddset(&endings, SIGINT);
    ::sigprocmask(SIG_BLOCK, &endings, nullptr);

    QCoreApplication app(argc, argv);
    registerAtalayaResources();
    QCommandLineParser parser;
    parser.addOptions({{u"speed"_s, u"Story seconds a second."_s, u"N"_s, u"1"_s},
                       {u"keep"_s, u"Keep the folder."_s},
                       {u"no-history"_s, u"Write no history."_s},
                       {u"parent"_s, u"Folder of stacks."_s, u"FOLDER"_s},
                       {u"fleet"_s, u"The fleet's program."_s, u"FILE"_s}});
    parser.addHelpOption();
    parser.process(app);
    stack::DrillOptions options;
    options.speed = parser.value(u"speed"_s).toDouble();
    options.keep = parser.isSet(u"keep"_s);
    options.history = !parser.isSet(u"no-history"_s);
    options.parentFolder = parser.value(u"parent"_s);
    options.programs.fleet = parser.value(u"fleet"_s);

    http::NetworkTransport transport;
    stack::DrillStack drill(transport, options);
    int status = 0;
    QObject::connect(&drill, &stack::DrillStack::progress, &app, [](const QString &text) {
        say({{u"progress"_s, text}});
    });
    QObject::connect(&drill, &stack::DrillStack::ready, &app, [](const stack::DrillAddresses &addresses) {
        say({{u"ready"_s, readyJson(addresses)}});
    });
    QObject::connect(&drill, &stack::DrillStack::historyWritten, &app, [] { say({{u"history"_s, true}}); });
    QObject::connect(&drill, &stack::DrillStack::historyFailed, &app, [](const Error &error) {
        say({{u"history"_s, false}, {u"error"_s, sentenceFor(error)}});
    });
    QObject::connect(&drill, &stack::DrillStack::failed, &app, [&status](const Error &error) {
        status = 1;
        say({{u"failed"_s, sentenceFor(error)}});
    });
    QObject::connect(&drill, &stack::DrillStack::ended, &app, [&status] { QCoreApplication::exit(status); });

    const int signalFile = ::signalfd(-1, &endings, SFD_CLOEXEC | SFD_NONBLOCK);
    QSocketNotifier notifier(signalFile, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &drill, [&drill, signalFile] {
        signalfd_siginfo info;
        while (::read(signalFile, &info, sizeof info) == static_cast<ssize_t>(sizeof info))
            drill.stop();
    });
    drill.start();
    const int result = QCoreApplication::exec();
    ::close(signalFile);
    return result;
}
