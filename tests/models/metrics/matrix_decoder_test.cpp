// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/matrix_decoder.h"

#include <gmock/gmock.h>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::metrics;
using testing::HasSubstr;

namespace {

Result<QueryResult> decoded(const QByteArray &body)
{
    return decodeQueryResult(body, u"POST http://prom/api/v1/query"_s);
}

QByteArray data(const QByteArray &type, const QByteArray &result)
{
    return R"({"status":"success","data":{"resultType":")" + type + R"(","result":)" + result + "}}";
}

std::vector<double> valuesOf(const QByteArray &list)
{
    const auto result = decoded(data("matrix", R"([{"metric":{},"values":)" + list + "}]"));
    EXPECT_TRUE(result) << qPrintable(result ? QString() : result.error().summary);
    return result && !result->series.empty() ? result->series.front().values : std::vector<double>{};
}

} // namespace

TEST(MatrixDecoder, ReadsAMatrixWithLabelsAndFractionsOfSeconds)
{
    const auto result = decoded(
        data("matrix",
             R"([{"metric":{"__name__":"up","job":"a\"b é"},"values":[[1795445052.25,"1"],[1795445067,"0.5"]]}])"));
    ASSERT_TRUE(result);
    ASSERT_EQ(result->series.size(), 1u);
    EXPECT_EQ(result->kind, QueryResult::Kind::Matrix);
    EXPECT_EQ(result->series[0].labels, (Labels{{u"__name__"_s, u"up"_s}, {u"job"_s, u"a\"b é"_s}}));
    EXPECT_EQ(result->series[0].times, (std::vector<std::int64_t>{1'795'445'052'250, 1'795'445'067'000}));
    EXPECT_EQ(result->series[0].values, (std::vector<double>{1, 0.5}));
}

TEST(MatrixDecoder, NumbersOfEveryForm)
{
    const std::vector<double> values = valuesOf(
        R"([[1,"+Inf"],[2,"-Inf"],[3,"-0"],[4,"5e-324"],[5,"1.7976931348623157e+308"],[6,"1.15e-01"],[7,"NaN"]])");
    ASSERT_EQ(values.size(), 7u);
    EXPECT_EQ(values[0], HUGE_VAL);
    EXPECT_EQ(values[1], -HUGE_VAL);
    EXPECT_TRUE(std::signbit(values[2]));
    EXPECT_EQ(values[3], 5e-324);
    EXPECT_EQ(values[4], 1.7976931348623157e308);
    EXPECT_EQ(values[5], 0.115);
    EXPECT_TRUE(std::isnan(values[6]));
}

TEST(MatrixDecoder, VictoriaMetricsWritesThreeHundredDigits)
{
    const QByteArray digits = "1797" + QByteArray(305, '0');
    EXPECT_EQ(valuesOf(R"([[1,")" + digits + R"("]])").at(0), 1.797e308);
}

TEST(MatrixDecoder, VectorScalarAndString)
{
    EXPECT_EQ(decoded(data("vector", R"([{"metric":{},"value":[1,"2"]}])"))->series[0].values, std::vector<double>{2});
    const auto scalar = decoded(data("scalar", R"([1,"42"])"));
    ASSERT_TRUE(scalar);
    EXPECT_EQ(scalar->series[0].values, std::vector<double>{42});
    EXPECT_EQ(decoded(data("string", R"([1,"hello"])"))->text, u"hello"_s);
    EXPECT_TRUE(decoded(data("vector", "[]"))->series.empty());
}

TEST(MatrixDecoder, NativeHistogramsAreCountedAndLeftOut)
{
    const auto result = decoded(data(
        "matrix",
        R"([{"metric":{"a":"1"},"histograms":[[1,{"count":"2","sum":"3","buckets":[[0,"0","1","2"]]}]]},{"metric":{"a":"2"},"values":[[1,"1"]]}])"));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->nativeHistograms, 1);
    ASSERT_EQ(result->series.size(), 1u);
    EXPECT_EQ(labelValue(result->series[0].labels, u"a"_s), u"2"_s);
}

TEST(MatrixDecoder, WarningsAreKept)
{
    const auto result =
        decoded(R"({"status":"success","data":{"resultType":"vector","result":[]},"warnings":["remote read failed"]})");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->warnings, QStringList{u"remote read failed"_s});
}

TEST(MatrixDecoder, AnErrorAnswerKeepsTheServersWords)
{
    const auto result = decoded(R"({"status":"error","errorType":"execution","error":"found duplicate series"})");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().serverWords, u"found duplicate series"_s);
}

TEST(MatrixDecoder, EveryMalformedTwinIsRefused)
{
    const QByteArray good = data("matrix", R"([{"metric":{"a":"1"},"values":[[1,"1"],[2,"2"]]}])");
    ASSERT_TRUE(decoded(good));
    for (qsizetype length = 0; length < good.size(); ++length)
        EXPECT_FALSE(decoded(good.left(length))) << length;
    const QByteArray twins[] = {
        good + "x",
        good + good,
        "null",
        "[]",
        "<html><body>502</body></html>",
        R"({"status":"success"})",
        R"({"status":"success","data":null})",
        R"({"status":"success","data":[]})",
        R"({"status":"success","data":{"result":[]}})",
        data("tensor", "[]"),
        data("matrix", "{}"),
        data("matrix", "[1]"),
        data("matrix", R"([{"metric":{}}])"),
        data("matrix", R"([{"metric":[],"values":[[1,"1"]]}])"),
        data("matrix", R"([{"metric":{"a":1},"values":[[1,"1"]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1,1]]}])"),
        data("matrix", R"([{"metric":{},"values":[["1","1"]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1,"1","1"]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1,"one"]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1,""]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1,"+"]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1,"1 "]]}])"),
        data("matrix", R"([{"metric":{},"values":[[NaN,"1"]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1e300,"1"]]}])"),
        data("matrix", R"([{"metric":{},"values":[[2,"1"],[1,"1"]]}])"),
        data("matrix", R"([{"metric":{},"values":[[1,"1"],[1,"1"]]}])"),
        data("vector", R"([{"metric":{},"value":[]}])"),
        data("scalar", R"("1")"),
        data("matrix", QByteArray(5000, '[') + QByteArray(5000, ']')),
        QByteArray("{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"\xff\xfe\"]}}"),
    };
    for (const QByteArray &twin : twins) {
        const auto result = decoded(twin);
        EXPECT_FALSE(result) << twin.left(120).constData();
        EXPECT_FALSE(result ? false : result.error().summary.isEmpty());
    }
}
