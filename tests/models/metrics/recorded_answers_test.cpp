// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of Prometheus 2.42 as recorded, and what may be wrong with them.
#include "models/metrics/matrix_decoder.h"

#include <QtCore/QFile>

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::metrics;
using testing::HasSubstr;

namespace {

QByteArray recorded(const char *name)
{
    QFile file(QStringLiteral(ATALAYA_SOURCE_DIR "/tests/fixtures/prometheus/2.42/") + QString::fromLatin1(name));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name;
    return file.readAll();
}

Result<QueryResult> read(const QByteArray &body)
{
    return decodeQueryResult(body, u"POST http://prom/api/v1/query"_s);
}

QByteArray matrixOf(const QByteArray &series)
{
    return R"({"status":"success","data":{"resultType":"matrix","result":[)" + series + "]}}";
}

std::string faultOf(const QByteArray &body)
{
    const auto result = read(body);
    if (result)
        return "no fault";
    EXPECT_EQ(result.error().kind, ErrorKind::Malformed) << body.left(80).constData();
    EXPECT_EQ(result.error().endpoint, u"POST http://prom/api/v1/query"_s);
    return result.error().summary.toStdString();
}

} // namespace

TEST(RecordedAnswers, AMatrix)
{
    const auto result = read(recorded("matrix.json"));
    ASSERT_TRUE(result) << qPrintable(sentenceFor(result.error()));
    EXPECT_EQ(result->kind, QueryResult::Kind::Matrix);
    ASSERT_EQ(result->series.size(), 1U);
    const Series &series = result->series.front();
    EXPECT_EQ(labelValue(series.labels, u"__name__"_s), u"process_cpu_seconds_total"_s);
    EXPECT_EQ(series.labels.size(), 3U);
    EXPECT_EQ(series.times, (std::vector<std::int64_t>{1795515237000, 1795515239000, 1795515241000, 1795515243000}));
    EXPECT_EQ(series.values, (std::vector<double>{0.2, 0.23, 0.24, 0.25}));
}

TEST(RecordedAnswers, AVectorAScalarAndAString)
{
    const auto vector = read(recorded("vector.json"));
    ASSERT_TRUE(vector);
    EXPECT_EQ(vector->series.front().times, std::vector<std::int64_t>{1795515243851});
    const auto scalar = read(recorded("scalar.json"));
    ASSERT_TRUE(scalar);
    EXPECT_EQ(scalar->kind, QueryResult::Kind::Scalar);
    EXPECT_EQ(scalar->series.front().values, std::vector<double>{2.5});
    const auto text = read(recorded("string.json"));
    ASSERT_TRUE(text);
    EXPECT_EQ(text->text, u"a \"quoted\" text"_s);
}

TEST(RecordedAnswers, NoSeriesIsAGoodAnswer)
{
    for (const char *name : {"empty_vector.json", "empty_matrix.json"}) {
        const auto result = read(recorded(name));
        ASSERT_TRUE(result) << name;
        EXPECT_TRUE(result->series.empty());
    }
}

