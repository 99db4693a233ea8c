// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/rule_scaling.h"
#include "tests/app/stack/stack_support.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>

#include <gmock/gmock.h>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;

namespace {

std::string scaled(const QByteArray &yaml, double speed)
{
    const Result<QByteArray> result = scaleRules(yaml, Pace{speed});
    return result ? result->toStdString() : "error: " + sentenceFor(result.error()).toStdString();
}

QByteArray ruleFile(const QString &name)
{
    QFile file(QStringLiteral(ATALAYA_SOURCE_DIR "/resources/rules/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList ruleFiles()
{
    return QDir(QStringLiteral(ATALAYA_SOURCE_DIR "/resources/rules")).entryList({u"*.yml"_s}, QDir::Files, QDir::Name);
}

} // namespace

TEST(PaceTest, TheScrapeIntervalShrinksWithTheSpeedButNotUnderASecond)
{
    EXPECT_EQ(Pace{1}.scrapeInterval(), Seconds(15));
    EXPECT_EQ(Pace{6}.scrapeInterval(), Milliseconds(2500));
    EXPECT_EQ(Pace{15}.scrapeInterval(), Seconds(1));
    EXPECT_EQ(Pace{30}.scrapeInterval(), Seconds(1));
}

TEST(RuleScalingTest, SpeedOneLeavesEveryByte)
{
    for (const QString &name : ruleFiles()) {
        const QByteArray rules = ruleFile(name);
        ASSERT_FALSE(rules.isEmpty());
        EXPECT_EQ(scaled(rules, 1), rules.toStdString()) << name.toStdString();
    }
}

TEST(RuleScalingTest, DurationsOfRulesAreDivided)
{
    EXPECT_EQ(scaled("        for: 2m", 15), "        for: 8s");
    EXPECT_EQ(scaled("        keep_firing_for: 10m", 15), "        keep_firing_for: 40s");
    EXPECT_EQ(scaled("        for: 1m", 7), "        for: 8s571ms");
    EXPECT_EQ(scaled("        for: 0s", 15), "        for: 0s");
}

TEST(RuleScalingTest, AGroupsIntervalIsNeverShorterThanAScrape)
{
    EXPECT_EQ(scaled("    interval: 1m", 30), "    interval: 2s");
    EXPECT_EQ(scaled("    interval: 15s", 30), "    interval: 1s");
}

TEST(RuleScalingTest, WindowsAreDividedButHoldFourScrapes)
{
    EXPECT_EQ(scaled("expr: rate(a[5m]) / rate(b[1h])", 15), "expr: rate(a[20s]) / rate(b[4m])");
    EXPECT_EQ(scaled("expr: rate(a[1m])", 30), "expr: rate(a[4s])");
    EXPECT_EQ(scaled("expr: avg_over_time(x[1h:15s])", 30), "expr: avg_over_time(x[2m:1s])");
    EXPECT_EQ(scaled("expr: avg_over_time(x[1h:])", 30), "expr: avg_over_time(x[2m:])");
    EXPECT_EQ(scaled("expr: a offset 1h", 30), "expr: a offset 2m");
}

TEST(RuleScalingTest, WhatOnlyLooksLikeAWindowStays)
{
    EXPECT_EQ(scaled("expr: a{x=~\"[0-9]+\"} > 300", 15), "expr: a{x=~\"[0-9]+\"} > 300");
    EXPECT_EQ(scaled("# for: 2m in [5m]", 15), "# for: 2m in [5m]");
}

TEST(RuleScalingTest, ThresholdsInUnitsOfTimeGrowWithTheRates)
{
    EXPECT_EQ(scaled("expr: sum(rate(e[5m])) > 0.1 # per second", 15), "expr: sum(rate(e[20s])) > 1.5 # per second");
    EXPECT_EQ(scaled("expr: 3600 * sum(rate(e[1h])) < 0.1 # per hour", 10),
              "expr: 3600 * sum(rate(e[6m])) < 1 # per hour");
    EXPECT_EQ(scaled("expr: a / b > 0.05", 15), "expr: a / b > 0.05");
}

TEST(RuleScalingTest, WordsInAnnotationsTellTheShorterTime)
{
    EXPECT_EQ(scaled("annotations: {summary: \"half-open for 5 minutes\"}", 15),
              "annotations: {summary: \"half-open for 20 seconds\"}");
    EXPECT_EQ(scaled("annotations: {summary: \"P95 is high (limit 1 s)\"}", 15),
              "annotations: {summary: \"P95 is high (limit 1 s)\"}");
}

TEST(RuleScalingTest, ADurationThatCannotBeReadIsAnErrorWithItsLine)
{
    const Result<QByteArray> result = scaleRules("a: b\n  for: 5parsecs\n", Pace{15});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Malformed);
    EXPECT_EQ(result.error().endpoint, u"line 2"_s);
    EXPECT_TRUE(result.error().summary.contains(u"5parsecs"));
}

TEST(RuleScalingTest, EveryRuleFileIsValidAtEverySpeed)
{
    const Result<ServerPrograms> programs = realPrograms();
    ASSERT_TRUE(programs) << sentenceFor(programs.error()).toStdString();
    QTemporaryDir folder;
    ASSERT_FALSE(ruleFiles().isEmpty());
    for (const double speed : {1.0, 2.5, 7.0, 15.0, 30.0}) {
        QStringList files;
        for (const QString &name : ruleFiles()) {
            const Result<QByteArray> rules = scaleRules(ruleFile(name), Pace{speed});
            ASSERT_TRUE(rules) << name.toStdString() << ": " << sentenceFor(rules.error()).toStdString();
            files.append(folder.filePath(u"%1-%2"_s.arg(speed).arg(name)));
            writeFile(files.last(), *rules);
        }
        const ProgramRun run = runProgram(programs->promtool, QStringList{u"check"_s, u"rules"_s} + files);
        EXPECT_EQ(run.status, 0) << run.output.toStdString();
        EXPECT_EQ(run.output.count("SUCCESS"), files.size());
    }
}

TEST(RuleFilesTest, UnitTestsOfTheRulesPass)
{
    const Result<ServerPrograms> programs = realPrograms();
    ASSERT_TRUE(programs) << sentenceFor(programs.error()).toStdString();
    const QDir folder(QStringLiteral(ATALAYA_SOURCE_DIR "/tests/app/stack/rules"));
    const QStringList names = folder.entryList({u"*_test.yml"_s}, QDir::Files);
    ASSERT_FALSE(names.isEmpty());
    for (const QString &name : names) {
        const ProgramRun run = runProgram(programs->promtool, {u"test"_s, u"rules"_s, folder.filePath(name)});
        EXPECT_EQ(run.status, 0) << run.output.toStdString();
    }
}

} // namespace atalaya::stack::test
