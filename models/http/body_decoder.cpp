// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/body_decoder.h"

#include "models/base/quantity.h"
#include "models/http/json_reader.h"

#include <QtCore/QDateTime>
#include <QtCore/QRegularExpression>
#include <QtCore/QStringDecoder>

#include <zlib.h>

namespace atalaya::http {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxWords = 300;

QString sizeText(qint64 bytes)
{
    return quantity(static_cast<double>(bytes), u"bytes"_s).joined();
}

struct Inflater
{
    z_stream stream{};
    bool isReady;

    explicit Inflater(int windowBits) : isReady(inflateInit2(&stream, windowBits) == Z_OK) {}
    ~Inflater() { inflateEnd(&stream); }
    Q_DISABLE_COPY_MOVE(Inflater)
};

/// `windowBits` 15 + 16 reads gzip, 15 zlib, -15 bare deflate.
Result<QByteArray> inflated(const HttpResponse &response, int windowBits)
{
    const auto broken = [&](const QString &summary) {
        return failure(ErrorKind::Malformed, response.endpoint, summary);
    };
    Inflater inflater(windowBits);
    if (!inflater.isReady)
        return broken(u"its compressed answer cannot be unpacked: out of memory"_s);
    z_stream &stream = inflater.stream;
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(response.body.constData()));
    stream.avail_in = static_cast<uInt>(response.body.size());

    const qint64 limit = response.maxBytes > 0 ? response.maxBytes : std::numeric_limits<qint64>::max() - 1;
    QByteArray plain;
    plain.resize(std::min<qint64>(limit, std::max<qint64>(4096, response.body.size() * 4)));
    qint64 used = 0;
    for (;;) {
        // One byte more than allowed shows that there is more, without keeping it.
        char surplus = 0;
        const bool isFull = used == limit;
        if (!isFull && used == plain.size())
            plain.resize(std::min<qint64>(limit, plain.size() * 2));
        const uInt room = isFull ? 1 : static_cast<uInt>(std::min<qint64>(plain.size() - used, 1 << 30));
        stream.next_out = reinterpret_cast<Bytef *>(isFull ? &surplus : plain.data() + used);
        stream.avail_out = room;
        const int status = inflate(&stream, Z_NO_FLUSH);
        const uInt made = room - stream.avail_out;
        if (isFull && made > 0)
            return failure(ErrorKind::TooLarge, response.endpoint,
                           u"its compressed answer unpacks to more than %1"_s.arg(sizeText(limit)));
        used += made;
        if (status == Z_STREAM_END) {
            if (stream.avail_in == 0)
                break;
            // RFC 1952 allows several members one after the other; anything else there is rubbish.
            const bool isMember =
                windowBits > 15 && stream.avail_in > 2 && stream.next_in[0] == 0x1f && stream.next_in[1] == 0x8b;
            if (!isMember || inflateReset(&stream) != Z_OK)
                return broken(u"its compressed answer is followed by %1 stray bytes"_s.arg(stream.avail_in));
            continue;
        }
        if (status == Z_BUF_ERROR || (status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0))
            return broken(u"its compressed answer is cut short"_s);
        if (status != Z_OK)
            return broken(u"its compressed answer is damaged"_s);
    }
    plain.resize(used);
    return plain;
}

bool isHonestlyEmpty(const HttpResponse &response)
{
    return response.status == 204 || response.status == 304 || response.header("content-length") == "0";
}

/// One line without controls and marks that reorder the text around them.
QString cleaned(QStringView text)
{
    QString line;
    line.reserve(std::min<qsizetype>(text.size(), 4 * maxWords));
    for (const QChar c : text) {
        if (line.size() >= 4 * maxWords)
            break;
        const char16_t u = c.unicode();
        const bool isReordering =
            (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069) || u == 0x200E || u == 0x200F;
        if (c.isSpace() || c.category() == QChar::Other_Control)
            line += u' ';
        else if (!isReordering)
            line += c;
    }
    line = line.simplified();
    if (line.size() <= maxWords)
        return line;
    line.truncate(maxWords - 1);
    if (line.back().isHighSurrogate())
        line.chop(1);
    return line + u'…';
}

