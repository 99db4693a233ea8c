// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/labels.h"
#include "models/base/result.h"
#include "models/breakers/breaker.h"
#include "models/http/http_request.h"

#include <QtCore/QList>
#include <QtCore/QMap>

namespace atalaya::breakers {

struct GaugeSample
{
    Labels labels;
    GaugeReading reading;

    bool operator==(const GaugeSample &) const = default;
};

/// The answer to an instant query for a breaker gauge, read with one system's encoding (number to state word). A number
/// that the encoding does not list stays Unknown and keeps its value: it is never closed.
Result<QList<GaugeSample>> decodeGauge(const http::HttpResponse &response, const QMap<int, QString> &encoding);

} // namespace atalaya::breakers
