// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/ops_breaker_write_adapter.h"

#include "models/base/time_text.h"
#include "models/breakers/ops_breaker_adapter.h"
#include "models/http/json_reader.h"

namespace atalaya::breakers {

using namespace Qt::Literals::StringLiterals;
using control::TargetState;
using control::Ticket;
using http::Json;

namespace {

QString valueOf(const TargetState &state, const QString &field)
{
    const auto it = state.fields.find(field);
    return it == state.fields.end() ? QString() : it->second;
}

QByteArray bodyOf(const Json &json)
{
    return QByteArray::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

QString wordOf(const ControlReading &reading)
{
    return reading.mode == BreakerMode::Auto ? stateWord(reading.state) : modeWord(reading.mode);
}

bool isReset(const ControlReading &reading)
{
    return reading.state == BreakerState::Closed && reading.mode == BreakerMode::Auto;
}

QStringList listOf(const TargetState &state, const QString &field)
{
    return valueOf(state, field).split(u',', Qt::SkipEmptyParts);
}

} // namespace

OpsBreakerWrite::OpsBreakerWrite(http::Transport &transport, workspace::EndpointResolver &resolver,
                                 control::OpsPlace place, Action action, QString name,
                                 std::function<void(const ControlReading &)> onRead)
    : OpsWrite(transport, resolver, std::move(place))
    , m_action(action)
    , m_name(std::move(name))
    , m_onRead(std::move(onRead))
{
}

Result<TargetState> OpsBreakerWrite::stateFrom(const http::HttpResponse &response)
{
    const Result<ControlReading> reading = decodeOpsBreaker(response);
    if (!reading)
        return failure(reading.error());
    if (reading->name != m_name)
        return failure(ErrorKind::Malformed, response.endpoint,
                       u"answered the breaker %1 instead of %2"_s.arg(reading->name, m_name));
    if (m_onRead)
        m_onRead(*reading);
    TargetState state;
    state.words = wordOf(*reading);
    state.version = !reading->etag.isEmpty()     ? reading->etag
                    : reading->version.isEmpty() ? QString()
                                                 : u'"' + reading->version + u'"';
    if (state.version.isEmpty())
        return failure(ErrorKind::Unsupported, response.endpoint,
                       u"tells no version of %1; it cannot be written"_s.arg(m_name));
    state.fields[u"state"_s] = stateWord(reading->state);
    state.fields[u"mode"_s] = modeWord(reading->mode);
    if (reading->forcedUntil)
        state.fields[u"forced_until"_s] = rfc3339(*reading->forcedUntil);
    return state;
}

http::HttpRequest OpsBreakerWrite::requestFor(const Ticket &ticket, const TargetState &) const
{
    http::HttpRequest request;
    request.method = "POST";
    Json body = Json::object();
    body["reason"] = ticket.reason.toStdString();
    QString verb;
    switch (m_action) {
    case Action::Trip: {
        verb = u"/trip"_s;
        const QString hold = ticket.parameter(u"hold_seconds"_s);
        body["hold_seconds"] = hold.isEmpty() ? Json() : Json(hold.toInt());
        break;
    }
    case Action::Release:
        verb = u"/release"_s;
        break;
    case Action::Reset:
        verb = u"/reset"_s;
        break;
    }
    request.path = resource() + verb;
    request.body = bodyOf(body);
    return request;
}

bool OpsBreakerWrite::isWanted(const Ticket &ticket, const TargetState &state, const TargetState &) const
{
    const bool isForced = valueOf(state, u"mode"_s) == u"forced_open";
    switch (m_action) {
    case Action::Trip:
        return isForced && ticket.parameter(u"hold_seconds"_s).isEmpty() == valueOf(state, u"forced_until"_s).isEmpty();
    case Action::Release:
        return !isForced;
    case Action::Reset:
        return valueOf(state, u"state"_s) == u"closed" && valueOf(state, u"mode"_s) == u"auto";
    }
    return false;
}

bool OpsBreakerWrite::wasWanted(const Ticket &ticket, const TargetState &before) const
{
    // A hold is counted from the write: an earlier one ends at another time.
    if (m_action == Action::Trip && !ticket.parameter(u"hold_seconds"_s).isEmpty())
        return false;
    return isWanted(ticket, before, before);
}

OpsResetAllWrite::OpsResetAllWrite(http::Transport &transport, workspace::EndpointResolver &resolver,
                                   control::OpsPlace place, QStringList names)
    : OpsWrite(transport, resolver, std::move(place)), m_names(std::move(names))
{
}

Result<TargetState> OpsResetAllWrite::stateFrom(const http::HttpResponse &response)
{
    const Result<BreakerList> list = decodeOpsBreakers(response);
    if (!list)
        return failure(list.error());
    const Result<Json> json = http::jsonAnswer(response);
    const Json *items = json ? http::arrayAt(*json, "breakers") : nullptr;
    if (!items || list->breakers.isEmpty())
        return failure(ErrorKind::Unsupported, response.endpoint, u"lists no breakers that could be reset"_s);
    QStringList all, open;
    for (const ControlReading &reading : list->breakers) {
        all += reading.name;
        if (!isReset(reading))
            open += reading.name;
    }
    const QStringList names = !m_names.isEmpty() ? m_names : open.isEmpty() ? all : open;
    // Versions go back as they came: a number stays a number.
    Json versions = Json::object();
    for (const Json &item : *items) {
        const std::string name = item.value("name", std::string());
        if (names.contains(QString::fromStdString(name)) && item.contains("version") && !item["version"].is_null())
            versions[name] = item["version"];
    }
    if (versions.size() != static_cast<std::size_t>(names.size()))
        return failure(ErrorKind::NotFound, response.endpoint,
                       u"does not list every one of %1 with its version"_s.arg(names.join(u", "_s)));
    TargetState state;
    QStringList stillOpen = open;
    stillOpen.removeIf([&](const QString &name) { return !names.contains(name); });
    state.words = stillOpen.isEmpty() ? u"closed"_s : u"not closed: "_s + stillOpen.join(u", "_s);
    state.version = QString::fromStdString(versions.dump());
    state.fields[u"names"_s] = names.join(u',');
    state.fields[u"open"_s] = open.join(u',');
    return state;
}

http::HttpRequest OpsResetAllWrite::requestFor(const Ticket &ticket, const TargetState &before) const
{
    http::HttpRequest request;
    request.method = "POST";
    request.path = u"/breakers/reset-all"_s;
    const Result<Json> versions = http::parseJson(before.version.toUtf8(), {});
    request.body = bodyOf({{"reason", ticket.reason.toStdString()}, {"expected", versions.value_or(Json::object())}});
    return request;
}

bool OpsResetAllWrite::isWanted(const Ticket &, const TargetState &state, const TargetState &before) const
{
    const QStringList open = listOf(state, u"open"_s);
    const QStringList names = listOf(before, u"names"_s);
    return std::none_of(names.begin(), names.end(), [&](const QString &name) { return open.contains(name); });
}

} // namespace atalaya::breakers
