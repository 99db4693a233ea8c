// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/gauge_decoder.h"
#include "tests/support/fake_transport.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::breakers;
using atalaya::test::FakeTransport;

namespace {

const QMap<int, QString> workerEncoding{{0, u"closed"_s}, {1, u"half_open"_s}, {2, u"open"_s}};
const QMap<int, QString> auroreEncoding{{0, u"closed"_s}, {1, u"open"_s}, {2, u"half_open"_s}};

std::string gaugeWord(const char *value, const QMap<int, QString> &encoding)
{
    const auto samples = decodeGauge(
        FakeTransport::response(
            QByteArray(
                R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{"name":"db"},"value":[1795489200.5,")") +
            value + R"("]}]}})"),
        encoding);
    return samples && samples->size() == 1 ? samples->first().reading.word().toStdString() : "refused";
}

} // namespace

TEST(GaugeDecoder, TheSameNumberMeansWhatItsSystemSays)
{
    EXPECT_EQ(gaugeWord("1", workerEncoding), "half_open");
    EXPECT_EQ(gaugeWord("1", auroreEncoding), "open");
    EXPECT_EQ(gaugeWord("2", workerEncoding), "open");
    EXPECT_EQ(gaugeWord("2", auroreEncoding), "half_open");
}

TEST(GaugeDecoder, WhatTheEncodingDoesNotListIsUnknownWithItsNumber)
{
    EXPECT_EQ(gaugeWord("3", workerEncoding), "unknown(3)");
    EXPECT_EQ(gaugeWord("0.5", workerEncoding), "unknown(0.5)");
    EXPECT_EQ(gaugeWord("-1", workerEncoding), "unknown(-1)");
    EXPECT_EQ(gaugeWord("NaN", workerEncoding), "unknown(NaN)");
    EXPECT_EQ(gaugeWord("+Inf", workerEncoding), "unknown(inf)");
    EXPECT_EQ(gaugeWord("1e300", workerEncoding), "unknown(1e+300)");
    EXPECT_EQ(gaugeWord("0", {}), "unknown(0)");
}

TEST(GaugeDecoder, KeepsLabelsAndTheServersTime)
{
    const auto samples =
        decodeGauge(FakeTransport::response(R"({"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"instance":"worker-1","service":"openai"},"value":[1795489200.25,"2"]},
        {"metric":{"instance":"x"},"histogram":[1,{"count":"1"}]}]}})"),
                    workerEncoding);
    ASSERT_TRUE(samples);
    ASSERT_EQ(samples->size(), 1) << "a native histogram is no gauge";
    EXPECT_EQ(labelValue(samples->first().labels, u"service"_s), u"openai");
    EXPECT_EQ(samples->first().reading.sampledAt, Timestamp(Milliseconds(1'795'489'200'250)));
}

TEST(GaugeDecoder, RefusesOtherAnswers)
{
    EXPECT_EQ(gaugeWord("open", workerEncoding), "refused");
    for (const char *body :
         {R"({"status":"success","data":{"resultType":"matrix","result":[]}})", R"({"data":{}})", "[]", "{", "<html>",
          "", R"({"status":"success","data":{"resultType":"vector","result":[{"value":[1,"1"]}]}})",
          R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":["1","1"]}]}})",
          R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1]}]}})"}) {
        const auto samples = decodeGauge(FakeTransport::response(body), workerEncoding);
        ASSERT_FALSE(samples) << body;
        EXPECT_EQ(samples.error().kind, ErrorKind::Malformed) << body;
    }
    EXPECT_EQ(decodeGauge(FakeTransport::response("Service Unavailable", 503, "text/plain"), {}).error().httpStatus,
              503);
}
