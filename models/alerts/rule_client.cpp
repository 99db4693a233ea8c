// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/rule_client.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

Pending<RuleAnswer> RuleClient::fetchRules(const http::Endpoint &endpoint) const
{
    return decodeOffThread<RuleAnswer>(
        m_transport.fetch(endpoint, {.path = u"/api/v1/rules"_s, .query = {{u"type"_s, u"alert"_s}}}),
        [](const http::HttpResponse &r) { return decodeRules(r); });
}

} // namespace atalaya::alerts
