// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleet_settings.h"

namespace atalaya::fleet {

/// A past for Prometheus: what scrapes every `step` up to `until`, `span` long, would have stored. All three are times
/// of the wall clock; the story in between runs at the settings' speed.
struct HistoryPlan
{
    QString folder;
    Timestamp until{};
    Milliseconds span{};
    Milliseconds step{};
};

/// Runs the fleet of `settings` ahead of time, without ports or logs, and writes OpenMetrics files into the plan's
/// folder, one for each two hours of the wall clock (a block of Prometheus). `written` hears of each file once it is
/// whole.
Result<void> writeHistory(const FleetSettings &settings, const HistoryPlan &plan,
                          const std::function<void(const QString &piece)> &written);

/// One scrape as OpenMetrics lines: every sample of the text format with job, instance and time added, then the samples
/// of the scrape itself. A failed one is `up` 0 and nothing else of the target.
std::string scrapeLines(const Answer &answer, const std::string &job, const std::string &instance, Timestamp at);

} // namespace atalaya::fleet
