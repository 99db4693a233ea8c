// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/http_exchange.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace atalaya::fleet {

namespace {

bool isSameHeader(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b,
                              [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

} // namespace

std::optional<std::string> Request::header(std::string_view name) const
{
    std::optional<std::string> joined;
    for (const auto &[key, value] : headers) {
        if (isSameHeader(key, name))
            joined = joined ? *joined + ", " + value : value;
    }
    return joined;
}

std::optional<std::string> Request::queryValue(std::string_view name) const
{
    for (const auto &[key, value] : query) {
        if (key == name)
            return value;
    }
    return {};
}

Answer problem(int status, const std::string &code, const std::string &detail, const std::string &correlationId,
               const std::string &current)
{
    const nlohmann::ordered_json body{{"type", "about:blank"},
                                      {"title", statusWords(status)},
                                      {"status", status},
                                      {"detail", detail},
                                      {"code", code},
                                      {"correlation_id", correlationId},
                                      {"current", nlohmann::ordered_json::parse(current, nullptr, false)}};
    Answer answer{.status = status,
                  .body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                  .contentType = "application/problem+json"};
    return answer;
}

Answer wrongMethod(const std::string &allowed, const std::string &correlationId)
{
    Answer answer = problem(405, "method_not_allowed", "this resource answers " + allowed + " only", correlationId);
    answer.headers.emplace_back("Allow", allowed);
    return answer;
}

const char *statusWords(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 202:
        return "Accepted";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Payload Too Large";
    case 415:
        return "Unsupported Media Type";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Entity";
    case 428:
        return "Precondition Required";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Unknown";
    }
}

} // namespace atalaya::fleet
