// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alertmanager_client.h"

#include "models/alerts/alert_decoder.h"
#include "models/alerts/silence_decoder.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

Pending<QList<Alert>> AlertmanagerClient::fetchAlerts(const http::Endpoint &endpoint) const
{
    return decodeOffThread<QList<Alert>>(m_transport.fetch(endpoint, {.path = u"/api/v2/alerts"_s}),
                                         [](const http::HttpResponse &r) { return decodeAlertmanagerAlerts(r); });
}

Pending<QList<Silence>> AlertmanagerClient::fetchSilences(const http::Endpoint &endpoint) const
{
    return decodeOffThread<QList<Silence>>(m_transport.fetch(endpoint, {.path = u"/api/v2/silences"_s}),
                                           [](const http::HttpResponse &r) { return decodeSilences(r); });
}

} // namespace atalaya::alerts
