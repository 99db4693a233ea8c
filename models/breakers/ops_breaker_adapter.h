// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breakers/breaker_list.h"
#include "models/http/transport.h"

namespace atalaya::breakers {

Result<OpsInfo> decodeOpsInfo(const http::HttpResponse &response);
/// The contract's list, or the bare array of the specification's get_metrics(). Refuses an entry without name or state.
Result<BreakerList> decodeOpsBreakers(const http::HttpResponse &response);
/// One breaker, as `GET /breakers/{name}` answers it, or the `breaker` of a write's answer.
Result<ControlReading> decodeOpsBreaker(const http::HttpResponse &response);

/// Reads of the control contract `ops/1`, stateless. Decoding happens off the calling thread.
class OpsBreakerAdapter
{
public:
    explicit OpsBreakerAdapter(http::Transport &transport) : m_transport(transport) {}

    /// `base` is the contract's path below the endpoint, "/ops/v1".
    Pending<OpsInfo> fetchInfo(const http::Endpoint &endpoint, const QString &base) const;
    Pending<BreakerList> fetchBreakers(const http::Endpoint &endpoint, const QString &base) const;
    Pending<ControlReading> fetchBreaker(const http::Endpoint &endpoint, const QString &base,
                                         const QString &name) const;

private:
    http::Transport &m_transport;
};

} // namespace atalaya::breakers
