// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"
#include "models/base/time_range.h"
#include "models/http/transport.h"
#include "models/metrics/series.h"

namespace atalaya::metrics {

/// Prometheus' HTTP API, one function a call. Queries go as form POST: a long GET fails at proxies. A question that the
/// server refuses (400, 422) is BadInput with the server's words; everything else is a failure of the source.
Pending<QueryResult> fetchInstant(http::Transport &transport, const http::Endpoint &endpoint, const QString &expr,
                                  Timestamp at);
Pending<QueryResult> fetchRange(http::Transport &transport, const http::Endpoint &endpoint, const QString &expr,
                                const TimeRange &range, Milliseconds step);

/// The server's own `data` object as it sent it, for programs.
struct RawData
{
    QByteArray json;
    QStringList warnings;
};
Pending<RawData> fetchRawInstant(http::Transport &transport, const http::Endpoint &endpoint, const QString &expr,
                                 Timestamp at);
Pending<RawData> fetchRawRange(http::Transport &transport, const http::Endpoint &endpoint, const QString &expr,
                               const TimeRange &range, Milliseconds step);

/// Values of a label over the series that match `selector` (empty: all), sorted.
Pending<QStringList> fetchLabelValues(http::Transport &transport, const http::Endpoint &endpoint, const QString &label,
                                      const QString &selector);

/// Whether an error says something about the question rather than about the server.
inline bool isRefusedQuestion(const Error &error)
{
    return error.kind == ErrorKind::BadInput && (error.httpStatus == 400 || error.httpStatus == 422);
}

} // namespace atalaya::metrics
