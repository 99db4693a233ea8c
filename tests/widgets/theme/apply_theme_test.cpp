// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/fonts.h"
#include "widgets/theme/style_sheet.h"
#include "widgets/theme/surface_paint.h"
#include "widgets/theme/theme.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtGui/QFontInfo>
#include <QtGui/QFontMetricsF>
#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

#include <gmock/gmock.h>

#include <set>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::theme;

namespace {

class ChangeCounter : public QWidget
{
public:
    int changes = 0;

protected:
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
            ++changes;
        QWidget::changeEvent(event);
    }
};

} // namespace

TEST(ApplyTheme, GivesThePaletteItsRolesAndTellsEveryWidget)
{
    applyTheme(*qApp, Scheme::Dark);
    ChangeCounter widget;
    widget.ensurePolished();
    EXPECT_EQ(qApp->palette().color(QPalette::Window).name(), u"#0f1216");
    EXPECT_EQ(themeOf(&widget).scheme(), Scheme::Dark);
    widget.changes = 0;
    applyTheme(*qApp, Scheme::Light);
    EXPECT_GT(widget.changes, 0);
    EXPECT_EQ(themeOf(&widget).scheme(), Scheme::Light);
    EXPECT_EQ(qApp->palette().color(QPalette::Base).name(), u"#ffffff");
    EXPECT_EQ(qApp->palette().color(QPalette::Disabled, QPalette::Text).name(), u"#9aa3af");
}

TEST(ApplyTheme, ReadsWhatTheSystemPrefersFromItsPalette)
{
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(0x2b2b2b));
    palette.setColor(QPalette::WindowText, QColor(0xdddddd));
    EXPECT_EQ(schemeOf(palette), Scheme::Dark);
    palette.setColor(QPalette::Window, QColor(0xefefef));
    palette.setColor(QPalette::WindowText, QColor(0x202020));
    EXPECT_EQ(schemeOf(palette), Scheme::Light);
    palette.setColor(QPalette::Window, Qt::black);
    palette.setColor(QPalette::WindowText, Qt::white);
    EXPECT_EQ(schemeOf(palette), Scheme::HighContrast);
}

TEST(StyleSheet, EveryColourItAsksForExists)
{
    QFile file(u":/styles/atalaya.qss"_s);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    std::set<QString> known;
    for (int i = 0; i < static_cast<int>(Token::Count); ++i)
        known.insert(tokenName(static_cast<Token>(i)));
    int asked = 0;
    auto names = QRegularExpression(u"@([A-Za-z0-9]+)"_s).globalMatch(QString::fromUtf8(file.readAll()));
    while (names.hasNext()) {
        const QString name = names.next().captured(1);
        EXPECT_TRUE(known.contains(name)) << name.toStdString();
        ++asked;
    }
    EXPECT_GT(asked, 50);
    for (const Scheme scheme : {Scheme::Dark, Scheme::Light, Scheme::HighContrast})
        EXPECT_FALSE(styleSheetOf(Theme::of(scheme)).contains(u'@'));
}

TEST(Fonts, AreTheBundledOnesAndTheirFiguresAreTabular)
{
    applyTheme(*qApp, Scheme::Dark);
    for (const QFont::Weight weight : {QFont::Normal, QFont::Medium, QFont::DemiBold}) {
        const QFont sans = font(TextSize::Body, weight);
        EXPECT_EQ(QFontInfo(sans).family(), u"Atalaya Sans");
        const QFontMetricsF metrics(sans);
        const qreal width = metrics.horizontalAdvance(u"0000000000"_s);
        for (const QString &digits : {u"1111111111"_s, u"7777777777"_s, u"1234567890"_s, u"1717171717"_s})
            EXPECT_NEAR(metrics.horizontalAdvance(digits), width, 0.3) << digits.toStdString();
        EXPECT_GT(metrics.horizontalAdvance(u"WWWW"_s), metrics.horizontalAdvance(u"iiii"_s));
    }
}

TEST(Fonts, WeightsAreRealAndDiffer)
{
    applyTheme(*qApp, Scheme::Dark);
    const QString text = u"HighErrorRate on worker"_s;
    const qreal normal = QFontMetricsF(font(TextSize::Title)).horizontalAdvance(text);
    const qreal medium = QFontMetricsF(font(TextSize::Title, QFont::Medium)).horizontalAdvance(text);
    const qreal demiBold = QFontMetricsF(font(TextSize::Title, QFont::DemiBold)).horizontalAdvance(text);
    EXPECT_LT(normal, medium);
    EXPECT_LT(medium, demiBold);
}

TEST(Fonts, MonoHasNoLigatures)
{
    applyTheme(*qApp, Scheme::Dark);
    const QFont mono = monoFont();
    EXPECT_EQ(QFontInfo(mono).family(), u"Atalaya Mono");
    // A ligature would draw another picture than its characters one by one.
    const QFontMetricsF metrics(mono);
    const qreal advance = metrics.horizontalAdvance(u'-');
    const auto drawn = [&](bool together) {
        QImage image(64, 24, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setFont(mono);
        if (together) {
            painter.drawText(QPointF(4, 16), u"->!=~"_s);
        } else {
            int at = 0;
            for (const QChar c : u"->!=~"_s)
                painter.drawText(QPointF(4 + advance * at++, 16), QString(c));
        }
        return image;
    };
    EXPECT_EQ(drawn(true), drawn(false));
}

TEST(Fonts, GrowWithTheOperatorsTextScale)
{
    applyTheme(*qApp, Scheme::Dark, 1.5);
    EXPECT_EQ(font(TextSize::Small).pixelSize(), 18);
    EXPECT_EQ(font(TextSize::Figure).pixelSize(), 42);
    EXPECT_EQ(lineHeight(TextSize::Body), 30);
    applyTheme(*qApp, Scheme::Dark);
    EXPECT_EQ(font(TextSize::Small).pixelSize(), 12);
}

TEST(Hatch, TilesWithoutASeamAtEveryRatio)
{
    for (const qreal ratio : {1.0, 1.5, 2.0}) {
        QImage image(static_cast<int>(64 * ratio), static_cast<int>(64 * ratio), QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::black);
        QPainter painter(&image);
        paintHatch(painter, QRectF(0, 0, 64, 64), Qt::white);
        painter.end();
        const int period = static_cast<int>(8 * ratio);
        for (int y = 0; y + period < image.height(); ++y) {
            for (int x = 0; x + period < image.width(); ++x) {
                ASSERT_EQ(image.pixel(x, y), image.pixel(x + period, y)) << ratio << ": " << x << ',' << y;
                ASSERT_EQ(image.pixel(x, y), image.pixel(x, y + period)) << ratio << ": " << x << ',' << y;
            }
        }
        int lit = 0;
        for (int x = 0; x < image.width(); ++x)
            lit += qRed(image.pixel(x, 5)) > 20;
        EXPECT_GT(lit, 0);
        EXPECT_LT(lit, image.width() / 2);
    }
}
