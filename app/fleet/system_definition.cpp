// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/system_definition.h"

#include "app/fleet/ai_proveedores.h"

namespace atalaya::fleet {

std::vector<SystemDefinition> knownSystems()
{
    return {aiProveedoresSystem()};
}

} // namespace atalaya::fleet
