// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/base/result.h"
#include "models/http/http_request.h"

namespace atalaya::alerts {

/// What one Prometheus says: its alerting rules, and the alerts that pend or fire there (each with its rule).
struct RuleAnswer
{
    QList<Rule> rules;
    QList<Alert> alerts;

    bool operator==(const RuleAnswer &) const = default;
};

/// Prometheus' `GET /api/v1/rules?type=alert`. A firing alert's start is activeAt + for; external labels are not in it.
Result<RuleAnswer> decodeRules(const http::HttpResponse &response);

} // namespace atalaya::alerts
