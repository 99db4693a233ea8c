// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QUrl>
#include <QtNetwork/QSslConfiguration>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

class QSslSocket;
class QTcpServer;

namespace atalaya::test {

/// One request as it arrived, whole.
struct ReceivedRequest
{
    QByteArray method;
    QByteArray target; ///< path and query, as sent
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    int connection = 0;                               ///< counted from 1

    QByteArray path() const { return target.split('?').first(); }
    QByteArray header(const QByteArray &lowerCaseName) const;
};

/// One accepted connection, for reactions. Writing and closing only; the server reads.
class ServerConnection : public QObject
{
    Q_OBJECT
public:
    ServerConnection(QSslSocket *socket, int number, QObject *parent);

    void write(const QByteArray &bytes);
    /// Ends after what was written went out.
    void close();
    /// Ends at once with a plain TCP close, whatever TLS would still have to say.
    void cut();
    /// Ends at once with a TCP reset; what was written last may be lost.
    void reset();
    /// Writes `bytes` over and over, one piece each interval, until the peer leaves.
    void writeEvery(std::chrono::milliseconds interval, const QByteArray &bytes);
    /// Closes when nothing was asked for so long.
    void closeWhenIdleFor(std::chrono::milliseconds idle);
    int number() const { return m_number; }
    int served = 0; ///< requests read to their end on it

private:
    QSslSocket *m_socket;
    int m_number;
};

/// What the server does with a request. A write (any method but GET, HEAD and OPTIONS) counts as an effect when it was
/// read to its end and `takesEffect` holds, whatever happens to the answer.
struct Reaction
{
    std::function<void(ServerConnection &, const ReceivedRequest &)> act;
    bool takesEffect = true;
    bool beforeBody = false;    ///< acts as soon as the head is there; the body is never read, so there is no effect
    bool closesOnReuse = false; ///< on a connection that has served before: closes unread, no effect
};

/// An HTTP/1.1 server on a free loopback port that answers as told, well or badly, over plain TCP or TLS, and counts
/// what really reached it. Lives in the test's thread.
class MisbehavingServer : public QObject
{
    Q_OBJECT
public:
    /// Plain HTTP.
    MisbehavingServer();
    /// HTTPS with this configuration (see `serverTls`).
    explicit MisbehavingServer(const QSslConfiguration &tls);
    ~MisbehavingServer() override;

    /// TLS with `certificate` of TestCertificates; `demandsClient` ends handshakes without a client certificate of
    /// `ca`.
    static QSslConfiguration serverTls(const QString &certificate, bool demandsClient = false);

    QUrl url() const; ///< http(s)://127.0.0.1:port
    /// Requests for `path` get these reactions in turn; the last one stays. Others get 404.
    void on(const QByteArray &path, const QList<Reaction> &inTurn);

    /// From now on new connections: are refused (nobody listens) ...
    void refuse();
    /// ... accepted and never read nor answered (a TLS handshake hangs too) ...
    void ignoreConnections();
    /// ... or accepted and closed at once.
    void dropConnections();

    /// Ends every open connection with a reset.
    void resetConnections();

    const QList<ReceivedRequest> &requests() const { return m_requests; }
    int countOf(const QByteArray &path) const;
    int effects() const { return m_effects; }
    int connections() const { return m_connections; }
    int openConnections() const;

    // Reactions, ready made.
    static Reaction answer(int status, const QByteArray &contentType, const QByteArray &body,
                           const QList<std::pair<QByteArray, QByteArray>> &headers = {});
    static Reaction json(const QByteArray &body) { return answer(200, "application/json", body); }
    static Reaction gzipped(const QByteArray &gzipBytes);
    static Reaction redirect(int status, const QByteArray &location);
    /// These bytes and nothing else; the connection stays open, or is closed.
    static Reaction raw(const QByteArray &bytes, bool thenClose = false);
    static Reaction hang();            ///< reads, never answers
    static Reaction closeBeforeHead(); ///< reads, takes effect, closes without a word
    static Reaction resetBeforeHead(); ///< the same with a reset
    static Reaction cutBeforeHead();   ///< the same by a bare TCP close, over TLS without its farewell
    static Reaction closeBeforeBody(); ///< closes when the head of the request is there: no effect
    static Reaction closeMidHead();    ///< half a status line
    static Reaction closeMidBody();    ///< announces 1,000 bytes, sends 100
    static Reaction resetMidBody();
    static Reaction closeMidChunk();                             ///< a chunked body without its end
    static Reaction stall();                                     ///< head and half the body, then silence
    static Reaction trickle(std::chrono::milliseconds interval); ///< a byte each interval, without end
    static Reaction
    endlessHeader(int linesEachMillisecond = 0);            ///< header lines without end; 0: a small one now and then
    static Reaction oversized(qint64 size, bool announced); ///< `size` bytes, with Content-Length or until the close
    static Reaction idleClose(std::chrono::milliseconds idle); ///< a good answer, then closes the idle connection
    /// A good answer on a fresh connection; on a used one closes without a word: what an idle time-out looks like to a
    /// client that loses the race, every time.
    static Reaction closeOnReuse();

private:
    class Listener;
    friend class Listener;
    enum class Welcome
    {
        Serve,
        Ignore,
        Drop
    };

    void listen();
    void accept(qintptr handle);
    void readFrom(QSslSocket *socket, ServerConnection *connection);
    const Reaction &reactionFor(const QByteArray &path);

    std::unique_ptr<QTcpServer> m_listener;
    QSslConfiguration m_tls;
    bool m_isTls = false;
    Welcome m_welcome = Welcome::Serve;
    quint16 m_port = 0;
    QHash<QByteArray, QList<Reaction>> m_reactions;
    QHash<QObject *, QByteArray> m_unread;
    QList<ReceivedRequest> m_requests;
    int m_connections = 0;
    int m_effects = 0;
};

/// `plain` as a gzip stream.
QByteArray gzip(const QByteArray &plain);

} // namespace atalaya::test
