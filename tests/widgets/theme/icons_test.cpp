// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/theme/icons.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtSvg/QSvgRenderer>

#include <gmock/gmock.h>

#include <set>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::theme;

namespace {

std::vector<Icon> allIcons()
{
    std::vector<Icon> icons;
    for (int i = 0; i < static_cast<int>(Icon::Count); ++i)
        icons.push_back(static_cast<Icon>(i));
    return icons;
}

} // namespace

TEST(Icons, EachHasAFileOnTheGridInCurrentColour)
{
    test::pinLooks();
    for (const Icon icon : allIcons()) {
        QFile file(u":/icons/%1.svg"_s.arg(iconName(icon)));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << iconName(icon).toStdString();
        const QByteArray bytes = file.readAll();
        EXPECT_TRUE(bytes.contains("viewBox=\"0 0 16 16\"") && bytes.contains("stroke=\"currentColor\"") &&
                    bytes.contains("stroke-width=\"1.4\""))
            << iconName(icon).toStdString();
        QSvgRenderer renderer;
        EXPECT_TRUE(renderer.load(QByteArray(bytes).replace("currentColor", "#ffffff")))
            << iconName(icon).toStdString();
    }
}

TEST(Icons, EveryFileHasAName)
{
    std::set<QString> named;
    for (const Icon icon : allIcons())
        named.insert(iconName(icon) + u".svg"_s);
    std::set<QString> files;
    for (const QString &file : QDir(u":/icons"_s).entryList())
        files.insert(file);
    EXPECT_EQ(named, files);
}

TEST(Icons, DrawSomethingInTheColourAskedForAndNoTwoAlike)
{
    test::pinLooks();
    std::set<std::vector<uchar>> pictures;
    for (const Icon icon : allIcons()) {
        const QImage image = iconPixmap(icon, 16, 2, QColor(0x7FA6FF)).toImage().convertToFormat(QImage::Format_ARGB32);
        ASSERT_EQ(image.size(), QSize(32, 32));
        int drawn = 0;
        for (int y = 0; y < 32; ++y) {
            for (int x = 0; x < 32; ++x) {
                if (qAlpha(image.pixel(x, y)) == 255) {
                    EXPECT_EQ(QColor(image.pixel(x, y)).name(), u"#7fa6ff");
                    ++drawn;
                }
            }
        }
        EXPECT_GT(drawn, 6) << iconName(icon).toStdString();
        pictures.insert(std::vector<uchar>(image.constBits(), image.constBits() + image.sizeInBytes()));
    }
    EXPECT_EQ(pictures.size(), allIcons().size());
}

TEST(Icons, FollowTheThemeAndGreyOutWhenDisabled)
{
    const QIcon bell = icon(Icon::Alerts, Token::Accent);
    const auto inkOf = [&](QIcon::Mode mode) {
        const QImage image = bell.pixmap(QSize(32, 32), 1.0, mode).toImage().convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (qAlpha(image.pixel(x, y)) == 255)
                    return QColor(image.pixel(x, y)).name();
            }
        }
        return QString();
    };
    test::pinLooks(u"dark"_s);
    EXPECT_EQ(inkOf(QIcon::Normal), u"#7fa6ff");
    EXPECT_EQ(inkOf(QIcon::Disabled), u"#5f6977");
    test::pinLooks(u"light"_s);
    EXPECT_EQ(inkOf(QIcon::Normal), u"#1f55c9");
}
