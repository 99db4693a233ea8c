// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/prometheus_client.h"

#include "models/http/body_decoder.h"
#include "models/http/json_reader.h"
#include "models/metrics/matrix_decoder.h"

namespace atalaya::metrics {

using namespace Qt::Literals::StringLiterals;

namespace {

QString seconds(Milliseconds time)
{
    return (time.count() < 0 ? u"-"_s : QString()) + QString::number(std::abs(time.count()) / 1000) + u'.' +
           u"%1"_s.arg(static_cast<qlonglong>(std::abs(time.count()) % 1000), 3, 10, QChar(u'0'));
}

http::HttpRequest instantRequest(const QString &expr, Timestamp at)
{
    http::HttpRequest request;
    request.method = "POST";
    request.path = u"/api/v1/query"_s;
    request.contentType = "application/x-www-form-urlencoded";
    request.body = http::formBody({{u"query"_s, expr}, {u"time"_s, seconds(at.time_since_epoch())}});
    return request;
}

http::HttpRequest rangeRequest(const QString &expr, const TimeRange &range, Milliseconds step)
{
    http::HttpRequest request;
    request.method = "POST";
    request.path = u"/api/v1/query_range"_s;
    request.contentType = "application/x-www-form-urlencoded";
    request.body = http::formBody({{u"query"_s, expr},
                                   {u"start"_s, seconds(range.from.time_since_epoch())},
                                   {u"end"_s, seconds(range.to.time_since_epoch())},
                                   {u"step"_s, seconds(step)}});
    return request;
}

/// The body of a good answer. A refused question becomes BadInput; a status that is not a success keeps the server's
/// words.
Result<QByteArray> goodBody(const http::HttpResponse &response)
{
    auto body = http::plainBody(response);
    if (!body)
        return body;
    if (response.status >= 200 && response.status < 300)
        return body;
    Error error = http::statusError(response, *body);
    if (response.status == 400 || response.status == 422)
        error.kind = ErrorKind::BadInput;
    return failure(std::move(error));
}

Result<QueryResult> decodeAnswer(const http::HttpResponse &response)
{
    const auto body = goodBody(response);
    if (!body)
        return tl::make_unexpected(body.error());
    auto result = decodeQueryResult(*body, response.endpoint);
    // Only what could not be read is looked at again: a proxy's page and plain text have words worth showing.
    if (!result && result.error().kind == ErrorKind::Malformed && !body->trimmed().startsWith('{')) {
        const auto words = http::serverWords(*body);
        result.error().summary = words.isHtml ? u"answered HTML instead of JSON"_s : u"answered text instead of JSON"_s;
        result.error().serverWords = words.words;
    }
    return result;
}

Result<RawData> decodeRaw(const http::HttpResponse &response)
{
    const auto body = goodBody(response);
    if (!body)
        return tl::make_unexpected(body.error());
    const auto json = http::parseJson(*body, response.endpoint);
    if (!json)
        return tl::make_unexpected(json.error());
    const http::Json *data = http::objectAt(*json, "data");
    if (http::stringAt(*json, "status") != u"success"_s || !data)
        return failure(ErrorKind::Malformed, response.endpoint, u"answered no query result"_s);
    RawData raw;
    raw.json = QByteArray::fromStdString(data->dump());
    if (const http::Json *warnings = http::arrayAt(*json, "warnings")) {
        for (const http::Json &warning : *warnings)
            raw.warnings += http::toQString(warning);
    }
    return raw;
}

Result<QStringList> decodeLabelValues(const http::HttpResponse &response)
{
    const auto body = goodBody(response);
    if (!body)
        return tl::make_unexpected(body.error());
    const auto json = http::parseJson(*body, response.endpoint);
    if (!json)
        return tl::make_unexpected(json.error());
    const http::Json *data = http::arrayAt(*json, "data");
    if (!data)
        return failure(ErrorKind::Malformed, response.endpoint, u"answered no list of label values"_s);
    QStringList values;
    for (const http::Json &value : *data)
        values += http::toQString(value);
    values.sort();
    return values;
}

} // namespace

Pending<QueryResult> fetchInstant(http::Transport &transport, const http::Endpoint &endpoint, const QString &expr,
                                  Timestamp at)
{
    return decodeOffThread<QueryResult>(transport.fetch(endpoint, instantRequest(expr, at)), decodeAnswer);
}

Pending<QueryResult> fetchRange(http::Transport &transport, const http::Endpoint &endpoint, const QString &expr,
                                const TimeRange &range, Milliseconds step)
{
    return decodeOffThread<QueryResult>(transport.fetch(endpoint, rangeRequest(expr, range, step)), decodeAnswer);
}

Pending<RawData> fetchRawInstant(http::Transport &transport, const http::Endpoint &endpoint, const QString &expr,
                                 Timestamp at)
{
    return decodeOffThread<RawData>(transport.fetch(endpoint, instantRequest(expr, at)), decodeRaw);
}

Pending<RawData> fetchRawRange(http::Transport &transport, const http::Endpoint &endpoint, const QString &expr,
                               const TimeRange &range, Milliseconds step)
{
    return decodeOffThread<RawData>(transport.fetch(endpoint, rangeRequest(expr, range, step)), decodeRaw);
}

Pending<QStringList> fetchLabelValues(http::Transport &transport, const http::Endpoint &endpoint, const QString &label,
                                      const QString &selector)
{
    http::HttpRequest request;
    request.path = u"/api/v1/label/%1/values"_s.arg(label);
    if (!selector.isEmpty())
        request.query = {{u"match[]"_s, selector}};
    return decodeOffThread<QStringList>(transport.fetch(endpoint, request), decodeLabelValues);
}

} // namespace atalaya::metrics