QString withoutTags(QString html)
{
    static const QRegularExpression hidden(u"<(script|style)\\b.*?(</\\1\\s*>|$)"_s,
                                           QRegularExpression::CaseInsensitiveOption |
                                               QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tag(u"<[^>]*>"_s);
    html.remove(hidden);
    html.replace(tag, u" "_s);
    html.replace(u"&lt;"_s, u"<"_s).replace(u"&gt;"_s, u">"_s).replace(u"&quot;"_s, u"\""_s);
    html.replace(u"&#39;"_s, u"'"_s).replace(u"&nbsp;"_s, u" "_s).replace(u"&amp;"_s, u"&"_s);
    return html;
}

QString htmlWords(const QString &page)
{
    static const QRegularExpression title(u"<(title|h1)\\b[^>]*>(.*?)</\\1\\s*>"_s,
                                          QRegularExpression::CaseInsensitiveOption |
                                              QRegularExpression::DotMatchesEverythingOption);
    for (auto match = title.globalMatch(page); match.hasNext();) {
        if (const QString words = cleaned(withoutTags(match.next().captured(2))); !words.isEmpty())
            return words;
    }
    return cleaned(withoutTags(page));
}

bool looksLikeHtml(const QString &text)
{
    const QString start = text.left(1024).trimmed();
    if (!start.startsWith(u'<'))
        return false;
    static const QRegularExpression element(u"<(!doctype\\s+html|html|head|body|title|h1|center|p|div)\\b"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return element.match(start).hasMatch();
}

QString jsonWords(const Json &json);

/// The texts of an array of strings or of objects with a message, as validators write them.
QString listWords(const Json *list)
{
    QStringList words;
    if (list && list->is_array()) {
        for (const Json &entry : *list) {
            const QString text = entry.is_string()   ? toQString(entry)
                                 : entry.is_object() ? jsonWords(entry)
                                                     : QString();
            if (!text.isEmpty() && !words.contains(text))
                words += text;
            if (words.size() == 5)
                break;
        }
    }
    return words.join(u"; ");
}

QString jsonWords(const Json &json)
{
    if (json.is_string())
        return toQString(json);
    if (!json.is_object())
        return listWords(&json);
    const QString more = listWords(arrayAt(json, "details")) + listWords(arrayAt(json, "errors"));
    const auto with = [&](const QString &words) {
        return more.isEmpty() || more == words ? words : words + u": "_s + more;
    };
    if (const auto error = stringAt(json, "error")) {
        // Spring writes the status' name in `error` and the reason, if any, in `message`.
        if (const auto message = stringAt(json, "message"); message && !message->isEmpty())
            return *error + u": "_s + *message;
        return with(*error);
    }
    if (const Json *error = objectAt(json, "error")) {
        if (const QString words = jsonWords(*error); !words.isEmpty())
            return words;
    }
    for (const char *key : {"message", "msg"}) {
        if (const auto text = stringAt(json, key); text && !text->isEmpty())
            return with(*text);
    }
    const QString title = stringAt(json, "title").value_or(QString());
    QString detail = stringAt(json, "detail").value_or(QString());
    if (detail.isEmpty())
        detail = listWords(arrayAt(json, "detail"));
    if (!title.isEmpty() || !detail.isEmpty())
        return title.isEmpty() || detail.isEmpty() ? title + detail : title + u": "_s + detail;
    for (const char *key : {"reason", "description", "output"}) {
        if (const auto text = stringAt(json, key); text && !text->isEmpty())
            return *text;
    }
    return more;
}

ErrorKind kindOf(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 409:
    case 412:
    case 421:
    case 422:
    case 428:
        return ErrorKind::Conflict;
    case 423:
        return ErrorKind::Locked;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return ErrorKind::Server;
    }
}

QString nameOf(int status)
{
    switch (status) {
    case 400:
        return u" Bad Request"_s;
    case 401:
        return u" Unauthorized"_s;
    case 403:
        return u" Forbidden"_s;
    case 404:
        return u" Not Found"_s;
    case 405:
        return u" Method Not Allowed"_s;
    case 409:
        return u" Conflict"_s;
    case 410:
        return u" Gone"_s;
    case 412:
        return u" Precondition Failed"_s;
    case 413:
        return u" Content Too Large"_s;
    case 414:
        return u" URI Too Long"_s;
    case 415:
        return u" Unsupported Media Type"_s;
    case 422:
        return u" Unprocessable Content"_s;
    case 423:
        return u" Locked"_s;
    case 428:
        return u" Precondition Required"_s;
    case 429:
        return u" Too Many Requests"_s;
    case 500:
        return u" Internal Server Error"_s;
    case 501:
        return u" Not Implemented"_s;
    case 502:
        return u" Bad Gateway"_s;
    case 503:
        return u" Service Unavailable"_s;
    case 504:
        return u" Gateway Timeout"_s;
    default:
        return {};
    }
}

QDateTime httpDate(const QByteArray &text)
{
    return QDateTime::fromString(QString::fromLatin1(text), Qt::RFC2822Date);
}

/// Seconds or an HTTP date; the date is read against the server's own `Date`, so that its clock does not matter.
std::optional<std::chrono::seconds> retryAfterOf(const HttpResponse &response)
{
    constexpr qint64 longest = 24 * 3600;
    const QByteArray text = response.header("retry-after").trimmed();
    if (text.isEmpty())
        return std::nullopt;
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::chrono::seconds(text.size() > 6 ? longest : std::min(text.toLongLong(), longest));
    QByteArray dateText = text;
    QByteArray nowText = response.header("date").trimmed();
    const QDateTime until = httpDate(dateText.replace("GMT", "+0000"));
    const QDateTime now = httpDate(nowText.replace("GMT", "+0000"));
    if (!until.isValid())
        return std::nullopt;
    const qint64 left = (now.isValid() ? now : QDateTime::currentDateTimeUtc()).secsTo(until);
    return std::chrono::seconds(std::clamp<qint64>(left, 0, longest));
}

} // namespace

