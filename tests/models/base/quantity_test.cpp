// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/quantity.h"
#include "tests/models/base/base_test.h"

#include <cmath>
#include <limits>

using namespace atalaya;
using namespace Qt::Literals::StringLiterals;

namespace {

QString joinedText(double value, const QString &unit)
{
    return quantity(value, unit).joined();
}

} // namespace

TEST(QuantityTest, MissingAndInfiniteAreNeverANumber)
{
    for (const QString &unit : {u"s"_s, u"percent"_s, u"bytes"_s, u"ops"_s, u"bool"_s, u""_s, u"EUR"_s}) {
        EXPECT_EQ(quantity(std::nan(""), unit), (QuantityText{u"no value"_s, {}})) << unit.toStdString();
        EXPECT_EQ(joinedText(INFINITY, unit), u"+Inf"_s);
        EXPECT_EQ(joinedText(-INFINITY, unit), u"-Inf"_s);
    }
    EXPECT_EQ(fullQuantity(std::nan(""), u"s"_s), u"no value"_s);
}

TEST(QuantityTest, TimesScale)
{
    EXPECT_EQ(quantity(0.742, u"s"_s), (QuantityText{u"742"_s, u"ms"_s}));
    EXPECT_EQ(joinedText(0, u"s"_s), u"0 s"_s);
    EXPECT_EQ(joinedText(0, u"ms"_s), u"0 ms"_s);
    EXPECT_EQ(joinedText(1.5, u"s"_s), u"1.50 s"_s);
    EXPECT_EQ(joinedText(90, u"s"_s), u"90 s"_s);
    EXPECT_EQ(joinedText(150, u"s"_s), u"2.50 min"_s);
    EXPECT_EQ(joinedText(7200, u"s"_s), u"2 h"_s);
    EXPECT_EQ(joinedText(172'800, u"s"_s), u"2 d"_s);
    EXPECT_EQ(joinedText(0.000'25, u"s"_s), u"250 µs"_s);
    EXPECT_EQ(joinedText(250, u"ms"_s), u"250 ms"_s);
    EXPECT_EQ(joinedText(2500, u"ms"_s), u"2.50 s"_s);
    EXPECT_EQ(joinedText(-0.742, u"s"_s), u"-742 ms"_s);
}

TEST(QuantityTest, BytesScaleInPowersOfTwo)
{
    EXPECT_EQ(joinedText(0, u"bytes"_s), u"0 B"_s);
    EXPECT_EQ(joinedText(1023, u"bytes"_s), u"1,023 B"_s);
    EXPECT_EQ(joinedText(1536, u"bytes"_s), u"1.50 KiB"_s);
    EXPECT_EQ(joinedText(64.0 * 1024 * 1024, u"bytes"_s), u"64 MiB"_s);
    EXPECT_EQ(joinedText(3.5e12, u"bytes"_s), u"3.18 TiB"_s);
}

TEST(QuantityTest, CountsAndRates)
{
    EXPECT_EQ(joinedText(0, {}), u"0"_s);
    EXPECT_EQ(joinedText(3120, {}), u"3,120"_s);
    EXPECT_EQ(joinedText(-3120, u"short"_s), u"-3,120"_s);
    EXPECT_EQ(joinedText(27.44, {}), u"27.4"_s);
    EXPECT_EQ(joinedText(12'345, {}), u"12.3 k"_s);
    EXPECT_EQ(joinedText(12'345'678, {}), u"12.3 M"_s);
    EXPECT_EQ(joinedText(1.2e10, {}), u"12 G"_s);
    EXPECT_EQ(joinedText(0.000'000'12, {}), u"1.2e-07"_s);
    EXPECT_EQ(joinedText(12, u"ops"_s), u"12 /s"_s);
    EXPECT_EQ(joinedText(12.5, u"reqps"_s), u"12.5 /s"_s);
    EXPECT_EQ(joinedText(49.9, u"EUR"_s), u"49.9 EUR"_s);
    EXPECT_EQ(joinedText(49.9, u"currencyUSD"_s), u"49.9 USD"_s);
    EXPECT_EQ(joinedText(5, u"jobs"_s), u"5 jobs"_s);
}

TEST(QuantityTest, PercentAndBool)
{
    EXPECT_EQ(joinedText(12.34, u"percent"_s), u"12.3 %"_s);
    EXPECT_EQ(joinedText(0.1234, u"percentunit"_s), u"12.3 %"_s);
    EXPECT_EQ(joinedText(1, u"percentunit"_s), u"100 %"_s);
    EXPECT_EQ(joinedText(0, u"bool"_s), u"no"_s);
    EXPECT_EQ(joinedText(1, u"bool"_s), u"yes"_s);
}

TEST(CountedTest, OneIsNotMany)
{
    EXPECT_EQ(counted(1, u"%1 panel"_s, u"%1 panels"_s), u"1 panel");
    EXPECT_EQ(counted(0, u"%1 panel"_s, u"%1 panels"_s), u"0 panels");
    EXPECT_EQ(counted(12, u"%1 panel"_s, u"%1 panels"_s), u"12 panels");
    EXPECT_EQ(counted(1, u"the only source"_s, u"all %1 sources"_s), u"the only source");
}

TEST(QuantityTest, TheFullTextReadsBackToTheSameDouble)
{
    for (const double value : {0.1, 1.0 / 3, 123456789.123, 5e-324, std::numeric_limits<double>::max(), -0.07}) {
        EXPECT_EQ(fullQuantity(value, {}).toDouble(), value);
        EXPECT_EQ(fullQuantity(value, u"s"_s), fullQuantity(value, u"none"_s) + u" s"_s);
    }
}
