// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/command.h"

namespace atalaya::control {

using namespace Qt::Literals::StringLiterals;

namespace {

QString fieldOf(const std::optional<TargetState> &state, const QString &name)
{
    if (!state)
        return {};
    const auto it = state->fields.find(name);
    return it == state->fields.end() ? QString() : it->second;
}

/// What the inverse needs of one instance, or nothing where its record does not say.
std::optional<InstanceAsk> undoAsk(const QString &action, const journal::InstanceRecord &part)
{
    InstanceAsk ask{part.intent.instance, {}, part.after()};
    const auto taken = [&](const std::optional<TargetState> &state, const QString &field, const QString &parameter) {
        const QString value = fieldOf(state, field);
        if (!value.isEmpty())
            ask.parameters[parameter] = value;
        return !value.isEmpty();
    };
    if (!ask.onlyIf)
        return std::nullopt;
    if (action == u"breaker.trip")
        return ask;
    if (action == u"flag.set")
        return taken(part.intent.before, u"value"_s, u"value"_s) ? std::optional(ask) : std::nullopt;
    if (action == u"silence.create")
        return taken(ask.onlyIf, u"id"_s, u"id"_s) ? std::optional(ask) : std::nullopt;
    if (action == u"silence.extend")
        return taken(ask.onlyIf, u"id"_s, u"id"_s) && taken(part.intent.before, u"ends_at"_s, u"ends_at"_s)
                   ? std::optional(ask)
                   : std::nullopt;
    // An expired silence stays as it is; another is made with its content.
    ask.onlyIf.reset();
    const bool isWhole = taken(part.intent.before, u"matchers"_s, u"matchers"_s) &&
                         taken(part.intent.before, u"ends_at"_s, u"ends_at"_s);
    taken(part.intent.before, u"comment"_s, u"comment"_s);
    return isWhole ? std::optional(ask) : std::nullopt;
}

} // namespace

Command commandOf(const CommandRecord &record)
{
    Command command{record.intent.environment, record.intent.action, record.intent.system, record.intent.target, {},
                    record.intent.parameters,  record.intent.reason, record.intent.undoes};
    for (const journal::InstanceIntent &part : record.intent.instances)
        command.instances.append({part.instance, part.parameters, {}});
    return command;
}

Result<Command> undoOf(const CommandRecord &record, const QString &reason)
{
    static const std::map<QString, QString> inverses{{u"breaker.trip"_s, u"breaker.release"_s},
                                                     {u"flag.set"_s, u"flag.set"_s},
                                                     {u"silence.create"_s, u"silence.expire"_s},
                                                     {u"silence.extend"_s, u"silence.extend"_s},
                                                     {u"silence.expire"_s, u"silence.create"_s}};
    const auto inverse = inverses.find(record.intent.action);
    if (inverse == inverses.end())
        return failure(ErrorKind::Unsupported, {},
                       u"%1 has no inverse; nothing was undone"_s.arg(record.intent.action));
    Command undo{record.intent.environment, inverse->second, record.intent.system, record.intent.target, {}, {}, reason,
                 record.intent.id};
    bool isUnknown = false;
    for (const journal::InstanceRecord &part : record.instances) {
        isUnknown = isUnknown || part.isOpen();
        if (part.known() != Outcome::Applied)
            continue;
        if (const auto ask = undoAsk(record.intent.action, part))
            undo.instances.append(*ask);
    }
    // A silence goes by its id where it is there, and by its matchers where it is to be made.
    for (const QString &name : {u"id"_s, u"matchers"_s}) {
        if (!undo.instances.isEmpty() && undo.instances.first().parameters.contains(name))
            undo.target = undo.instances.first().parameters.at(name);
    }
    if (undo.instances.isEmpty())
        return failure(ErrorKind::BadInput, {},
                       isUnknown ? u"what came of it is unknown; find that out first"_s
                                 : u"it changed nothing that could be undone"_s);
    return undo;
}

std::optional<Error> objectionToReason(const QString &reason)
{
    const auto bad = [](const QString &summary) {
        Error error;
        error.kind = ErrorKind::BadInput;
        error.summary = summary;
        error.nothingSent = true;
        return error;
    };
    const qsizetype length = reason.trimmed().toUcs4().size();
    if (length < 5)
        return bad(u"a reason of at least 5 characters is needed"_s);
    if (length > 500)
        return bad(u"the reason is longer than 500 characters"_s);
    if (std::any_of(reason.begin(), reason.end(), [](QChar c) { return c.category() == QChar::Other_Control; }))
        return bad(u"the reason holds a line break or another control character"_s);
    return std::nullopt;
}

} // namespace atalaya::control
