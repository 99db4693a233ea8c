// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_decoder.h"

#include "models/http/body_decoder.h"
#include "models/http/json_reader.h"

#include <QtCore/QRegularExpression>

#include <cmath>

namespace atalaya::health {

using namespace Qt::Literals::StringLiterals;
using http::Json;

namespace {

QString joinedName(const QString &parent, const QString &name)
{
    return parent.isEmpty() ? name : parent + u'/' + name;
}

/// "00:00:51.84" of .NET in milliseconds.
std::optional<double> timeSpanMs(const QString &text)
{
    static const QRegularExpression form(u"^(\\d{1,6}):(\\d{2}):(\\d{2}(?:\\.\\d{1,9})?)$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return ((match.captured(1).toDouble() * 60 + match.captured(2).toDouble()) * 60 + match.captured(3).toDouble()) *
           1000;
}

constexpr const char *latencyKeys[] = {"latency_ms",   "latencyMs",     "latency",          "duration_ms",
                                       "durationMs",   "duration",      "response_time_ms", "responseTimeMs",
                                       "responseTime", "response_time", "queryLatencyMs",   "query_latency_ms",
                                       "ping_ms",      "elapsed_ms"};

std::optional<double> latencyOf(const Json &part)
{
    for (const char *key : latencyKeys) {
        if (const auto number = http::numberAt(part, key); number && std::isfinite(*number))
            return number;
        if (const auto text = http::stringAt(part, key)) {
            if (const auto span = timeSpanMs(*text))
                return span;
        }
    }
    return std::nullopt;
}

QString messageOf(const Json &part)
{
    for (const char *key : {"message", "error", "output", "description", "reason", "exception", "msg"}) {
        if (const auto text = http::stringAt(part, key); text && !text->isEmpty())
            return *text;
        if (const Json *object = http::objectAt(part, key)) {
            if (const auto text = http::stringAt(*object, "message"); text && !text->isEmpty())
                return *text;
        }
    }
    return {};
}

bool isFigureKey(const std::string &key)
{
    static const QStringList others{u"status"_s, u"state"_s,       u"name"_s,          u"component"_s, u"service"_s,
                                    u"id"_s,     u"timestamp"_s,   u"time"_s,          u"critical"_s,  u"message"_s,
                                    u"error"_s,  u"output"_s,      u"description"_s,   u"reason"_s,    u"exception"_s,
                                    u"msg"_s,    u"componentId"_s, u"componentType"_s, u"outcome"_s};
    const bool isLatency =
        std::any_of(std::begin(latencyKeys), std::end(latencyKeys), [&](const char *k) { return key == k; });
    return !isLatency && !others.contains(QString::fromStdString(key));
}

QString figureText(const QString &key, const Json &value)
{
    QString text = http::toQString(value);
    if (value.is_number_float())
        text = QString::number(value.get<double>(), 'g', 6);
    if (key.contains(u"percent", Qt::CaseInsensitive))
        return text + u" %"_s;
    if (key.endsWith(u"_count") && value.is_number())
        return text + u' ' + key.chopped(6) + (value == 1 ? u""_s : u"s"_s);
    return key + u' ' + text;
}

/// Up to four plain figures of a part, those one level below ("details", "buffer") included.
QStringList figuresOf(const Json &part, int depth = 0)
{
    QStringList figures;
    if (!part.is_object())
        return figures;
    for (const auto &[key, value] : part.items()) {
        if (figures.size() >= 4)
            break;
        const QString name = QString::fromStdString(key);
        if (!isFigureKey(key))
            continue;
        if (value.is_number() || value.is_boolean() || (value.is_string() && http::toQString(value).size() <= 40))
            figures += figureText(name, value);
        else if (value.is_object() && depth == 0 &&
                 (name == u"details" || name == u"data" ||
                  (!http::stringAt(value, "status") && !http::stringAt(value, "state"))))
            figures += figuresOf(value, 1);
    }
    return figures.mid(0, 4);
}

/// A part's own word, as text, and what it means. A number as status is shown and decides nothing.
std::pair<QString, HealthStatus> wordOf(const QString &name, const Json &part)
{
    if (part.is_string()) {
        const QString word = http::toQString(part);
        return {word, statusFromWord(word)};
    }
    if (part.is_boolean())
        return {part.get<bool>() ? u"true"_s : u"false"_s,
                part.get<bool>() ? HealthStatus::Healthy : HealthStatus::Unhealthy};
    if (!part.is_object())
        return {http::toQString(part), HealthStatus::Unknown};
    for (const char *key : {"status", "state", "outcome", "health", "healthy"}) {
        const auto it = part.find(key);
        if (it == part.end() || it->is_null() || it->is_structured())
            continue;
        if (it->is_number())
            return {http::toQString(*it), HealthStatus::Unknown};
        if (it->is_boolean())
            return wordOf(name, *it);
        const QString word = http::toQString(*it);
        const bool isBreaker =
            name.contains(u"circuit", Qt::CaseInsensitive) || name.contains(u"breaker", Qt::CaseInsensitive);
        if (isBreaker) {
            const QString plain = word.toLower().remove(u'_').remove(u'-');
            if (plain == u"closed")
                return {word, HealthStatus::Healthy};
            if (plain == u"halfopen")
                return {word, HealthStatus::Degraded};
            if (plain == u"open")
                return {word, HealthStatus::Unhealthy};
        }
        return {word, statusFromWord(word)};
    }
    return {{}, HealthStatus::Unknown};
}

void addPart(QList<ComponentHealth> &parts, const QString &name, const Json &json, int depth = 0);

bool hasOwnStatus(const Json &json)
{
    return json.is_object() && (http::stringAt(json, "status") || http::stringAt(json, "state"));
}

void addNested(QList<ComponentHealth> &parts, const QString &name, const Json &json, int depth)
{
    if (depth >= 8)
        return;
    if (const Json *nested = http::objectAt(json, "components")) {
        for (const auto &[key, value] : nested->items())
            addPart(parts, joinedName(name, QString::fromStdString(key)), value, depth + 1);
    }
    if (const Json *details = http::objectAt(json, "details")) {
        for (const auto &[key, value] : details->items()) {
            if (hasOwnStatus(value))
                addPart(parts, joinedName(name, QString::fromStdString(key)), value, depth + 1);
        }
    }
}

void addPart(QList<ComponentHealth> &parts, const QString &name, const Json &json, int depth)
{
    ComponentHealth part;
    part.name = name;
    std::tie(part.word, part.status) = wordOf(name, json);
    part.latencyMs = latencyOf(json);
    part.critical = http::boolAt(json, "critical");
    if (!part.latencyMs) {
        for (const char *key : {"details", "data"}) {
            if (const Json *inner = http::objectAt(json, key); inner && !part.latencyMs)
                part.latencyMs = latencyOf(*inner);
        }
    }
    part.detail = messageOf(json);
    for (const char *key : {"details", "data"}) {
        if (const Json *inner = http::objectAt(json, key); inner && part.detail.isEmpty())
            part.detail = messageOf(*inner);
    }
    if (part.detail.isEmpty())
        part.detail = figuresOf(json).join(u", "_s);
    parts.append(part);
    addNested(parts, name, json, depth);
}

/// `"name:measure": [ {...}, ... ]` of the IETF draft.
void addMeasures(QList<ComponentHealth> &parts, const QString &name, const Json &list)
{
    int number = 0;
    for (const Json &entry : list) {
        ++number;
        ComponentHealth part;
        part.name = name;
        if (list.size() > 1)
            part.name += u' ' + http::stringAt(entry, "componentId").value_or(QString::number(number));
        std::tie(part.word, part.status) = wordOf(name, entry);
        part.detail = messageOf(entry);
        const auto value = entry.is_object() ? entry.find("observedValue") : entry.end();
        if (entry.is_object() && value != entry.end() && value->is_primitive() && !value->is_null()) {
            const QString unit = http::stringAt(entry, "observedUnit").value_or(QString());
            if (unit == u"ms")
                part.latencyMs = http::numberAt(entry, "observedValue");
            if (part.detail.isEmpty())
                part.detail = (http::toQString(*value) + u' ' + unit).trimmed();
        }
        parts.append(part);
    }
}

QString nameOfItem(const Json &item, qsizetype number)
{
    for (const char *key : {"component", "name", "service", "id", "componentId", "check"}) {
        if (const auto name = http::stringAt(item, key); name && !name->isEmpty())
            return *name;
    }
    return u"part %1"_s.arg(number);
}

void addContainer(QList<ComponentHealth> &parts, const Json &container)
{
    if (container.is_object()) {
        for (const auto &[key, value] : container.items()) {
            const QString name = QString::fromStdString(key);
            if (value.is_array())
                addMeasures(parts, name, value);
            else if (!value.is_null())
                addPart(parts, name, value);
        }
    } else if (container.is_array()) {
        qsizetype number = 0;
        for (const Json &item : container) {
            ++number;
            if (item.is_object())
                addPart(parts, nameOfItem(item, number), item);
        }
    }
}

bool isFilled(const Json &object, const char *key)
{
    const auto it = object.find(key);
    return it != object.end() && it->is_structured() && !it->empty();
}

/// Which container the object keeps its parts in; reads them and names the dialect.
QString readParts(const Json &object, QList<ComponentHealth> &parts)
{
    const auto overall = http::stringAt(object, "status").value_or(QString());
    if (isFilled(object, "components")) {
        addContainer(parts, object["components"]);
        const bool isSpring = overall == overall.toUpper() && !overall.isEmpty();
        return object["components"].is_array() ? u"component list"_s : isSpring ? u"spring boot"_s : u"components"_s;
    }
    if (isFilled(object, "checks")) {
        addContainer(parts, object["checks"]);
        if (object["checks"].is_array())
            return u"microprofile"_s;
        return object["checks"].front().is_array() ? u"health+json"_s : u"checks by name"_s;
    }
    if (isFilled(object, "services")) {
        addContainer(parts, object["services"]);
        return object["services"].is_array() ? u"service list"_s : u"services by name"_s;
    }
    for (const char *key : {"entries", "results", "dependencies"}) {
        if (isFilled(object, key)) {
            addContainer(parts, object[key]);
            return u"asp.net"_s;
        }
    }
    const bool hasInfo = object.contains("info") && (object.contains("error") || object.contains("details"));
    if (isFilled(object, "details") && object["details"].is_object()) {
        addContainer(parts, object["details"]);
        return hasInfo ? u"terminus"_s : u"spring boot"_s;
    }
    if (hasInfo) {
        for (const char *key : {"info", "error"}) {
            if (const Json *half = http::objectAt(object, key))
                addContainer(parts, *half);
        }
        return u"terminus"_s;
    }
    for (const auto &[key, value] : object.items()) {
        if (!value.is_object())
            continue;
        const auto status = value.find("status");
        const bool hasStatus = status != value.end() && status->is_primitive() && !status->is_null();
        if (hasStatus || http::stringAt(value, "state"))
            addPart(parts, QString::fromStdString(key), value);
    }
    return parts.isEmpty() ? QString() : u"parts with status"_s;
}

QString versionOf(const Json &object)
{
    for (const char *key : {"version", "releaseId", "release_id"}) {
        if (const auto text = http::stringAt(object, key); text && !text->isEmpty())
            return *text;
    }
    for (const char *key : {"metadata", "build", "app"}) {
        if (const Json *inner = http::objectAt(object, key)) {
            if (const auto text = http::stringAt(*inner, "version"))
                return *text;
        }
    }
    return {};
}

HealthStatus fromHttp(int status)
{
    return status >= 200 && status < 300 ? HealthStatus::Healthy : HealthStatus::Unhealthy;
}

/// Free text: healthy only when it says a good word and no bad one.
HealthStatus fromText(const QString &text)
{
    if (const HealthStatus whole = statusFromWord(text); whole != HealthStatus::Unknown)
        return whole;
    static const QRegularExpression split(u"[^A-Za-z]+"_s);
    bool hasGood = false;
    const QStringList words = text.split(split, Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const HealthStatus status = statusFromWord(word);
        const QString lower = word.toLower();
        if (lower == u"not" || lower == u"no" || (status != HealthStatus::Unknown && status != HealthStatus::Healthy))
            return HealthStatus::Unknown;
        hasGood = hasGood || status == HealthStatus::Healthy;
    }
    return hasGood ? HealthStatus::Healthy : HealthStatus::Unknown;
}

/// A message without a status word: the HTTP status decides, but 200 does not outvote "NOT_READY".
void decideByMessage(ProbeReport &report, const QString &message)
{
    report.word = message;
    report.status = fromHttp(report.httpStatus);
    if (report.status != HealthStatus::Healthy)
        return;
    static const QRegularExpression split(u"[^A-Za-z]+"_s);
    const QStringList words = message.split(split, Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const HealthStatus status = statusFromWord(word);
        if (word.compare(u"not", Qt::CaseInsensitive) == 0 || status == HealthStatus::Unhealthy ||
            status == HealthStatus::Degraded)
            report.status = HealthStatus::Unknown;
    }
}

void readText(ProbeReport &report, const QString &text)
{
    report.word = text.simplified().left(200);
    report.dialect = u"plain text"_s;
    report.status = report.httpStatus >= 500 && fromText(report.word) == HealthStatus::Unknown ? HealthStatus::Unhealthy
                                                                                               : fromText(report.word);
}

void decideByParts(ProbeReport &report)
{
    report.status = HealthStatus::Healthy;
    for (const ComponentHealth &part : std::as_const(report.components)) {
        HealthStatus status = part.status;
        if (status == HealthStatus::Unhealthy && part.critical == false)
            status = HealthStatus::Degraded;
        report.status = worse(report.status, status);
    }
}

void readObject(ProbeReport &report, const Json &object)
{
    report.dialect = readParts(object, report.components);
    report.version = versionOf(object);
    std::optional<QString> word;
    for (const char *key : {"status", "outcome", "state", "health"}) {
        if ((word = http::stringAt(object, key)))
            break;
    }
    if (word) {
        report.word = *word;
        report.status = statusFromWord(*word);
        if (report.dialect.isEmpty())
            report.dialect = u"status only"_s;
        return;
    }
    for (const char *key : {"status", "alive", "live", "ready", "healthy", "ok", "up", "success"}) {
        if (const auto flag = http::boolAt(object, key)) {
            report.word = u"%1: %2"_s.arg(QLatin1StringView(key), *flag ? u"true"_s : u"false"_s);
            report.status = *flag ? HealthStatus::Healthy : HealthStatus::Unhealthy;
            if (report.dialect.isEmpty())
                report.dialect = u"flag"_s;
            return;
        }
    }
    if (!report.components.isEmpty()) {
        decideByParts(report);
        return;
    }
    const QString message = messageOf(object);
    if (!message.isEmpty()) {
        report.dialect = u"message only"_s;
        decideByMessage(report, message);
        return;
    }
    report.dialect = u"not recognised"_s;
    report.status = report.httpStatus >= 500 ? HealthStatus::Unhealthy : HealthStatus::Unknown;
}

bool isRefusal(int status)
{
    return (status >= 300 && status < 400) || status == 401 || status == 403 || status == 404 || status == 405 ||
           status == 407 || status == 429;
}

} // namespace

Result<ProbeReport> decodeHealth(const QString &path, const http::HttpResponse &response)
{
    const Result<QByteArray> body = http::plainBody(response);
    if (isRefusal(response.status))
        return failure(http::statusError(response, body.value_or(QByteArray())));
    if (!body)
        return failure(body.error());

    ProbeReport report;
    report.path = path;
    report.httpStatus = response.status;
    report.latencyMs = static_cast<double>(response.elapsed.count());
    report.raw = *body;
    const QByteArray trimmed = body->trimmed();
    if (trimmed.isEmpty()) {
        report.dialect = u"HTTP status"_s;
        report.word = u"HTTP %1"_s.arg(response.status);
        report.status = fromHttp(response.status);
        return report;
    }
    const bool looksLikeJson = trimmed.startsWith('{') || trimmed.startsWith('[') || trimmed.startsWith('"') ||
                               response.contentType.endsWith("json");
    if (!looksLikeJson) {
        const http::ServerWords said = http::serverWords(*body);
        if (said.isHtml) {
            if (response.status >= 400)
                return failure(http::statusError(response, *body));
            return failure(ErrorKind::Malformed, response.endpoint, u"answered HTML instead of its health"_s,
                           said.words);
        }
        if (trimmed.size() > 4096 || trimmed.contains('\0') || !QString::fromUtf8(trimmed).isValidUtf16())
            return failure(ErrorKind::Malformed, response.endpoint,
                           u"answered something that is not a health answer"_s);
        readText(report, QString::fromUtf8(trimmed));
    } else {
        const Result<Json> json = http::parseJson(*body, response.endpoint);
        if (!json) {
            if (response.status >= 400)
                return failure(http::statusError(response, *body));
            return failure(json.error());
        }
        if (json->is_object()) {
            readObject(report, *json);
        } else if (json->is_array() && !json->empty()) {
            report.dialect = u"component list"_s;
            addContainer(report.components, *json);
            if (report.components.isEmpty())
                return failure(ErrorKind::Malformed, response.endpoint, u"answered a list without a single part"_s);
            decideByParts(report);
        } else if (json->is_string()) {
            readText(report, http::toQString(*json));
        } else if (json->is_boolean()) {
            report.dialect = u"flag"_s;
            std::tie(report.word, report.status) = wordOf({}, *json);
        } else {
            return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not a health answer"_s);
        }
    }
    if (response.status >= 500 && report.status == HealthStatus::Healthy) {
        report.status = HealthStatus::Unhealthy;
        report.word += u" (HTTP %1)"_s.arg(response.status);
    } else if (response.status >= 500 && report.status == HealthStatus::Unknown &&
               report.word.compare(u"unknown", Qt::CaseInsensitive) != 0) {
        report.status = HealthStatus::Unhealthy;
    }
    return report;
}

} // namespace atalaya::health
