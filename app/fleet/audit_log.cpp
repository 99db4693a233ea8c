// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/audit_log.h"

#include <algorithm>

namespace atalaya::fleet {

const AuditEntry &AuditLog::add(AuditEntry entry)
{
    entry.number = ++m_last;
    m_entries.push_back(std::move(entry));
    if (m_entries.size() > capacity)
        m_entries.pop_front();
    return m_entries.back();
}

namespace {

bool isAbout(const AuditEntry &entry, const std::string &target)
{
    return entry.target == target || std::ranges::count(entry.alsoTargets, target) > 0;
}

} // namespace

std::vector<AuditEntry> AuditLog::entries(const AuditQuery &query) const
{
    std::vector<AuditEntry> found;
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend() && found.size() < query.limit; ++entry) {
        if ((query.since && entry->at < *query.since) || (query.target && !isAbout(*entry, *query.target)) ||
            (query.olderThan && entry->number >= *query.olderThan))
            continue;
        found.push_back(*entry);
    }
    return found;
}

} // namespace atalaya::fleet
