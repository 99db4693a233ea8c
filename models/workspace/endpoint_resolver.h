// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"
#include "models/http/http_request.h"
#include "models/workspace/secret_source.h"
#include "models/workspace/workspace.h"

namespace atalaya::workspace {

/// Turns what is configured into an endpoint with its secret filled in, anew for each poll, so that a rotated token is
/// picked up and a missing one shows as that source's error. Holds no secret itself. `secrets` must outlive it.
class EndpointResolver
{
public:
    explicit EndpointResolver(SecretSource &secrets) : m_secrets(secrets) {}

    Pending<http::Endpoint> resolve(const Access &access) { return resolve(access, access.auth); }
    /// `auth` instead of the access's own; kind None falls back to the access's own.
    Pending<http::Endpoint> resolve(const Access &access, const Auth &auth);

private:
    SecretSource &m_secrets;
};

} // namespace atalaya::workspace
