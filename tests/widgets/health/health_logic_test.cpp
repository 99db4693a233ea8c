// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/health_rows.h"
#include "widgets/health/raw_answer_text.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace atalaya::health {
namespace {

constexpr Timestamp start{1'795'489'200'000ms};

HealthSample at(Milliseconds offset, HealthStatus status)
{
    return {start + offset, status, 1};
}

QString printed(const QList<HealthStretch> &bar)
{
    QStringList parts;
    for (const HealthStretch &stretch : bar)
        parts.append(u"%1-%2 %3"_s.arg((stretch.from - start).count() / 1000)
                         .arg((stretch.to - start).count() / 1000)
                         .arg(statusWord(stretch.status)));
    return parts.join(u", "_s);
}

TEST(HealthBar, MergesEqualSamplesIntoStretches)
{
    const QList<HealthSample> one{at(0s, HealthStatus::Healthy), at(10s, HealthStatus::Healthy),
                                  at(20s, HealthStatus::Degraded), at(30s, HealthStatus::Unhealthy)};
    EXPECT_EQ(printed(mergedBar({one}, {start, start + 40s}, 10s)), u"0-20 healthy, 20-30 degraded, 30-40 unhealthy"_s);
}

TEST(HealthBar, TheWorstInstanceDecidesAndSilenceIsNeverGreen)
{
    const QList<HealthSample> good{at(0s, HealthStatus::Healthy), at(10s, HealthStatus::Healthy),
                                   at(20s, HealthStatus::Healthy)};
    const QList<HealthSample> bad{at(0s, HealthStatus::Healthy), at(10s, HealthStatus::Unknown),
                                  at(20s, HealthStatus::Unhealthy)};
    EXPECT_EQ(printed(mergedBar({good, bad}, {start, start + 30s}, 10s)),
              u"0-10 healthy, 10-20 unknown, 20-30 unhealthy"_s);
}

TEST(HealthBar, ASampleHoldsForTwoIntervals)
{
    const QList<HealthSample> one{at(0s, HealthStatus::Healthy), at(60s, HealthStatus::Healthy)};
    EXPECT_EQ(printed(mergedBar({one}, {start, start + 100s}, 10s)),
              u"0-20 healthy, 20-60 unknown, 60-80 healthy, 80-100 unknown"_s);
}

TEST(HealthBar, NothingIsDrawnBeforeItWasWatched)
{
    const QList<HealthSample> one{at(50s, HealthStatus::Healthy)};
    EXPECT_EQ(printed(mergedBar({one}, {start, start + 60s}, 10s)), u"50-60 healthy"_s);
    EXPECT_TRUE(mergedBar({{}}, {start, start + 60s}, 10s).isEmpty());
}

TEST(HealthBar, WhatLiesBeforeTheRangeReachesIntoIt)
{
    const QList<HealthSample> one{at(-300s, HealthStatus::Unhealthy), at(-5s, HealthStatus::Healthy),
                                  at(5s, HealthStatus::Healthy)};
    EXPECT_EQ(printed(mergedBar({one}, {start, start + 10s}, 10s)), u"0-10 healthy"_s);
}

TEST(RawAnswer, KeepsOrderAndSpellingAndFoldsSmallParts)
{
    const RawAnswerText text = rawAnswerText(
        R"({"status":"unhealthy","checks":{"rabbitmq":{"status":"healthy"},"openai":{"status":"unhealthy","latency":1.50,"message":"deadline exceeded"}}})",
        44);
    EXPECT_EQ(
        text.text,
        u"{\n  \"status\": \"unhealthy\",\n  \"checks\": {\n    \"rabbitmq\": {\"status\": \"healthy\"},\n    \"openai\": {\n      \"status\": \"unhealthy\",\n      \"latency\": 1.50,\n      \"message\": \"deadline exceeded\"\n    }\n  }\n}"_s);
    ASSERT_EQ(text.words.size(), 2);
    for (const RawAnswerText::Word &word : text.words) {
        EXPECT_EQ(text.text.mid(word.at, word.length), u"unhealthy"_s);
        EXPECT_EQ(word.state, State::Critical);
    }
}

TEST(RawAnswer, WarnsAboutDegraded)
{
    const RawAnswerText text = rawAnswerText(R"({"status":"degraded","ok":true})", 60);
    EXPECT_EQ(text.text, u"{\"status\": \"degraded\", \"ok\": true}"_s);
    ASSERT_EQ(text.words.size(), 1);
    EXPECT_EQ(text.words.first().state, State::Warning);
}

TEST(RawAnswer, WhatIsNoJsonIsShownAsItIs)
{
    for (const QByteArray &body : {QByteArray("OK"), QByteArray("{\"status\":"), QByteArray("{\"a\":1} trailing"),
                                   QByteArray("<html>502</html>"), QByteArray("{\"a\" 1}"), QByteArray("[1,]"),
                                   QByteArray("\"open"), QByteArray("{,}")})
        EXPECT_EQ(rawAnswerText(body, 40).text, QString::fromUtf8(body)) << body.constData();
    EXPECT_EQ(rawAnswerText(QByteArray(2000, '['), 40).text.size(), 2000) << "deep nesting is left alone";
    EXPECT_TRUE(rawAnswerText({}, 40).text.isEmpty());
}

TEST(RawAnswer, AHugeBodyIsCutAndSaysSo)
{
    const RawAnswerText text = rawAnswerText(QByteArray(1'000'000, 'x'), 40);
    EXPECT_TRUE(text.isCut);
    EXPECT_LE(text.text.size(), 64 * 1024);
}

} // namespace
} // namespace atalaya::health
