// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/metrics/series.h"

#include <QtCore/QByteArray>

namespace atalaya::metrics {

/// Reads an answer of Prometheus' /api/v1/query and /query_range (also VictoriaMetrics'): vector, matrix, scalar and
/// string; numbers are strings ("NaN", "+Inf", "1.5e-01"), times seconds with up to three decimals. Native histograms
/// are counted and left out. Anything else is Malformed and nothing of it is kept. Pure; the hot path of every chart:
/// the shape that servers send is read with simdjson, any other one with nlohmann_json, which also words the faults.
/// Source: https://prometheus.io/docs/prometheus/latest/querying/api/
Result<QueryResult> decodeQueryResult(const QByteArray &body, const QString &endpoint);

} // namespace atalaya::metrics
