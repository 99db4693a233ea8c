// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/body_decoder.h"
#include "tests/models/http/http_test.h"

using namespace atalaya;
using namespace atalaya::http;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString wordsOf(const QByteArray &body)
{
    return serverWords(body).words;
}

HttpResponse statusAnswer(int status, const QList<std::pair<QByteArray, QByteArray>> &headers = {})
{
    HttpResponse response;
    response.status = status;
    response.headers = headers;
    response.endpoint = u"GET http://there/x"_s;
    return response;
}

} // namespace

TEST(ServerWordsTest, ReadsTheFormsOfRealServers)
{
    // Prometheus, VictoriaMetrics
    EXPECT_EQ(
        wordsOf(R"({"status":"error","errorType":"bad_data","error":"invalid parameter \"query\": 1:5: parse error"})"),
        u"invalid parameter \"query\": 1:5: parse error"_s);
    // Prometheus and Go's http.Error
    EXPECT_EQ(wordsOf("404 page not found\n"), u"404 page not found"_s);
    EXPECT_EQ(wordsOf("Service Unavailable"), u"Service Unavailable"_s);
    // Alertmanager: a bare string, an object, nothing
    EXPECT_EQ(wordsOf("\"bad matcher format: x\"\n"), u"bad matcher format: x"_s);
    EXPECT_EQ(wordsOf(R"({"code":602,"message":"comment in body is required"})"), u"comment in body is required"_s);
    EXPECT_EQ(wordsOf(""), QString());
    EXPECT_EQ(wordsOf(" \n"), QString());
    // problem+json
    EXPECT_EQ(wordsOf(R"({"type":"about:blank","title":"Conflict","status":409,"detail":"version 7 is current"})"),
              u"Conflict: version 7 is current"_s);
    // Spring
    EXPECT_EQ(
        wordsOf(R"({"timestamp":"2026-01-02","status":404,"error":"Not Found","message":"no breaker","path":"/x"})"),
        u"Not Found: no breaker"_s);
    EXPECT_EQ(wordsOf(R"({"status":500,"error":"Internal Server Error","message":""})"), u"Internal Server Error"_s);
    // Unleash
    EXPECT_EQ(
        wordsOf(
            R"({"name":"BadDataError","message":"Request validation failed","details":[{"message":"name is required","path":"/name"}]})"),
        u"Request validation failed: name is required"_s);
    // FastAPI
    EXPECT_EQ(wordsOf(R"({"detail":[{"loc":["body","reason"],"msg":"field required","type":"missing"}]})"),
              u"field required"_s);
    EXPECT_EQ(wordsOf(R"({"detail":"Not authenticated"})"), u"Not authenticated"_s);
    // an object in `error`
    EXPECT_EQ(wordsOf(R"({"error":{"code":"E7","message":"no quorum"}})"), u"no quorum"_s);
    // known to nobody: shown as it is
    EXPECT_EQ(wordsOf(R"({"status":"DOWN"})"), u"{\"status\":\"DOWN\"}"_s);
    EXPECT_EQ(wordsOf(R"([])"), u"[]"_s);
}

