// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace atalaya::theme {

/// Logical pixels of the design. Space between things: 4, 8, 12, 16, 24.
inline constexpr int pagePadding = 16;
inline constexpr int cardGap = 8;
inline constexpr int panelPadding = 12;

inline constexpr int chipRadius = 4;  ///< chips, small buttons
inline constexpr int fieldRadius = 6; ///< buttons, fields, cells, rail items
inline constexpr int cardRadius = 8;
inline constexpr int dialogRadius = 10;

inline constexpr int bandHeight = 32;
inline constexpr int topBarHeight = 48;
inline constexpr int toolBarHeight = 44;
inline constexpr int panelHeaderHeight = 32;
inline constexpr int statusStripHeight = 28;
inline constexpr int buttonHeight = 28;
inline constexpr int smallButtonHeight = 24;
inline constexpr int fieldHeight = 32; ///< also dialog buttons
inline constexpr int denseRowHeight = 28;
inline constexpr int rowHeight = 32;
inline constexpr int twoLineRowHeight = 64;
inline constexpr int matrixCellHeight = 52;
inline constexpr int railWidth = 184;
inline constexpr int narrowRailWidth = 80;
inline constexpr int narrowWindow = 1180; ///< below it words give way to shapes and pills merge
inline constexpr int sidePanelMinimum = 368;
inline constexpr int sidePanelMaximum = 424;
inline constexpr int confirmDialogWidth = 672;

} // namespace atalaya::theme
