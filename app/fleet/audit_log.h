// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QtCore/QtGlobal>

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace atalaya::fleet {

/// One change, asked for by a person, and what came of it: applied, noop, denied, conflict or error. `before` and
/// `after` are JSON objects as text.
struct AuditEntry
{
    quint64 number = 0;
    Timestamp at{};
    std::string operatorName;
    std::string role;
    std::string action;
    std::string target;
    std::vector<std::string> alsoTargets; ///< what a change of several named; they are found by these too
    std::string before = "{}";
    std::string after = "{}";
    std::string result;
    std::string reason;
    std::string correlationId;
    std::string idempotencyKey; ///< empty: none was sent
    std::string clientApp;      ///< these three as the client calls itself; empty: it did not say
    std::string clientVersion;
    std::string clientHost;
};

struct AuditQuery
{
    std::optional<Timestamp> since;
    std::optional<std::string> target;
    std::optional<quint64> olderThan; ///< entries with a smaller number only
    std::size_t limit = 100;
};

/// Who did what to one instance, the newest `capacity` of it. Outlasts restarts of the simulated process.
class AuditLog
{
public:
    static constexpr std::size_t capacity = 10'000;

    const AuditEntry &add(AuditEntry entry);
    /// Newest first.
    std::vector<AuditEntry> entries(const AuditQuery &query) const;

private:
    std::deque<AuditEntry> m_entries;
    quint64 m_last = 0;
};

} // namespace atalaya::fleet
