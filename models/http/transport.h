// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"
#include "models/http/http_request.h"

namespace atalaya::http {

/// The process's edge towards HTTP servers. Abstract, so that tests need no server. Never blocks; callable from the GUI
/// thread only. Errors: Unreachable, Timeout, Tls, TooLarge, Cancelled, BadInput (credential over plain http to a
/// non-loopback host). An HTTP status is never an error here.
class Transport
{
public:
    virtual ~Transport() = default;

    /// A read. It may be sent again by the layers below (Qt does), so it must have no effect. Cancelling stops it.
    virtual Pending<HttpResponse> fetch(const Endpoint &endpoint, const HttpRequest &request) = 0;

    /// A write that reaches the server at most once: a body that cannot be rewound, a fresh connection, no redirect, no
    /// authentication callback. `Error::nothingSent` says whether the effect can be excluded; where it is false the
    /// outcome is unknown and only reading back can tell. Cancelling does not un-send it: the future then ends, without
    /// an answer, when the write does.
    virtual Pending<HttpResponse> send(const Endpoint &endpoint, const HttpRequest &request) = 0;
};

} // namespace atalaya::http
