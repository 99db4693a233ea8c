// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/health/health_report.h"
#include "models/http/http_request.h"

namespace atalaya::health {

/// The start-up validation of one instance: the specification's summary, "skipped" with its reason, or the control
/// contract's form with instance and times; "running" while it has started and not finished.
Result<StartupReport> decodeStartup(const http::HttpResponse &response);

} // namespace atalaya::health
