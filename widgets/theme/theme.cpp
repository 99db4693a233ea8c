// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include "widgets/theme/color_science.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/style_sheet.h"

#include <QtCore/QVariant>
#include <QtGui/QPalette>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QToolTip>
#include <QtWidgets/QWidget>

#include <algorithm>

namespace atalaya::theme {

using namespace Qt::Literals::StringLiterals;

namespace {

struct TokenRow
{
    Token token;
    const char *name;
    QRgb dark, light, highContrast;
};

constexpr TokenRow tokenRows[] = {
    {Token::Bg, "bg", 0x0F1216, 0xF4F6F8, 0x000000},
    {Token::Rail, "rail", 0x0B0D11, 0xEBEEF2, 0x000000},
    {Token::Surface, "surface", 0x161A20, 0xFFFFFF, 0x000000},
    {Token::Raised, "raised", 0x1D222A, 0xFFFFFF, 0x0A0A0A},
    {Token::Hover, "hover", 0x1B2028, 0xF0F3F7, 0x1A1A1A},
    {Token::Selected, "selected", 0x1B2A47, 0xE1EBFF, 0x00306B},
    {Token::Line, "line", 0x282E38, 0xDCE1E8, 0x8A8A8A},
    {Token::LineStrong, "lineStrong", 0x69758A, 0x7E8998, 0xFFFFFF},
    {Token::Text1, "text1", 0xE9ECF1, 0x14181F, 0xFFFFFF},
    {Token::Text2, "text2", 0xB3BBC7, 0x444D5A, 0xFFFFFF},
    {Token::Text3, "text3", 0x8C96A5, 0x5F6976, 0xD6D6D6},
    {Token::Disabled, "disabled", 0x5F6977, 0x9AA3AF, 0xA0A0A0},
    {Token::Accent, "accent", 0x7FA6FF, 0x1F55C9, 0x9CC2FF},
    {Token::AccentFill, "accentFill", 0x2F63D9, 0x2459CF, 0x9CC2FF},
    {Token::OnAccent, "onAccent", 0xFFFFFF, 0xFFFFFF, 0x000000},
    {Token::DangerFill, "dangerFill", 0xC93439, 0xB3123A, 0xFF8F8F},
    {Token::OnDanger, "onDanger", 0xFFFFFF, 0xFFFFFF, 0x000000},
    {Token::Ok, "ok", 0x64BF9F, 0x147258, 0x4DF0AE},
    {Token::Pending, "pending", 0xF2EB95, 0x473F04, 0xFFE94D},
    {Token::Warning, "warning", 0xF8A009, 0x975A00, 0xFFB84D},
    {Token::Critical, "critical", 0xFE5769, 0xAC003A, 0xFF8F8F},
    {Token::Unknown, "unknown", 0xC5CDDA, 0x4A5362, 0xFFFFFF},
    {Token::Stale, "stale", 0x97A1B0, 0x616B79, 0xC8C8C8},
    {Token::Forced, "forced", 0xC19CEE, 0x6B00BA, 0xD6C2FF},
    {Token::OkBackground, "okBackground", 0x12261F, 0xE3F4EC, 0x000000},
    {Token::PendingBackground, "pendingBackground", 0x292612, 0xFBF4CF, 0x000000},
    {Token::WarningBackground, "warningBackground", 0x2E2113, 0xFDEBD6, 0x000000},
    {Token::CriticalBackground, "criticalBackground", 0x331A1D, 0xFDE4E4, 0x000000},
    {Token::UnknownBackground, "unknownBackground", 0x21262E, 0xEDF0F4, 0x000000},
    {Token::StaleBackground, "staleBackground", 0x1A1E24, 0xF1F3F6, 0x000000},
    {Token::ForcedBackground, "forcedBackground", 0x261F38, 0xEFE8FC, 0x000000},
    {Token::ProductionFill, "productionFill", 0x4A1539, 0xFBDCED, 0x000000},
    {Token::ProductionText, "productionText", 0xFFB3DC, 0x7A1450, 0xFFB3DC},
    {Token::ProductionLine, "productionLine", 0xC2498F, 0xC2498F, 0xFF8CCB},
    {Token::StagingFill, "stagingFill", 0x12303A, 0xD9F1F7, 0x000000},
    {Token::StagingText, "stagingText", 0x9FE3F2, 0x0B4A5C, 0x9FE3F2},
    {Token::StagingLine, "stagingLine", 0x2E8CA6, 0x2E8CA6, 0x9FE3F2},
    {Token::DrillFill, "drillFill", 0x22262D, 0xE4E8ED, 0x000000},
    {Token::DrillText, "drillText", 0xD5DAE3, 0x2B323C, 0xFFFFFF},
    {Token::DrillLine, "drillLine", 0x69758A, 0x7E8998, 0xFFFFFF},
};
static_assert(std::size(tokenRows) == static_cast<std::size_t>(Token::Count));

constexpr QRgb darkHues[] = {0x7B8EEF, 0xBEA412, 0x8654C8, 0xFA8FA9, 0xAA590E, 0x439782, 0x9AE6F7, 0x7F605E};
constexpr QRgb lightHues[] = {0x3B5DDD, 0xA67B28, 0x421E5D, 0xDC236A, 0x793900, 0x314843, 0x4F8DA0, 0x546041};

constexpr const char *schemeProperty = "atalayaScheme";
constexpr const char *textScaleProperty = "atalayaTextScale";

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) { palette.setColor(role, theme.color(token)); };
    set(QPalette::Window, Token::Bg);
    set(QPalette::WindowText, Token::Text1);
    set(QPalette::Base, Token::Surface);
    set(QPalette::AlternateBase, Token::Surface);
    set(QPalette::Text, Token::Text1);
    set(QPalette::BrightText, Token::Critical);
    set(QPalette::PlaceholderText, Token::Text3);
    set(QPalette::Button, Token::Surface);
    set(QPalette::ButtonText, Token::Text1);
    set(QPalette::Highlight, Token::Selected);
    set(QPalette::HighlightedText, Token::Text1);
    set(QPalette::ToolTipBase, Token::Raised);
    set(QPalette::ToolTipText, Token::Text1);
    set(QPalette::Link, Token::Accent);
    set(QPalette::LinkVisited, Token::Accent);
    set(QPalette::Light, Token::Raised);
    set(QPalette::Midlight, Token::Hover);
    set(QPalette::Mid, Token::Line);
    set(QPalette::Dark, Token::Line);
    set(QPalette::Shadow, Token::Rail);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, theme.color(Token::Disabled));
    return palette;
}

} // namespace

