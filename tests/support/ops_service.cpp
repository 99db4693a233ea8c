// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ops_service.h"

#include <QtCore/QJsonDocument>

namespace atalaya::test {

using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray base = "/ops/v1";

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// "openai" of "/ops/v1/breakers/openai/trip".
QString nameIn(const QByteArray &path)
{
    return QString::fromLatin1(path.split('/').value(4));
}

} // namespace

OpsService::OpsService(MisbehavingServer &server, const QString &instanceId)
    : m_server(server), m_instanceId(instanceId)
{
    breakers.insert(u"openai"_s, {});
    breakers.insert(u"supabase_db"_s, {});
    flags.insert(u"USE_CACHE"_s, {});
    serve();
}

void OpsService::serve()
{
    const Reaction reads{[this](ServerConnection &connection, const ReceivedRequest &request) {
        if (request.method == "PUT")
            misbehave(connection, request);
        else
            reply(connection, read(request));
    }};
    const Reaction writes{
        [this](ServerConnection &connection, const ReceivedRequest &request) { misbehave(connection, request); }};
    for (const QByteArray &path :
         {QByteArray("/info"), QByteArray("/breakers"), QByteArray("/flags"), QByteArray("/audit")})
        m_server.on(base + path, {reads});
    m_server.on(base + "/breakers/reset-all", {writes});
    for (const QString &name : breakers.keys()) {
        m_server.on(base + "/breakers/" + name.toLatin1(), {reads});
        for (const QByteArray &verb : {QByteArray("/trip"), QByteArray("/release"), QByteArray("/reset")})
            m_server.on(base + "/breakers/" + name.toLatin1() + verb, {writes});
    }
    for (const QString &name : flags.keys())
        m_server.on(base + "/flags/" + name.toLatin1(), {reads});
}

void OpsService::restart()
{
    ++m_life;
    m_audit = {};
    m_kept.clear();
    for (Breaker &breaker : breakers)
        breaker = {.version = breaker.version + 1};
}

QByteArray OpsService::etagOf(int version) const
{
    return '"' + m_instanceId.toLatin1() + '-' + QByteArray::number(m_life) + '-' + QByteArray::number(version) + '"';
}

QJsonObject OpsService::breakerJson(const QString &name) const
{
    const Breaker breaker = breakers.value(name);
    return {{u"name"_s, name},
            {u"state"_s, breaker.state},
            {u"mode"_s, breaker.mode},
            {u"enabled"_s, breaker.enabled},
            {u"version"_s, breaker.version},
            {u"forced_until"_s, breaker.forcedUntil.isEmpty() ? QJsonValue() : QJsonValue(breaker.forcedUntil)}};
}

QJsonObject OpsService::flagJson(const QString &name) const
{
    const Flag flag = flags.value(name);
    return {{u"name"_s, name},
            {u"type"_s, u"bool"_s},
            {u"value"_s, flag.value},
            {u"configured_value"_s, flag.configured},
            {u"apply"_s, flag.atRestart ? u"restart"_s : u"live"_s},
            {u"pending_restart"_s, flag.value != flag.configured},
            {u"version"_s, flag.version}};
}

OpsService::Answer OpsService::problem(int code, const QString &word) const
{
    return {code, textOf({{u"title"_s, word}, {u"status"_s, code}, {u"detail"_s, word}, {u"code"_s, word}}), {}};
}

OpsService::Answer OpsService::read(const ReceivedRequest &request) const
{
    const QByteArray path = request.path();
    const QString startedAt = u"2026-11-%1T05:12:00Z"_s.arg(m_life, 2, 10, QChar(u'0'));
    if (request.header("authorization") != "Bearer operator-token")
        return problem(401, u"unauthenticated"_s);
    if (path == base + "/info")
        return {200,
                textOf({{u"service"_s, u"worker"_s},
                        {u"instance_id"_s, m_instanceId},
                        {u"started_at"_s, startedAt},
                        {u"contract"_s, u"ops/1"_s},
                        {u"capabilities"_s, QJsonArray::fromStringList(capabilities)},
                        {u"roles"_s, QJsonArray{role}}}),
                {}};
    if (path == base + "/audit")
        return {200, textOf({{u"entries"_s, m_audit}, {u"next_cursor"_s, QJsonValue()}}), {}};
    QJsonArray list;
    if (path == base + "/breakers") {
        for (const QString &name : breakers.keys())
            list.append(breakerJson(name));
        return {
            200, textOf({{u"instance_id"_s, m_instanceId}, {u"started_at"_s, startedAt}, {u"breakers"_s, list}}), {}};
    }
    if (path.startsWith(base + "/breakers/"))
        return {200, textOf(breakerJson(nameIn(path))), etagOf(breakers.value(nameIn(path)).version)};
    return {200, textOf(flagJson(nameIn(path))), etagOf(flags.value(nameIn(path)).version)};
}

