// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/ops_body.h"

#include "app/fleet/correlation.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <nlohmann/json.hpp>

#include <set>

namespace atalaya::fleet {

namespace {

using Json = nlohmann::ordered_json;

constexpr qsizetype shortestReason = 5;
constexpr qsizetype longestReason = 500;
constexpr quint64 longestHold = 86'400;

std::vector<std::string> fieldsOf(OpsResource resource)
{
    switch (resource) {
    case OpsResource::Trip:
        return {"reason", "hold_seconds"};
    case OpsResource::ResetAll:
        return {"reason", "expected"};
    case OpsResource::Flag:
        return {"reason", "value"};
    default:
        return {"reason"};
    }
}

/// Discarded where the text is no JSON; `isTwice` where an object anywhere in it names a field twice.
Json parsedBody(const std::string &text, bool &isTwice)
{
    std::vector<std::set<std::string>> open;
    return Json::parse(
        text,
        [&](int, Json::parse_event_t event, Json &parsed) {
            if (event == Json::parse_event_t::object_start)
                open.emplace_back();
            else if (event == Json::parse_event_t::object_end)
                open.pop_back();
            else if (event == Json::parse_event_t::key)
                isTwice = !open.back().insert(parsed.get<std::string>()).second || isTwice;
            return true;
        },
        false);
}

std::optional<std::string> reasonFault(const Json &reason)
{
    if (!reason.is_string())
        return "reason is a text";
    const QList<uint> characters = QString::fromStdString(reason.get<std::string>()).trimmed().toUcs4();
    if (characters.size() < shortestReason || characters.size() > longestReason)
        return "reason has 5 to 500 characters";
    const QList<uint> all = QString::fromStdString(reason.get<std::string>()).toUcs4();
    if (std::ranges::any_of(all, [](uint c) { return QChar::category(c) == QChar::Other_Control; }))
        return "reason has no control characters";
    return {};
}

std::optional<std::string> readField(OpsResource resource, const Json &json, OpsBody &body)
{
    switch (resource) {
    case OpsResource::Trip: {
        const Json &hold = json["hold_seconds"];
        if (hold.is_null())
            return {};
        if (!hold.is_number_unsigned() || hold.get<quint64>() < 1 || hold.get<quint64>() > longestHold)
            return "hold_seconds is a whole number from 1 to 86400, or null";
        body.hold = Seconds(hold.get<qint64>());
        return {};
    }
    case OpsResource::ResetAll:
        if (!json["expected"].is_object())
            return "expected is an object of names and versions";
        for (const auto &[name, version] : json["expected"].items()) {
            if (!isSafeName(name))
                return "a name is [A-Za-z0-9._-]{1,64}";
            if (!version.is_number_unsigned())
                return "a version is a whole number";
            body.expected.emplace_back(name, version.get<quint64>());
        }
        return {};
    case OpsResource::Flag:
        if (!json["value"].is_boolean())
            return "value is true or false";
        body.value = json["value"].get<bool>();
        return {};
    default:
        return {};
    }
}

} // namespace

std::variant<OpsBody, std::string> readOpsBody(OpsResource resource, const std::string &text)
{
    bool isTwice = false;
    const Json json = parsedBody(text, isTwice);
    if (!json.is_object())
        return "the body is a JSON object";
    if (isTwice)
        return "a field is given twice";
    const std::vector<std::string> fields = fieldsOf(resource);
    for (const auto &[name, value] : json.items()) {
        if (std::ranges::count(fields, name) == 0)
            return "there is no field of that name here";
    }
    for (const std::string &field : fields) {
        if (!json.contains(field))
            return field + " is missing";
    }
    if (const auto fault = reasonFault(json["reason"]))
        return *fault;
    OpsBody body;
    body.reason = json["reason"].get<std::string>();
    if (const auto fault = readField(resource, json, body))
        return *fault;
    return body;
}

} // namespace atalaya::fleet
