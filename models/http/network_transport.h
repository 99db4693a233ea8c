// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/http/transport.h"

#include <QtCore/QObject>

#include <memory>

namespace atalaya::http {

/// Transport over QNetworkAccessManager, HTTP/1.1 only. Reads of a TLS identity are spread over several managers, so
/// that hung requests starve nobody; at 96 under way to one origin a further read is refused unsent. Each write has a
/// manager of its own. Own total deadline and size limit, TLS verified always, redirects only for reads and only within
/// the origin. Bodies stay gzip-encoded. Files of a TLS identity are read again when they change.
class NetworkTransport final : public QObject, public Transport
{
    Q_OBJECT
public:
    explicit NetworkTransport(QObject *parent = nullptr);
    ~NetworkTransport() override;

    Pending<HttpResponse> fetch(const Endpoint &endpoint, const HttpRequest &request) override;
    Pending<HttpResponse> send(const Endpoint &endpoint, const HttpRequest &request) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::http
