// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/endpoint_resolver.h"

namespace atalaya::workspace {

using namespace Qt::Literals::StringLiterals;

namespace {

http::Endpoint withoutSecret(const Access &access)
{
    http::Endpoint endpoint;
    endpoint.url = access.url;
    endpoint.timeout = access.timeout;
    endpoint.allowPlainHttp = access.allowPlainHttp;
    for (const auto &[name, value] : access.headers)
        endpoint.headers.append({name.toUtf8(), value.toUtf8()});
    endpoint.tls = {access.tls.caFile, access.tls.certificateFile, access.tls.keyFile,
                    QByteArray::fromHex(access.tls.pinSha256.toLatin1())};
    return endpoint;
}

http::Credential credentialOf(const Auth &auth, const QByteArray &secret)
{
    switch (auth.kind) {
    case Auth::Kind::Bearer:
        return http::Credential::bearer(secret);
    case Auth::Kind::Basic:
        return http::Credential::basic(auth.name.toUtf8(), secret);
    case Auth::Kind::Header:
        return {auth.name.toUtf8(), secret};
    case Auth::Kind::None:
        break;
    }
    return {};
}

} // namespace

Pending<http::Endpoint> EndpointResolver::resolve(const Access &access, const Auth &auth)
{
    const Auth used = auth.kind == Auth::Kind::None ? access.auth : auth;
    http::Endpoint endpoint = withoutSecret(access);
    if (used.kind == Auth::Kind::None)
        return readyNow<http::Endpoint>(std::move(endpoint));
    return decodeOffThread<http::Endpoint>(
        m_secrets.read(used.secret),
        [endpoint = std::move(endpoint), used](QByteArray secret) mutable -> Result<http::Endpoint> {
            endpoint.credential = credentialOf(used, secret);
            return std::move(endpoint);
        });
}

} // namespace atalaya::workspace
