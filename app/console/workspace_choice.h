// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/command_line.h"
#include "app/console/settings_file.h"
#include "models/workspace/workspace.h"

namespace atalaya::console {

/// The workspace file in use: `--workspace`, else $ATALAYA_WORKSPACE, else the last one opened. Empty: nothing
/// configured.
QString workspaceFileFor(const CommandLine &line, const SettingsFile &settings);

/// `--environment`, or the only one. Error: several and none named, or no such name (lists them).
Result<workspace::Environment> chosenEnvironment(const workspace::Workspace &workspace, const QString &name);

} // namespace atalaya::console
