// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/json_reader.h"
#include "tests/models/http/http_test.h"

#include <cmath>

using namespace atalaya;
using namespace atalaya::http;
using namespace Qt::Literals::StringLiterals;

namespace {

QString whyNot(const QByteArray &bytes)
{
    const auto json = parseJson(bytes, u"here"_s);
    EXPECT_FALSE(json) << bytes.left(60).toStdString();
    if (json)
        return {};
    EXPECT_EQ(json.error().kind, ErrorKind::Malformed);
    EXPECT_EQ(json.error().endpoint, u"here"_s);
    return json.error().summary;
}

Json parsed(const QByteArray &bytes)
{
    const auto json = parseJson(bytes, {});
    EXPECT_TRUE(json) << testing::PrintToString(json.error());
    return json.value_or(Json());
}

} // namespace

TEST(JsonReaderTest, ReadsWholeDocuments)
{
    EXPECT_EQ(parsed(" {\"b\":1,\"a\":[true,null]}\n ").dump(), R"({"b":1,"a":[true,null]})") << "the order stays";
    EXPECT_EQ(parsed("\"text\"").dump(), "\"text\"");
    EXPECT_EQ(parsed("-0.5e3").get<double>(), -500);
    EXPECT_EQ(parsed("\xEF\xBB\xBF{}").dump(), "{}") << "a byte order mark is no fault of the server's data";
    EXPECT_EQ(parsed(QByteArray(512, '[') + QByteArray(512, ']')).size(), 1U);
    EXPECT_EQ(parsed("\"[[[[{{{{\\\"\"").get<std::string>(), "[[[[{{{{\"") << "brackets in strings are no depth";
}

TEST(JsonReaderTest, SaysWhereItBreaks)
{
    EXPECT_EQ(whyNot("{\"a\":1,\n\"b\":2,}"),
              u"answered broken JSON at line 2, column 7: unexpected '}'; expected string literal"_s);
    EXPECT_EQ(whyNot("{} {}"), u"answered broken JSON at line 1, column 4: unexpected '{'; expected end of input"_s);
    EXPECT_EQ(whyNot("[1]\n]"), u"answered broken JSON at line 2, column 1: unexpected ']'; expected end of input"_s);
    EXPECT_EQ(whyNot("{\"a\":\n\n[1,2"), u"answered JSON that breaks off at line 3, column 5"_s);
    EXPECT_EQ(whyNot("\"abc"), u"answered JSON that breaks off at line 1, column 5"_s);
    EXPECT_EQ(whyNot(QByteArray("[1]\0", 4)), u"answered broken JSON at line 1, column 4: a zero byte"_s);
    EXPECT_EQ(whyNot(QByteArray("[1]\0[2]", 7)), u"answered broken JSON at line 1, column 4: a zero byte"_s);
    EXPECT_FALSE(whyNot(QByteArray(100, ' ') + QByteArray("[1]\0x", 5)).isEmpty());
    EXPECT_EQ(whyNot(QByteArray("[\"\0\"]", 5)), u"answered broken JSON at line 1, column 3: a zero byte"_s);
}

TEST(JsonReaderTest, RefusesWhatJsonHasNot)
{
    for (const QByteArray &bytes : {QByteArray("[NaN]"),
                                    QByteArray("[Infinity]"),
                                    QByteArray("[-Infinity]"),
                                    QByteArray("[+1]"),
                                    QByteArray("[01]"),
                                    QByteArray("[.5]"),
                                    QByteArray("[1e999]"),
                                    QByteArray("{'a':1}"),
                                    QByteArray("{a:1}"),
                                    QByteArray("[1,]"),
                                    QByteArray("[1] // note"),
                                    QByteArray("[/**/1]"),
                                    QByteArray("[\"\t\"]"),
                                    QByteArray("[\"\xff\"]"),
                                    QByteArray("[\"\xed\xa0\x80\"]"),
                                    QByteArray("[\"\xc0\x80\"]"),
                                    QByteArray("[\"\\ud800\"]"),
                                    QByteArray("[\"\\x41\"]"),
                                    QByteArray("nul"),
                                    QByteArray("tru e")})
        EXPECT_FALSE(whyNot(bytes).isEmpty()) << bytes.toStdString();
}

TEST(JsonReaderTest, TellsApartWhatIsNoJsonAtAll)
{
    EXPECT_EQ(whyNot(""), u"answered nothing instead of JSON"_s);
    EXPECT_EQ(whyNot(" \r\n"), u"answered nothing instead of JSON"_s);
    EXPECT_EQ(whyNot("\xEF\xBB\xBF"), u"answered nothing instead of JSON"_s);
    EXPECT_EQ(whyNot("<html><title>Sign in</title></html>"), u"answered HTML instead of JSON"_s);
    EXPECT_EQ(parseJson("<html><title>Sign in</title></html>", {}).error().serverWords, u"Sign in"_s);
    EXPECT_EQ(whyNot("Healthy"), u"answered text instead of JSON (line 1, column 1)"_s);
    EXPECT_EQ(parseJson("Healthy", {}).error().serverWords, u"Healthy"_s);
    EXPECT_EQ(whyNot(QByteArray("\x1f\x8b\x08\x00\x00\x00", 6)), u"answered unreadable bytes instead of JSON"_s);
}