void OpsService::record(const ReceivedRequest &request, const QString &target, const QString &result)
{
    m_audit.prepend(QJsonObject{{u"id"_s, QString::number(m_audit.size() + 1)},
                                {u"at"_s, u"2026-11-24T03:00:00Z"_s},
                                {u"target"_s, target},
                                {u"instance_id"_s, m_instanceId},
                                {u"result"_s, result},
                                {u"correlation_id"_s, QString::fromLatin1(request.header("x-correlation-id"))},
                                {u"idempotency_key"_s, QString::fromLatin1(request.header("idempotency-key"))}});
}

OpsService::Answer OpsService::act(const ReceivedRequest &request, const QJsonObject &body)
{
    const QByteArray path = request.path();
    const QString name = nameIn(path);
    if (path.startsWith(base + "/flags/")) {
        Flag &flag = flags[name];
        const bool wanted = body[u"value"].toBool();
        const bool isNoop = flag.configured == wanted && (flag.atRestart || flag.value == wanted);
        if (!isNoop) {
            flag.configured = wanted;
            flag.value = flag.atRestart ? flag.value : wanted;
            ++flag.version;
            ++m_changes;
        }
        record(request, name, isNoop ? u"noop"_s : u"applied"_s);
        return {!isNoop && flag.atRestart ? 202 : 200,
                textOf({{u"result"_s, isNoop ? u"noop"_s : u"applied"_s}, {u"flag"_s, flagJson(name)}}),
                {}};
    }
    Breaker &breaker = breakers[name];
    Breaker wanted = breaker;
    if (path.endsWith("/trip")) {
        if (!breaker.enabled)
            return problem(409, u"breaker_disabled"_s);
        wanted.state = u"open"_s;
        wanted.mode = u"forced_open"_s;
        const QJsonValue hold = body[u"hold_seconds"];
        // Each hold ends at its own time; how long it is does not matter here.
        wanted.forcedUntil = hold.isNull() ? QString() : u"2026-11-24T03:%1:00Z"_s.arg(m_changes + 10);
    } else if (path.endsWith("/release")) {
        if (breaker.mode == u"forced_open") {
            wanted.state = u"half_open"_s;
            wanted.mode = u"auto"_s;
            wanted.forcedUntil.clear();
        }
    } else {
        wanted.state = u"closed"_s;
        wanted.mode = u"auto"_s;
        wanted.forcedUntil.clear();
    }
    const bool isNoop =
        wanted.state == breaker.state && wanted.mode == breaker.mode && wanted.forcedUntil == breaker.forcedUntil;
    if (!isNoop) {
        ++wanted.version;
        breaker = wanted;
        ++m_changes;
    }
    record(request, name, isNoop ? u"noop"_s : u"applied"_s);
    return {200, textOf({{u"result"_s, isNoop ? u"noop"_s : u"applied"_s}, {u"breaker"_s, breakerJson(name)}}), {}};
}

OpsService::Answer OpsService::resetAll(const ReceivedRequest &request, const QJsonObject &body)
{
    QJsonArray rows;
    const QJsonObject expected = body[u"expected"].toObject();
    for (const QString &name : expected.keys()) {
        QJsonObject row{{u"name"_s, name}};
        if (!breakers.contains(name)) {
            row[u"result"_s] = u"error"_s;
            row[u"error"_s] = u"unknown_breaker"_s;
        } else if (expected[name].toInt() != breakers[name].version) {
            row[u"result"_s] = u"conflict"_s;
        } else if (breakers[name].state == u"closed" && breakers[name].mode == u"auto") {
            row[u"result"_s] = u"noop"_s;
        } else {
            breakers[name] = {.version = breakers[name].version + 1};
            ++m_changes;
            row[u"result"_s] = u"applied"_s;
        }
        rows.append(row);
    }
    record(request, u"*"_s, u"applied"_s);
    return {200, textOf({{u"results"_s, rows}, {u"audit_id"_s, u"1"_s}}), {}};
}

