// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/http_exchange.h"
#include "models/base/result.h"

#include <QtCore/QtGlobal>

#include <functional>
#include <memory>

namespace atalaya::fleet {

/// An HTTP server on a loopback port. Each request is answered by the handler, in this thread; the server itself
/// knows neither routes nor limits. `listen` after `close` takes the same port again.
class HttpListener
{
public:
    using Handler = std::function<Answer(const Request &)>;

    explicit HttpListener(Handler handler);
    ~HttpListener();
    HttpListener(const HttpListener &) = delete;
    HttpListener &operator=(const HttpListener &) = delete;

    /// 0 chooses a free port. Returns the port.
    Result<quint16> listen(quint16 port);
    /// New connections are refused from now on; may be called from within the handler.
    void close();
    bool isListening() const;
    /// "http://127.0.0.1:PORT"; empty before the first `listen`.
    std::string url() const;

private:
    class Server;
    struct ServerDeleter
    {
        void operator()(Server *server) const;
    };

    Handler m_handler;
    quint16 m_port = 0;
    std::unique_ptr<Server, ServerDeleter> m_server;
};

} // namespace atalaya::fleet