TEST(JsonReaderTest, HostileShapesCostNeitherStackNorTime)
{
    EXPECT_EQ(whyNot(QByteArray(513, '[')), u"answered JSON nested over 512 levels"_s);
    EXPECT_EQ(whyNot(QByteArray(10'000'000, '[')), u"answered JSON nested over 512 levels"_s);
    EXPECT_EQ(whyNot(QByteArray("{\"a\":").repeated(600)), u"answered JSON nested over 512 levels"_s);
    QByteArray wide = "{";
    for (int i = 0; i < 20'001; ++i)
        wide += '"' + QByteArray::number(i) + "\":0,";
    wide.back() = '}';
    EXPECT_EQ(whyNot(wide), u"answered a JSON object with over 20000 members"_s);
    EXPECT_EQ(parsed("[" + QByteArray("0,").repeated(30'000) + "0]").size(), 30'001U) << "arrays may be long";
}

TEST(JsonReaderTest, FieldsOfAnotherTypeAreAbsent)
{
    const Json json = parsed(
        R"({"s":"x","n":1.5,"b":true,"z":null,"o":{"k":1},"a":[1],"num":"2.5","inf":"+Inf","ninf":"-Inf","nan":"NaN",
                                 "tiny":"5e-324","odd":"1.5x","pp":"++1","pm":"+-1","empty":"","big":18446744073709551615})");
    EXPECT_EQ(stringAt(json, "s"), u"x"_s);
    EXPECT_EQ(numberAt(json, "n"), 1.5);
    EXPECT_EQ(boolAt(json, "b"), true);
    EXPECT_EQ(objectAt(json, "o")->size(), 1U);
    EXPECT_EQ(arrayAt(json, "a")->size(), 1U);
    EXPECT_EQ(numberAt(json, "num"), 2.5);
    EXPECT_EQ(numberAt(json, "inf"), INFINITY);
    EXPECT_EQ(numberAt(json, "ninf"), -INFINITY);
    EXPECT_TRUE(std::isnan(numberAt(json, "nan").value_or(0)));
    EXPECT_EQ(numberAt(json, "tiny"), 5e-324);
    EXPECT_EQ(numberAt(json, "big"), 18446744073709551615.0);
    for (const char *key : {"s", "b", "z", "o", "a", "odd", "pp", "pm", "empty", "missing"})
        EXPECT_EQ(numberAt(json, key), std::nullopt) << key;
    for (const char *key : {"n", "b", "z", "o", "a", "missing"})
        EXPECT_EQ(stringAt(json, key), std::nullopt) << key;
    for (const char *key : {"s", "n", "z", "o", "a", "missing"})
        EXPECT_EQ(boolAt(json, key), std::nullopt) << key;
    EXPECT_EQ(objectAt(json, "a"), nullptr);
    EXPECT_EQ(arrayAt(json, "o"), nullptr);
    EXPECT_EQ(stringAt(parsed("[1]"), "s"), std::nullopt) << "not an object at all";
    EXPECT_EQ(objectAt(parsed("null"), "s"), nullptr);
    EXPECT_EQ(toQString(json["s"]), u"x"_s);
    EXPECT_EQ(toQString(json["o"]), u"{\"k\":1}"_s);
    EXPECT_EQ(toQString(json["z"]), u"null"_s);
}

TEST(JsonAnswerTest, ReadsOnlyASuccess)
{
    HttpResponse response;
    response.status = 200;
    response.endpoint = u"GET http://there/x"_s;
    response.maxBytes = 1000;
    response.body = test::gzip(R"({"a":1})");
    response.contentEncoding = "gzip";
    EXPECT_EQ(jsonAnswer(response)->dump(), R"({"a":1})");

    response.status = 422;
    response.body = test::gzip(R"({"status":"error","errorType":"execution","error":"many-to-many"})");
    Error error = jsonAnswer(response).error();
    EXPECT_EQ(error.kind, ErrorKind::Conflict);
    EXPECT_EQ(error.serverWords, u"many-to-many"_s);

    response.body.chop(5);
    error = jsonAnswer(response).error();
    EXPECT_EQ(error.httpStatus, 422) << "a cut reason does not hide the status";
    EXPECT_EQ(error.serverWords, QString());

    response.status = 302;
    response.contentEncoding.clear();
    response.body = R"({"a":1})";
    EXPECT_EQ(jsonAnswer(response).error().kind, ErrorKind::Server);
}
