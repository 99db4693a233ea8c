// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/health/health_report.h"
#include "models/http/http_request.h"

namespace atalaya::health {

/// Reads an answer of a health path in any of the known dialects, also from the body of a 503. The service's overall
/// word decides; where it has none, its parts do; where it only has a message or nothing, the HTTP status. A healthy
/// word in an answer of 500 and above is not believed. Errors: an answer that is not a health answer at all (HTML,
/// broken JSON, 401, 403, 404, 405, 429, redirects).
Result<ProbeReport> decodeHealth(const QString &path, const http::HttpResponse &response);

} // namespace atalaya::health
