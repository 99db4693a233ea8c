// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/body_decoder.h"
#include "models/http/json_reader.h"
#include "tests/models/http/http_test.h"

#include <QtCore/QElapsedTimer>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

using namespace atalaya;
using namespace atalaya::http;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::MisbehavingServer;
using testing::Each;
using testing::Ge;
using testing::Lt;

class ReadTest : public BothWays
{
};

TEST_P(ReadTest, AnswersWithStatusHeadersAndBody)
{
    server->on("/api",
               {MisbehavingServer::answer(200, "Application/JSON; charset=utf-8", R"({"a":1})", {{"ETag", "\"7\""}})});
    const auto answer = fetch(u"/api"_s);
    ASSERT_TRUE(answer) << testing::PrintToString(answer.error());
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, R"({"a":1})");
    EXPECT_EQ(answer->contentType, "application/json");
    EXPECT_EQ(answer->header("etag"), "\"7\"");
    EXPECT_EQ(answer->endpoint, u"GET "_s + server->url().toString() + u"/api"_s);
    EXPECT_EQ(server->countOf("/api"), 1);
}

TEST_P(ReadTest, SendsPathQueryHeadersAndCredentialAsConfigured)
{
    endpoint.url.setPath(u"/base%2Fx/"_s, QUrl::StrictMode);
    endpoint.url.setQuery(u"tenant=a"_s);
    endpoint.credential = Credential::bearer("s3cret");
    endpoint.headers = {{"X-Scope-OrgID", "ops"}};
    HttpRequest request = get(u"/v1/label/a b/values"_s);
    request.query = {{u"match[]"_s, u"up{job=\"a&b\"} + 1"_s}, {u"größe"_s, u"100%"_s}};
    request.headers = {{"X-Request-ID", "42"}};
    const auto answer = fetch(request);
    ASSERT_TRUE(answer);
    ASSERT_EQ(server->requests().size(), 1);
    const auto &received = server->requests().first();
    EXPECT_EQ(received.target,
              "/base%2Fx/v1/label/a%20b/"
              "values?tenant=a&match%5B%5D=up%7Bjob%3D%22a%26b%22%7D%20%2B%201&gr%C3%B6%C3%9Fe=100%25");
    EXPECT_EQ(received.header("authorization"), "Bearer s3cret");
    EXPECT_EQ(received.header("x-scope-orgid"), "ops");
    EXPECT_EQ(received.header("x-request-id"), "42");
    EXPECT_EQ(received.header("accept-encoding"), "gzip");
    EXPECT_TRUE(received.header("cookie").isEmpty());
    EXPECT_FALSE(answer->endpoint.contains(u"match")) << "an endpoint's name must not hold the query";
}

TEST_P(ReadTest, PostsAFormAsARead)
{
    server->on("/query", {MisbehavingServer::json("{}")});
    HttpRequest request = write("POST", u"/query"_s, formBody({{u"query"_s, u"a + b"_s}, {u"time"_s, u"1"_s}}));
    request.contentType = "application/x-www-form-urlencoded";
    ASSERT_TRUE(fetch(request));
    EXPECT_EQ(server->requests().first().body, "query=a%20%2B%20b&time=1");
    EXPECT_EQ(server->requests().first().header("content-type"), "application/x-www-form-urlencoded");
}

TEST_P(ReadTest, TakesNoCookie)
{
    server->on("/login", {MisbehavingServer::answer(200, "text/plain", "x", {{"Set-Cookie", "id=1; Path=/"}})});
    ASSERT_TRUE(fetch(u"/login"_s));
    ASSERT_TRUE(fetch(u"/login"_s));
    EXPECT_TRUE(server->requests().last().header("cookie").isEmpty());
}

