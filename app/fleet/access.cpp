// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/access.h"

#include <algorithm>

namespace atalaya::fleet {

namespace {

/// Takes as long for a near miss as for a far one.
bool isSameSecret(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

} // namespace

const char *wordFor(Role role)
{
    switch (role) {
    case Role::Viewer:
        return "viewer";
    case Role::Operator:
        return "operator";
    case Role::Admin:
        break;
    }
    return "admin";
}

AccessControl::AccessControl(std::vector<Credential> credentials, std::vector<Role> accepted, const Clock &clock)
    : m_credentials(std::move(credentials)), m_accepted(std::move(accepted)), m_clock(clock)
{
    std::erase_if(m_credentials, [](const Credential &credential) { return credential.token.empty(); });
}

std::variant<Caller, Answer> AccessControl::identify(const Request &request, const std::string &correlationId)
{
    constexpr std::string_view scheme = "Bearer ";
    const std::string header = request.header("Authorization").value_or(std::string());
    if (header.starts_with(scheme)) {
        const std::string_view token = std::string_view(header).substr(scheme.size());
        for (const Credential &credential : m_credentials) {
            if (!isSameSecret(credential.token, token))
                continue;
            if (std::ranges::count(m_accepted, credential.role) == 0)
                return problem(403, "forbidden", "the role of this token does not reach here", correlationId);
            return Caller{credential.name, credential.role};
        }
    }

    const Milliseconds now = m_clock.elapsed();
    while (!m_failures.empty() && now - m_failures.front() >= Seconds(60))
        m_failures.pop_front();
    if (m_failures.size() >= failureLimit) {
        Answer answer =
            problem(429, "rate_limited", "too many failed log-ins; wait before trying again", correlationId);
        const auto wait = std::chrono::ceil<Seconds>(m_failures.front() + Seconds(60) - now);
        answer.headers.emplace_back("Retry-After", std::to_string(wait.count()));
        return answer;
    }
    m_failures.push_back(now);
    Answer answer = problem(401, "unauthenticated", "this needs a bearer token", correlationId);
    answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    return answer;
}

} // namespace atalaya::fleet
