// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atalaya::fleet {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// One HTTP request as the server read it. `path` is percent-encoded as sent; query names and values are decoded.
struct Request
{
    std::string method;
    std::string path;
    HeaderList query;
    HeaderList headers;
    std::string body;

    /// The header of that name, whatever its case; sent more than once, it is a list, as RFC 9110 has it.
    std::optional<std::string> header(std::string_view name) const;
    std::optional<std::string> queryValue(std::string_view name) const;
};

struct Answer
{
    int status = 200;
    std::string body;
    std::string contentType = "application/json";
    HeaderList headers;
};

/// What goes wrong in the words of RFC 7807 (`application/problem+json`). `current` is the resource it is about, as
/// JSON.
Answer problem(int status, const std::string &code, const std::string &detail, const std::string &correlationId,
               const std::string &current = "null");
/// 405 with `Allow`.
Answer wrongMethod(const std::string &allowed, const std::string &correlationId);
/// The standard words for a status code ("Not Found").
const char *statusWords(int status);

/// Largest body that is read as one; more is answered 413.
inline constexpr std::size_t largestBody = 64 * 1024;

} // namespace atalaya::fleet
