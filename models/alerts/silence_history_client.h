// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/matcher.h"
#include "models/base/clock.h"
#include "models/http/transport.h"

namespace atalaya::alerts {

/// How many alerts (label sets) fired in a span of time, and how many of them matchers meet.
struct SilenceHistory
{
    int matching = 0;
    int all = 0;

    double share() const { return all > 0 ? static_cast<double>(matching) / all : 0; }
    bool operator==(const SilenceHistory &) const = default;
};

/// From Prometheus' own ALERTS series. Labels that only Alertmanager sees (external labels) are not on them: such a
/// matcher meets nothing there.
Pending<SilenceHistory> fetchSilenceHistory(http::Transport &transport, const http::Endpoint &endpoint,
                                            const QList<Matcher> &matchers, Milliseconds span);

Result<SilenceHistory> decodeSilenceHistory(const http::HttpResponse &response);

} // namespace atalaya::alerts
