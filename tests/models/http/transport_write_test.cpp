// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/body_decoder.h"
#include "tests/models/http/http_test.h"

#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

using namespace atalaya;
using namespace atalaya::http;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::MisbehavingServer;
using test::Reaction;

class WriteTest : public BothWays
{
protected:
    /// Qt's own way, as the control: what the one-shot write protects from.
    QNetworkReply *plainPost(QNetworkAccessManager &network, const QString &path) const
    {
        QNetworkRequest request(server->url().resolved(QUrl(path)));
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(test::TestCertificates::shared().path(u"ca.pem"_s));
        request.setSslConfiguration(tls);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        return network.post(request, QByteArray("{}"));
    }
};

TEST_P(WriteTest, ArrivesOnceAndWhole)
{
    endpoint.credential = Credential::bearer("s3cret");
    const QByteArray binary = QByteArray("a\0b\r\n\r\n\xff", 8).repeated(600'000);
    for (const QByteArray &method :
         {QByteArray("POST"), QByteArray("PUT"), QByteArray("PATCH"), QByteArray("DELETE")}) {
        for (const QByteArray &body : {QByteArray(), QByteArray(R"({"action":"trip"})"), binary}) {
            server->on("/w", {MisbehavingServer::json(R"({"done":true})")});
            const int before = server->effects();
            const auto answer = send(write(method, u"/w"_s, body));
            ASSERT_TRUE(answer) << method.toStdString() << testing::PrintToString(answer.error());
            EXPECT_EQ(answer->body, R"({"done":true})");
            EXPECT_EQ(server->effects(), before + 1);
            const auto &received = server->requests().last();
            EXPECT_EQ(received.method, method);
            EXPECT_TRUE(received.body == body) << method.toStdString() << ' ' << body.size() << " bytes";
            EXPECT_EQ(received.header("content-length"), QByteArray::number(body.size()));
            EXPECT_EQ(received.header("content-type"), "application/json");
            EXPECT_EQ(received.header("authorization"), "Bearer s3cret");
            EXPECT_EQ(received.header("transfer-encoding"), "");
        }
    }
    EXPECT_EQ(server->countOf("/w"), 12);
}

TEST_P(WriteTest, AConnectionThatEndsMeansOneRequestAtMost)
{
    struct Case
    {
        const char *name;
        Reaction reaction;
        int effects;
    };
    const QList<Case> cases{
        {"close before the head", MisbehavingServer::closeBeforeHead(), 1},
        {"cut before the head", MisbehavingServer::cutBeforeHead(), 1},
        {"reset before the head", MisbehavingServer::resetBeforeHead(), 1},
        {"close in the head", MisbehavingServer::closeMidHead(), 1},
        {"close in the body", MisbehavingServer::closeMidBody(), 1},
        {"reset in the body", MisbehavingServer::resetMidBody(), 1},
        {"close in a chunk", MisbehavingServer::closeMidChunk(), 1},
        {"close before the request's body", MisbehavingServer::closeBeforeBody(), 0},
        {"rubbish", MisbehavingServer::raw("nonsense\r\n\r\n", true), 1},
    };
    for (const Case &broken : cases) {
        for (const QByteArray &method :
             {QByteArray("POST"), QByteArray("PUT"), QByteArray("PATCH"), QByteArray("DELETE")}) {
            for (const QByteArray &body : {QByteArray(), QByteArray(R"({"action":"trip"})")}) {
                server->on("/w", {broken.reaction});
                const int requests = server->countOf("/w");
                const int effects = server->effects();
                const auto answer = send(write(method, u"/w"_s, body));
                ASSERT_FALSE(answer) << broken.name;
                EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable)
                    << broken.name << testing::PrintToString(answer.error());
                EXPECT_FALSE(answer.error().nothingSent)
                    << broken.name << ": the outcome is unknown and must be called so";
                EXPECT_EQ(server->countOf("/w"), requests + 1) << broken.name << ' ' << method.toStdString();
                EXPECT_EQ(server->effects(), effects + broken.effects) << broken.name << ' ' << method.toStdString();
            }
        }
    }
}

