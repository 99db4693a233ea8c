// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/workspace/workspace.h"

namespace atalaya::workspace {

/// Reads a workspace file's bytes. Every fault is one error: `endpoint` is "FILE:LINE at /json/pointer", the summary
/// says what was found, what is allowed and, for an unknown key or word, the nearest known one. Relative paths become
/// absolute against the file's folder. Names of sources, systems and instances must be unique; a system's `prometheus`
/// must exist.
Result<Workspace> decodeWorkspace(const QByteArray &bytes, const QString &file);

/// Reads the file and decodes it.
Result<Workspace> readWorkspace(const QString &file);

} // namespace atalaya::workspace
