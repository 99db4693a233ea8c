// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/alerts/silence.h"

namespace atalaya::alerts {

/// What a silence with these matchers would mean now.
struct SilencePreview
{
    QList<Alert> now;       ///< alerts that it matches, in the given order
    QList<Silence> similar; ///< silences that are not over and match one of those alerts, or have the same matchers
    QStringList warnings;   ///< too broad, a volatile label, nothing to hide; sentences

    bool operator==(const SilencePreview &) const = default;
};

/// Pure. `alerts` and `silences` as the stores hold them.
SilencePreview previewSilence(const QList<Matcher> &matchers, const QList<Alert> &alerts,
                              const QList<Silence> &silences);

} // namespace atalaya::alerts
