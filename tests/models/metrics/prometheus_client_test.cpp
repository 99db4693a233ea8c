// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/prometheus_client.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_transport.h"

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::metrics;
using testing::HasSubstr;

namespace {

const Timestamp t0{1'795'445'052'250ms};

class PrometheusClientTest : public testing::Test
{
protected:
    PrometheusClientTest() { endpoint.url = QUrl(u"http://prom.test:9090/base/"_s); }

    Result<QueryResult> instant(const QByteArray &body, int status, const QByteArray &type)
    {
        transport.answerOnce("POST", u"/base/api/v1/query"_s, body, status, type);
        return test::await(fetchInstant(transport, endpoint, u"up"_s, t0));
    }

    test::FakeTransport transport;
    http::Endpoint endpoint;
};

} // namespace

TEST_F(PrometheusClientTest, AnInstantQueryIsAFormBelowTheBasePath)
{
    ASSERT_TRUE(instant(R"({"status":"success","data":{"resultType":"vector","result":[]}})", 200, "application/json"));
    ASSERT_EQ(transport.calls().size(), 1);
    const test::RecordedCall &call = transport.calls().first();
    EXPECT_FALSE(call.isWrite);
    EXPECT_EQ(call.request.contentType, "application/x-www-form-urlencoded");
    EXPECT_TRUE(call.request.query.isEmpty());
    EXPECT_EQ(call.field(u"query"_s), u"up"_s);
    EXPECT_EQ(call.field(u"time"_s), u"1795445052.250"_s);
}

TEST_F(PrometheusClientTest, ARangeQuerySurvivesSpecialCharacters)
{
    transport.answer("POST", u"/base/api/v1/query_range"_s,
                     R"({"status":"success","data":{"resultType":"matrix","result":[]}})");
    const QString expr = u"sum by (a) (rate(x{b=~\"1+2&3=4 %é\"}[5m]))"_s;
    ASSERT_TRUE(test::await(fetchRange(transport, endpoint, expr, {t0, t0 + 60s}, 1500ms)));
    const test::RecordedCall &call = transport.calls().first();
    EXPECT_EQ(call.field(u"query"_s), expr);
    EXPECT_EQ(call.field(u"start"_s), u"1795445052.250"_s);
    EXPECT_EQ(call.field(u"end"_s), u"1795445112.250"_s);
    EXPECT_EQ(call.field(u"step"_s), u"1.500"_s);
}

TEST_F(PrometheusClientTest, ARefusedQuestionIsToldFromAFailingServer)
{
    const QByteArray words =
        R"({"status":"error","errorType":"bad_data","error":"1:5: parse error: unclosed left parenthesis"})";
    for (const int status : {400, 422}) {
        const auto refused = instant(words, status, "application/json");
        ASSERT_FALSE(refused);
        EXPECT_TRUE(isRefusedQuestion(refused.error()));
        EXPECT_EQ(refused.error().serverWords, u"1:5: parse error: unclosed left parenthesis"_s);
    }
    const auto down = instant("Service Unavailable", 503, "text/plain");
    ASSERT_FALSE(down);
    EXPECT_FALSE(isRefusedQuestion(down.error()));
    EXPECT_EQ(down.error().httpStatus, 503);
    EXPECT_EQ(down.error().serverWords, u"Service Unavailable"_s);
}

TEST_F(PrometheusClientTest, PagesAndTextsInsteadOfJsonAreSaidAsSuch)
{
    const auto page = instant("<html><head><title>Sign in</title></head></html>", 200, "text/html");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind, ErrorKind::Malformed);
    EXPECT_THAT(page.error().summary.toStdString(), HasSubstr("HTML"));
    EXPECT_EQ(page.error().serverWords, u"Sign in"_s);
    const auto text = instant("OK", 200, "text/plain");
    ASSERT_FALSE(text);
    EXPECT_THAT(text.error().summary.toStdString(), HasSubstr("text instead of JSON"));
    EXPECT_EQ(text.error().serverWords, u"OK"_s);
}

TEST_F(PrometheusClientTest, RawDataIsTheServersOwnObject)
{
    const QByteArray data =
        R"({"resultType":"vector","result":[{"metric":{"z":"1","a":"2"},"value":[1795445052.25,"+Inf"]}]})";
    transport.answer("POST", u"/base/api/v1/query"_s,
                     R"({"status":"success","data":)" + data + R"(,"warnings":["partial"]})");
    const auto raw = test::await(fetchRawInstant(transport, endpoint, u"up"_s, t0));
    ASSERT_TRUE(raw);
    EXPECT_EQ(raw->json, data);
    EXPECT_EQ(raw->warnings, QStringList{u"partial"_s});
}

TEST_F(PrometheusClientTest, RawDataThatIsNoResultIsMalformed)
{
    transport.answer("POST", u"/base/api/v1/query_range"_s, R"({"status":"success"})");
    const auto raw = test::await(fetchRawRange(transport, endpoint, u"up"_s, {t0, t0 + 60s}, 15s));
    ASSERT_FALSE(raw);
    EXPECT_EQ(raw.error().kind, ErrorKind::Malformed);
}

TEST_F(PrometheusClientTest, LabelValuesAreSortedAndNarrowedByTheSelector)
{
    transport.answer("GET", u"/base/api/v1/label/job/values"_s, R"({"status":"success","data":["b","a"]})");
    const auto values = test::await(fetchLabelValues(transport, endpoint, u"job"_s, u"up{x=\"1\"}"_s));
    ASSERT_TRUE(values);
    EXPECT_EQ(*values, (QStringList{u"a"_s, u"b"_s}));
    EXPECT_EQ(transport.calls().first().field(u"match[]"_s), u"up{x=\"1\"}"_s);
    transport.answer("GET", u"/base/api/v1/label/job/values"_s, R"({"status":"success","data":{}})");
    EXPECT_EQ(test::await(fetchLabelValues(transport, endpoint, u"job"_s, {})).error().kind, ErrorKind::Malformed);
}

TEST_F(PrometheusClientTest, GivingUpCancelsTheRequest)
{
    transport.hang("POST", u"/base/api/v1/query"_s);
    auto pending = fetchInstant(transport, endpoint, u"up"_s, t0);
    pending.cancel();
    EXPECT_TRUE(test::runUntil([&] { return transport.cancelledCount() == 1; }));
}
