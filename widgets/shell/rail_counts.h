// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/overview/system_summary.h"
#include "widgets/shell/nav_rail.h"

namespace atalaya::shell {

/// Puts what needs attention beside the rail's words: firing alerts, breaker instances not closed, instances not
/// healthy, flags waiting for a restart; each with its worst state's shape, "at least" where a source is silent.
void setCounts(QList<RailEntry> &entries, const overview::Verdict &verdict,
               const QList<overview::SystemSummary> &systems);

} // namespace atalaya::shell
