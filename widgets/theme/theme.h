// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"

#include <QtGui/QColor>

#include <array>
#include <chrono>
#include <cstddef>

class QApplication;
class QPalette;
class QWidget;

namespace atalaya::theme {

enum class Scheme
{
    Dark,
    Light,
    HighContrast
};

/// Every colour by its name in the design. `OnDanger` is the text on the danger fill. Band tokens: fill, text, line.
enum class Token
{
    Bg,
    Rail,
    Surface,
    Raised,
    Hover,
    Selected,
    Line,
    LineStrong,
    Text1,
    Text2,
    Text3,
    Disabled,
    Accent,
    AccentFill,
    OnAccent,
    DangerFill,
    OnDanger,
    Ok,
    Pending,
    Warning,
    Critical,
    Unknown,
    Stale,
    Forced,
    OkBackground,
    PendingBackground,
    WarningBackground,
    CriticalBackground,
    UnknownBackground,
    StaleBackground,
    ForcedBackground,
    ProductionFill,
    ProductionText,
    ProductionLine,
    StagingFill,
    StagingText,
    StagingLine,
    DrillFill,
    DrillText,
    DrillLine,
    Count
};

/// The environment band: production is protected, staging is not, drill has a dashed line.
enum class BandKind
{
    Production,
    Staging,
    Drill
};

/// All colours of one scheme; an immutable value. Ask `themeOf(this)` in every paint, never keep a copy over a theme
/// change.
class Theme
{
public:
    /// The three themes there are; references stay valid for the whole run.
    static const Theme &of(Scheme scheme);

    Scheme scheme() const { return m_scheme; }
    bool isDark() const { return m_scheme != Scheme::Light; }
    bool isHighContrast() const { return m_scheme == Scheme::HighContrast; }

    const QColor &color(Token token) const { return m_colors[static_cast<std::size_t>(token)]; }
    /// Colour of a state's shape and word; Info is text 2.
    const QColor &color(State state) const;
    /// Fill of cells and banners of a state; Info and, in high contrast, all of them are plain (draw a 2 px border
    /// there).
    const QColor &background(State state) const;
    const QColor &bandFill(BandKind kind) const;
    const QColor &bandText(BandKind kind) const;
    const QColor &bandLine(BandKind kind) const;
    /// The eight chart hues in their order; `index` wraps. From 8 on a series is also dashed.
    QColor hue(int index) const;
    /// One-hue ramp for heat maps, 0 to 1, interpolated in OKLCH; clamps. Nothing is painted for an empty bucket.
    QColor heat(double share) const;

    static constexpr int hueCount = 8;

private:
    explicit Theme(Scheme scheme);
    Scheme m_scheme;
    std::array<QColor, static_cast<std::size_t>(Token::Count)> m_colors;
    std::array<QColor, hueCount> m_hues;
    QColor m_coolest, m_hottest;
};

/// The theme of the application `widget` lives in (dark before `applyTheme` was called). Cheap enough for every paint.
/// A widget that keeps derived things re-reads on QEvent::PaletteChange and QEvent::StyleChange; plain painting needs
/// nothing.
const Theme &themeOf(const QWidget *widget);
/// The same for objects without a widget at hand (delegates use option.widget where they can).
const Theme &currentTheme();

/// Fusion, palette, fonts and style sheet, for the whole application; may be called again at any time. `textScale`
/// follows the operator's font setting and scales text only. Registers the bundled fonts on first use.
void applyTheme(QApplication &application, Scheme scheme, double textScale = 1.0);
/// What the system prefers: high contrast and dark are read from the palette it gave us before `applyTheme`.
Scheme schemeOf(const QPalette &systemPalette);

/// "text2", "criticalBackground": the name by which the style sheet asks for a colour (`@text2`).
QString tokenName(Token token);

/// Duration of a motion that informs, zero where the system asks for reduced motion. Never over 150 ms.
std::chrono::milliseconds motionOf(const QWidget *widget);

} // namespace atalaya::theme
