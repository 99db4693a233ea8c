// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/base/result.h"
#include "models/http/http_request.h"

namespace atalaya::alerts {

/// Alertmanager's `GET /api/v2/alerts`: firing, silenced and inhibited alerts (silenced wins over inhibited; both lists
/// are kept). Refuses an answer in which one alert has no labels or no start: a list with holes would look complete.
Result<QList<Alert>> decodeAlertmanagerAlerts(const http::HttpResponse &response);

} // namespace atalaya::alerts
