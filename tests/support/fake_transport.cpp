// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_transport.h"

#include <QtCore/QUrlQuery>

namespace atalaya::test {

using namespace Qt::Literals::StringLiterals;

namespace {

bool matches(const RecordedCall &call, const QByteArray &method, const QString &place)
{
    return (method.isEmpty() || call.request.method == method) &&
           (place.startsWith(u"http") ? call.address() == place : call.path() == place);
}

} // namespace

QString RecordedCall::path() const
{
    QString base = endpoint.url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    return base + request.path;
}

QString RecordedCall::address() const
{
    QUrl url = endpoint.url;
    url.setPath(path());
    return url.toString(QUrl::RemoveQuery | QUrl::RemoveUserInfo | QUrl::RemoveFragment);
}

QString RecordedCall::field(const QString &name) const
{
    for (const auto &[key, value] : request.query) {
        if (key == name)
            return value;
    }
    if (request.contentType.startsWith("application/x-www-form-urlencoded")) {
        // '+' is a space in a form, which QUrlQuery does not know.
        const QUrlQuery form(QString::fromLatin1(QByteArray(request.body).replace('+', "%20")));
        return form.queryItemValue(name, QUrl::FullyDecoded);
    }
    return {};
}

QByteArray RecordedCall::header(const QByteArray &name) const
{
    for (const auto *list : {&request.headers, &endpoint.headers}) {
        for (const auto &[key, value] : *list) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
    }
    if (endpoint.credential.headerName.compare(name, Qt::CaseInsensitive) == 0)
        return endpoint.credential.headerValue;
    return {};
}

Pending<http::HttpResponse> FakeTransport::fetch(const http::Endpoint &endpoint, const http::HttpRequest &request)
{
    return take({false, endpoint, request});
}

Pending<http::HttpResponse> FakeTransport::send(const http::Endpoint &endpoint, const http::HttpRequest &request)
{
    return take({true, endpoint, request});
}

Pending<http::HttpResponse> FakeTransport::take(RecordedCall call)
{
    m_calls.append(call);
    std::optional<Rule> rule;
    for (auto it = m_once.begin(); it != m_once.end(); ++it) {
        if (matches(call, it->method, it->place)) {
            rule = *it;
            m_once.erase(it);
            break;
        }
    }
    for (auto it = m_always.rbegin(); !rule && it != m_always.rend(); ++it) {
        if (matches(call, it->method, it->place))
            rule = *it;
    }
    if (!rule) {
        return readyNow<http::HttpResponse>(
            failure(ErrorKind::Unreachable, call.address(),
                    u"nothing is scripted for %1"_s.arg(QString::fromLatin1(call.request.method))));
    }
    if (rule->handler) {
        Result<http::HttpResponse> result = rule->handler(call);
        if (result) {
            if (result->endpoint.isEmpty())
                result->endpoint = QString::fromLatin1(call.request.method) + u' ' + call.address();
            if (result->maxBytes == 0)
                result->maxBytes = call.request.maxBytes;
        }
        return readyNow<http::HttpResponse>(std::move(result));
    }
    auto promise = std::make_shared<QPromise<Result<http::HttpResponse>>>();
    promise->start();
    auto watcher = std::make_shared<QFutureWatcher<Result<http::HttpResponse>>>();
    std::weak_ptr<QPromise<Result<http::HttpResponse>>> weak = promise;
    QObject::connect(watcher.get(), &QFutureWatcherBase::canceled, watcher.get(), [weak, cancelled = m_cancelled] {
        ++*cancelled;
        if (const auto waiting = weak.lock())
            waiting->finish();
    });
    watcher->setFuture(promise->future());
    m_hanging.append({std::move(call), promise, watcher});
    return promise->future();
}

void FakeTransport::answer(const QByteArray &method, const QString &place, const QByteArray &body, int status,
                           const QByteArray &contentType)
{
    answerWith(method, place, [=](const RecordedCall &) { return response(body, status, contentType); });
}

void FakeTransport::answerOnce(const QByteArray &method, const QString &place, const QByteArray &body, int status,
                               const QByteArray &contentType)
{
    m_once.push_back({method, place, [=](const RecordedCall &) { return response(body, status, contentType); }});
}

void FakeTransport::answerWith(const QByteArray &method, const QString &place, Handler handler)
{
    m_always.push_back({method, place, std::move(handler)});
}

void FakeTransport::fail(const QByteArray &method, const QString &place, const Error &error)
{
    answerWith(method, place, [error](const RecordedCall &) -> Result<http::HttpResponse> { return failure(error); });
}

void FakeTransport::failOnce(const QByteArray &method, const QString &place, const Error &error)
{
    m_once.push_back(
        {method, place, [error](const RecordedCall &) -> Result<http::HttpResponse> { return failure(error); }});
}

void FakeTransport::hang(const QByteArray &method, const QString &place)
{
    m_always.push_back({method, place, {}});
}

void FakeTransport::hangOnce(const QByteArray &method, const QString &place)
{
    m_once.push_back({method, place, {}});
}

void FakeTransport::clearScript()
{
    m_once.clear();
    m_always.clear();
}

void FakeTransport::release(int index, const QByteArray &body, int status, const QByteArray &contentType)
{
    releaseWith(index, response(body, status, contentType));
}

void FakeTransport::releaseWith(int index, const Result<http::HttpResponse> &result)
{
    m_hanging.removeIf([](const Hanging &hanging) { return hanging.promise->future().isFinished(); });
    const Hanging hanging = m_hanging.takeAt(index);
    Result<http::HttpResponse> answer = result;
    if (answer) {
        answer->endpoint = QString::fromLatin1(hanging.call.request.method) + u' ' + hanging.call.address();
        answer->maxBytes = hanging.call.request.maxBytes;
    }
    hanging.promise->addResult(std::move(answer));
    hanging.promise->finish();
}

int FakeTransport::hangingCount() const
{
    return static_cast<int>(std::count_if(m_hanging.begin(), m_hanging.end(), [](const Hanging &hanging) {
        return !hanging.promise->future().isFinished();
    }));
}

QList<RecordedCall> FakeTransport::callsTo(const QString &place) const
{
    QList<RecordedCall> found;
    for (const RecordedCall &call : m_calls) {
        if (matches(call, {}, place))
            found.append(call);
    }
    return found;
}

http::HttpResponse FakeTransport::response(const QByteArray &body, int status, const QByteArray &contentType)
{
    http::HttpResponse answer;
    answer.status = status;
    answer.body = body;
    answer.contentType = contentType;
    answer.headers = {{"content-type", contentType}};
    answer.elapsed = Milliseconds(1);
    return answer;
}

} // namespace atalaya::test