TEST_P(ReadTest, EveryStatusIsAnAnswerWithItsBody)
{
    QList<int> statuses{200, 201, 202, 203, 204, 206, 300, 304, 305};
    for (int status = 400; status <= 451; ++status)
        statuses.append(status);
    for (int status = 500; status <= 511; ++status)
        statuses.append(status);
    statuses += {599, 999};
    for (const int status : std::as_const(statuses)) {
        const QByteArray path = "/" + QByteArray::number(status);
        server->on(path, {MisbehavingServer::answer(status, "text/plain", "why",
                                                    {{"WWW-Authenticate", "Basic realm=\"x\""}})});
        const auto answer = fetch(QString::fromLatin1(path));
        ASSERT_TRUE(answer) << status << ' ' << testing::PrintToString(answer.error());
        EXPECT_EQ(answer->status, status);
        EXPECT_EQ(answer->body, status == 204 || status == 304 ? "" : "why") << status;
        EXPECT_EQ(server->countOf(path), 1) << status;
    }
}

TEST_P(ReadTest, SaysWhatBroke)
{
    struct Case
    {
        const char *name;
        test::Reaction reaction;
        ErrorKind kind;
        const char *summary;
    };
    const QList<Case> cases{
        {"/close", MisbehavingServer::closeBeforeHead(), ErrorKind::Unreachable,
         "closed the connection without an HTTP answer"},
        {"/cut", MisbehavingServer::cutBeforeHead(), ErrorKind::Unreachable,
         "closed the connection without an HTTP answer"},
        {"/reset", MisbehavingServer::resetBeforeHead(), ErrorKind::Unreachable,
         "closed the connection without an HTTP answer"},
        {"/mid-head", MisbehavingServer::closeMidHead(), ErrorKind::Unreachable,
         "closed the connection without an HTTP answer"},
        {"/mid-body", MisbehavingServer::closeMidBody(), ErrorKind::Unreachable,
         "closed the connection in mid-answer, after 100 bytes"},
        // A reset may overtake the bytes before it.
        {"/reset-body", MisbehavingServer::resetMidBody(), ErrorKind::Unreachable, nullptr},
        {"/mid-chunk", MisbehavingServer::closeMidChunk(), ErrorKind::Unreachable,
         "closed the connection in mid-answer, after 20 bytes"},
        {"/not-http", MisbehavingServer::raw("SSH-2.0-OpenSSH_9.2\r\n\r\n", true), ErrorKind::Unreachable,
         "closed the connection without an HTTP answer"},
        {"/odd-http", MisbehavingServer::raw("HTTP/x.y OK\r\n\r\n"), ErrorKind::Unreachable,
         "closed the connection without an HTTP answer"},
    };
    for (const Case &broken : cases) {
        server->on(broken.name, {broken.reaction});
        const auto answer = fetch(QString::fromLatin1(broken.name));
        ASSERT_FALSE(answer) << broken.name << testing::PrintToString(*answer);
        EXPECT_EQ(answer.error().kind, broken.kind) << broken.name << testing::PrintToString(answer.error());
        if (broken.summary) {
            EXPECT_EQ(answer.error().summary, QString::fromLatin1(broken.summary)) << broken.name;
        }
        EXPECT_FALSE(answer.error().nothingSent) << broken.name;
    }
}

TEST_P(ReadTest, SaysThatNobodyListens)
{
    server->refuse();
    const auto answer = fetch(u"/"_s);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable);
    EXPECT_EQ(answer.error().summary, u"refused the connection"_s);
    EXPECT_TRUE(answer.error().nothingSent);
}

TEST_P(ReadTest, SaysThatTheNameIsUnknown)
{
    endpoint.url.setHost(u"no-such-host.invalid"_s);
    const auto answer = fetch(u"/"_s);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable) << testing::PrintToString(answer.error());
    EXPECT_EQ(answer.error().summary, u"its host name is not known"_s);
    EXPECT_TRUE(answer.error().nothingSent);
}

