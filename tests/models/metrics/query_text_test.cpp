// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/query_text.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::metrics;
using namespace std::chrono_literals;

namespace {

const QueryScope scope{{Timestamp(Milliseconds(0)), Timestamp(Milliseconds(3'600'000))}, 30s, 15s};

QString expanded(const QString &text)
{
    return expandedQuery(text, scope);
}

} // namespace

TEST(QueryText, BuiltInVariables)
{
    EXPECT_EQ(expanded(u"rate(x[$__interval]) $__interval_ms"_s), u"rate(x[30s]) 30000"_s);
    EXPECT_EQ(expanded(u"rate(x[$__rate_interval])"_s), u"rate(x[1m])"_s);
    EXPECT_EQ(expanded(u"increase(x[$__range]) ${__range_s}"_s), u"increase(x[1h]) 3600"_s);
}

TEST(QueryText, TheRateIntervalHoldsTwoScrapesAtEveryStep)
{
    EXPECT_EQ(rateInterval({scope.range, 15s, 15s}), Milliseconds(60s));
    EXPECT_EQ(rateInterval({scope.range, 2min, 15s}), Milliseconds(135s));
}

TEST(QueryText, EveryFormOfANameAndNoOther)
{
    EXPECT_EQ(expanded(u"${__interval} [[__range]] $unknown ${other} and $1"_s), u"30s 1h $unknown ${other} and $1"_s);
}

TEST(QueryText, ASeriesWithoutAPatternIsItsNameAndLabels)
{
    EXPECT_EQ(legendText({{u"__name__"_s, u"up"_s}, {u"job"_s, u"a"_s}}), u"up{job=\"a\"}"_s);
    EXPECT_EQ(legendText({{u"__name__"_s, u"up"_s}}), u"up"_s);
    EXPECT_EQ(legendText({}), u"value"_s);
}
