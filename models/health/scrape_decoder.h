// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/labels.h"
#include "models/base/result.h"
#include "models/http/http_request.h"

#include <QtCore/QList>

namespace atalaya::health {

/// Whether Prometheus could scrape a target at its last try.
struct ScrapeState
{
    Labels labels;
    bool isUp = false;

    bool operator==(const ScrapeState &) const = default;
};

/// The answer to an instant query for `up`.
Result<QList<ScrapeState>> decodeScrapes(const http::HttpResponse &response);

} // namespace atalaya::health
