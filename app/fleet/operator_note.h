// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace atalaya::fleet {

/// Who changed something, when a person did.
struct OperatorNote
{
    std::string operatorName;
    std::string reason;
    std::string correlationId;
};

} // namespace atalaya::fleet