TEST_P(ReadTest, TheDeadlineIsTotalWhateverTheServerDoes)
{
    server->on("/hang", {MisbehavingServer::hang()});
    server->on("/stall", {MisbehavingServer::stall()});
    server->on("/trickle", {MisbehavingServer::trickle(10ms)});
    server->on("/header", {MisbehavingServer::endlessHeader()});
    endpoint.timeout = 10s;
    for (const QString &path : {u"/hang"_s, u"/stall"_s, u"/trickle"_s, u"/header"_s}) {
        HttpRequest request = get(path);
        request.timeout = 150ms;
        QElapsedTimer time;
        time.start();
        const auto answer = fetch(request);
        ASSERT_FALSE(answer) << path.toStdString();
        EXPECT_EQ(answer.error().kind, ErrorKind::Timeout) << testing::PrintToString(answer.error());
        EXPECT_TRUE(answer.error().summary.contains(u"within 0.15 s")) << testing::PrintToString(answer.error());
        EXPECT_THAT(time.elapsed(), testing::AllOf(Ge(145), Lt(2000))) << path.toStdString();
    }
    // The aborted connections really go.
    EXPECT_TRUE(test::runUntil([&] { return server->openConnections() == 0; }));
}

TEST_P(ReadTest, AnEndlessHeaderHoldsUpNobodyElse)
{
    // Faster than Qt reads header bytes: its thread does not come back, not even to abort.
    server->on("/header", {MisbehavingServer::endlessHeader(20)});
    MisbehavingServer healthy;
    healthy.on("/good", {MisbehavingServer::json("{}")});
    Endpoint elsewhere;
    elsewhere.url = healthy.url();
    elsewhere.tls = endpoint.tls;
    elsewhere.timeout = 5s;
    endpoint.timeout = 100ms;
    EXPECT_EQ(fetch(u"/header"_s).error().kind, ErrorKind::Timeout);
    EXPECT_EQ(send(write("POST", u"/header"_s, "{}")).error().kind, ErrorKind::Timeout);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(test::await(transport.fetch(elsewhere, get(u"/good"_s))));
        EXPECT_TRUE(test::await(transport.send(elsewhere, write("POST", u"/good"_s, "{}"))));
    }
    // So that Qt's threads come to an end with the transport.
    server->resetConnections();
}

TEST_P(ReadTest, ALaneIsTrustedAgainOnceItsOriginAnswers)
{
    for (int i = 0; i < 40; ++i) {
        server->on("/sometimes", {MisbehavingServer::hang(), MisbehavingServer::json("{}")});
        auto given = transport.fetch(endpoint, get(u"/sometimes"_s));
        ASSERT_TRUE(test::runUntil([&] { return server->countOf("/sometimes") == 2 * i + 1; }));
        given.cancel();
        ASSERT_TRUE(test::runUntil([&] { return given.isFinished(); }));
        EXPECT_TRUE(fetch(u"/sometimes"_s)) << i;
    }
    EXPECT_LE(server->openConnections(), 2);
}

TEST_P(ReadTest, ASilentPeerIsATimeoutToo)
{
    server->ignoreConnections();
    endpoint.timeout = 150ms;
    const auto answer = fetch(u"/"_s);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Timeout) << testing::PrintToString(answer.error());
    EXPECT_TRUE(server->requests().isEmpty());
}

TEST_P(ReadTest, SixHungRequestsStarveNobody)
{
    server->on("/hang", {MisbehavingServer::hang()});
    server->on("/good", {MisbehavingServer::json("{}")});
    HttpRequest hanging = get(u"/hang"_s);
    hanging.timeout = 20s;
    QList<Pending<HttpResponse>> hung;
    for (int i = 0; i < 13; ++i)
        hung.append(transport.fetch(endpoint, hanging));
    ASSERT_TRUE(test::runUntil([&] { return server->countOf("/hang") == 13; })) << server->countOf("/hang");
    HttpRequest healthy = get(u"/good"_s);
    healthy.timeout = 5s;
    const auto answer = fetch(healthy);
    ASSERT_TRUE(answer) << testing::PrintToString(answer.error());
    EXPECT_THAT(answer->elapsed, Lt(2s));
    for (auto &pending : hung)
        pending.cancel();
    EXPECT_TRUE(test::runUntil([&] {
        return std::all_of(hung.begin(), hung.end(), [](const auto &pending) { return pending.isFinished(); });
    }));
}

