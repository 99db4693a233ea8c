// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/query_text.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::metrics;
using namespace std::chrono_literals;

namespace {

const QueryScope scope{{Timestamp(Milliseconds(0)), Timestamp(Milliseconds(3'600'000))}, 30s, 15s};

QString expanded(const QString &text, const QMap<QString, QStringList> &variables = {})
{
    return expandedQuery(text, scope, variables);
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

TEST(QueryText, VariablesOfEveryForm)
{
    const QMap<QString, QStringList> variables{
        {u"job"_s, {u"a.b"_s}}, {u"type"_s, {u"text"_s, u"me+dia"_s}}, {u"all"_s, {u".*"_s}}};
    EXPECT_EQ(expanded(u"x{job=\"$job\"}"_s, variables), u"x{job=\"a.b\"}"_s);
    EXPECT_EQ(expanded(u"x{job=\"[[job]]\"}"_s, variables), u"x{job=\"a.b\"}"_s);
    EXPECT_EQ(expanded(u"x{t=~\"$type\"}"_s, variables), u"x{t=~\"(text|me\\\\+dia)\"}"_s);
    EXPECT_EQ(expanded(u"x{t=~\"${job:regex}\"}"_s, variables), u"x{t=~\"a\\\\.b\"}"_s);
    EXPECT_EQ(expanded(u"${type:csv} ${type:pipe}"_s, variables), u"text,me+dia text|me+dia"_s);
    EXPECT_EQ(expanded(u"x{t=~\"$all\"}"_s, variables), u"x{t=~\".*\"}"_s);
    EXPECT_EQ(expanded(u"$unknown and $1"_s, variables), u"$unknown and $1"_s);
}

TEST(QueryText, Legends)
{
    const Labels labels{{u"__name__"_s, u"up"_s}, {u"job"_s, u"a"_s}};
    EXPECT_EQ(legendText(labels, u"{{job}} @ {{ instance }}"_s), u"a @ "_s);
    EXPECT_EQ(legendText(labels, {}), u"up{job=\"a\"}"_s);
    EXPECT_EQ(legendText({}, {}), u"value"_s);
    EXPECT_EQ(legendText(labels, u"{{not a label}}"_s), u"{{not a label}}"_s);
}
