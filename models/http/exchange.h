// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"
#include "models/http/http_request.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QNetworkRequest>
#include <QtNetwork/QSslConfiguration>

#include <memory>

namespace atalaya::http {

/// Scheme, host and port, as a key.
QByteArray originOf(const QUrl &url);
/// localhost, its subdomains, 127.0.0.0/8 and ::1.
bool isLoopback(const QString &host);

/// A network manager and how many requests it has under way to each origin.
struct Lane
{
    std::unique_ptr<QNetworkAccessManager> network;
    QHash<QByteArray, int> underWay;
    /// Origin of a request that was given up before its answer's head: the manager's thread may still be busy with it
    /// (an endless header keeps Qt reading), so nobody else's request goes there until that origin has answered again.
    QByteArray suspectedOf;
};

/// Everything of one call: deadline, size limit, TLS checks, redirects, the promise. Deletes itself when it is over.
class Exchange final : public QObject
{
public:
    enum class Purpose
    {
        Read,
        Write
    };

    Exchange(Purpose purpose, const Endpoint &endpoint, const HttpRequest &request, QObject *parent);
    ~Exchange() override;

    Pending<HttpResponse> future() const { return m_promise.future(); }
    const QUrl &url() const { return m_url; }
    /// "GET https://host/path", for errors.
    const QString &name() const { return m_name; }

    /// Ends with `error` without having sent anything.
    void refuse(Error error);
    void begin(std::shared_ptr<Lane> lane, const QSslConfiguration &tls);

private:
    QNetworkRequest networkRequest() const;
    void ask();
    void onEncrypted();
    void onTlsErrors(const QList<QSslError> &errors);
    void failPin(const QSslCertificate &peer);
    void onHead();
    void onBytes(qint64 soFar);
    void onDeadline(Milliseconds limit);
    void onFinished();
    /// Reads only, and only within the origin: what carries a credential never leaves it.
    void followTo(const QUrl &target, int status);
    void failWith(QNetworkReply::NetworkError code);
    bool isTls() const;
    /// Qt's own text, without the address that it repeats in full, query included.
    QString reason() const;
    /// A fresh TLS connection that never got through its handshake has carried no byte of the request: Qt waits for
    /// onEncrypted to return before it sends.
    void fail(ErrorKind kind, const QString &summary, bool nothingSent = false);
    void dropReply();
    void conclude(Result<HttpResponse> result);

    Purpose m_purpose;
    Endpoint m_endpoint;
    HttpRequest m_request;
    QUrl m_url;
    QString m_name;
    QElapsedTimer m_elapsed;
    QPromise<Result<HttpResponse>> m_promise;
    QTimer m_deadline;
    std::shared_ptr<Lane> m_lane;
    QByteArray m_origin;
    QSslConfiguration m_tls;
    QList<QSslError> m_tlsErrors;
    QPointer<QNetworkReply> m_reply;
    int m_redirects = 0;
    bool m_hasHead = false;
    bool m_isEncrypted = false;
    bool m_wasSent = false;
    bool m_isOver = false;
};

} // namespace atalaya::http
