// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/rule_decoder.h"
#include "models/http/transport.h"

namespace atalaya::alerts {

/// Prometheus' rules API, stateless. Decoding happens off the calling thread.
class RuleClient
{
public:
    explicit RuleClient(http::Transport &transport) : m_transport(transport) {}

    Pending<RuleAnswer> fetchRules(const http::Endpoint &endpoint) const;

private:
    http::Transport &m_transport;
};

} // namespace atalaya::alerts
