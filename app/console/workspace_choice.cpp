// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/workspace_choice.h"

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

QString workspaceFileFor(const CommandLine &line, const SettingsFile &settings)
{
    if (line.has(u"workspace"_s))
        return line.value(u"workspace"_s);
    if (const QString fromEnvironment = qEnvironmentVariable("ATALAYA_WORKSPACE"); !fromEnvironment.isEmpty())
        return fromEnvironment;
    return settings.lastWorkspace();
}

Result<workspace::Environment> chosenEnvironment(const workspace::Workspace &workspace, const QString &name)
{
    QStringList names;
    for (const workspace::Environment &environment : workspace.environments) {
        if (environment.name == name)
            return environment;
        names += environment.name;
    }
    if (name.isEmpty() && workspace.environments.size() == 1)
        return workspace.environments.first();
    return failure(ErrorKind::BadInput, u"--environment"_s,
                   name.isEmpty() ? u"the workspace has several environments; name one of %1"_s.arg(names.join(u", "_s))
                                  : u"no environment \"%1\"; the workspace has %2"_s.arg(name, names.join(u", "_s)));
}

} // namespace atalaya::console
