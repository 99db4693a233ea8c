// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/system_definition.h"

#include "app/fleet/ai_proveedores.h"
#include "app/fleet/anclora.h"

namespace atalaya::fleet {

std::vector<SystemDefinition> knownSystems()
{
    return {aiProveedoresSystem(), ancloraSystem()};
}

} // namespace atalaya::fleet
