// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/exchange.h"

#include "models/base/quantity.h"
#include "models/http/tls_setup.h"

#include <QtCore/QLocale>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QSslCertificate>

namespace atalaya::http {

using namespace Qt::Literals::StringLiterals;

QByteArray originOf(const QUrl &url)
{
    const bool isTls = url.scheme() == u"https";
    return url.scheme().toLatin1() + "://" + url.host().toUtf8() + ':' + QByteArray::number(url.port(isTls ? 443 : 80));
}

bool isLoopback(const QString &host)
{
    const QString name = host.toLower();
    return name == u"localhost" || name.endsWith(u".localhost") || QHostAddress(name).isLoopback();
}

namespace {

constexpr int maxRedirects = 5;

/// Nothing of the address that could hold a secret.
QString shown(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QUrl targetOf(const Endpoint &endpoint, const HttpRequest &request)
{
    QUrl url = endpoint.url;
    // The base's own escapes stay as they are: a %2F in it must not become a separator.
    QString path = url.path(QUrl::FullyEncoded);
    if (!request.path.isEmpty()) {
        while (path.endsWith(u'/'))
            path.chop(1);
        path += QString::fromLatin1(QUrl::toPercentEncoding(request.path, "/:@!$&'()*+,;="));
    }
    if (path.isEmpty())
        path = u"/"_s;
    url.setPath(path, QUrl::StrictMode);
    url.setFragment({});
    if (!request.query.isEmpty()) {
        QString query = url.query(QUrl::FullyEncoded);
        if (!query.isEmpty())
            query += u'&';
        url.setQuery(query + QString::fromLatin1(formBody(request.query)), QUrl::StrictMode);
    }
    return url;
}

/// An answer has a status and its whole body; these codes of Qt say no more than the status does.
bool isAnswer(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::NoError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ContentAccessDenied:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError:
        return true;
    default:
        return false;
    }
}

/// A body that cannot be rewound: what keeps Qt from sending a write a second time when a connection ends before the
/// answer's head.
class OneShotBody final : public QIODevice
{
public:
    explicit OneShotBody(QByteArray body, QObject *parent) : QIODevice(parent), m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_at == m_body.size(); }
    qint64 bytesAvailable() const override { return m_body.size() - m_at; }

protected:
    qint64 readData(char *to, qint64 most) override
    {
        if (atEnd())
            return -1;
        const qint64 length = std::min<qint64>(most, m_body.size() - m_at);
        std::copy_n(m_body.constData() + m_at, length, to);
        m_at += length;
        return length;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_at = 0;
};

} // namespace

Exchange::Exchange(Purpose purpose, const Endpoint &endpoint, const HttpRequest &request, QObject *parent)
    : QObject(parent)
    , m_purpose(purpose)
    , m_endpoint(endpoint)
    , m_request(request)
    , m_url(targetOf(endpoint, request))
    , m_name(QString::fromLatin1(request.method) + u' ' + shown(m_url))
{
    m_elapsed.start();
    m_promise.start();
}

Exchange::~Exchange()
{
    if (!m_isOver)
        fail(ErrorKind::Cancelled, u"given up: the program is closing"_s);
}

void Exchange::refuse(Error error)
{
    error.endpoint = error.endpoint.isEmpty() ? m_name : error.endpoint;
    error.nothingSent = true;
    conclude(failure(std::move(error)));
}

void Exchange::begin(std::shared_ptr<Lane> lane, const QSslConfiguration &tls)
{
    m_lane = std::move(lane);
    m_origin = originOf(m_url);
    ++m_lane->underWay[m_origin];
    m_tls = tls;
    const Milliseconds limit = std::max(Milliseconds(1), m_request.timeout.value_or(m_endpoint.timeout));
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, [this, limit] { onDeadline(limit); });
    m_deadline.start(limit);
    if (m_purpose == Purpose::Read) {
        auto *watcher = new QFutureWatcher<Result<HttpResponse>>(this);
        connect(watcher, &QFutureWatcherBase::canceled, this, [this] { fail(ErrorKind::Cancelled, u"cancelled"_s); });
        watcher->setFuture(m_promise.future());
    }
    ask();
}