TEST(RecordedAnswers, EverySpecialNumberStaysWhatItIs)
{
    const auto result = read(recorded("special_values.json"));
    ASSERT_TRUE(result);
    std::map<QString, double> values;
    for (const Series &series : result->series)
        values[labelValue(series.labels, u"k"_s)] = series.values.front();
    ASSERT_EQ(values.size(), 6U);
    EXPECT_TRUE(std::isnan(values[u"nan"_s]));
    EXPECT_EQ(values[u"inf"_s], std::numeric_limits<double>::infinity());
    EXPECT_EQ(values[u"-inf"_s], -std::numeric_limits<double>::infinity());
    EXPECT_EQ(values[u"denormal"_s], std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(values[u"largest"_s], std::numeric_limits<double>::max());
    EXPECT_TRUE(std::signbit(values[u"minus zero"_s]));
}

TEST(RecordedAnswers, ErrorsKeepTheServersWords)
{
    const std::pair<const char *, const char *> errors[] = {
        {"syntax_error.json", "unclosed left parenthesis"},
        {"too_many_points.json", "exceeded maximum resolution of 11,000 points"},
        {"many_to_many.json", "many-to-many matching not allowed"}};
    for (const auto &[name, words] : errors) {
        const auto result = read(recorded(name));
        ASSERT_FALSE(result) << name;
        EXPECT_EQ(result.error().kind, ErrorKind::Server);
        EXPECT_THAT(result.error().serverWords.toStdString(), HasSubstr(words));
    }
}

TEST(RecordedAnswers, AnotherOrderOfKeysIsReadTheSame)
{
    const auto turned = read(
        R"({"data":{"result":[{"values":[[1.5,"2"],[2.5,"+Inf"]],"metric":{"a":"b"}}],"resultType":"matrix"},"status":"success","infos":["i"]})");
    ASSERT_TRUE(turned) << qPrintable(sentenceFor(turned.error()));
    EXPECT_EQ(turned->series.front().times, (std::vector<std::int64_t>{1500, 2500}));
    EXPECT_EQ(turned->series.front().values, (std::vector<double>{2, std::numeric_limits<double>::infinity()}));
    EXPECT_EQ(labelValue(turned->series.front().labels, u"a"_s), u"b"_s);
    EXPECT_TRUE(turned->warnings.isEmpty());
}

TEST(RecordedAnswers, ABufferWithRoomBehindItIsReadTheSame)
{
    QByteArray body = recorded("matrix.json");
    const auto tight = read(QByteArray(body.constData(), body.size()));
    body.reserve(body.size() + 4096);
    const auto roomy = read(body);
    ASSERT_TRUE(tight && roomy);
    EXPECT_EQ(tight->series, roomy->series);
}

TEST(RecordedAnswers, EveryFaultHasItsSentence)
{
    const std::pair<QByteArray, const char *> twins[] = {
        {"", "answered nothing"},
        {"{}", "no status"},
        {"null", "no status"},
        {R"({"status":"success","data":{"result":[]}})", "no resultType"},
        {R"({"status":"success","data":{"resultType":"tensor","result":[]}})", "\"tensor\" is not known"},
        {R"({"status":"success","data":{"resultType":"matrix","result":{}}})", "not a list"},
        {R"({"status":"success","data":{"resultType":"scalar","result":[1]}})", "not a pair"},
        {R"({"status":"success","data":{"resultType":"string","result":[1,2]}})", "not a pair"},
        {matrixOf(R"({"values":[[1,"1"]]})"), "no labels"},
        {matrixOf(R"({"metric":{"a":1},"values":[[1,"1"]]})"), "label's value is not text"},
        {matrixOf(R"({"metric":{},"value":[1,"1"]})"), "no samples"},
        {matrixOf(R"({"metric":{},"values":[[1,"+-1"]]})"), "value is not a number"},
        {matrixOf(R"({"metric":{},"values":[[1,null]]})"), "value is not a number"},
        {matrixOf(R"({"metric":{},"values":[["1","1"]]})"), "time is not a number"},
        {matrixOf(R"({"metric":{},"values":[[2,"1"],[1,"1"]]})"), "not in order"},
        {matrixOf(R"({"metric":{},"values":[[1,"1"]]},)"), "broken JSON"},
        {matrixOf("") + "}", "broken JSON"},
        {"<html><title>Sign in</title></html>", "HTML"},
    };
    for (const auto &[body, sentence] : twins)
        EXPECT_THAT(faultOf(body), HasSubstr(sentence)) << body.constData();
}

TEST(RecordedAnswers, NoCutIsTakenForTheWhole)
{
    const QByteArray body = recorded("matrix.json").trimmed();
    for (qsizetype length = 0; length < body.size(); ++length)
        EXPECT_NE(faultOf(body.left(length)), "no fault") << length;
}

TEST(RecordedAnswers, NoDamagedByteMakesColumnsOfDifferentLength)
{
    const QByteArray body = recorded("special_values.json");
    for (qsizetype at = 0; at < body.size(); ++at) {
        for (const char byte : {'\0', '"', '{', ']', ',', '\\', '\xff', '9'}) {
            QByteArray twin = body;
            twin[at] = byte;
            const auto result = read(twin);
            if (!result)
                continue;
            for (const Series &series : result->series)
                EXPECT_EQ(series.times.size(), series.values.size());
        }
    }
}
