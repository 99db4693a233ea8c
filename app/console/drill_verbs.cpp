// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/drill_client.h"
#include "app/console/verb_services.h"
#include "app/stack/drill_stack.h"
#include "app/stack/stack_folder.h"

#include <QtCore/QFileInfo>
#include <QtCore/QProcessEnvironment>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

namespace {

Json drillForm(const stack::DrillAddresses &drill)
{
    Json instances = Json::array();
    for (const stack::DrillInstance &instance : drill.instances)
        instances.push_back({{"system", textForm(instance.system)},
                             {"id", textForm(instance.id)},
                             {"url", textForm(instance.url.toString())}});
    return {{"workspace", textForm(drill.workspaceFile)},
            {"prometheus", textForm(drill.prometheus.toString())},
            {"alertmanager", textForm(drill.alertmanager.toString())},
            {"instances", instances},
            {"pid", drill.pid},
            {"stack_dir", textForm(drill.stackDir)}};
}

QString drillText(const stack::DrillAddresses &drill)
{
    QString text = u"The drill is live. Stop it with Ctrl+C.\n  Prometheus    %1\n  Alertmanager  %2\n"_s.arg(
        drill.prometheus.toString(), drill.alertmanager.toString());
    for (const stack::DrillInstance &instance : drill.instances)
        text += u"  %1  %2\n"_s.arg(instance.id.leftJustified(12), instance.url.toString());
    return text + u"In another terminal:\n  export ATALAYA_WORKSPACE=%1\n"_s.arg(drill.workspaceFile);
}

/// The drill that a verb is about: the one whose workspace is named, else the only one (or the newest) that runs.
Result<stack::DrillAddresses> runningDrill(const CommandLine &line)
{
    const auto running = stack::runningStacks(stack::stacksFolder(QProcessEnvironment::systemEnvironment()));
    QString file = line.value(u"workspace"_s);
    if (file.isEmpty())
        file = qEnvironmentVariable("ATALAYA_WORKSPACE");
    for (const stack::StackRecord &record : running) {
        if (!file.isEmpty() && QFileInfo(record.addresses.workspaceFile) == QFileInfo(file))
            return record.addresses;
    }
    if (!line.value(u"workspace"_s).isEmpty())
        return failure(ErrorKind::BadInput, u"--workspace"_s, u"no running drill has the workspace %1"_s.arg(file));
    if (running.isEmpty())
        return failure(ErrorKind::BadInput, {}, u"no drill is running; start one with \"atalaya drill\""_s);
    return running.last().addresses;
}

} // namespace

void runDrill(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    bool isNumber = true;
    const double speed = line.has(u"speed"_s) ? line.value(u"speed"_s).toDouble(&isNumber) : 1.0;
    if (!isNumber)
        return done(reportError(services, Error{ErrorKind::BadInput, u"--speed"_s,
                                                u"\"%1\" is not a number"_s.arg(line.value(u"speed"_s))}));
    stack::DrillOptions options;
    options.speed = speed;
    options.keep = line.has(u"keep"_s);
    auto *drill = new stack::DrillStack(services.transport, options, context);
    QObject::connect(drill, &stack::DrillStack::ready, context, [=](const stack::DrillAddresses &addresses) {
        services.out(line.has(u"json"_s) ? jsonText(drillForm(addresses)) : drillText(addresses));
    });
    QObject::connect(drill, &stack::DrillStack::progress, context, services.error);
    QObject::connect(drill, &stack::DrillStack::failed, context,
                     [=](const Error &error) { done(reportError(services, error)); });
    drill->start();
}

void runDrillIncident(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    const auto drill = runningDrill(line);
    if (!drill) {
        reportError(services, drill.error());
        return done(BadUsage);
    }
    const auto print = [=](const Result<QList<DrillIncident>> &answer) {
        if (!answer) {
            const int status =
                answer.error().kind == ErrorKind::NotFound ? BadUsage : reportError(services, answer.error());
            if (status == BadUsage)
                services.error(sentenceFor(answer.error()));
            return done(status);
        }
        Json list = Json::array();
        QList<QStringList> rows;
        const auto texts = [](const QStringList &names) {
            Json array = Json::array();
            for (const QString &name : names)
                array.push_back(textForm(name));
            return array;
        };
        for (const DrillIncident &incident : *answer) {
            list.push_back({{"incident", textForm(incident.name)},
                            {"active", incident.active},
                            {"breakers", texts(incident.breakers)},
                            {"alerts", texts(incident.alerts)},
                            {"instances", texts(incident.instances)}});
            rows.append({incident.name, incident.active ? u"active on "_s + incident.instances.join(u", "_s) : u"off"_s,
                         incident.breakers.join(u", "_s), incident.alerts.join(u", "_s)});
        }
        services.out(line.has(u"json"_s) ? jsonText(list)
                                         : tableText({u"INCIDENT"_s, u"NOW"_s, u"OPENS"_s, u"FIRES"_s}, rows));
        done(Done);
    };
    if (line.arguments == QStringList{u"list"_s})
        return whenDone(fetchIncidents(services.transport, *drill), context, print);
    if (line.arguments.size() != 2 || (line.arguments.at(1) != u"on" && line.arguments.at(1) != u"off"))
        return done(reportError(services, Error{ErrorKind::BadInput, u"command line"_s,
                                                u"\"drill incident\" takes list, or NAME on|off"_s}));
    whenDone(requestIncident(services.transport, *drill, line.arguments.at(0), line.value(u"instance"_s),
                             line.arguments.at(1) == u"on"),
             context, print);
}

} // namespace atalaya::console
