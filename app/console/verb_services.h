// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/command_line.h"
#include "app/console/output_forms.h"
#include "app/console/settings_file.h"
#include "models/http/transport.h"
#include "models/workspace/secret_source.h"
#include "models/workspace/workspace.h"

#include <QtCore/QObject>

#include <functional>

namespace atalaya::console {

/// What every verb stands on, and its two outputs. The references outlive the verb.
struct VerbServices
{
    http::Transport &transport;
    workspace::SecretSource &secrets;
    const Clock &clock;
    SettingsFile &settings;
    std::function<void(const QString &)> out;   ///< standard output, as it is
    std::function<void(const QString &)> error; ///< standard error; one line, without its newline
};

/// Called once, with the exit status.
using VerbDone = std::function<void(int)>;

/// The verbs. Each starts at once, never blocks, and calls `done` from the event loop or before it returns. `context`
/// is the run's life: whatever the verb still has under way ends with it.
void runCheck(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runQuery(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runAlertsList(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runAlertsWatch(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runHealth(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runBreakersList(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runFlagsList(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runBreakersTrip(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runBreakersRelease(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runBreakersReset(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runFlagsSet(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runUndo(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runJournalList(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runJournalVerify(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runJournalExport(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runDrill(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);
void runDrillIncident(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done);

/// The workspace in use and the environment asked for, for a verb that needs both. Error: one sentence, exit status 2.
struct WorkspaceInUse
{
    workspace::Workspace workspace;
    workspace::Environment environment;
};
Result<WorkspaceInUse> workspaceInUse(const CommandLine &line, const VerbServices &services);

/// One JSON document and a newline.
QString jsonText(const Json &json);
/// Prints the error's sentence and returns the status that its kind stands for (BadInput 2, otherwise 6).
int reportError(const VerbServices &services, const Error &error);

} // namespace atalaya::console
