// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/record_decoder.h"

#include "models/base/phone_mask.h"
#include "models/base/time_text.h"
#include "models/http/json_reader.h"

namespace atalaya::journal {

using namespace Qt::Literals::StringLiterals;
using http::Json;

namespace {

std::string utf8(const QString &text)
{
    return text.toUtf8().toStdString();
}

QByteArray dumped(const Json &json, int indent = -1)
{
    // A lone surrogate in a reason must not cost the record.
    return QByteArray::fromStdString(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

Json jsonOf(const Fields &fields)
{
    Json json = Json::object();
    for (const auto &[name, value] : fields)
        json[utf8(name)] = utf8(value);
    return json;
}

Json jsonOf(const std::optional<TargetState> &state)
{
    if (!state)
        return nullptr;
    return {{"words", utf8(state->words)}, {"version", utf8(state->version)}, {"fields", jsonOf(state->fields)}};
}

Json jsonOf(const InstanceIntent &part)
{
    return {{"instance", utf8(part.instance)},
            {"idempotency_key", utf8(part.idempotencyKey)},
            {"correlation_id", utf8(part.correlationId)},
            {"parameters", jsonOf(part.parameters)},
            {"before", jsonOf(part.before)}};
}

Json jsonOf(const CommandIntent &intent)
{
    Json parts = Json::array();
    for (const InstanceIntent &part : intent.instances)
        parts.push_back(jsonOf(part));
    return {{"command_id", utf8(intent.id)},
            {"who", utf8(intent.who)},
            {"host", utf8(intent.host)},
            {"client", utf8(intent.client)},
            {"environment", utf8(intent.environment)},
            {"action", utf8(intent.action)},
            {"system", utf8(intent.system)},
            {"target", utf8(intent.target)},
            {"reason", utf8(intent.reason)},
            {"parameters", jsonOf(intent.parameters)},
            {"undoes", utf8(intent.undoes)},
            {"until", utf8(rfc3339(intent.until))},
            {"instances", parts}};
}

Json jsonOf(const SentMark &mark)
{
    return {{"command_id", utf8(mark.commandId)}, {"instance", utf8(mark.instance)}};
}

Json jsonOf(const InstanceOutcome &outcome)
{
    return {{"command_id", utf8(outcome.commandId)},
            {"instance", utf8(outcome.instance)},
            {"outcome", utf8(outcomeWord(outcome.outcome))},
            {"after", jsonOf(outcome.after)},
            {"http_status", outcome.httpStatus},
            {"detail", utf8(outcome.detail)},
            {"took_effect_ms", outcome.tookEffect ? Json(outcome.tookEffect->count()) : Json()}};
}

Json jsonOf(const Resolution &resolution)
{
    return {{"command_id", utf8(resolution.commandId)},
            {"instance", utf8(resolution.instance)},
            {"outcome", utf8(outcomeWord(resolution.outcome))},
            {"by", utf8(resolution.by)},
            {"detail", utf8(resolution.detail)},
            {"after", jsonOf(resolution.after)}};
}

Json jsonOf(const Unlock &unlock)
{
    return {{"environment", utf8(unlock.environment)},
            {"who", utf8(unlock.who)},
            {"host", utf8(unlock.host)},
            {"reason", utf8(unlock.reason)},
            {"until", utf8(rfc3339(unlock.until))}};
}

Json jsonOf(const Lock &lock)
{
    return {{"environment", utf8(lock.environment)},
            {"who", utf8(lock.who)},
            {"host", utf8(lock.host)},
            {"reason", utf8(lock.reason)}};
}

Json jsonOf(const Note &note)
{
    return {{"environment", utf8(note.environment)},
            {"who", utf8(note.who)},
            {"host", utf8(note.host)},
            {"text", utf8(note.text)}};
}

Json jsonOf(const Unreadable &row)
{
    return {{"kind", utf8(row.kind)}, {"why", utf8(row.why)}};
}

QString textOf(const Json &json, const char *key)
{
    return http::stringAt(json, key).value_or(QString());
}

Fields fieldsOf(const Json &json, const char *key)
{
    Fields fields;
    if (const Json *object = http::objectAt(json, key)) {
        for (const auto &[name, value] : object->items())
            fields.emplace(QString::fromStdString(name), http::toQString(value));
    }
    return fields;
}

std::optional<TargetState> stateOf(const Json &json, const char *key)
{
    const Json *state = http::objectAt(json, key);
    if (!state)
        return std::nullopt;
    return TargetState{textOf(*state, "words"), textOf(*state, "version"), fieldsOf(*state, "fields")};
}

Timestamp momentOf(const Json &json, const char *key)
{
    return parseTime(textOf(json, key)).value_or(Timestamp());
}

std::optional<CommandIntent> intentFrom(const Json &json)
{
    CommandIntent intent;
    intent.id = textOf(json, "command_id");
    intent.who = textOf(json, "who");
    intent.host = textOf(json, "host");
    intent.client = textOf(json, "client");
    intent.environment = textOf(json, "environment");
    intent.action = textOf(json, "action");
    intent.system = textOf(json, "system");
    intent.target = textOf(json, "target");
    intent.reason = textOf(json, "reason");
    intent.parameters = fieldsOf(json, "parameters");
    intent.undoes = textOf(json, "undoes");
    intent.until = momentOf(json, "until");
    const Json *parts = http::arrayAt(json, "instances");
    if (intent.id.isEmpty() || intent.action.isEmpty() || !parts)
        return std::nullopt;
    for (const Json &part : *parts)
        intent.instances.append({textOf(part, "instance"), textOf(part, "idempotency_key"),
                                 textOf(part, "correlation_id"), fieldsOf(part, "parameters"),
                                 stateOf(part, "before")});
    return intent;
}

std::optional<InstanceOutcome> outcomeFrom(const Json &json)
{
    InstanceOutcome outcome;
    outcome.commandId = textOf(json, "command_id");
    outcome.instance = textOf(json, "instance");
    outcome.after = stateOf(json, "after");
    outcome.httpStatus = static_cast<int>(http::numberAt(json, "http_status").value_or(0));
    outcome.detail = textOf(json, "detail");
    if (const auto took = http::numberAt(json, "took_effect_ms"))
        outcome.tookEffect = Milliseconds(static_cast<qint64>(*took));
    const auto word = outcomeFromWord(textOf(json, "outcome"));
    if (outcome.commandId.isEmpty() || !word)
        return std::nullopt;
    outcome.outcome = *word;
    return outcome;
}

std::optional<Resolution> resolutionFrom(const Json &json)
{
    Resolution resolution{textOf(json, "command_id"), textOf(json, "instance"), Outcome::Unknown,
                          textOf(json, "by"),         textOf(json, "detail"),   stateOf(json, "after")};
    const auto word = outcomeFromWord(textOf(json, "outcome"));
    if (resolution.commandId.isEmpty() || !word)
        return std::nullopt;
    resolution.outcome = *word;
    return resolution;
}

template <typename T>
Content orUnreadable(const QString &kind, std::optional<T> content)
{
    if (!content)
        return Unreadable{kind, u"a field is missing"_s};
    return *std::move(content);
}

Json jsonOf(const InstanceRecord &part)
{
    const std::optional<TargetState> after = part.after();
    const auto wordsOf = [](const std::optional<TargetState> &state) {
        return state ? Json(utf8(state->words)) : Json();
    };
    Json sent = Json::array();
    for (const Timestamp at : part.sentAt)
        sent.push_back(utf8(rfc3339(at)));
    Json json{{"instance", utf8(part.intent.instance)},
              {"outcome", utf8(outcomeWord(part.known()))},
              {"before", wordsOf(part.intent.before)},
              {"after", wordsOf(after)},
              {"http_status", part.outcome && part.outcome->httpStatus ? Json(part.outcome->httpStatus) : Json()},
              {"detail", utf8(part.detail())}};
    if (part.outcome && part.outcome->tookEffect)
        json["took_effect_ms"] = part.outcome->tookEffect->count();
    json["sent_at"] = sent;
    json["concluded_at"] = part.outcome ? Json(utf8(rfc3339(part.concludedAt))) : Json();
    json["idempotency_key"] = utf8(part.intent.idempotencyKey);
    json["correlation_id"] = utf8(part.intent.correlationId);
    if (part.resolution)
        json["resolved"] = {{"at", utf8(rfc3339(part.resolvedAt))},
                            {"by", part.resolution->by.isEmpty() ? Json() : Json(utf8(part.resolution->by))},
                            {"first_outcome", part.outcome ? Json(utf8(outcomeWord(part.outcome->outcome))) : Json()}};
    return json;
}

} // namespace

QString kindOf(const Content &content)
{
    struct Kind
    {
        QString operator()(const CommandIntent &) const { return u"intent"_s; }
        QString operator()(const SentMark &) const { return u"sent"_s; }
        QString operator()(const InstanceOutcome &) const { return u"outcome"_s; }
        QString operator()(const Resolution &) const { return u"resolution"_s; }
        QString operator()(const Unlock &) const { return u"unlock"_s; }
        QString operator()(const Lock &) const { return u"lock"_s; }
        QString operator()(const Note &) const { return u"note"_s; }
        QString operator()(const Unreadable &row) const { return row.kind; }
    };
    return std::visit(Kind(), content);
}

QString subjectOf(const Content &content)
{
    struct Subject
    {
        QString operator()(const CommandIntent &intent) const { return intent.id; }
        QString operator()(const SentMark &mark) const { return mark.commandId; }
        QString operator()(const InstanceOutcome &outcome) const { return outcome.commandId; }
        QString operator()(const Resolution &resolution) const { return resolution.commandId; }
        QString operator()(const Unlock &unlock) const { return unlock.environment; }
        QString operator()(const Lock &lock) const { return lock.environment; }
        QString operator()(const Note &note) const { return note.environment; }
        QString operator()(const Unreadable &) const { return {}; }
    };
    return std::visit(Subject(), content);
}

QByteArray encodeContent(const Content &content)
{
    return dumped(std::visit([](const auto &value) { return jsonOf(value); }, content));
}

Content decodeContent(const QString &kind, const QByteArray &text)
{
    const Result<Json> json = http::parseJson(text, {});
    if (!json)
        return Unreadable{kind, json.error().summary};
    if (kind == u"intent")
        return orUnreadable(kind, intentFrom(*json));
    if (kind == u"sent")
        return SentMark{textOf(*json, "command_id"), textOf(*json, "instance")};
    if (kind == u"outcome")
        return orUnreadable(kind, outcomeFrom(*json));
    if (kind == u"resolution")
        return orUnreadable(kind, resolutionFrom(*json));
    if (kind == u"unlock")
        return Unlock{textOf(*json, "environment"), textOf(*json, "who"), textOf(*json, "host"),
                      textOf(*json, "reason"), momentOf(*json, "until")};
    if (kind == u"lock")
        return Lock{textOf(*json, "environment"), textOf(*json, "who"), textOf(*json, "host"), textOf(*json, "reason")};
    if (kind == u"note")
        return Note{textOf(*json, "environment"), textOf(*json, "who"), textOf(*json, "host"), textOf(*json, "text")};
    return Unreadable{kind, u"a kind of row that this version does not know"_s};
}

namespace {

/// What leaves the journal shows no telephone number in what people wrote.
Json withoutPhoneNumbers(Json json)
{
    if (json.is_string())
        return utf8(withoutPhones(http::toQString(json)));
    if (json.is_structured()) {
        for (Json &part : json)
            part = withoutPhoneNumbers(std::move(part));
    }
    return json;
}

} // namespace

QByteArray commandsJson(const QList<CommandRecord> &commands)
{
    Json rows = Json::array();
    for (const CommandRecord &command : commands) {
        const CommandIntent &intent = command.intent;
        Json outcomes = Json::array();
        for (const InstanceRecord &part : command.instances)
            outcomes.push_back(jsonOf(part));
        rows.push_back({{"command_id", utf8(intent.id)},
                        {"at", utf8(rfc3339(command.at))},
                        {"who", utf8(intent.who)},
                        {"host", utf8(intent.host)},
                        {"client", utf8(intent.client)},
                        {"environment", utf8(intent.environment)},
                        {"action", utf8(intent.action)},
                        {"system", utf8(intent.system)},
                        {"target", utf8(intent.target)},
                        {"reason", utf8(intent.reason)},
                        {"parameters", jsonOf(intent.parameters)},
                        {"undoes", intent.undoes.isEmpty() ? Json() : Json(utf8(intent.undoes))},
                        {"outcomes", outcomes}});
    }
    return dumped(withoutPhoneNumbers(std::move(rows)), 2);
}

QByteArray entriesJson(const QList<Entry> &entries)
{
    Json rows = Json::array();
    for (const Entry &entry : entries) {
        Json row{{"row", entry.row}, {"at", utf8(rfc3339(entry.at))}, {"kind", utf8(kindOf(entry.content))}};
        row.update(std::visit([](const auto &value) { return jsonOf(value); }, entry.content));
        rows.push_back(row);
    }
    return dumped(withoutPhoneNumbers(std::move(rows)), 2);
}

} // namespace atalaya::journal