TEST_P(ReadTest, TwentyThreePanelsAreAskedAtOnce)
{
    // Answers only when all have arrived: six at a time would wait for ever.
    QList<test::ServerConnection *> held;
    server->on("/panel", {test::Reaction{[&](test::ServerConnection &connection, const test::ReceivedRequest &) {
                   held.append(&connection);
                   if (held.size() < 23)
                       return;
                   for (test::ServerConnection *waiting : std::exchange(held, {}))
                       waiting->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
               }}});
    for (int round = 0; round < 3; ++round) {
        QList<Pending<HttpResponse>> panels;
        for (int i = 0; i < 23; ++i)
            panels.append(transport.fetch(endpoint, get(u"/panel"_s)));
        for (const auto &panel : panels)
            EXPECT_TRUE(test::await(panel));
    }
    EXPECT_EQ(server->countOf("/panel"), 69);
    EXPECT_LE(server->connections(), 24) << "kept-alive connections are used again";
}

TEST_P(ReadTest, RefusesToPileUpRequestsWithoutEnd)
{
    server->ignoreConnections();
    endpoint.timeout = 20s;
    QList<Pending<HttpResponse>> waiting;
    for (int i = 0; i < 96; ++i)
        waiting.append(transport.fetch(endpoint, get(u"/hang"_s)));
    EXPECT_TRUE(std::none_of(waiting.begin(), waiting.end(), [](const auto &pending) { return pending.isFinished(); }));
    const auto answer = fetch(u"/one-more"_s);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().summary, u"96 requests to it already wait for an answer; not asked again"_s);
    EXPECT_TRUE(answer.error().nothingSent);

    // Another origin is not concerned, and neither is this one as soon as a place is free.
    MisbehavingServer other;
    other.on("/good", {MisbehavingServer::json("{}")});
    Endpoint elsewhere;
    elsewhere.url = other.url();
    EXPECT_TRUE(test::await(transport.fetch(elsewhere, get(u"/good"_s))));
    waiting.first().cancel();
    EXPECT_TRUE(test::runUntil([&] { return waiting.first().isFinished(); }));
    EXPECT_FALSE(transport.fetch(endpoint, get(u"/hang"_s)).isFinished());
}

TEST_P(ReadTest, ReusesConnectionsAndReopensIdleOnesThatTheServerClosed)
{
    server->on("/idle", {MisbehavingServer::idleClose(30ms)});
    ASSERT_TRUE(fetch(u"/idle"_s));
    ASSERT_TRUE(fetch(u"/idle"_s));
    EXPECT_EQ(server->connections(), 1);
    ASSERT_TRUE(test::runUntil([&] { return server->openConnections() == 0; }));
    EXPECT_TRUE(fetch(u"/idle"_s));
    EXPECT_EQ(server->countOf("/idle"), 3);
}

TEST_P(ReadTest, TheSizeLimitHoldsBeforeAndWhileBytesArrive)
{
    server->on("/announced", {MisbehavingServer::oversized(3'000'000, true)});
    server->on("/until-close", {MisbehavingServer::oversized(3'000'000, false)});
    server->on("/exact", {MisbehavingServer::oversized(1'000'000, true)});
    for (const QString &path : {u"/announced"_s, u"/until-close"_s}) {
        HttpRequest request = get(path);
        request.maxBytes = 1'000'000;
        const auto answer = fetch(request);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().kind, ErrorKind::TooLarge) << testing::PrintToString(answer.error());
        EXPECT_EQ(answer.error().summary, u"its answer is larger than 977 KiB"_s);
    }
    HttpRequest request = get(u"/exact"_s);
    request.maxBytes = 1'000'000;
    const auto answer = fetch(request);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body.size(), 1'000'000);
}

