// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGui/QColor>

namespace atalaya::theme {

/// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrast(const QColor &a, const QColor &b);
/// `over` at `share` (0 to 1) over `under`, both opaque, mixed in sRGB as a painter would.
QColor mixed(const QColor &under, const QColor &over, double share);
/// Between two colours in OKLCH, on the shorter way round the hues.
QColor oklchBetween(const QColor &from, const QColor &to, double share);

} // namespace atalaya::theme
