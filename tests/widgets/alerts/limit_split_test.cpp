// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/limit_split.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using atalaya::alerts::LimitSplit;
using atalaya::alerts::splitAtLimit;

TEST(LimitSplit, CutsATrailingComparison)
{
    EXPECT_EQ(splitAtLimit(u"max(queue) > 1000"_s), (LimitSplit{u"max(queue)"_s, u">"_s, 1000}));
    EXPECT_EQ(splitAtLimit(u"sum(rate(a[5m]))\n  / sum(rate(b[5m])) >= 0.05 "_s),
              (LimitSplit{u"sum(rate(a[5m]))\n  / sum(rate(b[5m]))"_s, u">="_s, 0.05}));
    EXPECT_EQ(splitAtLimit(u"up == 0"_s), (LimitSplit{u"up"_s, u"=="_s, 0}));
    EXPECT_EQ(splitAtLimit(u"rate < -1.5e3"_s), (LimitSplit{u"rate"_s, u"<"_s, -1500}));
}

TEST(LimitSplit, LooksPastBracketsAndStrings)
{
    EXPECT_EQ(splitAtLimit(uR"(max(a{l=~"x > 5"}) > 3)"_s), (LimitSplit{uR"(max(a{l=~"x > 5"}))"_s, u">"_s, 3}));
    EXPECT_EQ(splitAtLimit(u"count(a > 2) > 3"_s), (LimitSplit{u"count(a > 2)"_s, u">"_s, 3}));
}

TEST(LimitSplit, LeavesWholeWhatCuttingWouldChange)
{
    EXPECT_FALSE(splitAtLimit(u"a == 0 and b > 0"_s));
    EXPECT_FALSE(splitAtLimit(u"a > 1 or b > 2"_s));
    EXPECT_FALSE(splitAtLimit(u"a unless b > 2"_s));
    EXPECT_FALSE(splitAtLimit(u"a > bool 3"_s));
    EXPECT_FALSE(splitAtLimit(u"a > 1 > 2"_s));
    EXPECT_FALSE(splitAtLimit(u"a > b"_s));
    EXPECT_FALSE(splitAtLimit(u"count(a > 3)"_s));
    EXPECT_FALSE(splitAtLimit(u"absent(up)"_s));
    EXPECT_FALSE(splitAtLimit(u"> 3"_s));
    EXPECT_FALSE(splitAtLimit({}));
}

TEST(LimitSplit, RefusesBracketsAndQuotesThatDoNotClose)
{
    EXPECT_FALSE(splitAtLimit(u"max(a > 3"_s));
    EXPECT_FALSE(splitAtLimit(u"a) > 3"_s));
    EXPECT_FALSE(splitAtLimit(u"a{b=\"c} > 3"_s));
}
