// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

namespace atalaya::stack {

/// Writes a file only its owner can read (0600), whole or not at all: beside it first, then renamed over it. Storage on
/// failure.
Result<void> writePrivateFile(const QString &path, const QByteArray &bytes);
/// Makes a folder, and what of its parents is missing, for its owner only (0700). Storage when it cannot be made, or is
/// there already and belongs to somebody else, is a link, or is open to others and cannot be closed.
Result<void> makePrivateFolder(const QString &path);
/// A secret of 256 bits from the system's generator, in hexadecimal.
QByteArray newSecret();

} // namespace atalaya::stack