TEST_P(WriteTest, TheControlShowsWhatPlainQtDoes)
{
    // Over TLS a clean farewell costs two writes, an abrupt end four.
    const QList<std::pair<Reaction, int>> cases{{MisbehavingServer::closeBeforeHead(), 2},
                                                {MisbehavingServer::cutBeforeHead(), isTls() ? 4 : 2},
                                                {MisbehavingServer::resetBeforeHead(), isTls() ? 4 : 2}};
    for (const auto &[reaction, effects] : cases) {
        server->on("/w", {reaction});
        const int before = server->effects();
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(plainPost(network, u"/w"_s));
        ASSERT_TRUE(test::runUntil([&] { return reply->isFinished(); }));
        EXPECT_EQ(server->effects() - before, effects) << "one call of plain Qt; ours is one in the test above";
    }
}

TEST_P(WriteTest, AClosedIdleConnectionCostsNothing)
{
    server->on("/w", {MisbehavingServer::closeOnReuse()});
    for (int i = 0; i < 10; ++i) {
        const auto answer = send(write("POST", u"/w"_s, "{}"));
        ASSERT_TRUE(answer) << i << testing::PrintToString(answer.error());
    }
    EXPECT_EQ(server->countOf("/w"), 10);
    EXPECT_EQ(server->effects(), 10);
    EXPECT_EQ(server->connections(), 10) << "a write never rides on a used connection";

    // The control: Qt reuses the connection, loses the race and sends again.
    QNetworkAccessManager network;
    for (int i = 0; i < 2; ++i) {
        const std::unique_ptr<QNetworkReply> reply(plainPost(network, u"/w"_s));
        ASSERT_TRUE(test::runUntil([&] { return reply->isFinished(); }));
    }
    EXPECT_GT(server->countOf("/w"), 12);
}

TEST_P(WriteTest, NothingSentIsSaidOnlyWhereItIsCertain)
{
    const auto errorOf = [&] {
        const auto answer = send(write("POST", u"/w"_s, "{}"));
        EXPECT_FALSE(answer);
        return answer ? Error() : answer.error();
    };
    endpoint.timeout = 150ms;

    server->on("/w", {MisbehavingServer::hang()});
    Error error = errorOf();
    EXPECT_EQ(error.kind, ErrorKind::Timeout);
    EXPECT_FALSE(error.nothingSent) << "it arrived: " << server->effects() << " effect";

    server->ignoreConnections();
    error = errorOf();
    EXPECT_EQ(error.kind, ErrorKind::Timeout);
    // Over TLS not a byte of the request leaves before the handshake is through; over plain TCP it lies in the peer's
    // buffer.
    EXPECT_EQ(error.nothingSent, isTls()) << testing::PrintToString(error);

    server->dropConnections();
    error = errorOf();
    EXPECT_EQ(error.kind, isTls() ? ErrorKind::Tls : ErrorKind::Unreachable);
    EXPECT_EQ(error.nothingSent, isTls()) << testing::PrintToString(error);

    server->refuse();
    endpoint.timeout = 2s;
    error = errorOf();
    EXPECT_EQ(error.kind, ErrorKind::Unreachable);
    EXPECT_TRUE(error.nothingSent);

    endpoint.url.setHost(u"no-such-host.invalid"_s);
    error = errorOf();
    EXPECT_EQ(error.kind, ErrorKind::Unreachable);
    EXPECT_TRUE(error.nothingSent);

    endpoint.url.setScheme(u"ftp"_s);
    error = errorOf();
    EXPECT_EQ(error.kind, ErrorKind::BadInput);
    EXPECT_TRUE(error.nothingSent);
    EXPECT_EQ(server->countOf("/w"), 1);
}

TEST_P(WriteTest, ARedirectIsAnAnswerAndIsNotFollowed)
{
    endpoint.credential = Credential::bearer("s3cret");
    MisbehavingServer other;
    for (const int status : {301, 302, 303, 307, 308}) {
        for (const QByteArray &target : {other.url().toEncoded() + "/there", QByteArray("/there")}) {
            server->on("/w", {MisbehavingServer::redirect(status, target)});
            const int before = static_cast<int>(server->requests().size());
            const auto answer = send(write("POST", u"/w"_s, "{}"));
            ASSERT_TRUE(answer) << testing::PrintToString(answer.error());
            EXPECT_EQ(answer->status, status);
            EXPECT_EQ(server->requests().size(), before + 1);
            EXPECT_EQ(statusError(*answer, answer->body).summary,
                      u"answered HTTP %1, a redirect to %2 that is not followed"_s.arg(status).arg(
                          QString::fromLatin1(target)));
        }
    }
    EXPECT_EQ(other.connections(), 0);
}

