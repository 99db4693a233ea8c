// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/http_exchange.h"
#include "app/fleet/random_stream.h"

#include <functional>

namespace atalaya::fleet {

/// Which request a log line belongs to. A value that is handed along, never looked up: concurrent requests cannot get
/// each other's.
struct CorrelationContext
{
    std::string correlationId;
    std::string requestId;
};

/// `[A-Za-z0-9._-]{1,64}`: the only IDs and names that are taken from outside.
bool isSafeName(std::string_view text);
/// The client's X-Correlation-ID where it is safe, else a new one; always a new request ID.
CorrelationContext correlationFor(const std::optional<std::string> &fromClient, RandomStream &random);

using Respond = std::function<Answer(const Request &, const CorrelationContext &)>;
/// What every request passes first: gets its correlation, is refused over `largestBody`, and has its ID on the answer,
/// whatever that is.
Answer answerCorrelated(const Request &request, RandomStream &random, const Respond &respond);

} // namespace atalaya::fleet
