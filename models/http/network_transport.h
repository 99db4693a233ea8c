// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/http/transport.h"

#include <QtCore/QObject>

#include <memory>

namespace atalaya::http {

/// Transport over QNetworkAccessManager. Keeps one manager for each TLS identity and purpose (reads of an origin are
/// spread, so that six hung requests starve nobody; writes have their own), its own total deadline and size limit, TLS
/// verified always, redirects only for reads and only within the origin. Bodies stay gzip-encoded.
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
