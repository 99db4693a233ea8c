// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/http/http_test.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>

using namespace atalaya;
using namespace atalaya::http;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::MisbehavingServer;

class TlsTest : public testing::Test
{
protected:
    static QString file(const QString &name) { return test::TestCertificates::shared().path(name); }
    static QByteArray pin(const QString &name) { return test::TestCertificates::shared().pinOf(name); }

    void serve(const QString &certificate, bool demandsClient = false)
    {
        server = std::make_unique<MisbehavingServer>(MisbehavingServer::serverTls(certificate, demandsClient));
        server->on("/", {MisbehavingServer::json("{}")});
        endpoint = {};
        endpoint.url = server->url();
        endpoint.timeout = 5s;
        endpoint.credential = Credential::bearer("s3cret");
    }
    Result<HttpResponse> fetch() { return test::await(transport.fetch(endpoint, {})); }
    Result<HttpResponse> send()
    {
        HttpRequest request;
        request.method = "POST";
        request.body = "{}";
        return test::await(transport.send(endpoint, request));
    }

    /// Read and write are refused with all of these causes, and not one request reaches the server.
    void expectRefused(const QStringList &causes)
    {
        for (const bool isWrite : {false, true}) {
            const auto answer = isWrite ? send() : fetch();
            ASSERT_FALSE(answer);
            EXPECT_EQ(answer.error().kind, ErrorKind::Tls) << testing::PrintToString(answer.error());
            EXPECT_TRUE(answer.error().nothingSent);
            for (const QString &cause : causes)
                EXPECT_TRUE(answer.error().summary.contains(cause)) << testing::PrintToString(answer.error());
        }
        EXPECT_TRUE(server->requests().isEmpty());
    }
    void expectAccepted()
    {
        const int before = static_cast<int>(server->requests().size());
        for (const bool isWrite : {false, true}) {
            const auto answer = isWrite ? send() : fetch();
            EXPECT_TRUE(answer) << testing::PrintToString(answer.error());
        }
        EXPECT_EQ(server->requests().size(), before + 2);
    }

    std::unique_ptr<MisbehavingServer> server;
    Endpoint endpoint;
    NetworkTransport transport;
};

TEST_F(TlsTest, AnUnknownAuthorityIsRefused)
{
    serve(u"server"_s);
    expectRefused({u"issuer"_s});
    endpoint.tls.caFile = file(u"other_ca.pem"_s);
    expectRefused({u"issuer"_s});
    endpoint.tls.caFile = file(u"ca.pem"_s);
    expectAccepted();
}

TEST_F(TlsTest, EveryCauseIsNamed)
{
    serve(u"expired"_s);
    endpoint.tls.caFile = file(u"ca.pem"_s);
    expectRefused({u"expired"_s});
    serve(u"wrong_host"_s);
    endpoint.tls.caFile = file(u"ca.pem"_s);
    expectRefused({u"host name did not match"_s});
    serve(u"self_signed"_s);
    expectRefused({u"self-signed"_s});
    serve(u"self_signed_expired"_s);
    expectRefused({u"self-signed"_s, u"expired"_s});
}

TEST_F(TlsTest, APinReplacesTheAuthorityAndNothingElse)
{
    serve(u"self_signed"_s);
    endpoint.tls.pinSha256 = pin(u"self_signed"_s);
    expectAccepted();
    expectAccepted();
    serve(u"self_signed_expired"_s);
    endpoint.tls.pinSha256 = pin(u"self_signed_expired"_s);
    expectRefused({u"expired"_s});
    serve(u"wrong_host"_s);
    endpoint.tls.pinSha256 = pin(u"wrong_host"_s);
    expectRefused({u"host name did not match"_s});
    serve(u"server"_s);
    endpoint.tls.pinSha256 = pin(u"server"_s);
    expectAccepted();
}

TEST_F(TlsTest, AWrongPinIsRefusedEvenForATrustedCertificate)
{
    serve(u"server"_s);
    endpoint.tls.caFile = file(u"ca.pem"_s);
    endpoint.tls.pinSha256 = pin(u"client"_s);
    expectRefused({u"another certificate than the pinned one"_s, QString::fromLatin1(pin(u"server"_s).toHex())});
    // Side by side too: one refused connection must not carry another's request.
    QList<Pending<HttpResponse>> burst;
    for (int i = 0; i < 20; ++i)
        burst.append(transport.fetch(endpoint, {}));
    for (const auto &pending : burst)
        EXPECT_EQ(test::await(pending).error().kind, ErrorKind::Tls);
    EXPECT_TRUE(server->requests().isEmpty());

    serve(u"self_signed"_s);
    endpoint.tls.pinSha256 = pin(u"server"_s);
    expectRefused({u"another certificate than the pinned one"_s});
}

