// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGui/QFont>

namespace atalaya::theme {

/// 12 labels, axes, hints, mono; 13 body, tables, buttons; 20 page, verdict and dialog titles; 28 stat and gauge values
/// only.
enum class TextSize
{
    Small,
    Body,
    Title,
    Figure
};

/// The bundled family with tabular figures, at the operator's text scale. Weights used: Normal, Medium (names),
/// DemiBold (state words, values, titles).
QFont font(TextSize size = TextSize::Body, QFont::Weight weight = QFont::Normal);
/// The bundled mono family without ligatures: flag names, PromQL, JSON, curl, label chips. Weights: Normal, DemiBold.
QFont monoFont(TextSize size = TextSize::Small, QFont::Weight weight = QFont::Normal);
/// Line height of the design: 16, 20, 26, 32, at the operator's text scale.
int lineHeight(TextSize size);
/// The operator's text scale, 1 by default.
double textScale();

/// Adds the bundled fonts to the application's data base; more than once does no harm. `applyTheme` calls it.
void registerFonts();

} // namespace atalaya::theme