QNetworkRequest Exchange::networkRequest() const
{
    QNetworkRequest request(m_url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Qt 6.4 over HTTP/2 takes a stream that is reset in mid-body for a whole answer, and loses the request that
    // follows a connection's end. HTTP/1.1 costs little more here, and a refused pin surely closes its connection.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setSslConfiguration(m_tls);
    request.setRawHeader("User-Agent", "atalaya/" ATALAYA_VERSION);
    // Named by us, so that Qt leaves the body encoded and nothing is inflated in this thread.
    request.setRawHeader("Accept-Encoding", "gzip");
    for (const auto &[name, value] : m_endpoint.headers)
        request.setRawHeader(name, value);
    for (const auto &[name, value] : m_request.headers)
        request.setRawHeader(name, value);
    if (!m_endpoint.credential.isEmpty())
        request.setRawHeader(m_endpoint.credential.headerName, m_endpoint.credential.headerValue);
    // Left out, Qt would call it a form.
    if (!m_request.contentType.isEmpty())
        request.setRawHeader("Content-Type", m_request.contentType);
    else if (m_purpose == Purpose::Write || !m_request.body.isEmpty())
        request.setRawHeader("Content-Type", "application/octet-stream");
    return request;
}

void Exchange::ask()
{
    QNetworkRequest request = networkRequest();
    QNetworkAccessManager &network = *m_lane->network;
    if (m_purpose == Purpose::Write) {
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        request.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
        m_reply = network.sendCustomRequest(request, m_request.method, new OneShotBody(m_request.body, this));
    } else if (m_request.method == "GET") {
        m_reply = network.get(request);
    } else if (m_request.method == "HEAD") {
        m_reply = network.head(request);
    } else if (m_request.method == "POST") {
        m_reply = network.post(request, m_request.body);
    } else {
        m_reply = network.sendCustomRequest(request, m_request.method, m_request.body);
    }
    m_hasHead = false;
    connect(m_reply, &QNetworkReply::encrypted, this, [this] { onEncrypted(); });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { onTlsErrors(errors); });
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_wasSent = true; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { onHead(); });
    connect(m_reply, &QNetworkReply::readyRead, this, [this] { onBytes(m_reply->bytesAvailable()); });
    connect(m_reply, &QNetworkReply::finished, this, [this] { onFinished(); });
}

void Exchange::onEncrypted()
{
    if (!matchesPin(m_endpoint.tls, m_reply->sslConfiguration().peerCertificate())) {
        failPin(m_reply->sslConfiguration().peerCertificate());
        return;
    }
    m_isEncrypted = true;
}

void Exchange::onTlsErrors(const QList<QSslError> &errors)
{
    const QSslCertificate peer = m_reply->sslConfiguration().peerCertificate();
    if (!m_endpoint.tls.pinSha256.isEmpty() && !matchesPin(m_endpoint.tls, peer)) {
        failPin(peer);
        return;
    }
    m_tlsErrors = errors;
    if (!m_endpoint.tls.pinSha256.isEmpty() && areAboutAuthorityOnly(errors))
        m_reply->ignoreSslErrors(errors);
}

void Exchange::failPin(const QSslCertificate &peer)
{
    const QByteArray seen = peer.isNull() ? QByteArray("none") : peer.digest(QCryptographicHash::Sha256).toHex();
    fail(ErrorKind::Tls, u"shows another certificate than the pinned one (SHA-256 %1)"_s.arg(QString::fromLatin1(seen)),
         !m_isEncrypted);
}

void Exchange::onHead()
{
    m_hasHead = true;
    if (m_lane->suspectedOf == m_origin)
        m_lane->suspectedOf.clear();
    bool isNumber = false;
    const qint64 announced = m_reply->rawHeader("Content-Length").trimmed().toLongLong(&isNumber);
    if (isNumber && m_request.method != "HEAD")
        onBytes(announced);
}

void Exchange::onBytes(qint64 soFar)
{
    if (soFar > m_request.maxBytes)
        fail(ErrorKind::TooLarge, u"its answer is larger than %1"_s.arg(
                                      quantity(static_cast<double>(m_request.maxBytes), u"bytes"_s).joined()));
}

void Exchange::onDeadline(Milliseconds limit)
{
    const QString within = u"within %1 s"_s.arg(QLocale::c().toString(limit.count() / 1000.0, 'g', 6));
    if (m_hasHead)
        fail(ErrorKind::Timeout,
             u"answered only %1 bytes and did not finish %2"_s.arg(m_reply->bytesAvailable()).arg(within));
    else
        fail(ErrorKind::Timeout, u"did not answer %1"_s.arg(within));
}

void Exchange::onFinished()
{
    const QNetworkReply::NetworkError code = m_reply->error();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // Qt prepares to send a redirected body again although nobody follows; the one-shot body refuses, the answer
    // stands.
    const bool isRedirectedWrite = code == QNetworkReply::ContentReSendError && (status == 307 || status == 308);
    if (status == 0 || !(isAnswer(code) || isRedirectedWrite)) {
        failWith(code);
        return;
    }
    onBytes(m_reply->bytesAvailable());
    if (m_isOver)
        return;
    if (m_purpose == Purpose::Read && status >= 301 && status <= 308 && status != 304 &&
        m_reply->hasRawHeader("Location")) {
        followTo(m_url.resolved(QUrl::fromEncoded(m_reply->rawHeader("Location"))), status);
        return;
    }
    HttpResponse response;
    response.status = status;
    response.body = m_reply->readAll();
    bool isAnnounced = false;
    const qint64 announced = m_reply->rawHeader("Content-Length").trimmed().toLongLong(&isAnnounced);
    const bool hasBody = m_request.method != "HEAD" && status != 204 && status != 304 && !isRedirectedWrite;
    if (isAnnounced && hasBody && announced != response.body.size()) {
        fail(ErrorKind::Unreachable,
             u"closed the connection in mid-answer, after %1 bytes"_s.arg(response.body.size()));
        return;
    }
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        response.headers.append({name.toLower(), value});
    response.contentType = response.header("content-type").split(';').first().trimmed().toLower();
    response.contentEncoding = response.header("content-encoding").trimmed().toLower();
    response.elapsed = Milliseconds(m_elapsed.elapsed());
    response.maxBytes = m_request.maxBytes;
    response.endpoint = m_name;
    conclude(std::move(response));
}

