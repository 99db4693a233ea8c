// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "tests/widgets/common/gallery.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QDir>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;

namespace {

QImage rendered(QWidget &widget, QSize size, qreal ratio)
{
    widget.resize(size);
    widget.ensurePolished();
    QImage picture(size * ratio, QImage::Format_RGB32);
    picture.setDevicePixelRatio(ratio);
    picture.fill(theme::currentTheme().color(theme::Token::Bg));
    QPainter painter(&picture);
    widget.render(&painter, {}, {}, QWidget::DrawChildren);
    return picture;
}

class GlyphSheet final : public QWidget
{
protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter p(this);
        const theme::Theme &theme = theme::themeOf(this);
        const theme::StatePainter shapes(theme);
        qreal x = 16;
        for (int i = 0; i < 8; ++i) {
            const State state = static_cast<State>(i);
            theme::paintStateSurface(p, QRectF(x, 10, 92, 52), 6, theme, state);
            paintStateWord(p, QRectF(x + 8, 14, 84, 22), theme, state, theme::stateWord(state),
                           theme::font(theme::TextSize::Body, QFont::DemiBold));
            shapes.paint(p, state, QRectF(x + 8, 40, 12, 12));
            shapes.paint(p, state, QRectF(x + 30, 34, 24, 24));
            x += 100;
        }
        x = 16;
        for (int i = 0; i < 7; ++i) {
            const theme::Switch glyph = static_cast<theme::Switch>(i);
            paintSwitchWord(p, QRectF(x, 74, 112, 22), theme, glyph, theme::switchWord(glyph),
                            theme::font(theme::TextSize::Body, QFont::DemiBold));
            x += 114;
        }
        for (int i = 0; i < static_cast<int>(theme::Icon::Count); ++i) {
            const QRectF cell(16 + (i % 12) * 66, 108 + (i / 12) * 44, 64, 40);
            theme::paintIcon(p, static_cast<theme::Icon>(i), QRectF(cell.center().x() - 8, cell.top(), 16, 16),
                             theme.color(theme::Token::Text1));
            theme::paintText(p, QRectF(cell.left(), cell.top() + 18, cell.width(), 16),
                             theme::iconName(static_cast<theme::Icon>(i)), theme::font(theme::TextSize::Small),
                             theme.color(theme::Token::Text3), Qt::AlignHCenter);
        }
        for (int i = 0; i < 8; ++i)
            p.fillRect(QRectF(16 + i * 40, 380, 32, 12), theme.hue(i));
        for (int i = 0; i < 60; ++i)
            p.fillRect(QRectF(360 + i * 6, 380, 6, 12), theme.heat(i / 59.0));
        theme::paintSurface(p, QRectF(16, 404, 380, 60), 8, theme.color(theme::Token::Surface),
                            theme.color(theme::Token::Line));
        theme::paintHatch(p, QRectF(17, 405, 378, 58), theme.color(theme::Token::Line), 7);
        theme::paintUnlockedStripes(p, QRectF(410, 404, 380, 30), theme, theme::BandKind::Production);
        theme::paintUnlockedStripes(p, QRectF(410, 434, 380, 30), theme, theme::BandKind::Staging);
    }
};

} // namespace

// Every theme and two ratios, written below the build folder for people to look at; here it is only checked that no
// sheet is empty and that a theme change reaches it.
TEST(Gallery, DrawsInEveryThemeAndRatio)
{
    const QDir folder(QStringLiteral(ATALAYA_BINARY_DIR "/gallery"));
    ASSERT_TRUE(folder.mkpath(u"."_s));
    QHash<QString, QImage> former;
    for (const auto &[scheme, name] : {std::pair{theme::Scheme::Dark, u"dark"_s},
                                       {theme::Scheme::Light, u"light"_s},
                                       {theme::Scheme::HighContrast, u"high-contrast"_s}}) {
        theme::applyTheme(*qApp, scheme);
        for (const qreal ratio : {1.0, 2.0}) {
            GlyphSheet glyphs;
            const std::unique_ptr<QWidget> tiles = test::tileSheet(), controls = test::controlSheet(),
                                           panels = test::panelSheet();
            const std::tuple<QString, QWidget *, QSize> sheets[] = {{u"glyphs"_s, &glyphs, {820, 480}},
                                                                    {u"tiles"_s, tiles.get(), {620, 210}},
                                                                    {u"controls"_s, controls.get(), {860, 330}},
                                                                    {u"panels"_s, panels.get(), {1000, 520}}};
            for (const auto &[sheet, widget, size] : sheets) {
                const QImage picture = rendered(*widget, size, ratio);
                EXPECT_EQ(picture.size(), size * ratio);
                const QString key = sheet + QString::number(ratio);
                EXPECT_NE(picture, former.value(key)) << "the theme did not reach " << sheet.toStdString();
                former.insert(key, picture);
                EXPECT_TRUE(picture.save(folder.filePath(u"%1-%2-%3.png"_s.arg(sheet, name).arg(ratio))));
            }
        }
    }
    theme::applyTheme(*qApp, theme::Scheme::Dark);
}