TEST_F(TlsTest, EachIdentityHasItsOwnConnections)
{
    serve(u"server"_s, true);
    endpoint.tls.caFile = file(u"ca.pem"_s);
    EXPECT_FALSE(fetch());
    EXPECT_TRUE(server->requests().isEmpty());
    endpoint.tls.certificateFile = file(u"client.pem"_s);
    endpoint.tls.keyFile = file(u"client.key"_s);
    expectAccepted();
    // A connection that was opened with the certificate must not serve the identity without.
    endpoint.tls.certificateFile.clear();
    endpoint.tls.keyFile.clear();
    EXPECT_FALSE(fetch());
    EXPECT_EQ(server->requests().size(), 2);
}

TEST_F(TlsTest, SpeaksHttp1ToAServerThatPrefersHttp2)
{
    QSslConfiguration tls = MisbehavingServer::serverTls(u"server"_s);
    tls.setAllowedNextProtocols({QSslConfiguration::ALPNProtocolHTTP2, QSslConfiguration::NextProtocolHttp1_1});
    server = std::make_unique<MisbehavingServer>(tls);
    server->on("/", {MisbehavingServer::json("{}")});
    endpoint.url = server->url();
    endpoint.timeout = 5s;
    endpoint.tls.caFile = file(u"ca.pem"_s);
    expectAccepted();
}

TEST_F(TlsTest, KeyAndCertificateMayShareAFile)
{
    serve(u"server"_s, true);
    endpoint.tls.caFile = file(u"ca.pem"_s);
    QFile joint(file(u"joint.pem"_s));
    ASSERT_TRUE(joint.open(QIODevice::WriteOnly));
    for (const QString &part : {u"client.key"_s, u"client.pem"_s}) {
        QFile source(file(part));
        ASSERT_TRUE(source.open(QIODevice::ReadOnly));
        joint.write(source.readAll());
    }
    joint.close();
    endpoint.tls.certificateFile = joint.fileName();
    expectAccepted();
}

TEST_F(TlsTest, AServersAlertIsShown)
{
    // A strict server, not of Qt: it ends the handshake with an alert when no client certificate comes.
    QFile page(file(u"answer"_s));
    ASSERT_TRUE(page.open(QIODevice::WriteOnly) && page.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") > 0);
    page.close();
    QProcess strict;
    strict.setWorkingDirectory(file({}));
    strict.start(u"openssl"_s, {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-cert"_s, file(u"server.pem"_s),
                                u"-key"_s, file(u"server.key"_s), u"-CAfile"_s, file(u"ca.pem"_s), u"-Verify"_s, u"1"_s,
                                u"-verify_return_error"_s, u"-HTTP"_s});
    QByteArray said;
    static const QRegularExpression accepts(u"ACCEPT .*:(\\d+)"_s);
    ASSERT_TRUE(test::runUntil([&] {
        said += strict.readAllStandardOutput();
        return accepts.match(QString::fromLatin1(said)).hasMatch();
    })) << said.toStdString();
    endpoint.url = QUrl(u"https://127.0.0.1:%1/answer"_s.arg(accepts.match(QString::fromLatin1(said)).captured(1)));
    endpoint.timeout = 5s;
    endpoint.tls.caFile = file(u"ca.pem"_s);
    const auto refused = fetch();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Tls) << testing::PrintToString(refused.error());
    EXPECT_TRUE(refused.error().summary.contains(u"alert")) << testing::PrintToString(refused.error());
    endpoint.tls.certificateFile = file(u"client.pem"_s);
    endpoint.tls.keyFile = file(u"client.key"_s);
    const auto answer = fetch();
    EXPECT_TRUE(answer) << testing::PrintToString(answer.error());
    strict.kill();
    strict.waitForFinished();
}

