// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace atalaya::test {

/// True under the address sanitizer, which makes every allocation tens of times dearer: tests of long lists are shorter
/// there.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool isSanitized = true;
#else
inline constexpr bool isSanitized = false;
#endif

} // namespace atalaya::test
