// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_client.h"

#include "models/health/health_decoder.h"
#include "models/health/startup_decoder.h"

#include <QtCore/QUrlQuery>

namespace atalaya::health {

using namespace Qt::Literals::StringLiterals;

namespace {

// A health answer is small; a service that sends more has something else behind that path.
constexpr qint64 largestHealthAnswer = 4 * 1024 * 1024;

/// A configured path may carry a query ("/health?full=1"); the request keeps the two apart.
http::HttpRequest healthRequest(const QString &path)
{
    const QList<std::pair<QString, QString>> query = QUrlQuery(path.section(u'?', 1)).queryItems(QUrl::FullyDecoded);
    return {.path = path.section(u'?', 0, 0), .query = query, .maxBytes = largestHealthAnswer};
}

} // namespace

Pending<ProbeReport> HealthClient::fetchProbe(const http::Endpoint &endpoint, const QString &path) const
{
    return decodeOffThread<ProbeReport>(m_transport.fetch(endpoint, healthRequest(path)),
                                        [path](const http::HttpResponse &r) { return decodeHealth(path, r); });
}

Pending<StartupReport> HealthClient::fetchStartup(const http::Endpoint &endpoint, const QString &path) const
{
    return decodeOffThread<StartupReport>(m_transport.fetch(endpoint, healthRequest(path)),
                                          [](const http::HttpResponse &r) { return decodeStartup(r); });
}

Pending<QList<ScrapeState>> HealthClient::fetchScrapes(const http::Endpoint &prometheus, const QString &selector) const
{
    return decodeOffThread<QList<ScrapeState>>(
        m_transport.fetch(prometheus, {.path = u"/api/v1/query"_s, .query = {{u"query"_s, u"up{%1}"_s.arg(selector)}}}),
        [](const http::HttpResponse &r) { return decodeScrapes(r); });
}

} // namespace atalaya::health
