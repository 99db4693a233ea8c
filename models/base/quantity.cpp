// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/quantity.h"

#include <QtCore/QLocale>

#include <array>
#include <cmath>

namespace atalaya {

using namespace Qt::Literals::StringLiterals;

namespace {

/// C, with a comma between thousands.
QLocale grouped()
{
    QLocale locale = QLocale::c();
    locale.setNumberOptions(QLocale::DefaultNumberOptions);
    return locale;
}

QString significant(double value, int digits)
{
    if (value == 0)
        return u"0"_s;
    const int before = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    const int decimals = std::max(0, digits - before);
    if (decimals > 6)
        return QString::number(value, 'g', digits);
    // Whole numbers keep every digit with a separator: 3,120 stays 3,120 and does not become 3,120.00.
    if (value == std::floor(value) && std::abs(value) < 1e6)
        return grouped().toString(value, 'f', 0);
    return grouped().toString(value, 'f', decimals);
}

struct Scale
{
    double from;
    double factor;
    const char16_t *unit;
};

template <std::size_t N>
QuantityText scaled(double value, int digits, const std::array<Scale, N> &scales, bool intoFigure)
{
    for (const Scale &scale : scales) {
        if (std::abs(value) >= scale.from || &scale == &scales.back()) {
            const QString figure = significant(value * scale.factor, digits);
            const QString name = QString::fromUtf16(scale.unit);
            if (intoFigure)
                return {name.isEmpty() ? figure : figure + u' ' + name, {}};
            return {figure, name};
        }
    }
    return {};
}

constexpr std::array<Scale, 4> thousands{{{1e9, 1e-9, u"G"}, {1e6, 1e-6, u"M"}, {1e4, 1e-3, u"k"}, {0, 1, u""}}};
constexpr std::array<Scale, 6> seconds{{{86'400, 1.0 / 86'400, u"d"},
                                        {3'600, 1.0 / 3'600, u"h"},
                                        {120, 1.0 / 60, u"min"},
                                        {1, 1, u"s"},
                                        {1e-3, 1e3, u"ms"},
                                        {0, 1e6, u"µs"}}};
constexpr std::array<Scale, 5> bytes{{{1099511627776.0, 1 / 1099511627776.0, u"TiB"},
                                      {1073741824.0, 1 / 1073741824.0, u"GiB"},
                                      {1048576.0, 1 / 1048576.0, u"MiB"},
                                      {1024.0, 1 / 1024.0, u"KiB"},
                                      {0, 1, u"B"}}};

} // namespace

QuantityText quantity(double value, const QString &unit, int digits)
{
    if (std::isnan(value))
        return {u"no value"_s, {}};
    if (std::isinf(value))
        return {value > 0 ? u"+Inf"_s : u"-Inf"_s, {}};
    if (unit == u"s")
        return value == 0 ? QuantityText{u"0"_s, u"s"_s} : scaled(value, digits, seconds, false);
    if (unit == u"ms")
        return value == 0 ? QuantityText{u"0"_s, u"ms"_s} : scaled(value / 1000, digits, seconds, false);
    if (unit == u"bytes" || unit == u"decbytes")
        return scaled(value, digits, bytes, false);
    if (unit == u"percent")
        return {significant(value, digits), u"%"_s};
    if (unit == u"percentunit")
        return {significant(value * 100, digits), u"%"_s};
    if (unit == u"bool")
        return {value == 0 ? u"no"_s : u"yes"_s, {}};
    QuantityText text = scaled(value, digits, thousands, true);
    if (unit == u"ops" || unit == u"reqps" || unit == u"wps" || unit == u"rps" || unit == u"cps")
        text.unit = u"/s"_s;
    else if (unit == u"currencyEUR" || unit == u"EUR")
        text.unit = u"EUR"_s;
    else if (unit == u"currencyUSD" || unit == u"USD")
        text.unit = u"USD"_s;
    else if (!unit.isEmpty() && unit != u"short" && unit != u"none")
        text.unit = unit;
    return text;
}

QString counted(qsizetype number, const QString &one, const QString &many)
{
    const QString &text = number == 1 ? one : many;
    return text.contains(u"%1") ? text.arg(number) : text;
}

QString fullQuantity(double value, const QString &unit)
{
    if (!std::isfinite(value))
        return quantity(value, unit).joined();
    const QString number = QString::number(value, 'g', QLocale::FloatingPointShortest);
    if (unit.isEmpty() || unit == u"short" || unit == u"none")
        return number;
    return number + u' ' + unit;
}

} // namespace atalaya
