// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/network_transport.h"

#include "models/http/exchange.h"
#include "models/http/tls_setup.h"

#include <QtNetwork/QNetworkProxy>

#include <vector>

namespace atalaya::http {

using namespace Qt::Literals::StringLiterals;

namespace {

// QNetworkAccessManager opens at most six connections to a host; a seventh request would wait behind them.
constexpr int requestsPerLane = 6;
constexpr int lanesPerOrigin = 16;
constexpr std::size_t suspectWriteLanes = 8;

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isHeaderValue(const QByteArray &text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool isSecretHeader(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return lower.contains("authorization") || lower == "cookie" || lower.contains("token") ||
           lower.contains("secret") || lower.contains("api-key") || lower.contains("apikey");
}

/// Why this request must not be sent at all, or nothing.
std::optional<Error> objectionTo(const Endpoint &endpoint, const HttpRequest &request, const QUrl &url,
                                 const QString &name)
{
    const auto bad = [&](const QString &summary) {
        Error error;
        error.kind = ErrorKind::BadInput;
        error.endpoint = name;
        error.summary = summary;
        error.nothingSent = true;
        return error;
    };
    const bool isTls = url.scheme() == u"https";
    if (!url.isValid() || url.host().isEmpty() || (!isTls && url.scheme() != u"http"))
        return bad(u"is not an http or https address"_s);
    if (!endpoint.url.userInfo().isEmpty())
        return bad(u"the address holds a user name or password; name a credential instead"_s);
    if (!isToken(request.method))
        return bad(u"the request's method is not usable"_s);
    bool bearsSecret = !endpoint.credential.isEmpty();
    QList<std::pair<QByteArray, QByteArray>> headers = endpoint.headers + request.headers;
    if (bearsSecret)
        headers.append({endpoint.credential.headerName, endpoint.credential.headerValue});
    headers.append({"Content-Type", request.contentType});
    for (const auto &[header, value] : headers) {
        if (!isToken(header) || !isHeaderValue(value))
            return bad(u"the header \"%1\" cannot be sent: it holds a line break or another forbidden character"_s.arg(
                QString::fromLatin1(header).simplified()));
        bearsSecret = bearsSecret || (isSecretHeader(header) && !value.isEmpty());
    }
    if (bearsSecret && !isTls && !endpoint.allowPlainHttp && !isLoopback(url.host()))
        return bad(u"a credential is not sent over plain http; use https, or allow plain http for it"_s);
    if (!isTls && !endpoint.tls.pinSha256.isEmpty())
        return bad(u"a certificate is pinned, but the address is plain http"_s);
    return std::nullopt;
}

/// Loopback never goes through a proxy, whatever the environment says.
class ProxyChoice final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.peerHostName()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return systemProxyForQuery(query);
    }
};

std::unique_ptr<QNetworkAccessManager> newNetwork()
{
    auto network = std::make_unique<QNetworkAccessManager>();
    network->setProxyFactory(new ProxyChoice);
    network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    network->setAutoDeleteReplies(false);
    return network;
}

} // namespace

class NetworkTransport::Private
{
    struct LanePool
    {
        QSslConfiguration tls;
        QString stamps;
        std::vector<std::shared_ptr<Lane>> lanes;
    };

public:
    Pending<HttpResponse> start(Exchange::Purpose purpose, const Endpoint &endpoint, const HttpRequest &request,
                                QObject *parent)
    {
        auto *exchange = new Exchange(purpose, endpoint, request, parent);
        const Pending<HttpResponse> future = exchange->future();
        if (const auto objection = objectionTo(endpoint, request, exchange->url(), exchange->name())) {
            exchange->refuse(*objection);
            return future;
        }
        const Result<LanePool *> pool = poolOf(endpoint.tls);
        if (!pool) {
            exchange->refuse(pool.error());
            return future;
        }
        clearWriteLanes();
        if (purpose == Exchange::Purpose::Write) {
            // A manager of its own: its connection is fresh, and nothing else can tear it down.
            exchange->begin(m_writeLanes.emplace_back(std::make_shared<Lane>(newNetwork())), (*pool)->tls);
            return future;
        }
        const std::shared_ptr<Lane> lane = freeLane(**pool, originOf(exchange->url()));
        if (!lane) {
            Error error;
            error.kind = ErrorKind::Unreachable;
            error.summary = u"%1 requests to it already wait for an answer; not asked again"_s.arg(requestsPerLane *
                                                                                                   lanesPerOrigin);
            exchange->refuse(error);
            return future;
        }
        exchange->begin(lane, (*pool)->tls);
        return future;
    }

private:
    Result<LanePool *> poolOf(const TlsIdentity &identity)
    {
        const QString stamps = fileStamps(identity);
        const auto known = m_pools.find(identity);
        if (known != m_pools.end() && known->stamps == stamps)
            return &*known;
        Result<QSslConfiguration> tls = tlsConfiguration(identity);
        if (!tls)
            return failure(tls.error());
        // Exchanges under way keep their lane alive; new ones get lanes that have never seen the old files.
        return &*m_pools.insert(identity, LanePool{std::move(*tls), stamps, {}});
    }

    static std::shared_ptr<Lane> freeLane(LanePool &pool, const QByteArray &origin)
    {
        int full = 0;
        for (const auto &lane : pool.lanes) {
            if (!lane->suspectedOf.isEmpty() && lane->suspectedOf != origin)
                continue;
            if (lane->underWay.value(origin) < requestsPerLane)
                return lane;
            ++full;
        }
        if (full >= lanesPerOrigin)
            return nullptr;
        return pool.lanes.emplace_back(std::make_shared<Lane>(newNetwork()));
    }

    /// Deletes the managers of writes that are over. A suspected one is kept for a while: its thread may be busy, and
    /// Qt would wait here for it.
    void clearWriteLanes()
    {
        std::erase_if(m_writeLanes,
                      [](const auto &lane) { return lane->underWay.isEmpty() && lane->suspectedOf.isEmpty(); });
        const auto isSuspect = [](const auto &lane) { return lane->underWay.isEmpty(); };
        while (std::count_if(m_writeLanes.begin(), m_writeLanes.end(), isSuspect) > std::ptrdiff_t(suspectWriteLanes))
            m_writeLanes.erase(std::find_if(m_writeLanes.begin(), m_writeLanes.end(), isSuspect));
    }

    std::vector<std::shared_ptr<Lane>> m_writeLanes;
    QHash<TlsIdentity, LanePool> m_pools;
};

NetworkTransport::NetworkTransport(QObject *parent) : QObject(parent), d(std::make_unique<Private>()) {}

NetworkTransport::~NetworkTransport()
{
    // Every promise ends before the managers do.
    qDeleteAll(findChildren<QObject *>(QString(), Qt::FindDirectChildrenOnly));
}

Pending<HttpResponse> NetworkTransport::fetch(const Endpoint &endpoint, const HttpRequest &request)
{
    return d->start(Exchange::Purpose::Read, endpoint, request, this);
}

Pending<HttpResponse> NetworkTransport::send(const Endpoint &endpoint, const HttpRequest &request)
{
    return d->start(Exchange::Purpose::Write, endpoint, request, this);
}

} // namespace atalaya::http

#include "moc_network_transport.cpp"
