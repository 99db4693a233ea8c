// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/correlation.h"

#include <algorithm>

namespace atalaya::fleet {

bool isSafeName(std::string_view text)
{
    if (text.empty() || text.size() > 64)
        return false;
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    });
}

CorrelationContext correlationFor(const std::optional<std::string> &fromClient, RandomStream &random)
{
    CorrelationContext context;
    context.correlationId = fromClient && isSafeName(*fromClient) ? *fromClient : random.uuid();
    context.requestId = random.uuid();
    return context;
}

Answer answerCorrelated(const Request &request, RandomStream &random, const Respond &respond)
{
    const CorrelationContext context = correlationFor(request.header("X-Correlation-ID"), random);
    Answer answer = request.body.size() > largestBody
                        ? problem(413, "too_large", "a body holds at most 65536 bytes", context.correlationId)
                        : respond(request, context);
    answer.headers.emplace_back("X-Correlation-ID", context.correlationId);
    answer.headers.emplace_back("Cache-Control", "no-store");
    return answer;
}

} // namespace atalaya::fleet
