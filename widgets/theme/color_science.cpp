// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/color_science.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace atalaya::theme {

namespace {

double linearOf(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double encodedOf(double channel)
{
    const double limited = std::clamp(channel, 0.0, 1.0);
    return limited <= 0.0031308 ? 12.92 * limited : 1.055 * std::pow(limited, 1 / 2.4) - 0.055;
}

double luminance(const QColor &color)
{
    return 0.2126 * linearOf(color.redF()) + 0.7152 * linearOf(color.greenF()) + 0.0722 * linearOf(color.blueF());
}

struct Oklch
{
    double lightness, chroma, hue;
};

Oklch oklchOf(const QColor &color)
{
    const double r = linearOf(color.redF());
    const double g = linearOf(color.greenF());
    const double b = linearOf(color.blueF());
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    const double lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    const double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    const double bb = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    return {lightness, std::hypot(a, bb), std::atan2(bb, a)};
}

QColor colorOf(const Oklch &c)
{
    const double a = c.chroma * std::cos(c.hue);
    const double b = c.chroma * std::sin(c.hue);
    const double l = std::pow(c.lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(c.lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(c.lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return QColor::fromRgbF(static_cast<float>(encodedOf(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
                            static_cast<float>(encodedOf(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
                            static_cast<float>(encodedOf(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)));
}

} // namespace

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor mixed(const QColor &under, const QColor &over, double share)
{
    const auto channel = [share](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * share));
    };
    return QColor(channel(under.red(), over.red()), channel(under.green(), over.green()),
                  channel(under.blue(), over.blue()));
}

QColor oklchBetween(const QColor &from, const QColor &to, double share)
{
    const Oklch a = oklchOf(from);
    const Oklch b = oklchOf(to);
    const double turn = std::remainder(b.hue - a.hue, 2 * std::numbers::pi);
    return colorOf(
        {std::lerp(a.lightness, b.lightness, share), std::lerp(a.chroma, b.chroma, share), a.hue + turn * share});
}

} // namespace atalaya::theme
