// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/json_reader.h"

#include "models/http/body_decoder.h"

#include <charconv>
#include <limits>
#include <vector>

namespace atalaya::http {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t maxDepth = 512;
// The ordered object looks a key up by walking its members: without a bound, one hostile object takes minutes.
constexpr int maxMembers = 20'000;

struct Shape
{
    bool isTooDeep = false;
    bool isTooWide = false;
};

/// Depth and width, before a value is built. It sees strings as the parser does, so it can only overstate what lies
/// behind the first mistake, where the parser stops anyway.
Shape shapeOf(const QByteArray &bytes)
{
    struct Level
    {
        bool isObject;
        int commas;
    };
    std::vector<Level> open;
    bool inString = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
            continue;
        }
        switch (c) {
        case '"':
            inString = true;
            break;
        case '{':
        case '[':
            open.push_back({c == '{', 0});
            if (open.size() > maxDepth)
                return {.isTooDeep = true};
            break;
        case '}':
        case ']':
            if (!open.empty())
                open.pop_back();
            break;
        case ',':
            if (!open.empty() && open.back().isObject && ++open.back().commas >= maxMembers)
                return {.isTooWide = true};
            break;
        default:
            break;
        }
    }
    return {};
}

QString placeOf(const QByteArray &bytes, qsizetype offset)
{
    const QByteArrayView before = QByteArrayView(bytes).first(std::clamp<qsizetype>(offset, 0, bytes.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const qsizetype column = before.size() - before.lastIndexOf('\n');
    return u"line %1, column %2"_s.arg(line).arg(column);
}

/// The parser's reason without its own prefix, place and copy of what it read.
QString reasonOf(const char *what)
{
    QString text = QString::fromUtf8(what);
    if (const qsizetype colon = text.indexOf(u": "); colon >= 0)
        text = text.mid(colon + 2);
    if (const qsizetype lastRead = text.indexOf(u"; last read"); lastRead >= 0) {
        const qsizetype expected = text.indexOf(u"; expected", lastRead);
        text = text.left(lastRead) + (expected >= 0 ? text.mid(expected) : QString());
    }
    if (const qsizetype dash = text.indexOf(u" - "); text.startsWith(u"syntax error") && dash >= 0)
        text = text.mid(dash + 3);
    return text.simplified().left(120);
}

/// What comes after a byte order mark and white space.
QByteArrayView startOf(const QByteArray &bytes)
{
    QByteArrayView start(bytes);
    if (start.startsWith("\xEF\xBB\xBF"))
        start = start.sliced(3);
    while (!start.isEmpty() && QByteArrayView(" \t\r\n").contains(start.front()))
        start = start.sliced(1);
    return start;
}

bool startsLikeJson(QByteArrayView start)
{
    const char first = start.front();
    return QByteArrayView("{[\"-").contains(first) || (first >= '0' && first <= '9') || start.startsWith("true") ||
           start.startsWith("false") || start.startsWith("null");
}

} // namespace

Result<Json> parseJson(const QByteArray &bytes, const QString &endpoint)
{
    const QByteArrayView start = startOf(bytes);
    if (start.isEmpty())
        return failure(ErrorKind::Malformed, endpoint, u"answered nothing instead of JSON"_s);
    // The parser takes a zero byte for the end and would believe what stands before it.
    const qsizetype zero = bytes.indexOf('\0');
    if (zero >= 0 && startsLikeJson(start))
        return failure(ErrorKind::Malformed, endpoint,
                       u"answered broken JSON at %1: a zero byte"_s.arg(placeOf(bytes, zero)));
    if (const Shape shape = shapeOf(bytes); shape.isTooDeep)
        return failure(ErrorKind::Malformed, endpoint, u"answered JSON nested over %1 levels"_s.arg(maxDepth));
    else if (shape.isTooWide)
        return failure(ErrorKind::Malformed, endpoint,
                       u"answered a JSON object with over %1 members"_s.arg(maxMembers));

    QString reason;
    qsizetype offset = 0;
    try {
        return Json::parse(bytes.begin(), bytes.end());
    } catch (const Json::parse_error &error) {
        offset = std::max<qsizetype>(0, static_cast<qsizetype>(error.byte) - 1);
        reason = reasonOf(error.what());
    } catch (const std::exception &error) {
        return failure(ErrorKind::Malformed, endpoint,
                       u"answered JSON that cannot be read: %1"_s.arg(reasonOf(error.what())));
    }

    if (!startsLikeJson(start)) {
        const ServerWords said = serverWords(bytes);
        if (said.isHtml)
            return failure(ErrorKind::Malformed, endpoint, u"answered HTML instead of JSON"_s, said.words);
        if (said.words.isEmpty())
            return failure(ErrorKind::Malformed, endpoint, u"answered unreadable bytes instead of JSON"_s);
        return failure(ErrorKind::Malformed, endpoint,
                       u"answered text instead of JSON (%1)"_s.arg(placeOf(bytes, offset)), said.words);
    }
    if (offset >= bytes.size())
        return failure(ErrorKind::Malformed, endpoint,
                       u"answered JSON that breaks off at %1"_s.arg(placeOf(bytes, bytes.size())));
    return failure(ErrorKind::Malformed, endpoint,
                   u"answered broken JSON at %1: %2"_s.arg(placeOf(bytes, offset), reason));
}

Result<Json> jsonAnswer(const HttpResponse &response)
{
    Result<QByteArray> plain = plainBody(response);
    if (response.status < 200 || response.status > 299)
        return failure(statusError(response, plain.value_or(QByteArray())));
    if (!plain)
        return failure(std::move(plain.error()));
    Result<Json> json = parseJson(*plain, response.endpoint);
    if (!json)
        json.error().httpStatus = response.status;
    return json;
}

namespace {

const Json *fieldAt(const Json &object, const char *key)
{
    if (!object.is_object())
        return nullptr;
    const auto it = object.find(key);
    return it == object.end() ? nullptr : &*it;
}

} // namespace

std::optional<QString> stringAt(const Json &object, const char *key)
{
    const Json *field = fieldAt(object, key);
    if (!field || !field->is_string())
        return std::nullopt;
    return QString::fromStdString(field->get_ref<const std::string &>());
}

std::optional<double> numberAt(const Json &object, const char *key)
{
    const Json *field = fieldAt(object, key);
    if (!field)
        return std::nullopt;
    if (field->is_number())
        return field->get<double>();
    if (!field->is_string())
        return std::nullopt;
    std::string_view text = field->get_ref<const std::string &>();
    // from_chars takes "-Inf" and refuses "+Inf", which Prometheus writes.
    if (text.size() > 1 && text.front() == '+' && text[1] != '-' && text[1] != '+')
        text.remove_prefix(1);
    double value = std::numeric_limits<double>::quiet_NaN();
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<bool> boolAt(const Json &object, const char *key)
{
    const Json *field = fieldAt(object, key);
    if (!field || !field->is_boolean())
        return std::nullopt;
    return field->get<bool>();
}

const Json *objectAt(const Json &object, const char *key)
{
    const Json *field = fieldAt(object, key);
    return field && field->is_object() ? field : nullptr;
}

const Json *arrayAt(const Json &object, const char *key)
{
    const Json *field = fieldAt(object, key);
    return field && field->is_array() ? field : nullptr;
}

QString toQString(const Json &value)
{
    if (value.is_string())
        return QString::fromStdString(value.get_ref<const std::string &>());
    return QString::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

} // namespace atalaya::http
