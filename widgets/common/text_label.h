// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "widgets/theme/fonts.h"

#include <QtWidgets/QLabel>

namespace atalaya::common {

/// Text colours a label may take; they follow a theme change by themselves (style sheet property `tone`).
enum class Tone
{
    Text1,
    Text2,
    Text3,
    Accent,
    Ok,
    Pending,
    Warning,
    Critical,
    Unknown,
    Stale,
    Forced
};
Tone toneOf(State state); ///< Info is Text2

/// A plain-text label in one of the design's sizes, weights and tones; never interprets markup of a server.
QLabel *textLabel(const QString &text, theme::TextSize size = theme::TextSize::Body,
                  QFont::Weight weight = QFont::Normal, Tone tone = Tone::Text1, QWidget *parent = nullptr);
/// Changes the tone of a label, also after it was shown.
void setTone(QLabel *label, Tone tone);

} // namespace atalaya::common