TEST_P(ReadTest, AHeadAnswerMayAnnounceMoreThanTheLimit)
{
    server->on("/big", {MisbehavingServer::answer(200, "text/plain", QByteArray(10'000, 'x'))});
    HttpRequest request = get(u"/big"_s);
    request.method = "HEAD";
    request.maxBytes = 1000;
    const auto answer = fetch(request);
    ASSERT_TRUE(answer) << testing::PrintToString(answer.error());
    EXPECT_EQ(answer->body, "");
}

TEST_P(ReadTest, GzipArrivesEncodedAndInflatesToTheSameBytes)
{
    const QByteArray plain = R"({"status":"success","data":[1,2,3]})";
    server->on("/gzip", {MisbehavingServer::gzipped(test::gzip(plain))});
    const auto answer = fetch(u"/gzip"_s);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->contentEncoding, "gzip");
    EXPECT_EQ(answer->body, test::gzip(plain));
    EXPECT_EQ(plainBody(*answer), plain);
}

TEST_P(ReadTest, HonestConstantSamplesPassWhereQtSeesABomb)
{
    // 20 MB of one repeated sample: what a flat curve looks like. Qt's own decoding refuses it.
    QByteArray plain = R"({"status":"success","data":[)";
    const QByteArray sample = R"([1795445052,"1"],)";
    plain.reserve(20'000'100);
    while (plain.size() < 20'000'000)
        plain += sample;
    plain.chop(1);
    plain += "]}";
    server->on("/flat", {MisbehavingServer::gzipped(test::gzip(plain))});
    const auto answer = fetch(u"/flat"_s);
    ASSERT_TRUE(answer) << testing::PrintToString(answer.error());
    const auto inflated = plainBody(*answer);
    ASSERT_TRUE(inflated) << testing::PrintToString(inflated.error());
    EXPECT_EQ(*inflated, plain);

    QNetworkAccessManager network;
    QNetworkRequest request(server->url().resolved(QUrl(u"/flat"_s)));
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.addCaCertificates(test::TestCertificates::shared().path(u"ca.pem"_s));
    request.setSslConfiguration(tls);
    const std::unique_ptr<QNetworkReply> control(network.get(request));
    ASSERT_TRUE(test::runUntil([&] { return control->isFinished(); }));
    EXPECT_NE(control->error(), QNetworkReply::NoError) << "the control: plain Qt is expected to refuse";
}

TEST_P(ReadTest, ACutOrBombedGzipBodyIsAnError)
{
    const QByteArray whole = test::gzip(QByteArray(R"({"status":"success","data":[1,2,3,4,5,6,7,8,9]})").repeated(50));
    server->on("/cut", {MisbehavingServer::gzipped(whole.left(whole.size() - 10))});
    server->on("/bomb", {MisbehavingServer::gzipped(test::gzip(QByteArray(5'000'000, ' ')))});
    const auto cut = fetch(u"/cut"_s);
    ASSERT_TRUE(cut);
    const auto cutBody = plainBody(*cut);
    ASSERT_FALSE(cutBody);
    EXPECT_EQ(cutBody.error().kind, ErrorKind::Malformed);
    EXPECT_EQ(cutBody.error().summary, u"its compressed answer is cut short"_s);

    HttpRequest request = get(u"/bomb"_s);
    request.maxBytes = 1'000'000;
    const auto bomb = fetch(request);
    ASSERT_TRUE(bomb);
    const auto bombBody = plainBody(*bomb);
    ASSERT_FALSE(bombBody);
    EXPECT_EQ(bombBody.error().kind, ErrorKind::TooLarge);
}

TEST_P(ReadTest, A200ThatIsNotJsonIsRefusedByTheReader)
{
    const QList<std::pair<QByteArray, QByteArray>> cases{
        {"<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "answered HTML instead of JSON"},
        {"", "answered nothing instead of JSON"},
        {QByteArray("\x00\x01\xfe\xff\x80\x90", 6), "answered unreadable bytes instead of JSON"},
        {R"({"status":"succ)", "answered JSON that breaks off at line 1, column 16"},
        {"{} {}", "answered broken JSON at line 1, column 4: unexpected '{'; expected end of input"},
        {R"({"v":NaN})", "answered broken JSON at line 1, column 6: invalid literal"},
        {QByteArray(600, '['), "answered JSON nested over 512 levels"},
    };
    for (const auto &[body, summary] : cases) {
        server->on("/odd", {MisbehavingServer::json(body)});
        const auto answer = fetch(u"/odd"_s);
        ASSERT_TRUE(answer);
        const auto json = jsonAnswer(*answer);
        ASSERT_FALSE(json) << body.toStdString();
        EXPECT_EQ(json.error().kind, ErrorKind::Malformed);
        EXPECT_EQ(json.error().summary, QString::fromLatin1(summary));
        EXPECT_EQ(json.error().httpStatus, 200);
    }
}

TEST_P(ReadTest, ABrokenChunkIsNoEmptyAnswer)
{
    // Qt takes a chunk size that is no number for the end of the body: no error, a shorter body.
    server->on("/chunk", {MisbehavingServer::raw(
                             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\nzz\r\n\":1}\r\n")});
    const auto answer = fetch(u"/chunk"_s);
    EXPECT_FALSE(answer && jsonAnswer(*answer));
}

TEST_P(ReadTest, FollowsRedirectsWithinTheOriginOnly)
{
    endpoint.credential = Credential::bearer("s3cret");
    endpoint.headers = {{"X-Api-Key", "k3y"}};
    server->on("/there", {MisbehavingServer::json("{}")});
    MisbehavingServer other;
    other.on("/there", {MisbehavingServer::json("{}")});
    for (const int status : {301, 302, 303, 307, 308}) {
        server->on("/here", {MisbehavingServer::redirect(status, "/there?x=1")});
        const auto answer = fetch(u"/here"_s);
        ASSERT_TRUE(answer) << status << testing::PrintToString(answer.error());
        EXPECT_EQ(answer->status, 200);
        EXPECT_EQ(server->requests().last().target, "/there?x=1");
        EXPECT_EQ(server->requests().last().header("authorization"), "Bearer s3cret");

        server->on("/away", {MisbehavingServer::redirect(status, other.url().toEncoded() + "/there?token=t")});
        const auto refused = fetch(u"/away"_s);
        ASSERT_FALSE(refused) << status;
        EXPECT_EQ(refused.error().kind, ErrorKind::Malformed);
        EXPECT_EQ(refused.error().httpStatus, status);
        EXPECT_EQ(refused.error().summary,
                  u"answered HTTP %1, a redirect to %2/there; another origin is not followed"_s.arg(status).arg(
                      other.url().toString()));
    }
    EXPECT_EQ(other.connections(), 0) << "no byte, let alone a credential, reaches another origin";
}

TEST_P(ReadTest, EndsARedirectLoop)
{
    server->on("/loop", {MisbehavingServer::redirect(302, "/loop")});
    const auto answer = fetch(u"/loop"_s);
    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().summary.endsWith(u"that is more than 5 redirects"))
        << testing::PrintToString(answer.error());
    EXPECT_EQ(server->countOf("/loop"), 6);
}

TEST_P(ReadTest, ARedirectedFormKeepsItsBodyOrFails)
{
    server->on("/there", {MisbehavingServer::json("{}")});
    server->on("/kept", {MisbehavingServer::redirect(307, "/there")});
    server->on("/lost", {MisbehavingServer::redirect(302, "/there")});
    HttpRequest request = write("POST", u"/kept"_s, "query=up");
    ASSERT_TRUE(fetch(request));
    EXPECT_EQ(server->requests().last().body, "query=up");
    request.path = u"/lost"_s;
    const auto answer = fetch(request);
    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().summary.endsWith(u"following it would lose the request's body"));
}

TEST_P(ReadTest, CancellingStopsTheRequest)
{
    server->on("/hang", {MisbehavingServer::hang()});
    auto pending = transport.fetch(endpoint, get(u"/hang"_s));
    ASSERT_TRUE(test::runUntil([&] { return server->countOf("/hang") == 1; }));
    pending.cancel();
    EXPECT_TRUE(test::runUntil([&] { return pending.isFinished() && server->openConnections() == 0; }));
    EXPECT_EQ(pending.resultCount(), 0);
}

TEST_P(ReadTest, AClosingTransportEndsEveryPromise)
{
    server->on("/hang", {MisbehavingServer::hang()});
    auto closing = std::make_unique<NetworkTransport>();
    auto read = closing->fetch(endpoint, get(u"/hang"_s));
    auto written = closing->send(endpoint, write("POST", u"/hang"_s, "{}"));
    ASSERT_TRUE(test::runUntil([&] { return server->countOf("/hang") == 2; }));
    closing.reset();
    ASSERT_TRUE(read.isFinished());
    ASSERT_TRUE(written.isFinished());
    ASSERT_EQ(written.resultCount(), 1);
    EXPECT_EQ(written.resultAt(0).error().kind, ErrorKind::Cancelled);
    EXPECT_FALSE(written.resultAt(0).error().nothingSent) << "it was sent; only reading back can tell";
}

TEST_P(ReadTest, RefusesWhatCannotBeSentSafely)
{
    const auto refused = [&](const Endpoint &where, const HttpRequest &request) {
        const auto answer = test::await(transport.fetch(where, request));
        EXPECT_FALSE(answer);
        if (answer)
            return QString();
        EXPECT_EQ(answer.error().kind, ErrorKind::BadInput) << testing::PrintToString(answer.error());
        EXPECT_TRUE(answer.error().nothingSent);
        return sentenceFor(answer.error());
    };
    Endpoint where = endpoint;
    where.url.setScheme(u"ftp"_s);
    EXPECT_TRUE(refused(where, get(u"/"_s)).contains(u"is not an http or https address"));
    where = endpoint;
    where.url.setUserInfo(u"me:pw"_s);
    const QString sentence = refused(where, get(u"/"_s));
    EXPECT_TRUE(sentence.contains(u"name a credential instead"));
    EXPECT_FALSE(sentence.contains(u"pw"));
    where = endpoint;
    where.credential = Credential::bearer("a\r\nX-Evil: 1");
    EXPECT_TRUE(refused(where, get(u"/"_s)).contains(u"cannot be sent"));
    HttpRequest request = get(u"/"_s);
    request.method = "GET /x HTTP/1.1\r\nX:";
    EXPECT_TRUE(refused(endpoint, request).contains(u"method is not usable"));
    EXPECT_EQ(server->connections(), 0);
}

INSTANTIATE_TEST_SUITE_P(Transport, ReadTest, testing::Bool(), schemeName);

TEST(CredentialTest, NeverGoesOverPlainHttpToAnotherMachine)
{
    NetworkTransport transport;
    Endpoint endpoint;
    endpoint.url = QUrl(u"http://prometheus.invalid"_s);
    endpoint.timeout = 2s;
    const auto kindWith = [&] { return test::await(transport.fetch(endpoint, {})).error().kind; };
    EXPECT_EQ(kindWith(), ErrorKind::Unreachable);
    endpoint.credential = Credential::basic("me", "pw");
    EXPECT_EQ(kindWith(), ErrorKind::BadInput);
    endpoint.allowPlainHttp = true;
    EXPECT_EQ(kindWith(), ErrorKind::Unreachable);
    endpoint.allowPlainHttp = false;
    endpoint.credential = {};
    endpoint.headers = {{"X-Api-Key", "k"}};
    EXPECT_EQ(kindWith(), ErrorKind::BadInput);
    endpoint.url.setScheme(u"https"_s);
    EXPECT_EQ(kindWith(), ErrorKind::Unreachable);
}

TEST(ProxyTest, LoopbackNeverGoesThroughOne)
{
    MisbehavingServer proxy;
    MisbehavingServer server;
    server.on("/", {MisbehavingServer::json("{}")});
    qputenv("http_proxy", proxy.url().toEncoded());
    NetworkTransport transport;
    Endpoint endpoint;
    endpoint.url = server.url();
    EXPECT_TRUE(test::await(transport.fetch(endpoint, {})));
    qunsetenv("http_proxy");
    EXPECT_EQ(proxy.connections(), 0);
}
