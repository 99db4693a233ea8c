// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/misbehaving_server.h"

#include "tests/support/test_certificates.h"

#include <QtCore/QFile>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <zlib.h>

namespace atalaya::test {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray headOf(int status, const QByteArray &contentType, qint64 length,
                  const QList<std::pair<QByteArray, QByteArray>> &headers = {})
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\n";
    if (!contentType.isEmpty())
        head += "Content-Type: " + contentType + "\r\n";
    if (length >= 0)
        head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    for (const auto &[name, value] : headers)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

bool hasEffect(const QByteArray &method)
{
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

const QByteArray okBody = R"({"status":"success"})";

} // namespace

QByteArray ReceivedRequest::header(const QByteArray &lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

ServerConnection::ServerConnection(QSslSocket *socket, int number, QObject *parent)
    : QObject(parent), m_socket(socket), m_number(number)
{
}

void ServerConnection::write(const QByteArray &bytes)
{
    m_socket->write(bytes);
}

void ServerConnection::close()
{
    m_socket->disconnectFromHost();
}

void ServerConnection::cut()
{
    m_socket->abort();
}

void ServerConnection::reset()
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    const linger atOnce{1, 0};
    setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    m_socket->abort();
}

void ServerConnection::writeEvery(std::chrono::milliseconds interval, const QByteArray &bytes)
{
    auto *timer = new QTimer(m_socket);
    connect(timer, &QTimer::timeout, m_socket, [socket = m_socket, bytes] { socket->write(bytes); });
    timer->start(interval);
}

void ServerConnection::closeWhenIdleFor(std::chrono::milliseconds idle)
{
    QTimer::singleShot(idle, m_socket, [this, before = served] {
        if (served == before)
            close();
    });
}

class MisbehavingServer::Listener final : public QTcpServer
{
public:
    explicit Listener(MisbehavingServer *owner) : m_owner(owner) {}

protected:
    void incomingConnection(qintptr handle) override { m_owner->accept(handle); }

private:
    MisbehavingServer *m_owner;
};

MisbehavingServer::MisbehavingServer()
{
    listen();
}

MisbehavingServer::MisbehavingServer(const QSslConfiguration &tls) : m_tls(tls), m_isTls(true)
{
    listen();
}

MisbehavingServer::~MisbehavingServer() = default;

QSslConfiguration MisbehavingServer::serverTls(const QString &certificate, bool demandsClient)
{
    const TestCertificates &files = TestCertificates::shared();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(QSslCertificate::fromPath(files.path(certificate + u".pem"_s)));
    QFile key(files.path(certificate + u".key"_s));
    EXPECT_TRUE(key.open(QIODevice::ReadOnly));
    tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
    tls.setPeerVerifyMode(demandsClient ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    if (demandsClient)
        tls.setCaCertificates(QSslCertificate::fromPath(files.path(u"ca.pem"_s)));
    return tls;
}

QUrl MisbehavingServer::url() const
{
    QUrl url;
    url.setScheme(m_isTls ? u"https"_s : u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    return url;
}

void MisbehavingServer::on(const QByteArray &path, const QList<Reaction> &inTurn)
{
    m_reactions[path] = inTurn;
}

void MisbehavingServer::refuse()
{
    m_listener->close();
}

void MisbehavingServer::ignoreConnections()
{
    m_welcome = Welcome::Ignore;
}

void MisbehavingServer::dropConnections()
{
    m_welcome = Welcome::Drop;
}

void MisbehavingServer::resetConnections()
{
    for (ServerConnection *connection : findChildren<ServerConnection *>())
        connection->reset();
}

int MisbehavingServer::countOf(const QByteArray &path) const
{
    return static_cast<int>(std::count_if(m_requests.begin(), m_requests.end(),
                                          [&](const auto &request) { return request.path() == path; }));
}

int MisbehavingServer::openConnections() const
{
    const auto sockets = findChildren<QSslSocket *>(QString(), Qt::FindDirectChildrenOnly);
    return static_cast<int>(std::count_if(sockets.begin(), sockets.end(), [](const QSslSocket *socket) {
        return socket->state() == QAbstractSocket::ConnectedState;
    }));
}

void MisbehavingServer::listen()
{
    m_listener = std::make_unique<Listener>(this);
    EXPECT_TRUE(m_listener->listen(QHostAddress::LocalHost, 0));
    m_port = m_listener->serverPort();
}

void MisbehavingServer::accept(qintptr handle)
{
    auto *socket = new QSslSocket(this);
    if (!socket->setSocketDescriptor(handle)) {
        delete socket;
        return;
    }
    ++m_connections;
    if (m_welcome == Welcome::Ignore)
        return;
    if (m_welcome == Welcome::Drop) {
        socket->disconnectFromHost();
        return;
    }
    auto *connection = new ServerConnection(socket, m_connections, socket);
    connect(socket, &QSslSocket::disconnected, this, [this, socket] {
        m_unread.remove(socket);
        socket->deleteLater();
    });
    connect(socket, &QSslSocket::readyRead, this, [this, socket, connection] { readFrom(socket, connection); });
    if (m_isTls) {
        socket->setSslConfiguration(m_tls);
        socket->startServerEncryption();
    }
}

void MisbehavingServer::readFrom(QSslSocket *socket, ServerConnection *connection)
{
    QByteArray &unread = m_unread[socket];
    unread += socket->readAll();
    const QPointer<QSslSocket> alive(socket);
    while (alive && socket->state() == QAbstractSocket::ConnectedState) {
        const qsizetype headEnd = unread.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        const QList<QByteArray> lines = unread.left(headEnd).split('\n');
        const QList<QByteArray> words = lines.first().trimmed().split(' ');
        ReceivedRequest request;
        request.method = words.value(0);
        request.target = words.value(1);
        request.connection = connection->number();
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const qsizetype colon = lines.at(i).indexOf(':');
            request.headers.append({lines.at(i).left(colon).trimmed().toLower(), lines.at(i).mid(colon + 1).trimmed()});
        }
        const Reaction reaction = reactionFor(request.path());
        if (!reaction.beforeBody) {
            const qsizetype length = request.header("content-length").toLongLong();
            if (unread.size() < headEnd + 4 + length)
                return;
            request.body = unread.mid(headEnd + 4, length);
            unread.remove(0, headEnd + 4 + length);
            ++connection->served;
            if (reaction.closesOnReuse && connection->served > 1) {
                m_requests.append(request);
                connection->close();
                return;
            }
            if (reaction.takesEffect && hasEffect(request.method))
                ++m_effects;
        } else {
            unread.clear();
        }
        QList<Reaction> &turns = m_reactions[request.path()];
        if (turns.size() > 1)
            turns.removeFirst();
        m_requests.append(request);
        reaction.act(*connection, request);
    }
}

const Reaction &MisbehavingServer::reactionFor(const QByteArray &path)
{
    QList<Reaction> &turns = m_reactions[path];
    if (turns.isEmpty()) {
        Reaction unknown = answer(404, "text/plain; charset=utf-8", "404 page not found\n");
        unknown.takesEffect = false;
        turns.append(unknown);
    }
    return turns.first();
}

Reaction MisbehavingServer::answer(int status, const QByteArray &contentType, const QByteArray &body,
                                   const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    return {[=](ServerConnection &connection, const ReceivedRequest &request) {
        connection.write(headOf(status, contentType, status == 204 || status == 304 ? -1 : body.size(), headers) +
                         (request.method == "HEAD" ? QByteArray() : body));
    }};
}

Reaction MisbehavingServer::gzipped(const QByteArray &gzipBytes)
{
    return answer(200, "application/json", gzipBytes, {{"Content-Encoding", "gzip"}});
}

Reaction MisbehavingServer::redirect(int status, const QByteArray &location)
{
    Reaction reaction = answer(status, "text/html", "<a href=\"there\">moved</a>", {{"Location", location}});
    reaction.takesEffect = false;
    return reaction;
}

Reaction MisbehavingServer::raw(const QByteArray &bytes, bool thenClose)
{
    return {[=](ServerConnection &connection, const ReceivedRequest &) {
        connection.write(bytes);
        if (thenClose)
            connection.close();
    }};
}

Reaction MisbehavingServer::hang()
{
    return {[](ServerConnection &, const ReceivedRequest &) {}};
}

Reaction MisbehavingServer::closeBeforeHead()
{
    return {[](ServerConnection &connection, const ReceivedRequest &) { connection.close(); }};
}

Reaction MisbehavingServer::resetBeforeHead()
{
    return {[](ServerConnection &connection, const ReceivedRequest &) { connection.reset(); }};
}

Reaction MisbehavingServer::cutBeforeHead()
{
    return {[](ServerConnection &connection, const ReceivedRequest &) { connection.cut(); }};
}

Reaction MisbehavingServer::closeBeforeBody()
{
    Reaction reaction = closeBeforeHead();
    reaction.takesEffect = false;
    reaction.beforeBody = true;
    return reaction;
}

Reaction MisbehavingServer::closeMidHead()
{
    return raw("HTTP/1.1 20", true);
}

Reaction MisbehavingServer::closeMidBody()
{
    return raw(headOf(200, "application/json", 1000) + QByteArray(100, ' '), true);
}

Reaction MisbehavingServer::resetMidBody()
{
    return {[](ServerConnection &connection, const ReceivedRequest &) {
        connection.write(headOf(200, "application/json", 1000) + QByteArray(100, ' '));
        // The bytes go out first; the reset then cuts a body that has begun.
        QTimer::singleShot(std::chrono::milliseconds(20), &connection, [&connection] { connection.reset(); });
    }};
}

Reaction MisbehavingServer::closeMidChunk()
{
    return raw(headOf(200, "application/json", -1, {{"Transfer-Encoding", "chunked"}}) + "14\r\n" + okBody + "\r\n",
               true);
}

Reaction MisbehavingServer::stall()
{
    return raw(headOf(200, "application/json", okBody.size()) + okBody.left(okBody.size() / 2));
}

Reaction MisbehavingServer::trickle(std::chrono::milliseconds interval)
{
    return {[=](ServerConnection &connection, const ReceivedRequest &) {
        connection.write(headOf(200, "application/json", 1'000'000));
        connection.writeEvery(interval, " ");
    }};
}

Reaction MisbehavingServer::endlessHeader(int linesEachMillisecond)
{
    return {[=](ServerConnection &connection, const ReceivedRequest &) {
        connection.write("HTTP/1.1 200 OK\r\n");
        const QByteArray line = "X-Long: " + QByteArray(linesEachMillisecond > 0 ? 1000 : 100, 'x') + "\r\n";
        connection.writeEvery(std::chrono::milliseconds(linesEachMillisecond > 0 ? 1 : 5),
                              line.repeated(std::max(1, linesEachMillisecond)));
    }};
}

Reaction MisbehavingServer::oversized(qint64 size, bool announced)
{
    return {[=](ServerConnection &connection, const ReceivedRequest &) {
        connection.write(headOf(200, "application/json", announced ? size : -1) + QByteArray(size, ' '));
        if (!announced)
            connection.close();
    }};
}

Reaction MisbehavingServer::idleClose(std::chrono::milliseconds idle)
{
    return {[=](ServerConnection &connection, const ReceivedRequest &) {
        connection.write(headOf(200, "application/json", okBody.size()) + okBody);
        connection.closeWhenIdleFor(idle);
    }};
}

Reaction MisbehavingServer::closeOnReuse()
{
    Reaction reaction = json(okBody);
    reaction.closesOnReuse = true;
    return reaction;
}

QByteArray gzip(const QByteArray &plain)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))),
                      Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

} // namespace atalaya::test

#include "moc_misbehaving_server.cpp"
