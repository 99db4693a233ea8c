// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>

#include <gmock/gmock.h>

#include <set>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::theme;

namespace {

constexpr State allStates[] = {State::Ok,      State::Pending, State::Warning, State::Critical,
                               State::Unknown, State::Stale,   State::Forced,  State::Info};
constexpr Switch allSwitches[] = {Switch::Closed,   Switch::Open,     Switch::HalfOpen, Switch::ForcedOpen,
                                  Switch::Disabled, Switch::Bypassed, Switch::Unknown};

/// The shape alone: which pixels are covered, whatever their colour.
std::vector<bool> coverOf(const QPixmap &pixmap)
{
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    std::vector<bool> cover;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            cover.push_back(qAlpha(image.pixel(x, y)) > 127);
    }
    return cover;
}

double coveredShare(const QPixmap &pixmap)
{
    const std::vector<bool> cover = coverOf(pixmap);
    return static_cast<double>(std::count(cover.begin(), cover.end(), true)) / static_cast<double>(cover.size());
}

} // namespace

TEST(StateWords, AreThoseOfTheDesign)
{
    EXPECT_EQ(stateWord(State::Ok, Subject::Health), u"healthy");
    EXPECT_EQ(stateWord(State::Ok, Subject::Breaker), u"closed");
    EXPECT_EQ(stateWord(State::Ok, Subject::Command), u"applied");
    EXPECT_EQ(stateWord(State::Ok, Subject::Alert), u"resolved");
    EXPECT_EQ(stateWord(State::Pending, Subject::Alert), u"pending");
    EXPECT_EQ(stateWord(State::Pending, Subject::Breaker), u"half-open");
    EXPECT_EQ(stateWord(State::Pending, Subject::Command), u"accepted");
    EXPECT_EQ(stateWord(State::Pending, Subject::Flag), u"at restart");
    EXPECT_EQ(stateWord(State::Warning, Subject::Health), u"degraded");
    EXPECT_EQ(stateWord(State::Warning, Subject::Flag), u"differs");
    EXPECT_EQ(stateWord(State::Critical, Subject::Health), u"unhealthy");
    EXPECT_EQ(stateWord(State::Critical, Subject::Breaker), u"open");
    EXPECT_EQ(stateWord(State::Unknown, Subject::Command), u"not confirmed");
    EXPECT_EQ(stateWord(State::Forced, Subject::Breaker), u"forced open");
    // What is not known never borrows a good word.
    for (const Subject subject :
         {Subject::Any, Subject::Alert, Subject::Health, Subject::Breaker, Subject::Command, Subject::Flag}) {
        EXPECT_NE(stateWord(State::Unknown, subject), stateWord(State::Ok, subject));
        EXPECT_NE(stateWord(State::Stale, subject), stateWord(State::Ok, subject));
    }
}

TEST(SwitchWords, AreSevenDifferentOnes)
{
    std::set<QString> words;
    for (const Switch glyph : allSwitches)
        words.insert(switchWord(glyph));
    EXPECT_EQ(words.size(), 7U);
    EXPECT_EQ(switchState(Switch::ForcedOpen), State::Forced);
    EXPECT_EQ(switchState(Switch::Open), State::Critical);
    EXPECT_EQ(switchState(Switch::Disabled), State::Stale);
}

TEST(StateShapes, DifferInShapeAndNotOnlyInColour)
{
    const StatePainter painter(Theme::of(Scheme::Dark));
    std::set<std::vector<bool>> shapes;
    for (const State state : allStates)
        shapes.insert(coverOf(painter.pixmap(state, 16, 1)));
    EXPECT_EQ(shapes.size(), std::size(allStates));
    std::set<std::vector<bool>> glyphs;
    for (const Switch glyph : allSwitches)
        glyphs.insert(coverOf(painter.pixmap(glyph, 16, 1)));
    EXPECT_EQ(glyphs.size(), std::size(allSwitches));
}

TEST(StateShapes, FilledOnesNeedSomebodyAndOutlinesDoNot)
{
    const StatePainter painter(Theme::of(Scheme::Dark));
    for (const State filled : {State::Warning, State::Critical, State::Forced})
        EXPECT_GT(coveredShare(painter.pixmap(filled, 16, 4)), 0.38) << int(filled);
    for (const State outline : {State::Ok, State::Unknown, State::Stale, State::Info})
        EXPECT_LT(coveredShare(painter.pixmap(outline, 16, 4)), 0.33) << int(outline);
}

TEST(StateShapes, AreSharpAtTheDeviceRatioAndKeepTheirLogicalSize)
{
    const StatePainter painter(Theme::of(Scheme::Light));
    const QPixmap pixmap = painter.pixmap(State::Critical, 16, 2);
    EXPECT_EQ(pixmap.size(), QSize(32, 32));
    EXPECT_EQ(pixmap.deviceIndependentSize(), QSizeF(16, 16));
    EXPECT_EQ(painter.pixmap(Switch::Open, 16, 1.5).size(), QSize(33, 24));
}

TEST(StateShapes, TakeTheThemesColour)
{
    for (const Scheme scheme : {Scheme::Dark, Scheme::Light, Scheme::HighContrast}) {
        const QImage image = StatePainter(Theme::of(scheme))
                                 .pixmap(State::Critical, 16, 1)
                                 .toImage()
                                 .convertToFormat(QImage::Format_ARGB32);
        EXPECT_EQ(QColor(image.pixel(3, 8)).name(), Theme::of(scheme).color(Token::Critical).name());
        EXPECT_EQ(qAlpha(image.pixel(8, 8)), 0) << "the cross is cut out";
    }
}

TEST(StateShapes, LookAsTheyWereApproved)
{
    for (const QString &scheme : {u"dark"_s, u"light"_s}) {
        test::pinLooks(scheme);
        const Theme &theme = currentTheme();
        QImage sheet(440, 108, QImage::Format_RGB32);
        sheet.fill(theme.color(Token::Surface));
        QPainter painter(&sheet);
        qreal x = 8;
        for (const State state : allStates) {
            StatePainter(theme).paint(painter, state, QRectF(x, 8, 16, 16));
            StatePainter(theme).paint(painter, state, QRectF(x + 22, 10, 12, 12));
            paintText(painter, QRectF(x, 30, 54, 16), stateWord(state), font(TextSize::Small, QFont::DemiBold),
                      theme.color(state));
            x += 54;
        }
        x = 8;
        for (const Switch glyph : allSwitches) {
            StatePainter(theme).paint(painter, glyph, QRectF(x, 60, 22, 16));
            paintText(painter, QRectF(x, 82, 60, 16), switchWord(glyph), font(TextSize::Small),
                      theme.color(switchState(glyph)));
            x += 62;
        }
        painter.end();
        EXPECT_TRUE(test::matchesGolden(sheet, u"states-"_s + scheme));
    }
}
