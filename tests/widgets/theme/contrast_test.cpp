// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/color_science.h"
#include "widgets/theme/theme.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace atalaya;
using namespace atalaya::theme;

namespace {

constexpr Scheme schemes[] = {Scheme::Dark, Scheme::Light, Scheme::HighContrast};
constexpr Token surfaces[] = {Token::Bg, Token::Rail, Token::Surface, Token::Raised, Token::Hover, Token::Selected};
constexpr State states[] = {State::Ok,      State::Pending, State::Warning, State::Critical,
                            State::Unknown, State::Stale,   State::Forced};

double lowestOver(const Theme &theme, const QColor &ink)
{
    double lowest = 21;
    for (const Token surface : surfaces)
        lowest = std::min(lowest, contrast(ink, theme.color(surface)));
    return lowest;
}

/// "dark text3": names the pair that fails.
std::string nameOf(const Theme &theme, Token token)
{
    const char *scheme = theme.isHighContrast() ? "high contrast " : theme.isDark() ? "dark " : "light ";
    return scheme + tokenName(token).toStdString();
}

} // namespace

TEST(Contrast, KnowsTheEndsOfTheScale)
{
    EXPECT_NEAR(contrast(Qt::black, Qt::white), 21.0, 1e-9);
    EXPECT_NEAR(contrast(Qt::white, Qt::black), 21.0, 1e-9);
    EXPECT_NEAR(contrast(QColor(0x777777), QColor(0x777777)), 1.0, 1e-9);
    // The grey that is just under 4.5 on white in every WCAG table.
    EXPECT_NEAR(contrast(QColor(0x777777), Qt::white), 4.48, 0.01);
}

TEST(Contrast, TextAndStatesReachFourAndAHalfOnEverySurface)
{
    for (const Scheme scheme : schemes) {
        const Theme &theme = Theme::of(scheme);
        for (const Token token : {Token::Text1, Token::Text2, Token::Text3, Token::Accent, Token::Ok, Token::Pending,
                                  Token::Warning, Token::Critical, Token::Unknown, Token::Stale, Token::Forced})
            EXPECT_GE(lowestOver(theme, theme.color(token)), 4.5) << nameOf(theme, token);
    }
}

TEST(Contrast, EveryStateReachesFourAndAHalfOnItsOwnBackgroundAndSoDoHints)
{
    for (const Scheme scheme : schemes) {
        const Theme &theme = Theme::of(scheme);
        for (const State state : states) {
            EXPECT_GE(contrast(theme.color(state), theme.background(state)), 4.5)
                << nameOf(theme, Token::Text1) << int(state);
            EXPECT_GE(contrast(theme.color(Token::Text3), theme.background(state)), 4.5)
                << nameOf(theme, Token::Text3) << int(state);
        }
    }
}

TEST(Contrast, FillsAndBandsCarryTheirText)
{
    for (const Scheme scheme : schemes) {
        const Theme &theme = Theme::of(scheme);
        EXPECT_GE(contrast(theme.color(Token::OnAccent), theme.color(Token::AccentFill)), 4.5)
            << nameOf(theme, Token::AccentFill);
        EXPECT_GE(contrast(theme.color(Token::OnDanger), theme.color(Token::DangerFill)), 4.5)
            << nameOf(theme, Token::DangerFill);
        for (const BandKind kind : {BandKind::Production, BandKind::Staging, BandKind::Drill}) {
            EXPECT_GE(contrast(theme.bandText(kind), theme.bandFill(kind)), 4.5) << int(kind);
            const QColor stripe = mixed(theme.bandFill(kind), theme.bandLine(kind), 0.14);
            EXPECT_GE(contrast(theme.bandText(kind), stripe), 4.5) << "stripe " << int(kind);
        }
    }
}

TEST(Contrast, StrongLinesAndChartHuesReachThreeOnSurfaces)
{
    for (const Scheme scheme : schemes) {
        const Theme &theme = Theme::of(scheme);
        EXPECT_GE(contrast(theme.color(Token::LineStrong), theme.color(Token::Surface)), 3.0)
            << nameOf(theme, Token::LineStrong);
        for (int i = 0; i < Theme::hueCount; ++i)
            EXPECT_GE(contrast(theme.hue(i), theme.color(Token::Surface)), 3.0)
                << nameOf(theme, Token::Surface) << " hue " << i;
    }
}

TEST(Contrast, MeasuresWhatTheDesignPromises)
{
    // Lowest over the surfaces, one figure of each row of the design's table.
    EXPECT_NEAR(lowestOver(Theme::of(Scheme::Dark), Theme::of(Scheme::Dark).color(Token::Critical)), 4.6, 0.06);
    EXPECT_NEAR(lowestOver(Theme::of(Scheme::Dark), Theme::of(Scheme::Dark).color(Token::Text1)), 12.1, 0.06);
    EXPECT_NEAR(lowestOver(Theme::of(Scheme::Light), Theme::of(Scheme::Light).color(Token::Stale)), 4.5, 0.06);
    EXPECT_NEAR(lowestOver(Theme::of(Scheme::Light), Theme::of(Scheme::Light).color(Token::Pending)), 8.8, 0.06);
    EXPECT_NEAR(lowestOver(Theme::of(Scheme::HighContrast), Theme::of(Scheme::HighContrast).color(Token::Critical)),
                5.9, 0.06);
    EXPECT_NEAR(lowestOver(Theme::of(Scheme::HighContrast), Theme::of(Scheme::HighContrast).color(Token::Forced)), 8.0,
                0.06);
}

TEST(HeatRamp, GoesFromItsCoolEndToItsHotEndAndOnlyBrightensOrDarkens)
{
    for (const Scheme scheme : schemes) {
        const Theme &theme = Theme::of(scheme);
        EXPECT_EQ(theme.heat(0).name(),
                  scheme == Scheme::Light ? QStringLiteral("#eef3fb") : QStringLiteral("#1b2436"));
        EXPECT_EQ(theme.heat(1).name(),
                  scheme == Scheme::Light ? QStringLiteral("#163a8c") : QStringLiteral("#d4e4ff"));
        EXPECT_EQ(theme.heat(-3).name(), theme.heat(0).name());
        EXPECT_EQ(theme.heat(9).name(), theme.heat(1).name());
        double before = contrast(theme.heat(0), theme.heat(1));
        for (int i = 1; i <= 10; ++i) {
            const double now = contrast(theme.heat(i / 10.0), theme.heat(1));
            EXPECT_LT(now, before) << i;
            before = now;
        }
    }
}

TEST(ChartHues, AreEightAndRepeat)
{
    const Theme &theme = Theme::of(Scheme::Dark);
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(theme.hue(i), theme.hue(i + 8));
        for (int other = 0; other < i; ++other)
            EXPECT_NE(theme.hue(i), theme.hue(other));
    }
}
