// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/ops_flag_write_adapter.h"

#include "models/flags/ops_flag_adapter.h"
#include "models/http/json_reader.h"

namespace atalaya::flags {

using namespace Qt::Literals::StringLiterals;
using control::TargetState;
using control::Ticket;

namespace {

QString onOrOff(bool value)
{
    return value ? u"on"_s : u"off"_s;
}

} // namespace

OpsFlagWrite::OpsFlagWrite(http::Transport &transport, workspace::EndpointResolver &resolver, control::OpsPlace place,
                           QString name, std::function<void(const Flag &)> onRead)
    : OpsWrite(transport, resolver, std::move(place)), m_name(std::move(name)), m_onRead(std::move(onRead))
{
}

Result<TargetState> OpsFlagWrite::stateFrom(const http::HttpResponse &response)
{
    const Result<Flag> flag = decodeOpsFlag(response);
    if (!flag)
        return failure(flag.error());
    if (flag->id.name != m_name)
        return failure(ErrorKind::Malformed, response.endpoint,
                       u"answered the flag %1 instead of %2"_s.arg(flag->id.name, m_name));
    if (m_onRead)
        m_onRead(*flag);
    TargetState state;
    state.version = !flag->etag.isEmpty()     ? flag->etag
                    : flag->version.isEmpty() ? QString()
                                              : u'"' + flag->version + u'"';
    if (state.version.isEmpty())
        return failure(ErrorKind::Unsupported, response.endpoint,
                       u"tells no version of %1; it cannot be written"_s.arg(m_name));
    const bool set = flag->atRestart ? flag->configuredValue.value_or(flag->value) : flag->value;
    state.words = onOrOff(flag->value);
    if (set != flag->value)
        state.words += u", %1 after restart"_s.arg(onOrOff(set));
    state.fields[u"value"_s] = onOrOff(set);
    state.fields[u"apply"_s] = flag->atRestart ? u"restart"_s : u"live"_s;
    return state;
}

http::HttpRequest OpsFlagWrite::requestFor(const Ticket &ticket, const TargetState &) const
{
    http::HttpRequest request;
    request.method = "PUT";
    request.path = resource();
    const http::Json body{{"value", ticket.parameter(u"value"_s) == u"on"}, {"reason", ticket.reason.toStdString()}};
    request.body = QByteArray::fromStdString(body.dump(-1, ' ', false, http::Json::error_handler_t::replace));
    return request;
}

bool OpsFlagWrite::isWanted(const Ticket &ticket, const TargetState &state, const TargetState &) const
{
    const auto value = state.fields.find(u"value"_s);
    return value != state.fields.end() && value->second == ticket.parameter(u"value"_s);
}

bool OpsFlagWrite::isInEffect(const TargetState &state) const
{
    const auto apply = state.fields.find(u"apply"_s);
    return apply == state.fields.end() || apply->second != u"restart";
}

} // namespace atalaya::flags
