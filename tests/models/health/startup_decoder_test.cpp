// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"
#include "models/health/startup_decoder.h"
#include "tests/models/health/health_examples.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::health;
using atalaya::test::FakeTransport;
using health::test::answerOf;

namespace {

Result<StartupReport> startedUp(const QByteArray &body, int status = 200)
{
    return decodeStartup(FakeTransport::response(body, status));
}

} // namespace

TEST(StartupDecoder, ReadsTheSummaryWithItsTimes)
{
    const auto report = startedUp(answerOf("startup.json"));
    ASSERT_TRUE(report) << sentenceFor(report.error()).toStdString();
    EXPECT_EQ(report->status, u"healthy");
    EXPECT_EQ(report->totalDurationMs, 812.4);
    ASSERT_EQ(report->checks.size(), 5);
    EXPECT_EQ(report->checks.at(2).status, u"warning");
    EXPECT_FALSE(report->checks.at(2).critical);
    EXPECT_EQ(report->checks.at(3).durationMs, 642);
    EXPECT_EQ(rfc3339(*report->startedAt), u"2026-11-17T05:12:00.123Z");
    EXPECT_LT(report->totalDurationMs, StartupReport::budgetMs);
}

TEST(StartupDecoder, ReadsSkippedAndRunning)
{
    const auto skipped = startedUp(answerOf("startup-skipped.json"));
    ASSERT_TRUE(skipped);
    EXPECT_EQ(skipped->status, u"skipped");
    EXPECT_EQ(skipped->reason, u"feature_flag_disabled");
    const auto running = startedUp(R"({"instance_id":"a","started_at":"2026-11-24T03:00:00Z","finished_at":null})");
    ASSERT_TRUE(running);
    EXPECT_EQ(running->status, u"running");
}

TEST(StartupDecoder, ReadsAFailedStartFromA503)
{
    const auto report =
        startedUp(R"({"status":"unhealthy","results":[{"name":"openai_api","status":"fail","critical":true}]})", 503);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->status, u"unhealthy");
    EXPECT_TRUE(report->checks.first().critical);
}

TEST(StartupDecoder, RefusesOtherAnswers)
{
    EXPECT_EQ(startedUp(R"({"code":"not_supported","status":404,"title":"Not Found"})", 404).error().kind,
              ErrorKind::NotFound);
    EXPECT_EQ(startedUp("Service Unavailable", 503).error().httpStatus, 503);
    QByteArray cut = answerOf("startup.json");
    cut.chop(200);
    for (const QByteArray &body :
         {cut, QByteArray("[]"), QByteArray("{}"), QByteArray(R"({"status":"healthy"})"),
          QByteArray(R"({"status":"healthy","results":{}})"), QByteArray(R"({"status":"healthy","results":[{}]})"),
          QByteArray(R"({"status":"healthy","results":[{"name":"a","status":1}]})"), QByteArray("<html>")}) {
        const auto report = startedUp(body);
        ASSERT_FALSE(report) << body.left(60).toStdString();
        EXPECT_EQ(report.error().kind, ErrorKind::Malformed) << body.left(60).toStdString();
    }
}
