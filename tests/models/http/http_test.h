// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/http/network_transport.h"
#include "tests/support/event_loop.h"
#include "tests/support/misbehaving_server.h"
#include "tests/support/test_certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace atalaya::http {

inline void PrintTo(const HttpResponse &response, std::ostream *out)
{
    *out << response.status << ' ' << response.body.left(200).toStdString();
}

/// A server and a transport, over HTTP and over HTTPS with a private authority.
class BothWays : public testing::TestWithParam<bool>
{
protected:
    BothWays()
    {
        server = GetParam() ? std::make_unique<test::MisbehavingServer>(
                                  test::MisbehavingServer::serverTls(QStringLiteral("server")))
                            : std::make_unique<test::MisbehavingServer>();
        endpoint.url = server->url();
        endpoint.timeout = std::chrono::seconds(5);
        if (GetParam())
            endpoint.tls.caFile = test::TestCertificates::shared().path(QStringLiteral("ca.pem"));
    }

    bool isTls() const { return GetParam(); }

    static HttpRequest get(const QString &path)
    {
        HttpRequest request;
        request.path = path;
        return request;
    }
    static HttpRequest write(const QByteArray &method, const QString &path, const QByteArray &body)
    {
        HttpRequest request;
        request.method = method;
        request.path = path;
        request.body = body;
        request.contentType = "application/json";
        return request;
    }
    Result<HttpResponse> fetch(const HttpRequest &request) { return test::await(transport.fetch(endpoint, request)); }
    Result<HttpResponse> fetch(const QString &path) { return fetch(get(path)); }
    Result<HttpResponse> send(const HttpRequest &request) { return test::await(transport.send(endpoint, request)); }

    std::unique_ptr<test::MisbehavingServer> server;
    Endpoint endpoint;
    NetworkTransport transport;
};

inline std::string schemeName(const testing::TestParamInfo<bool> &info)
{
    return info.param ? "Https" : "Http";
}

} // namespace atalaya::http

namespace atalaya {

inline void PrintTo(const Error &error, std::ostream *out)
{
    *out << wordsFor(error.kind).toStdString() << ": " << sentenceFor(error).toStdString()
         << (error.nothingSent ? " [nothing sent]" : "");
}

inline void PrintTo(ErrorKind kind, std::ostream *out)
{
    *out << wordsFor(kind).toStdString();
}

} // namespace atalaya

// Found by GoogleTest in the namespace of the type: QString's is the global one.
inline void PrintTo(const QString &text, std::ostream *out)
{
    *out << '"' << text.toStdString() << '"';
}
