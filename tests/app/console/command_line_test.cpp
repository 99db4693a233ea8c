// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/command_line.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::console;

namespace {

CommandLine parsed(const QStringList &arguments)
{
    const auto line = parseCommandLine(arguments);
    EXPECT_TRUE(line) << qPrintable(line ? QString() : line.error().summary);
    return line.value_or(CommandLine{});
}

QString refused(const QStringList &arguments)
{
    const auto line = parseCommandLine(arguments);
    EXPECT_FALSE(line);
    return line ? QString() : line.error().summary;
}

} // namespace

TEST(CommandLineTest, NoVerbOpensTheWindow)
{
    EXPECT_EQ(parsed({}).verb, QString());
    EXPECT_EQ(parsed({u"--workspace"_s, u"a.json"_s}).value(u"workspace"_s), u"a.json"_s);
}

TEST(CommandLineTest, VerbsOfTwoWordsAndTheirShortForm)
{
    EXPECT_EQ(parsed({u"alerts"_s}).verb, u"alerts list"_s);
    EXPECT_EQ(parsed({u"alerts"_s, u"list"_s, u"--json"_s}).verb, u"alerts list"_s);
    EXPECT_EQ(parsed({u"alerts"_s, u"watch"_s}).verb, u"alerts watch"_s);
    EXPECT_EQ(parsed({u"breakers"_s, u"list"_s}).verb, u"breakers list"_s);
    EXPECT_TRUE(refused({u"breakers"_s}).contains(u"breakers list"_s));
}

TEST(CommandLineTest, OptionsMayStandBeforeTheVerbAndBehindAnEqualsSign)
{
    const CommandLine line = parsed({u"--json"_s, u"--workspace=w.json"_s, u"query"_s, u"up == 1"_s, u"--time=5"_s});
    EXPECT_EQ(line.verb, u"query"_s);
    EXPECT_EQ(line.arguments, QStringList{u"up == 1"_s});
    EXPECT_EQ(line.value(u"time"_s), u"5"_s);
    EXPECT_TRUE(line.has(u"json"_s));
}

TEST(CommandLineTest, ADrillIncidentIsNotTakenForTheDrill)
{
    const CommandLine line =
        parsed({u"drill"_s, u"incident"_s, u"OpenAI outage"_s, u"on"_s, u"--instance"_s, u"ai-prov-1"_s});
    EXPECT_EQ(line.verb, u"drill incident"_s);
    EXPECT_EQ(line.arguments, (QStringList{u"OpenAI outage"_s, u"on"_s}));
    EXPECT_EQ(parsed({u"drill"_s, u"--speed"_s, u"10"_s}).verb, u"drill"_s);
}

TEST(CommandLineTest, AQueryThatBeginsWithADashFollowsADoubleDash)
{
    EXPECT_EQ(parsed({u"query"_s, u"--"_s, u"-up"_s}).arguments, QStringList{u"-up"_s});
}

TEST(CommandLineTest, EveryFaultNamesTheWordAndWhatIsAllowed)
{
    EXPECT_TRUE(refused({u"alarms"_s}).contains(u"alerts list"_s));
    EXPECT_TRUE(refused({u"health"_s, u"--filter"_s, u"x"_s}).contains(u"no option --filter"_s));
    EXPECT_TRUE(refused({u"query"_s}).contains(u"EXPR"_s));
    EXPECT_TRUE(refused({u"health"_s, u"now"_s}).contains(u"now"_s));
    EXPECT_TRUE(refused({u"health"_s, u"--workspace"_s}).contains(u"needs a value"_s));
    EXPECT_TRUE(refused({u"health"_s, u"--json=yes"_s}).contains(u"takes no value"_s));
    EXPECT_TRUE(refused({u"health"_s, u"--workspace="_s}).contains(u"needs a value"_s));
}

TEST(CommandLineTest, HelpAndVersionNeedNothingElse)
{
    EXPECT_EQ(parsed({u"breakers"_s, u"--help"_s}).verb, u"help"_s);
    EXPECT_EQ(parsed({u"--version"_s}).verb, u"version"_s);
    EXPECT_TRUE(helpText({}).contains(u"atalaya breakers list"_s));
    EXPECT_TRUE(helpText(u"alerts"_s).contains(u"--filter"_s));
    EXPECT_TRUE(helpText(u"nonsense"_s).contains(u"There is no verb"_s));
}

TEST(CommandLineTest, SizesAndTimeouts)
{
    EXPECT_EQ(*parseSize(u"1440x900"_s), QSize(1440, 900));
    for (const QString &bad : {u""_s, u"1440"_s, u"1440x"_s, u"100x100"_s, u"9999x900"_s, u"-1x900"_s, u"1440 x 900"_s})
        EXPECT_FALSE(parseSize(bad)) << qPrintable(bad);
    EXPECT_EQ(*timeoutOf(parsed({u"health"_s, u"--timeout"_s, u"2s"_s}), Milliseconds(1)), Milliseconds(2000));
    EXPECT_EQ(*timeoutOf(parsed({u"health"_s}), Milliseconds(7)), Milliseconds(7));
    EXPECT_EQ(timeoutOf(parsed({u"health"_s, u"--timeout"_s, u"soon"_s}), Milliseconds(7)).error().endpoint,
              u"--timeout"_s);
}
