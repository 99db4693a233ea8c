// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Registers the bundled files under ":/". Must be called once by a program's main before it opens one (a static
/// library's resources are otherwise dropped by the linker).
void registerAtalayaResources();
