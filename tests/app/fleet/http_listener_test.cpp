// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/http_listener.h"
#include "tests/support/event_loop.h"

#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <gtest/gtest.h>

namespace atalaya::fleet::test {

using atalaya::test::runUntil;

namespace {

/// Sends `bytes` and reads until the body that Content-Length announces is there, or the connection ends.
QByteArray exchange(quint16 port, const QByteArray &bytes)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.write(bytes);
    QByteArray got;
    const auto isWhole = [&] {
        got += socket.readAll();
        const auto head = got.indexOf("\r\n\r\n");
        const auto length = got.indexOf("Content-Length: ");
        if (head < 0 || length < 0)
            return socket.state() == QAbstractSocket::UnconnectedState;
        const auto digits = got.mid(length + 16, got.indexOf('\r', length) - length - 16);
        return got.size() - head - 4 >= digits.toLongLong();
    };
    EXPECT_TRUE(runUntil(isWhole));
    return got;
}

} // namespace

TEST(HttpListener, HandsTheWholeRequestOnAndTheWholeAnswerBack)
{
    Request seen;
    HttpListener listener([&](const Request &request) {
        seen = request;
        return Answer{.status = 404,
                      .body = "{}",
                      .contentType = "application/problem+json",
                      .headers = {{"X-Correlation-ID", "c-1"}}};
    });
    const auto port = listener.listen(0);
    ASSERT_TRUE(port.has_value());
    EXPECT_EQ(listener.url(), "http://127.0.0.1:" + std::to_string(*port));
    const QByteArray got = exchange(*port, "PUT /incidents/slow%20start?a=b%20c&a=2 HTTP/1.1\r\nHost: x\r\nX-Key: v\r\n"
                                           "Content-Length: 5\r\n\r\nhello");
    EXPECT_EQ(seen.method, "PUT");
    EXPECT_EQ(seen.path, "/incidents/slow%20start");
    EXPECT_EQ(seen.query, (HeaderList{{"a", "b c"}, {"a", "2"}}));
    EXPECT_EQ(seen.header("x-key"), "v");
    EXPECT_EQ(seen.body, "hello");
    EXPECT_TRUE(got.startsWith("HTTP/1.1 404 Not Found\r\n")) << got.constData();
    EXPECT_TRUE(got.contains("Content-Type: application/problem+json\r\n"));
    EXPECT_TRUE(got.contains("X-Correlation-ID: c-1\r\n"));
    EXPECT_TRUE(got.endsWith("\r\n\r\n{}"));
}

TEST(HttpListener, APortInUseIsAnError)
{
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost, 0));
    HttpListener listener([](const Request &) { return Answer{}; });
    const auto port = listener.listen(other.serverPort());
    ASSERT_FALSE(port.has_value());
    EXPECT_EQ(port.error().kind, ErrorKind::Unreachable);
    EXPECT_FALSE(listener.isListening());
}

TEST(HttpListener, ClosedFromWithinItsHandlerItRefusesAndCanComeBack)
{
    HttpListener *self = nullptr;
    HttpListener listener([&](const Request &) {
        self->close();
        return Answer{.body = "last"};
    });
    self = &listener;
    const quint16 port = *listener.listen(0);
    EXPECT_TRUE(exchange(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").endsWith("last"));
    EXPECT_FALSE(listener.isListening());

    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    EXPECT_TRUE(runUntil([&] { return socket.error() == QAbstractSocket::ConnectionRefusedError; }));
    const auto again = listener.listen(0);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(*again, port);
}

} // namespace atalaya::fleet::test