OpsService::Answer OpsService::write(const ReceivedRequest &request)
{
    const QByteArray path = request.path();
    if (request.header("content-type") != "application/json")
        return problem(415, u"invalid_request"_s);
    if (request.header("authorization") != "Bearer operator-token")
        return problem(401, u"unauthenticated"_s);
    if (role != u"operator") {
        record(request, nameIn(path), u"denied"_s);
        return problem(403, u"forbidden"_s);
    }
    if (request.header("x-ops-instance") != m_instanceId.toLatin1())
        return problem(421, u"wrong_instance"_s);
    const QByteArray key = request.header("idempotency-key");
    if (key.isEmpty())
        return problem(400, u"invalid_request"_s);
    if (m_kept.contains(key))
        return m_kept[key].first == path + request.body ? m_kept[key].second : problem(422, u"idempotency_mismatch"_s);
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const bool isAll = path.endsWith("/reset-all");
    if (!isAll) {
        const bool isFlag = path.startsWith(base + "/flags/");
        const int version = isFlag ? flags[nameIn(path)].version : breakers[nameIn(path)].version;
        if (request.header("if-match").isEmpty())
            return problem(428, u"precondition_required"_s);
        if (request.header("if-match") != etagOf(version)) {
            record(request, nameIn(path), u"conflict"_s);
            return problem(412, u"version_conflict"_s);
        }
    }
    if (body[u"reason"].toString().size() < 5)
        return problem(400, u"invalid_request"_s);
    const Answer answer = isAll ? resetAll(request, body) : act(request, body);
    m_kept.insert(key, {path + request.body, answer});
    return answer;
}

void OpsService::reply(ServerConnection &connection, const Answer &answer) const
{
    QByteArray head =
        "HTTP/1.1 " + QByteArray::number(answer.status) +
        " Status\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(answer.body.size()) +
        "\r\n";
    if (!answer.etag.isEmpty())
        head += "ETag: " + answer.etag + "\r\n";
    connection.write(head + "\r\n" + answer.body);
}

void OpsService::misbehave(ServerConnection &connection, const ReceivedRequest &request)
{
    ++m_writes;
    m_last = request;
    const auto page = [&](const QByteArray &type, const QByteArray &body) {
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: " + type +
                         "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    };
    const QByteArray loginPage = "<!doctype html><html><title>Sign in</title></html>";
    switch (fault) {
    case Fault::None:
        reply(connection, write(request));
        return;
    case Fault::Hang:
        write(request);
        return;
    case Fault::HangUndone:
        return;
    case Fault::LostReply:
        write(request);
        connection.close();
        return;
    case Fault::ResetBeforeHead:
        write(request);
        connection.reset();
        return;
    case Fault::LostRequest:
        connection.close();
        return;
    case Fault::Redirect:
        connection.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + redirectTo +
                         "\r\nContent-Length: 0\r\n\r\n");
        return;
    case Fault::StatusDone:
        write(request);
        [[fallthrough]];
    case Fault::Status:
        if (statusBody.isEmpty())
            reply(connection, problem(status, u"told_to"_s));
        else
            reply(connection, {status, statusBody, {}});
        return;
    case Fault::HtmlDone:
        write(request);
        [[fallthrough]];
    case Fault::Html:
        page("text/html", loginPage);
        return;
    case Fault::Empty:
        write(request);
        [[fallthrough]];
    case Fault::EmptyUndone:
        page("application/json", {});
        return;
    case Fault::Truncated: {
        const QByteArray body = write(request).body;
        page("application/json", body.left(body.size() / 2));
        return;
    }
    case Fault::Lie:
        record(request, nameIn(request.path()), u"applied"_s);
        page("application/json", R"({"result":"applied","audit_id":"1"})");
        return;
    }
}

} // namespace atalaya::test