void Exchange::followTo(const QUrl &target, int status)
{
    const auto refuseRedirect = [&](const QString &why) {
        Error error;
        error.kind = ErrorKind::Malformed;
        error.endpoint = m_name;
        error.httpStatus = status;
        error.summary = u"answered HTTP %1, a redirect to %2; %3"_s.arg(status).arg(shown(target), why);
        conclude(failure(std::move(error)));
    };
    if (!target.isValid() || originOf(target) != originOf(m_url)) {
        refuseRedirect(u"another origin is not followed"_s);
        return;
    }
    const bool keepsMethod = status == 307 || status == 308 || m_request.method == "GET" || m_request.method == "HEAD";
    if (!keepsMethod && status != 303) {
        refuseRedirect(u"following it would lose the request's body"_s);
        return;
    }
    if (++m_redirects > maxRedirects) {
        refuseRedirect(u"that is more than %1 redirects"_s.arg(maxRedirects));
        return;
    }
    if (!keepsMethod) {
        m_request.method = "GET";
        m_request.body.clear();
        m_request.contentType.clear();
    }
    m_url = target;
    m_url.setUserInfo({});
    dropReply();
    ask();
}

void Exchange::failWith(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        fail(ErrorKind::Unreachable, u"refused the connection"_s, !m_wasSent);
        return;
    case QNetworkReply::HostNotFoundError:
        fail(ErrorKind::Unreachable, u"its host name is not known"_s, !m_wasSent);
        return;
    case QNetworkReply::SslHandshakeFailedError: {
        const QString causes = m_tlsErrors.isEmpty() ? reason() : causesOf(m_tlsErrors);
        fail(ErrorKind::Tls, u"its TLS connection is refused: %1"_s.arg(causes), !m_isEncrypted);
        return;
    }
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        fail(ErrorKind::Unreachable, u"the proxy does not let it through: %1"_s.arg(reason()));
        return;
    case QNetworkReply::ProtocolFailure:
        fail(ErrorKind::Malformed, u"did not answer as HTTP"_s);
        return;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
    case QNetworkReply::NoError:
        if (m_hasHead) {
            fail(ErrorKind::Unreachable,
                 u"closed the connection in mid-answer, after %1 bytes"_s.arg(m_reply->bytesAvailable()));
        } else if (isTls() && !m_isEncrypted && m_purpose == Purpose::Write) {
            fail(ErrorKind::Tls, u"closed the connection before TLS was agreed on"_s);
        } else {
            fail(ErrorKind::Unreachable, u"closed the connection without an HTTP answer"_s);
        }
        return;
    default:
        break;
    }
    const QString why = reason();
    const bool isAboutTls = why.contains(u"SSL") || why.contains(u"TLS") || why.contains(u"alert");
    fail(isAboutTls ? ErrorKind::Tls : ErrorKind::Unreachable, u"the connection failed: %1"_s.arg(why));
}

bool Exchange::isTls() const
{
    return m_url.scheme() == u"https";
}

QString Exchange::reason() const
{
    const QString text = m_reply->errorString();
    return text.contains(u"://") ? u"error %1"_s.arg(static_cast<int>(m_reply->error())) : text.simplified().left(200);
}

void Exchange::fail(ErrorKind kind, const QString &summary, bool nothingSent)
{
    Error error;
    error.kind = kind;
    error.endpoint = m_name;
    error.summary = summary;
    error.nothingSent = nothingSent || (m_purpose == Purpose::Write && isTls() && !m_isEncrypted);
    conclude(failure(std::move(error)));
}

void Exchange::dropReply()
{
    if (!m_reply)
        return;
    disconnect(m_reply, nullptr, this, nullptr);
    if (!m_reply->isFinished()) {
        if (!m_hasHead)
            m_lane->suspectedOf = m_origin;
        m_reply->abort();
    }
    m_reply->deleteLater();
    m_reply = nullptr;
}

void Exchange::conclude(Result<HttpResponse> result)
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_deadline.stop();
    dropReply();
    if (m_lane && --m_lane->underWay[m_origin] == 0)
        m_lane->underWay.remove(m_origin);
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace atalaya::http