TEST_F(TlsTest, AFileThatCannotBeUsedIsNamed)
{
    serve(u"server"_s);
    const auto refusal = [&](const TlsIdentity &identity) {
        endpoint.tls = identity;
        const auto answer = send();
        EXPECT_FALSE(answer);
        if (answer)
            return QString();
        EXPECT_EQ(answer.error().kind, ErrorKind::BadInput) << testing::PrintToString(answer.error());
        EXPECT_TRUE(answer.error().nothingSent);
        return sentenceFor(answer.error());
    };
    const auto writeFile = [](const QString &name, const QByteArray &content) {
        QFile written(file(name));
        EXPECT_TRUE(written.open(QIODevice::WriteOnly));
        written.write(content);
        return written.fileName();
    };
    const QString rubbish =
        writeFile(u"rubbish.pem"_s, "-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n");
    const QString missing = file(u"missing.pem"_s);
    EXPECT_TRUE(refusal({.caFile = missing})
                    .startsWith(missing + u": the certificate authority file cannot be read: No such file"_s));
    EXPECT_EQ(refusal({.caFile = rubbish}), rubbish + u": the certificate authority file holds no PEM certificate."_s);
    EXPECT_TRUE(
        refusal({.certificateFile = missing}).startsWith(missing + u": the client certificate file cannot be read"_s));
    EXPECT_EQ(refusal({.certificateFile = file(u"client.pem"_s)}),
              file(u"client.pem"_s) + u": the private key file holds no PEM key."_s);
    EXPECT_EQ(refusal({.certificateFile = file(u"client.pem"_s), .keyFile = rubbish}),
              rubbish + u": the private key file holds no PEM key."_s);
    EXPECT_TRUE(refusal({.keyFile = file(u"client.key"_s)}).contains(u"without its client certificate"));
    EXPECT_TRUE(refusal({.pinSha256 = "short"}).contains(u"not a SHA-256"));

    QProcess openssl;
    const QString locked = file(u"locked.key"_s);
    openssl.start(u"openssl"_s, {u"pkcs8"_s, u"-topk8"_s, u"-in"_s, file(u"client.key"_s), u"-out"_s, locked,
                                 u"-passout"_s, u"pass:x"_s});
    ASSERT_TRUE(openssl.waitForFinished());
    EXPECT_EQ(refusal({.certificateFile = file(u"client.pem"_s), .keyFile = locked}),
              locked + u": the private key is encrypted; only a key without a passphrase can be used."_s);
    EXPECT_EQ(server->connections(), 0);
}

TEST_F(TlsTest, ARenewedFileIsTakenUp)
{
    serve(u"server"_s);
    const QString authority = file(u"renewed.pem"_s);
    ASSERT_TRUE(QFile::copy(file(u"other_ca.pem"_s), authority));
    endpoint.tls.caFile = authority;
    expectRefused({u"issuer"_s});
    ASSERT_TRUE(QFile::remove(authority) && QFile::copy(file(u"ca.pem"_s), authority));
    QFile renewed(authority);
    ASSERT_TRUE(renewed.open(QIODevice::Append) && renewed.write("\n") == 1);
    renewed.close();
    expectAccepted();
    // And a file that vanishes is not covered up by what was read before.
    ASSERT_TRUE(QFile::remove(authority));
    EXPECT_EQ(fetch().error().kind, ErrorKind::BadInput);
}

TEST_F(TlsTest, AMixedUpSchemeFailsWithoutSendingACredential)
{
    MisbehavingServer plain;
    plain.on("/", {MisbehavingServer::json("{}")});
    endpoint.url = plain.url();
    endpoint.url.setScheme(u"https"_s);
    endpoint.timeout = 500ms;
    const auto answer = send();
    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().nothingSent) << testing::PrintToString(answer.error());
    EXPECT_TRUE(plain.requests().isEmpty());

    serve(u"server"_s);
    endpoint.url.setScheme(u"http"_s);
    endpoint.timeout = 500ms;
    const auto toTls = fetch();
    ASSERT_FALSE(toTls);
    EXPECT_EQ(toTls.error().kind, ErrorKind::Unreachable) << testing::PrintToString(toTls.error());
}

TEST_F(TlsTest, APinOnAPlainAddressIsRefused)
{
    MisbehavingServer plain;
    endpoint.url = plain.url();
    endpoint.tls.pinSha256 = pin(u"server"_s);
    const auto answer = fetch();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(plain.connections(), 0);
}
