// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/ops_flag_adapter.h"

#include "models/base/time_text.h"
#include "models/http/json_reader.h"

#include <cmath>

namespace atalaya::flags {

using namespace Qt::Literals::StringLiterals;
using http::Json;

namespace {

QString textAt(const Json &json, const char *key)
{
    return http::stringAt(json, key).value_or(QString());
}

std::optional<Timestamp> flagTimeAt(const Json &json, const char *key)
{
    const Result<Timestamp> time = parseTime(textAt(json, key));
    return time ? std::optional<Timestamp>(*time) : std::nullopt;
}

QStringList namesAt(const Json &json, const char *key)
{
    QStringList names;
    if (const Json *list = http::arrayAt(json, key)) {
        for (const Json &item : *list) {
            if (item.is_string())
                names += http::toQString(item);
        }
    }
    return names;
}

Result<Flag> flagFrom(const Json &json, const QString &endpoint)
{
    Flag flag;
    flag.id.name = textAt(json, "name");
    if (flag.id.name.isEmpty())
        return failure(ErrorKind::Malformed, endpoint, u"answered a flag without a name"_s);
    const std::optional<bool> value = http::boolAt(json, "value");
    if (!value)
        return failure(ErrorKind::Malformed, endpoint,
                       u"flag %1 has no value that is true or false"_s.arg(flag.id.name));
    flag.value = *value;
    flag.configuredValue = http::boolAt(json, "configured_value");
    flag.defaultValue = http::boolAt(json, "default");
    flag.atRestart = textAt(json, "apply") == u"restart";
    flag.pendingRestart = http::boolAt(json, "pending_restart").value_or(false);
    if (const auto phase = http::numberAt(json, "phase"); phase && std::isfinite(*phase) && std::abs(*phase) < 1e6)
        flag.phase = static_cast<int>(*phase);
    flag.description = textAt(json, "description");
    flag.rollback = textAt(json, "rollback");
    flag.source = textAt(json, "source");
    flag.updatedBy = textAt(json, "updated_by");
    flag.reason = textAt(json, "reason");
    const auto version = json.find("version");
    if (version != json.end() && version->is_primitive() && !version->is_null())
        flag.version = http::toQString(*version);
    flag.dependsOn = namesAt(json, "depends_on");
    flag.updatedAt = flagTimeAt(json, "updated_at");
    return flag;
}

} // namespace

Result<FlagList> decodeOpsFlags(const http::HttpResponse &response)
{
    const Result<Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    FlagList list;
    list.instanceId = textAt(*json, "instance_id");
    list.startedAt = flagTimeAt(*json, "started_at");
    const Json *flags = json->is_array() ? &*json : http::arrayAt(*json, "flags");
    if (!flags)
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not a list of flags"_s);
    for (const Json &item : *flags) {
        Result<Flag> flag = flagFrom(item, response.endpoint);
        if (!flag)
            return failure(std::move(flag.error()));
        list.flags.append(*std::move(flag));
    }
    return list;
}

Result<Flag> decodeOpsFlag(const http::HttpResponse &response)
{
    const Result<Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    const Json *inner = http::objectAt(*json, "flag");
    Result<Flag> flag = flagFrom(inner ? *inner : *json, response.endpoint);
    if (flag)
        flag->etag = QString::fromLatin1(response.header("etag"));
    return flag;
}

Result<QStringList> decodeCapabilities(const http::HttpResponse &response)
{
    const Result<Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    if (!http::arrayAt(*json, "capabilities"))
        return failure(ErrorKind::Malformed, response.endpoint, u"answered an /info without capabilities"_s);
    return namesAt(*json, "capabilities");
}

Pending<QStringList> OpsFlagAdapter::fetchCapabilities(const http::Endpoint &endpoint, const QString &base) const
{
    return decodeOffThread<QStringList>(m_transport.fetch(endpoint, {.path = base + u"/info"_s}),
                                        [](const http::HttpResponse &r) { return decodeCapabilities(r); });
}

Pending<FlagList> OpsFlagAdapter::fetchFlags(const http::Endpoint &endpoint, const QString &base) const
{
    return decodeOffThread<FlagList>(m_transport.fetch(endpoint, {.path = base + u"/flags"_s}),
                                     [](const http::HttpResponse &r) { return decodeOpsFlags(r); });
}

Pending<Flag> OpsFlagAdapter::fetchFlag(const http::Endpoint &endpoint, const QString &base, const QString &name) const
{
    return decodeOffThread<Flag>(m_transport.fetch(endpoint, {.path = base + u"/flags/"_s + name}),
                                 [](const http::HttpResponse &r) { return decodeOpsFlag(r); });
}

} // namespace atalaya::flags
