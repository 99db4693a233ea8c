// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/matcher.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::alerts;

namespace {

std::string parsed(const QString &text)
{
    const auto matchers = parseMatchers(text);
    return matchers ? matchersText(*matchers).toStdString() : "refused: " + matchers.error().summary.toStdString();
}

qsizetype faultIn(const QString &text)
{
    qsizetype at = -1;
    EXPECT_FALSE(parseMatchers(text, &at)) << text.toStdString();
    return at;
}

bool hits(const QString &text, const Labels &labels)
{
    const auto matchers = parseMatchers(text);
    EXPECT_TRUE(matchers) << text.toStdString();
    return matchers && matchesAll(*matchers, labels);
}

} // namespace

TEST(Matchers, AreReadInEveryCommonWriting)
{
    const std::string expected = R"(severity="critical", system=~"a.*")";
    EXPECT_EQ(parsed(u"severity=\"critical\" system=~\"a.*\""_s), expected);
    EXPECT_EQ(parsed(u"{severity=\"critical\", system=~\"a.*\"}"_s), expected);
    EXPECT_EQ(parsed(u"severity=critical,system=~a.*"_s), expected);
    EXPECT_EQ(parsed(u"  severity = critical   system =~ \"a.*\" "_s), expected);
    EXPECT_EQ(parsed(u"a!=b c!~d"_s), R"(a!="b", c!~"d")");
    EXPECT_EQ(parsed(u""_s), "");
    EXPECT_EQ(parsed(u"{}"_s), "");
    EXPECT_EQ(parsed(u"HighErrorRate"_s), R"(alertname="HighErrorRate")") << "a bare word is an alert name";
    EXPECT_EQ(parsed(u"\"two words\""_s), R"(alertname="two words")");
}

TEST(Matchers, KeepWhatIsQuoted)
{
    EXPECT_EQ(parsed(u"a=\"\""_s), R"(a="")");
    EXPECT_EQ(parsed(u"a=\"x, y}\""_s), R"(a="x, y}")");
    EXPECT_EQ(parsed(uR"(a="say \"hi\" \\ there\n")"_s), R"(a="say \"hi\" \\ there\n")");
    EXPECT_EQ(parsed(uR"(a=~"1\.5")"_s), R"(a=~"1\\.5")") << "a pattern's own escape stays one";
    EXPECT_TRUE(hits(uR"(a=~"1\.5")"_s, {{u"a"_s, u"1.5"_s}}));
    EXPECT_FALSE(hits(uR"(a=~"1\.5")"_s, {{u"a"_s, u"1x5"_s}}));
}

TEST(Matchers, AreReadBackFromTheirOwnText)
{
    for (const QString &text : {u"a=~\"x|y\", b!=\"\""_s, uR"(a="q\"q\\", c!~"\\d+")"_s}) {
        const auto once = parseMatchers(text);
        ASSERT_TRUE(once);
        EXPECT_EQ(parseMatchers(matchersText(*once)), once);
    }
}

TEST(Matchers, PatternsAreAnchoredAtBothEnds)
{
    const Labels labels{{u"system"_s, u"ai-proveedores"_s}};
    EXPECT_TRUE(hits(u"system=~a.*"_s, labels));
    EXPECT_FALSE(hits(u"system=~ai"_s, labels));
    EXPECT_FALSE(hits(u"system=~proveedores"_s, labels));
    EXPECT_TRUE(hits(u"system=~\"x|ai-proveedores\""_s, labels)) << "the anchors hold the whole alternation";
    EXPECT_FALSE(hits(u"system=~\"ai|x\""_s, labels));
    EXPECT_TRUE(hits(u"system!~ai"_s, labels));
    EXPECT_TRUE(hits(u"text=~\"a.*b\""_s, {{u"text"_s, u"a\nb"_s}}));
    EXPECT_FALSE(hits(u"text=~a"_s, {{u"text"_s, u"a\n"_s}})) << "a newline at the end is not nothing";
}

TEST(Matchers, AnAbsentLabelIsEmpty)
{
    EXPECT_TRUE(hits(u"team=\"\""_s, {}));
    EXPECT_TRUE(hits(u"team!=ops"_s, {}));
    EXPECT_FALSE(hits(u"team=ops"_s, {}));
    EXPECT_TRUE(hits(u"team=~.*"_s, {}));
    EXPECT_FALSE(hits(u"team=~.+"_s, {}));
}

TEST(Matchers, ErrorsSayWhereAndWhatWasExpected)
{
    EXPECT_EQ(faultIn(u"severity="_s), 9);
    EXPECT_EQ(faultIn(u"a=b =c"_s), 4);
    EXPECT_EQ(faultIn(u"a=\"open"_s), 2);
    EXPECT_EQ(faultIn(u"{a=b"_s), 4);
    EXPECT_EQ(faultIn(u"{a=b} c"_s), 6);
    EXPECT_EQ(faultIn(u"a=b c!d"_s), 5);
    EXPECT_EQ(faultIn(u"a=~\"(\""_s), 3);
    EXPECT_EQ(faultIn(u"9a=b"_s), 0);
    EXPECT_EQ(faultIn(u"a=b\"c\""_s), 3);
    EXPECT_EQ(faultIn(u"a=~\"a)(b\""_s), 3) << "valid only inside our own group";
    EXPECT_TRUE(parsed(u"severity="_s).find("a value is expected") != std::string::npos);
    EXPECT_EQ(parseMatchers(u"a=b =c"_s).error().endpoint, u"matchers, character 5");
    EXPECT_EQ(parseMatchers(u"a=b =c"_s).error().kind, ErrorKind::BadInput);
}
