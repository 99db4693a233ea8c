// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"
#include "models/workspace/workspace.h"

namespace atalaya::workspace {

/// The process's edge towards secrets. Errors (Unauthorized) name the reference, never the secret: variable not set,
/// file not readable or readable by others, keyring entry not found or keyring locked.
class SecretSource
{
public:
    virtual ~SecretSource() = default;
    /// The secret's bytes without a trailing newline.
    virtual Pending<QByteArray> read(const SecretReference &reference) = 0;
};

} // namespace atalaya::workspace
