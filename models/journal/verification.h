// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QtGlobal>

#include <optional>

namespace atalaya::journal {

/// Whether the chain of hashes holds.
struct Verification
{
    qint64 rows = 0;
    bool ok = true;
    std::optional<qint64> firstBroken; ///< the first row that was changed, or stands next to one that is gone

    bool operator==(const Verification &) const = default;
};

} // namespace atalaya::journal