TEST(ServerWordsTest, TellsHtmlByItsContent)
{
    const ServerWords nginx =
        serverWords("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad "
                    "Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
    EXPECT_TRUE(nginx.isHtml);
    EXPECT_EQ(nginx.words, u"502 Bad Gateway"_s);
    const ServerWords untitled = serverWords(
        "<!-- proxy -->\n<!doctype HTML><html><body><style>p{}</style><script>alert('x')</script><p>Please &lt;log "
        "in&gt; &amp; wait</p></body></html>");
    EXPECT_TRUE(untitled.isHtml);
    EXPECT_EQ(untitled.words, u"Please <log in> & wait"_s);
    EXPECT_EQ(serverWords("<html><title> </title><h1>Sign in</h1>").words, u"Sign in"_s);
    EXPECT_FALSE(serverWords("a < b and <html> later").isHtml);
    EXPECT_FALSE(serverWords("<?xml version=\"1.0\"?><Error><Code>Denied</Code></Error>").isHtml);
}

TEST(ServerWordsTest, StaysOneShortHarmlessLine)
{
    EXPECT_EQ(wordsOf("first\r\n\tsecond\x1b[31m\x07 third"), u"first second [31m third"_s);
    EXPECT_EQ(wordsOf("{\"error\":\"a\\nb\\u0000c\\u202Ed\"}"), u"a b cd"_s);
    EXPECT_EQ(wordsOf(QByteArray(5000, 'x')).size(), 300);
    EXPECT_TRUE(wordsOf(QByteArray(5000, 'x')).endsWith(u'…'));
    EXPECT_EQ(wordsOf(QByteArray("\xF0\x9F\x94\xA5").repeated(400)).size(), 299) << "no half of a pair at the cut";
    EXPECT_EQ(wordsOf("{\"error\":\"" + QByteArray(2'000'000, 'y') + "\"}").size(), 300);
    EXPECT_EQ(wordsOf(QByteArray("\x00\x01\x02\xff\xfe\x80", 6)), QString()) << "bytes are no words";
    EXPECT_EQ(wordsOf(QByteArray(100'000, '[')).size(), 300) << "broken JSON is still text";
}

TEST(StatusErrorTest, BranchesOnTheStatusAndKeepsTheWords)
{
    const QList<std::pair<int, ErrorKind>> kinds{
        {400, ErrorKind::Server},   {401, ErrorKind::Unauthorized}, {403, ErrorKind::Forbidden},
        {404, ErrorKind::NotFound}, {405, ErrorKind::Server},       {409, ErrorKind::Conflict},
        {412, ErrorKind::Conflict}, {421, ErrorKind::Conflict},     {422, ErrorKind::Conflict},
        {428, ErrorKind::Conflict}, {429, ErrorKind::RateLimited},  {500, ErrorKind::Server},
        {503, ErrorKind::Server},   {599, ErrorKind::Server},
    };
    for (const auto &[status, kind] : kinds) {
        const Error error = statusError(statusAnswer(status), "\"why\"");
        EXPECT_EQ(error.kind, kind) << status;
        EXPECT_EQ(error.httpStatus, status);
        EXPECT_EQ(error.serverWords, u"why"_s);
        EXPECT_EQ(error.endpoint, u"GET http://there/x"_s);
        EXPECT_FALSE(error.nothingSent);
        EXPECT_EQ(sentenceFor(error).count(QString::number(status)), 1) << sentenceFor(error).toStdString();
    }
    EXPECT_EQ(statusError(statusAnswer(503), "Service Unavailable").summary,
              u"answered HTTP 503 Service Unavailable"_s);
    EXPECT_EQ(statusError(statusAnswer(502), "<html><title>x</title>").summary,
              u"answered HTTP 502 Bad Gateway with an HTML page"_s);
    EXPECT_EQ(statusError(statusAnswer(307, {{"location", "https://u:p@other.invalid/a?token=1#f"}}), {}).summary,
              u"answered HTTP 307, a redirect to https://other.invalid/a that is not followed"_s);
}

TEST(StatusErrorTest, ReadsRetryAfter)
{
    const auto after = [](const QByteArray &value, const QByteArray &date = {}) {
        QList<std::pair<QByteArray, QByteArray>> headers{{"retry-after", value}};
        if (!date.isEmpty())
            headers.append({"date", date});
        return statusError(statusAnswer(429, headers), {}).retryAfter;
    };
    EXPECT_EQ(after("7"), std::optional(7s));
    EXPECT_EQ(after("0"), std::optional(0s));
    EXPECT_EQ(after("99999999999999999999"), std::optional<std::chrono::seconds>(24h));
    EXPECT_EQ(after("Tue, 24 Nov 2026 03:01:30 GMT", "Tue, 24 Nov 2026 03:00:00 GMT"), std::optional(90s));
    EXPECT_EQ(after("Tue, 24 Nov 2026 02:00:00 GMT", "Tue, 24 Nov 2026 03:00:00 GMT"), std::optional(0s));
    EXPECT_EQ(after(""), std::nullopt);
    EXPECT_EQ(after("soon"), std::nullopt);
    EXPECT_EQ(after("-5"), std::nullopt);
    EXPECT_EQ(statusError(statusAnswer(503), {}).retryAfter, std::nullopt);
}
