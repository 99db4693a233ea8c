// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/ops_reads.h"
#include "app/fleet/ops_writes.h"

namespace atalaya::fleet {

/// The control contract `ops/1` of one process under a base path: which resources there are, who may reach them, and
/// the order in which a request is refused. What a service does not have is not offered.
class OpsContract
{
public:
    OpsContract(std::string basePath, Simulation &simulation);

    bool isBelow(const std::string &path) const;
    Answer answer(const OpsView &view, const Request &request, AccessControl &access, const std::string &correlationId);

private:
    std::string m_basePath;
    Simulation &m_simulation;
    OpsWrites m_writes;
};

} // namespace atalaya::fleet
