// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dashboards/variable_values.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {
namespace {

TEST(VariableValues, AreReplacedInEveryForm)
{
    const VariableChoices choices{
        {u"job"_s, {{u"api"_s}, false}}, {u"type"_s, {{u"text"_s, u"a.b"_s}, false}}, {u"all"_s, {{}, true}}};
    EXPECT_EQ(withVariables(u"x{job=\"$job\"}"_s, choices), u"x{job=\"api\"}"_s);
    EXPECT_EQ(withVariables(u"x{job=\"${job}\", t=~\"[[type]]\"}"_s, choices),
              u"x{job=\"api\", t=~\"(text|a\\\\.b)\"}"_s);
    EXPECT_EQ(withVariables(u"x{t=~\"${type:pipe}\", u=~\"$all\"}"_s, choices), u"x{t=~\"text|a.b\", u=~\".*\"}"_s);
    EXPECT_EQ(titleWithVariables(u"Of $type and $all"_s, choices), u"Of text + a.b and All"_s);
}

TEST(VariableValues, SeveralBecomeOneExpressionThatMatchesJustThem)
{
    VariableChoice one{{u"a.b"_s}, false};
    EXPECT_EQ(withVariables(u"x{t=\"$t\"}"_s, {{u"t"_s, one}}), u"x{t=\"a.b\"}"_s);
    one.isPattern = true;
    EXPECT_EQ(withVariables(u"x{t=~\"$t\"}"_s, {{u"t"_s, one}}), u"x{t=~\"a\\\\.b\"}"_s)
        << "a variable of several is always matched as an expression";
    EXPECT_EQ(anyOf({u"GET /a"_s, u"(b|c)"_s}), u"(GET /a|\\\\(b\\\\|c\\\\))"_s);
    EXPECT_EQ(anyOf({u"say \"no\""_s, u"C:\\d"_s}), u"(say \\\"no\\\"|C:\\\\\\\\d)"_s)
        << "quotes and backslashes survive the string they stand in";
}

TEST(VariableValues, AllIsWhatItsVariableSays)
{
    VariableChoice all{{}, true};
    all.allPattern = u"prod-.*"_s;
    EXPECT_EQ(withVariables(u"x{t=~\"$t\"}"_s, {{u"t"_s, all}}), u"x{t=~\"prod-.*\"}"_s);
    EXPECT_EQ(titleWithVariables(u"Of $t"_s, {{u"t"_s, all}}), u"Of All"_s);
    EXPECT_EQ(withVariables(u"x{t=~\"$t\"}"_s, {{u"t"_s, {}}}), u"x{t=~\"\"}"_s) << "nothing chosen yet";
}

TEST(VariableValues, WhatIsNotKnownStays)
{
    EXPECT_EQ(withVariables(u"rate(x[$__rate_interval]) + $missing"_s, {}), u"rate(x[$__rate_interval]) + $missing"_s);
    EXPECT_EQ(withVariables(u"10$ and $"_s, {}), u"10$ and $"_s);
}

TEST(VariableValues, AsksForOptionsInPromQl)
{
    Variable variable;
    variable.query = u"label_values(up{job=\"$job\"}, instance)"_s;
    const auto query = optionsQuery(variable, {{u"job"_s, {{u"api"_s}, false}}});
    ASSERT_TRUE(query);
    EXPECT_EQ(query->expr, u"group by (instance) (up{job=\"api\"})"_s);
    EXPECT_EQ(query->label, u"instance"_s);
    variable.query = u"label_values(instance)"_s;
    EXPECT_EQ(optionsQuery(variable, {})->expr, u"group by (instance) ({instance!=\"\"})"_s);
    variable.query = u"metrics(node_.*)"_s;
    EXPECT_FALSE(optionsQuery(variable, {}));
}

TEST(VariableValues, LegendsFallBackToTheLabels)
{
    const Labels labels{{u"__name__"_s, u"up"_s}, {u"instance"_s, u"a"_s}};
    EXPECT_EQ(legendFor(u"{{ instance }} of {{job}}"_s, labels, u"up"_s), u"a of"_s);
    EXPECT_EQ(legendFor(u""_s, labels, u"up"_s), u"a"_s);
    EXPECT_EQ(legendFor(u"{{job}}"_s, labels, u"up"_s), u"a"_s);
    EXPECT_EQ(legendFor({}, {}, u"sum(up)"_s), u"sum(up)"_s);
}

} // namespace
} // namespace atalaya::dashboards
