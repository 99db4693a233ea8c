// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/http_exchange.h"
#include "app/fleet/simulation.h"

#include <deque>
#include <variant>

namespace atalaya::fleet {

/// Viewer may read, an operator may read and write; the admin steers the fleet itself and is nobody to its services.
enum class Role
{
    Viewer,
    Operator,
    Admin
};

/// "viewer", "operator", "admin".
const char *wordFor(Role role);

struct Credential
{
    std::string name; ///< who it is, for the audit
    Role role = Role::Viewer;
    std::string token;
};

struct Caller
{
    std::string name;
    Role role = Role::Viewer;
};

/// Who calls, by `Authorization: Bearer`. No or an unknown token is 401, a known one of a role that is not accepted
/// 403. Failed log-ins are limited: after `failureLimit` within a minute 429 instead of 401; a good token always
/// passes.
class AccessControl
{
public:
    static constexpr std::size_t failureLimit = 20;

    AccessControl(std::vector<Credential> credentials, std::vector<Role> accepted, const Clock &clock);

    /// The caller, or the answer that refuses.
    std::variant<Caller, Answer> identify(const Request &request, const std::string &correlationId);

private:
    std::vector<Credential> m_credentials;
    std::vector<Role> m_accepted;
    const Clock &m_clock;
    std::deque<Milliseconds> m_failures;
};

} // namespace atalaya::fleet