TEST_P(WriteTest, AnUnauthorizedAnswerKeepsItsStatusAndWords)
{
    for (const QByteArray &challenge :
         {QByteArray("Basic realm=\"ops\""), QByteArray("Digest realm=\"ops\", nonce=\"1\", qop=\"auth\""),
          QByteArray("Bearer"), QByteArray("Negotiate"), QByteArray("NTLM")}) {
        Reaction reaction = MisbehavingServer::answer(401, "application/json", R"({"message":"token expired"})",
                                                      {{"WWW-Authenticate", challenge}});
        reaction.takesEffect = false;
        server->on("/w", {reaction});
        const int before = server->countOf("/w");
        const auto answer = send(write("POST", u"/w"_s, "{}"));
        ASSERT_TRUE(answer) << challenge.toStdString() << testing::PrintToString(answer.error());
        const Error error = statusError(*answer, answer->body);
        EXPECT_EQ(error.kind, ErrorKind::Unauthorized);
        EXPECT_EQ(error.serverWords, u"token expired"_s);
        EXPECT_EQ(server->countOf("/w"), before + 1) << challenge.toStdString();
    }
}

TEST_P(WriteTest, EveryRefusalIsAnAnswerWithItsBody)
{
    for (const int status :
         {400, 403, 404, 405, 407, 408, 409, 412, 415, 421, 422, 425, 428, 429, 500, 501, 502, 503, 504}) {
        server->on("/w", {MisbehavingServer::answer(status, "text/plain", "why")});
        const int before = server->countOf("/w");
        const auto answer = send(write("POST", u"/w"_s, "{}"));
        ASSERT_TRUE(answer) << status << testing::PrintToString(answer.error());
        EXPECT_EQ(answer->status, status);
        EXPECT_EQ(answer->body, "why");
        EXPECT_EQ(server->countOf("/w"), before + 1) << status;
    }
}

TEST_P(WriteTest, AnAnswerOverTheLimitLeavesTheOutcomeUnknown)
{
    server->on("/w", {MisbehavingServer::oversized(100'000, true)});
    HttpRequest request = write("POST", u"/w"_s, "{}");
    request.maxBytes = 1000;
    const auto answer = send(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::TooLarge);
    EXPECT_FALSE(answer.error().nothingSent);
    EXPECT_EQ(server->effects(), 1);
}

TEST_P(WriteTest, HungWritesAndReadsDoNotHoldUpAWrite)
{
    server->on("/hang", {MisbehavingServer::hang()});
    server->on("/w", {MisbehavingServer::json("{}")});
    QList<Pending<HttpResponse>> hung;
    for (int i = 0; i < 8; ++i) {
        hung.append(transport.send(endpoint, write("POST", u"/hang"_s, "{}")));
        hung.append(transport.fetch(endpoint, get(u"/hang"_s)));
    }
    ASSERT_TRUE(test::runUntil([&] { return server->countOf("/hang") == 16; }));
    const auto answer = send(write("POST", u"/w"_s, "{}"));
    ASSERT_TRUE(answer);
    EXPECT_LT(answer->elapsed, 2s);
}

TEST_P(WriteTest, CancellingDoesNotUnsendIt)
{
    test::ServerConnection *held = nullptr;
    server->on("/w", {Reaction{[&](test::ServerConnection &connection, const test::ReceivedRequest &) {
                   held = &connection;
               }}});
    server->on("/fence", {MisbehavingServer::json("{}")});
    auto pending = transport.send(endpoint, write("POST", u"/w"_s, "{}"));
    pending.cancel();
    ASSERT_TRUE(test::runUntil([&] { return held != nullptr; })) << "it reaches the server all the same";
    ASSERT_TRUE(fetch(u"/fence"_s));
    EXPECT_FALSE(pending.isFinished()) << "the caller must not believe that it is over";
    held->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_TRUE(test::runUntil([&] { return pending.isFinished(); }));
    EXPECT_EQ(server->effects(), 1);

    QObject context;
    std::optional<Result<HttpResponse>> told;
    whenDone(pending, &context, [&](const Result<HttpResponse> &result) { told = result; });
    ASSERT_TRUE(test::runUntil([&] { return told.has_value(); }));
    ASSERT_FALSE(*told);
    EXPECT_EQ(told->error().kind, ErrorKind::Cancelled);
    EXPECT_FALSE(told->error().nothingSent) << "unknown, so that it is read back";
}

INSTANTIATE_TEST_SUITE_P(Transport, WriteTest, testing::Bool(), schemeName);
