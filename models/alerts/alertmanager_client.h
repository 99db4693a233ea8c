// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/alerts/silence.h"
#include "models/http/transport.h"

namespace atalaya::alerts {

/// Alertmanager's v2 API, one function per call, stateless. Decoding happens off the calling thread.
class AlertmanagerClient
{
public:
    explicit AlertmanagerClient(http::Transport &transport) : m_transport(transport) {}

    Pending<QList<Alert>> fetchAlerts(const http::Endpoint &endpoint) const;
    Pending<QList<Silence>> fetchSilences(const http::Endpoint &endpoint) const;

private:
    http::Transport &m_transport;
};

} // namespace atalaya::alerts
