// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/sparkline.h"

#include <QtGui/QPainter>

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::common;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

QImage pictureOf(const SparklineValues &values)
{
    QImage image(100, 40, QImage::Format_RGB32);
    const theme::Theme &theme = theme::Theme::of(theme::Scheme::Dark);
    image.fill(theme.color(theme::Token::Surface));
    QPainter painter(&image);
    paintSparkline(painter, QRectF(0, 0, 100, 40), values, theme);
    return image;
}

/// Whether anything is drawn in a column above the base line.
bool isDrawn(const QImage &image, int x)
{
    for (int y = 0; y < image.height() - 1; ++y) {
        if (image.pixel(x, y) != image.pixel(x, 0) || QColor(image.pixel(x, y)).name() != u"#161a20")
            return true;
    }
    return false;
}

SparklineValues evenly(std::vector<double> values)
{
    SparklineValues result;
    for (std::size_t i = 0; i < values.size(); ++i)
        result.times.push_back(static_cast<double>(i));
    result.values = std::move(values);
    result.to = static_cast<double>(result.values.size() - 1);
    return result;
}

} // namespace

TEST(Sparkline, DrawsOnlyItsBaseLineForNothing)
{
    SparklineValues none;
    const QImage image = pictureOf(none);
    for (int x = 0; x < 100; ++x)
        EXPECT_FALSE(isDrawn(image, x));
    EXPECT_EQ(pictureOf(evenly({missing, missing, missing})), image) << "only gaps is nothing too";
}

TEST(Sparkline, AGapStaysAGap)
{
    std::vector<double> values(101, 5.0);
    for (int i = 40; i <= 60; ++i)
        values[static_cast<std::size_t>(i)] = missing;
    const QImage image = pictureOf(evenly(values));
    EXPECT_TRUE(isDrawn(image, 20));
    EXPECT_FALSE(isDrawn(image, 50));
    EXPECT_TRUE(isDrawn(image, 80));
}

TEST(Sparkline, ASpikeBetweenPixelsIsKept)
{
    std::vector<double> values(10'000, 1.0);
    values[5'003] = 100.0;
    const QImage image = pictureOf(evenly(values));
    bool reachesTop = false;
    for (int x = 46; x < 54; ++x) {
        for (int y = 2; y < 8; ++y)
            reachesTop |= QColor(image.pixel(x, y)).blue() > 120;
    }
    EXPECT_TRUE(reachesTop);
}

TEST(Sparkline, AnEarlierRangeLeavesItsEndEmpty)
{
    SparklineValues values = evenly(std::vector<double>(50, 3.0));
    values.to = 99;
    const QImage image = pictureOf(values);
    EXPECT_TRUE(isDrawn(image, 20));
    EXPECT_FALSE(isDrawn(image, 80)) << "nothing is known there";
}

TEST(Sparkline, StaleIsGreyWithoutTheDot)
{
    SparklineValues values = evenly(std::vector<double>(50, 3.0));
    const QImage live = pictureOf(values);
    values.stale = true;
    const QImage stale = pictureOf(values);
    EXPECT_NE(live, stale);
    int blue = 0;
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 100; ++x)
            blue += QColor(stale.pixel(x, y)).blue() - QColor(stale.pixel(x, y)).red() > 60;
    }
    EXPECT_EQ(blue, 0) << "no series colour for what is not live";
}

TEST(Sparkline, OneValueOnlyInfinitiesAndConstantsAreDrawnWithoutHarm)
{
    EXPECT_NE(pictureOf(evenly({1.0, 1.0})), pictureOf({}));
    SparklineValues one;
    one.times = {0.5};
    one.values = {7.0};
    EXPECT_NE(pictureOf(one), pictureOf({}));
    EXPECT_EQ(pictureOf(evenly({std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()})),
              pictureOf({}));
    EXPECT_NE(pictureOf(evenly({0.0, 0.0, 0.0})), pictureOf({})) << "zero is a value";
}
