// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/http/transport.h"

#include <QtCore/QList>

#include <deque>
#include <functional>
#include <memory>

namespace atalaya::test {

/// One request as a client made it.
struct RecordedCall
{
    bool isWrite = false; ///< came through `send`
    http::Endpoint endpoint;
    http::HttpRequest request;

    /// "https://host:port/base/path", without query.
    QString address() const;
    /// Path of the address alone.
    QString path() const;
    /// A field of the URL's query, else of a form body; empty where there is none.
    QString field(const QString &name) const;
    QByteArray header(const QByteArray &name) const; ///< of the request, else of the endpoint; case-insensitive
};

/// A Transport that answers from a script and records what was asked. A place is a path ("/api/v1/query") or a whole
/// address
/// ("http://a.test:1/api/v1/query"). What was scripted `Once` is used up first, in order; then what stands for good,
/// the latest first. A request that nothing matches fails as Unreachable and says so. Answers arrive through the event
/// loop.
class FakeTransport final : public http::Transport
{
public:
    using Handler = std::function<Result<http::HttpResponse>(const RecordedCall &)>;

    Pending<http::HttpResponse> fetch(const http::Endpoint &endpoint, const http::HttpRequest &request) override;
    Pending<http::HttpResponse> send(const http::Endpoint &endpoint, const http::HttpRequest &request) override;

    void answer(const QByteArray &method, const QString &place, const QByteArray &body, int status = 200,
                const QByteArray &contentType = "application/json");
    void answerOnce(const QByteArray &method, const QString &place, const QByteArray &body, int status = 200,
                    const QByteArray &contentType = "application/json");
    void answerWith(const QByteArray &method, const QString &place, Handler handler);
    void fail(const QByteArray &method, const QString &place, const Error &error);
    void failOnce(const QByteArray &method, const QString &place, const Error &error);
    /// Requests stay unanswered until `release`.
    void hang(const QByteArray &method, const QString &place);
    void hangOnce(const QByteArray &method, const QString &place);
    /// Forgets the script, not the record.
    void clearScript();

    /// Answers the hanging request made `index` among those still hanging, oldest first.
    void release(int index, const QByteArray &body, int status = 200,
                 const QByteArray &contentType = "application/json");
    void releaseWith(int index, const Result<http::HttpResponse> &result);
    int hangingCount() const;
    int cancelledCount() const { return *m_cancelled; }

    const QList<RecordedCall> &calls() const { return m_calls; }
    QList<RecordedCall> callsTo(const QString &place) const;
    void forgetCalls() { m_calls.clear(); }

    static http::HttpResponse response(const QByteArray &body, int status = 200,
                                       const QByteArray &contentType = "application/json");

private:
    struct Rule
    {
        QByteArray method;
        QString place;
        Handler handler; ///< empty: hangs
    };
    struct Hanging
    {
        RecordedCall call;
        std::shared_ptr<QPromise<Result<http::HttpResponse>>> promise;
        std::shared_ptr<QFutureWatcher<Result<http::HttpResponse>>> watcher;
    };
    Pending<http::HttpResponse> take(RecordedCall call);

    std::deque<Rule> m_once, m_always;
    QList<Hanging> m_hanging;
    QList<RecordedCall> m_calls;
    std::shared_ptr<int> m_cancelled = std::make_shared<int>(0);
};

} // namespace atalaya::test