Result<QByteArray> plainBody(const HttpResponse &response)
{
    const QByteArray &encoding = response.contentEncoding;
    if (encoding.isEmpty() || encoding == "identity") {
        if (response.maxBytes > 0 && response.body.size() > response.maxBytes)
            return failure(ErrorKind::TooLarge, response.endpoint,
                           u"its answer is larger than %1"_s.arg(sizeText(response.maxBytes)));
        return response.body;
    }
    const bool isGzip = encoding == "gzip" || encoding == "x-gzip";
    if (!isGzip && encoding != "deflate")
        return failure(
            ErrorKind::Malformed, response.endpoint,
            u"answered in an encoding that was not asked for: %1"_s.arg(cleaned(QString::fromLatin1(encoding))));
    if (response.body.isEmpty() && isHonestlyEmpty(response))
        return QByteArray();
    if (isGzip)
        return inflated(response, 15 + 16);
    // "deflate" means zlib by the standard and bare deflate to some servers; the first byte tells which.
    const bool isZlib = !response.body.isEmpty() && (response.body.front() & 0x0f) == 8;
    return inflated(response, isZlib ? 15 : -15);
}

ServerWords serverWords(const QByteArray &plainBody)
{
    // Words fit into the first part; parsing a whole huge answer for them would be waste.
    const QByteArray body = plainBody.trimmed();
    if (body.isEmpty())
        return {};
    if (QByteArrayView("{[\"").contains(body.front()) && body.size() <= 1024 * 1024) {
        if (const Result<Json> json = parseJson(body, {})) {
            const QString words = cleaned(jsonWords(*json));
            return {words.isEmpty() ? cleaned(toQString(*json)) : words, false};
        }
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(body.left(64 * 1024));
    if (looksLikeHtml(text))
        return {htmlWords(text), true};
    const auto unreadable = std::count_if(text.begin(), text.end(), [](QChar c) {
        return c == QChar::ReplacementCharacter || (c.category() == QChar::Other_Control && !c.isSpace());
    });
    if (unreadable * 8 > text.size())
        return {};
    return {cleaned(text), false};
}

Error statusError(const HttpResponse &response, const QByteArray &plainBody)
{
    const ServerWords said = serverWords(plainBody);
    Error error;
    error.kind = kindOf(response.status);
    error.endpoint = response.endpoint;
    error.httpStatus = response.status;
    error.serverWords = said.words;
    error.retryAfter = retryAfterOf(response);
    if (response.status >= 300 && response.status < 400) {
        const QUrl target(QString::fromLatin1(response.header("location")));
        const QString where = cleaned(target.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment));
        error.summary =
            where.isEmpty()
                ? u"answered HTTP %1 instead of doing what was asked"_s.arg(response.status)
                : u"answered HTTP %1, a redirect to %2 that is not followed"_s.arg(response.status).arg(where);
        return error;
    }
    error.summary = u"answered HTTP %1%2"_s.arg(response.status).arg(nameOf(response.status));
    if (said.isHtml)
        error.summary += u" with an HTML page"_s;
    return error;
}

} // namespace atalaya::http
