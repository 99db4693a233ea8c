// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/verb_services.h"

#include "app/console/workspace_choice.h"
#include "models/workspace/workspace_decoder.h"

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

Result<WorkspaceInUse> workspaceInUse(const CommandLine &line, const VerbServices &services)
{
    const QString file = workspaceFileFor(line, services.settings);
    if (file.isEmpty())
        return failure(
            ErrorKind::BadInput, {},
            u"no workspace is configured; give --workspace FILE, set ATALAYA_WORKSPACE, or start \"atalaya drill\""_s);
    auto workspace = workspace::readWorkspace(file);
    if (!workspace)
        return tl::make_unexpected(workspace.error());
    auto environment = chosenEnvironment(*workspace, line.value(u"environment"_s));
    if (!environment)
        return tl::make_unexpected(environment.error());
    for (const QString &warning : std::as_const(workspace->warnings))
        services.error(u"warning: "_s + warning);
    return WorkspaceInUse{std::move(*workspace), std::move(*environment)};
}

QString jsonText(const Json &json)
{
    return QString::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + u'\n';
}

int reportError(const VerbServices &services, const Error &error)
{
    services.error(sentenceFor(error).replace(u'\n', u' '));
    return error.kind == ErrorKind::BadInput ? BadUsage : SourceUnreachable;
}

} // namespace atalaya::console
