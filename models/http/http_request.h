// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QUrl>

#include <optional>
#include <utility>

namespace atalaya::http {

/// A secret that is already resolved and goes into one header. Never printed: it has no text form.
struct Credential
{
    QByteArray headerName = "Authorization";
    QByteArray headerValue; ///< empty: no credential

    static Credential bearer(const QByteArray &token) { return {"Authorization", "Bearer " + token}; }
    static Credential basic(const QByteArray &user, const QByteArray &password)
    {
        return {"Authorization", "Basic " + (user + ':' + password).toBase64()};
    }
    bool isEmpty() const { return headerValue.isEmpty(); }
    bool operator==(const Credential &) const = default;
};

/// Files and pins of one TLS identity; each distinct identity gets a network manager of its own, since Qt reuses a
/// connection without regard to its TLS configuration.
struct TlsIdentity
{
    QString caFile;          ///< PEM, added to the system's authorities; empty: system's only
    QString certificateFile; ///< PEM client certificate, empty: none
    QString keyFile;         ///< PEM private key of it
    QByteArray pinSha256;    ///< SHA-256 of the server certificate's DER, raw 32 bytes; empty: not pinned

    bool operator==(const TlsIdentity &) const = default;
    friend size_t qHash(const TlsIdentity &id, size_t seed = 0)
    {
        return qHashMulti(seed, id.caFile, id.certificateFile, id.keyFile, id.pinSha256);
    }
};

/// Where a request goes and as whom: everything that is configured once per source or instance.
struct Endpoint
{
    QUrl url;              ///< base; the request's path is appended to its path
    Credential credential; ///< sent only to this origin, and over plain http only to loopback unless allowPlainHttp
    QList<std::pair<QByteArray, QByteArray>> headers;
    TlsIdentity tls;
    Milliseconds timeout{10'000}; ///< total deadline, from the call to the last byte
    bool allowPlainHttp = false;

    bool operator==(const Endpoint &) const = default;
};

struct HttpRequest
{
    QByteArray method = "GET";
    QString path; ///< appended to the endpoint's path; starts with '/'; not percent-encoded yet
    QList<std::pair<QString, QString>> query;         ///< goes into the URL
    QByteArray body;                                  ///< form or JSON
    QByteArray contentType;                           ///< of `body`
    QList<std::pair<QByteArray, QByteArray>> headers; ///< besides the endpoint's
    std::optional<Milliseconds> timeout;              ///< instead of the endpoint's
    qint64 maxBytes = 64LL * 1024 * 1024;             ///< of the body, both as received and after inflating
};

/// `application/x-www-form-urlencoded` of the pairs, for Prometheus' form POST (a long GET fails at proxies).
QByteArray formBody(const QList<std::pair<QString, QString>> &fields);

/// An answer with its head and whole body, whatever its status: 4xx and 5xx are answers too (the body holds the
/// reason).
struct HttpResponse
{
    int status = 0;
    QByteArray body;        ///< as received: still encoded when `contentEncoding` is gzip or deflate
    QByteArray contentType; ///< lower case, without parameters
    QByteArray contentEncoding;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    Milliseconds elapsed{};                           ///< from the call to the last byte
    qint64 maxBytes = 0;                              ///< the request's limit, for inflating
    QString endpoint; ///< "GET https://host/path" without query and credentials, for errors

    QByteArray header(const QByteArray &lowerCaseName) const
    {
        for (const auto &[name, value] : headers) {
            if (name == lowerCaseName)
                return value;
        }
        return {};
    }
};

} // namespace atalaya::http