Theme::Theme(Scheme scheme) : m_scheme(scheme)
{
    for (const TokenRow &row : tokenRows) {
        const QRgb value = scheme == Scheme::Dark ? row.dark : scheme == Scheme::Light ? row.light : row.highContrast;
        m_colors[static_cast<std::size_t>(row.token)] = QColor(value);
    }
    for (std::size_t i = 0; i < m_hues.size(); ++i)
        m_hues[i] = QColor(scheme == Scheme::Light ? lightHues[i] : darkHues[i]);
    m_coolest = QColor(scheme == Scheme::Light ? 0xEEF3FB : 0x1B2436);
    m_hottest = QColor(scheme == Scheme::Light ? 0x163A8C : 0xD4E4FF);
}

const Theme &Theme::of(Scheme scheme)
{
    static const Theme dark(Scheme::Dark);
    static const Theme light(Scheme::Light);
    static const Theme highContrast(Scheme::HighContrast);
    switch (scheme) {
    case Scheme::Dark:
        return dark;
    case Scheme::Light:
        return light;
    case Scheme::HighContrast:
        return highContrast;
    }
    return dark;
}

const QColor &Theme::color(State state) const
{
    switch (state) {
    case State::Ok:
        return color(Token::Ok);
    case State::Pending:
        return color(Token::Pending);
    case State::Warning:
        return color(Token::Warning);
    case State::Stale:
        return color(Token::Stale);
    case State::Unknown:
        return color(Token::Unknown);
    case State::Critical:
        return color(Token::Critical);
    case State::Forced:
        return color(Token::Forced);
    case State::Info:
        return color(Token::Text2);
    }
    return color(Token::Unknown);
}

