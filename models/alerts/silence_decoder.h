// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/silence.h"
#include "models/http/http_request.h"

namespace atalaya::alerts {

/// Alertmanager's `GET /api/v2/silences`. `alertmanager` is left empty: the caller knows whom it asked.
Result<QList<Silence>> decodeSilences(const http::HttpResponse &response);

} // namespace atalaya::alerts
