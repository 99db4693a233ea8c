// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that knows QHttpServer.
#include "app/fleet/http_listener.h"

#include <QtCore/QMetaEnum>
#include <QtCore/QPointer>
#include <QtCore/QUrlQuery>
#include <QtHttpServer/QAbstractHttpServer>
#include <QtHttpServer/QHttpServerRequest>
#include <QtHttpServer/QHttpServerResponder>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

namespace atalaya::fleet {

using namespace Qt::Literals::StringLiterals;

namespace {

std::string methodName(QHttpServerRequest::Method method)
{
    const char *key = QMetaEnum::fromType<QHttpServerRequest::Method>().valueToKey(int(method));
    return QByteArray(key).toUpper().toStdString();
}

Request readRequest(const QHttpServerRequest &from)
{
    Request request;
    request.method = methodName(from.method());
    request.path = from.url().path(QUrl::FullyEncoded).toStdString();
    const auto items = QUrlQuery(from.url()).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        request.query.emplace_back(name.toStdString(), value.toStdString());
    const auto headers = from.headers();
    for (const auto &[name, value] : headers)
        request.headers.emplace_back(name.toStdString(), value.toStdString());
    request.body = from.body().toStdString();
    return request;
}

} // namespace

class HttpListener::Server final : public QAbstractHttpServer
{
public:
    explicit Server(Handler handler) : m_handler(std::move(handler)) {}
    void stop()
    {
        m_isStopped = true;
        const auto listening = servers();
        for (QTcpServer *server : listening)
            server->close();
    }

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override
    {
        if (m_isStopped) {
            socket->abort();
            return true;
        }
        const Answer answer = m_handler(readRequest(request));
        QHttpServerResponder responder = makeResponder(request, socket);
        responder.writeStatusLine(QHttpServerResponder::StatusCode(answer.status));
        responder.writeHeader("Content-Type", QByteArray::fromStdString(answer.contentType));
        responder.writeHeader("Content-Length", QByteArray::number(qsizetype(answer.body.size())));
        for (const auto &[name, value] : answer.headers)
            responder.writeHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
        responder.writeBody(QByteArray::fromStdString(answer.body));
        if (m_isStopped) // by this very request: the socket goes before the event loop could send
            socket->flush();
        return true;
    }

    void missingHandler(const QHttpServerRequest &, QTcpSocket *) override {}

private:
    Handler m_handler;
    bool m_isStopped = false;
};

void HttpListener::ServerDeleter::operator()(Server *server) const
{
    server->stop();
    server->deleteLater();
}

HttpListener::HttpListener(Handler handler) : m_handler(std::move(handler)) {}

HttpListener::~HttpListener()
{
    // Without an event loop to come, deleteLater would leak the server.
    if (Server *server = m_server.release()) {
        server->stop();
        delete server;
    }
}

Result<quint16> HttpListener::listen(quint16 port)
{
    m_server.reset(new Server(m_handler));
    const quint16 wanted = port != 0 ? port : m_port;
    const quint16 got = m_server->listen(QHostAddress::LocalHost, wanted);
    if (got == 0) {
        m_server.reset();
        return failure(ErrorKind::Unreachable, u"127.0.0.1:%1"_s.arg(wanted), u"the port cannot be listened on"_s);
    }
    m_port = got;
    return got;
}

void HttpListener::close()
{
    m_server.reset();
}

bool HttpListener::isListening() const
{
    return m_server != nullptr;
}

std::string HttpListener::url() const
{
    return m_port == 0 ? std::string() : "http://127.0.0.1:" + std::to_string(m_port);
}

} // namespace atalaya::fleet
