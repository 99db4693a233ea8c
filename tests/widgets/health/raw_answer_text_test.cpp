// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/raw_answer_text.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {
namespace {

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