const QColor &Theme::background(State state) const
{
    switch (state) {
    case State::Ok:
        return color(Token::OkBackground);
    case State::Pending:
        return color(Token::PendingBackground);
    case State::Warning:
        return color(Token::WarningBackground);
    case State::Stale:
        return color(Token::StaleBackground);
    case State::Unknown:
        return color(Token::UnknownBackground);
    case State::Critical:
        return color(Token::CriticalBackground);
    case State::Forced:
        return color(Token::ForcedBackground);
    case State::Info:
        return color(Token::Raised);
    }
    return color(Token::UnknownBackground);
}

const QColor &Theme::bandFill(BandKind kind) const
{
    return color(kind == BandKind::Production ? Token::ProductionFill
                 : kind == BandKind::Staging  ? Token::StagingFill
                                              : Token::DrillFill);
}

const QColor &Theme::bandText(BandKind kind) const
{
    return color(kind == BandKind::Production ? Token::ProductionText
                 : kind == BandKind::Staging  ? Token::StagingText
                                              : Token::DrillText);
}

const QColor &Theme::bandLine(BandKind kind) const
{
    return color(kind == BandKind::Production ? Token::ProductionLine
                 : kind == BandKind::Staging  ? Token::StagingLine
                                              : Token::DrillLine);
}

QColor Theme::hue(int index) const
{
    return m_hues[static_cast<std::size_t>(index < 0 ? 0 : index) % m_hues.size()];
}

QColor Theme::heat(double share) const
{
    return oklchBetween(m_coolest, m_hottest, std::clamp(share, 0.0, 1.0));
}

const Theme &currentTheme()
{
    const QVariant scheme = qApp ? qApp->property(schemeProperty) : QVariant();
    return Theme::of(scheme.isValid() ? static_cast<Scheme>(scheme.toInt()) : Scheme::Dark);
}

const Theme &themeOf(const QWidget *)
{
    return currentTheme();
}

void applyTheme(QApplication &application, Scheme scheme, double textScale)
{
    registerFonts();
    application.setProperty(schemeProperty, static_cast<int>(scheme));
    application.setProperty(textScaleProperty, textScale);
    const Theme &theme = Theme::of(scheme);
    // The style sheet wraps the style: without it first, a second call would stack the wrappers.
    application.setStyleSheet(QString());
    application.setStyle(QStyleFactory::create(u"Fusion"_s));
    const QPalette palette = paletteOf(theme);
    application.setPalette(palette);
    QToolTip::setPalette(palette);
    application.setFont(font());
    QToolTip::setFont(font(TextSize::Small));
    application.setStyleSheet(styleSheetOf(theme));
}

Scheme schemeOf(const QPalette &systemPalette)
{
    const QColor window = systemPalette.color(QPalette::Window);
    const QColor text = systemPalette.color(QPalette::WindowText);
    if (contrast(window, text) > 20.0)
        return Scheme::HighContrast;
    return window.lightnessF() < 0.5f ? Scheme::Dark : Scheme::Light;
}

QString tokenName(Token token)
{
    for (const TokenRow &row : tokenRows) {
        if (row.token == token)
            return QString::fromLatin1(row.name);
    }
    return {};
}

std::chrono::milliseconds motionOf(const QWidget *widget)
{
    const int asked = widget ? widget->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, widget) : 0;
    return std::chrono::milliseconds(std::clamp(asked, 0, 150));
}

} // namespace atalaya::theme
