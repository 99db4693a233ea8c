// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/open_window.h"

#include "app/stack/stack_folder.h"
#include "models/dashboards/dashboard_decoder.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QProcessEnvironment>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The files a workspace names, with the folders among them opened, each with the system that listed it.
QList<std::pair<QString, QString>> dashboardFiles(const workspace::Workspace &workspace,
                                                  const workspace::Environment &environment)
{
    QList<std::pair<QString, QString>> files;
    for (const workspace::System &system : environment.systems) {
        for (const QString &file : system.dashboards)
            files.append({file, system.key});
    }
    for (const QString &path : workspace.dashboards) {
        if (!QFileInfo(path).isDir()) {
            files.append({path, QString()});
            continue;
        }
        const QDir folder(path);
        for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name))
            files.append({folder.filePath(name), QString()});
    }
    return files;
}

std::optional<stack::DrillAddresses> drillOf(const QString &workspaceFile)
{
    for (const stack::StackRecord &record :
         stack::runningStacks(stack::stacksFolder(QProcessEnvironment::systemEnvironment()))) {
        if (QFileInfo(record.addresses.workspaceFile) == QFileInfo(workspaceFile))
            return record.addresses;
    }
    return std::nullopt;
}

} // namespace

void OpenWindow::close()
{
    window.reset();
    drill.reset();
    session.reset();
}

OpenWindow openWindow(const workspace::Workspace &workspace, const workspace::Environment &environment,
                      const VerbServices &services)
{
    OpenWindow open;
    open.session = std::make_unique<EnvironmentSession>(environment, EnvironmentSession::All, services.transport,
                                                        services.secrets, services.clock);
    EnvironmentSession &session = *open.session;
    QStringList warnings = workspace.warnings;
    QList<dashboards::Dashboard> dashboards;
    for (const auto &[file, system] : dashboardFiles(workspace, environment)) {
        auto dashboard = dashboards::readDashboard(file);
        if (!dashboard) {
            warnings += sentenceFor(dashboard.error());
            continue;
        }
        dashboard->system = system;
        dashboards.append(std::move(*dashboard));
    }
    QStringList names;
    for (const workspace::Environment &each : workspace.environments)
        names += each.name;
    if (const auto drill = drillOf(workspace.file))
        open.drill = std::make_unique<DrillIncidents>(*drill, services.transport, session.schedule);
    open.window = std::make_unique<shell::MainWindow>(
        shell::ConsoleParts{session.environment, names, session.schedule, session.monitor, *session.alerts,
                            *session.health, *session.breakers, *session.flags, *session.metrics, *session.overview,
                            dashboards, services.clock, session.zone, warnings},
        open.drill.get());
    return open;
}

} // namespace atalaya::console
