// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/range_cache.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::metrics;
using namespace std::chrono_literals;

namespace {

Timestamp at(int seconds)
{
    return Timestamp(Milliseconds(seconds * 1000LL));
}

Series points(const QString &name, const std::vector<int> &seconds, double value)
{
    Series series{{{u"a"_s, name}}, {}, {}};
    for (const int each : seconds) {
        series.times.push_back(each * 1000LL);
        series.values.push_back(value);
    }
    return series;
}

QString printed(const RangeCache &cache)
{
    QStringList lines;
    for (const Series &series : cache.series()) {
        QStringList texts;
        for (std::size_t i = 0; i < series.times.size(); ++i)
            texts += u"%1=%2"_s.arg(series.times[i] / 1000).arg(series.values[i]);
        lines += labelValue(series.labels, u"a"_s) + u": "_s + texts.join(u' ');
    }
    return lines.join(u'\n');
}

} // namespace

TEST(RangeCache, AsksTheWholeFirstAndThenOnlyWhatIsNewWithTwoStepsAgain)
{
    RangeCache cache(10s);
    EXPECT_EQ(cache.missing({at(5), at(47)}), (TimeRange{at(0), at(40)}));
    cache.merge({at(0), at(40)}, {points(u"x"_s, {0, 10, 20, 30, 40}, 1)}, {at(0), at(40)});
    EXPECT_EQ(cache.missing({at(15), at(62)}), (TimeRange{at(30), at(60)}));
}

TEST(RangeCache, ANewAnswerReplacesItsRangeAndForgetsWhatFellOut)
{
    RangeCache cache(10s);
    cache.merge({at(0), at(40)}, {points(u"x"_s, {0, 10, 20, 30, 40}, 1)}, {at(0), at(40)});
    cache.merge({at(30), at(60)}, {points(u"x"_s, {30, 40, 50, 60}, 2)}, {at(20), at(60)});
    EXPECT_EQ(printed(cache), u"x: 20=1 30=2 40=2 50=2 60=2"_s);
}

TEST(RangeCache, ASeriesThatAppearsOrEndsKeepsItsGap)
{
    RangeCache cache(10s);
    cache.merge({at(0), at(40)}, {points(u"old"_s, {0, 10}, 1), points(u"x"_s, {0, 40}, 1)}, {at(0), at(40)});
    cache.merge({at(30), at(60)}, {points(u"new"_s, {60}, 3)}, {at(10), at(60)});
    EXPECT_EQ(printed(cache), u"old: 10=1\nnew: 60=3"_s);
}

TEST(RangeCache, ARangeElsewhereIsAskedWhole)
{
    RangeCache cache(10s);
    cache.merge({at(1000), at(1040)}, {points(u"x"_s, {1000, 1040}, 1)}, {at(1000), at(1040)});
    EXPECT_EQ(cache.missing({at(0), at(40)}), (TimeRange{at(0), at(40)}));
    EXPECT_EQ(cache.missing({at(2000), at(2040)}), (TimeRange{at(2000), at(2040)}));
    EXPECT_EQ(cache.missing({at(900), at(1040)}), (TimeRange{at(900), at(1040)}));
    cache.merge({at(0), at(40)}, {points(u"x"_s, {0}, 9)}, {at(0), at(40)});
    EXPECT_EQ(printed(cache), u"x: 0=9"_s);
}

TEST(RangeCache, APartInsideIsKnown)
{
    RangeCache cache(10s);
    cache.merge({at(0), at(100)}, {points(u"x"_s, {0, 50, 100}, 1)}, {at(0), at(100)});
    EXPECT_FALSE(cache.missing({at(20), at(80)}));
}
