// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/journal_export.h"

#include "models/base/phone_mask.h"

#include <QtCore/QDateTime>

namespace atalaya::journal {

using namespace Qt::Literals::StringLiterals;

namespace {

/// One line that Markdown shows as it is.
QString plainText(const QString &text)
{
    QString escaped;
    for (const QChar c : withoutPhones(text).simplified()) {
        if (u"\\`*_{}[]<>#|~!"_s.contains(c))
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

QString momentText(Timestamp at, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), zone).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString parametersText(const Fields &parameters)
{
    QStringList texts;
    for (const auto &[name, value] : parameters) {
        if (name != u"matchers") // they are the target
            texts += name + u' ' + value;
    }
    return texts.join(u", "_s);
}

QString placeText(const QString &environment)
{
    return environment.isEmpty() ? QString() : u" in "_s + plainText(environment);
}

QString personText(const QString &who, const QString &host)
{
    return plainText(host.isEmpty() ? who : who + u'@' + host);
}

struct Line
{
    const QList<CommandRecord> &commands;
    const QTimeZone &zone;

    QString commandOf(const QString &id) const
    {
        for (const CommandRecord &command : commands) {
            if (command.intent.id == id)
                return plainText(commandWords(command.intent));
        }
        return u"command "_s + plainText(id);
    }
    QString operator()(const CommandIntent &intent) const
    {
        QStringList names;
        for (const InstanceIntent &part : intent.instances)
            names += part.before ? part.instance + u" ("_s + part.before->words + u')' : part.instance;
        QString text = u"**%1**%2 by %3 on %4. Reason: %5"_s.arg(
            plainText(commandWords(intent)), placeText(intent.environment), personText(intent.who, intent.host),
            plainText(names.join(u", "_s)), plainText(intent.reason));
        if (!intent.parameters.empty())
            text += u" ("_s + plainText(parametersText(intent.parameters)) + u')';
        if (!intent.undoes.isEmpty())
            text += u". Undoes: "_s + commandOf(intent.undoes);
        return text;
    }
    QString operator()(const SentMark &mark) const
    {
        return u"%1: sent to %2"_s.arg(commandOf(mark.commandId), plainText(mark.instance));
    }
    QString operator()(const InstanceOutcome &outcome) const
    {
        QString text = u"%1 on %2: **%3**"_s.arg(commandOf(outcome.commandId), plainText(outcome.instance),
                                                 outcomeWord(outcome.outcome));
        if (outcome.after)
            text += u", reads "_s + plainText(outcome.after->words);
        return outcome.detail.isEmpty() ? text : text + u". "_s + plainText(outcome.detail);
    }
    QString operator()(const Resolution &resolution) const
    {
        return u"%1 on %2: found to be **%3** by %4. %5"_s.arg(
            commandOf(resolution.commandId), plainText(resolution.instance), outcomeWord(resolution.outcome),
            resolution.by.isEmpty() ? u"reading back"_s : plainText(resolution.by), plainText(resolution.detail));
    }
    QString operator()(const Unlock &unlock) const
    {
        return u"Unlocked%1 by %2 until %3. Reason: %4"_s.arg(placeText(unlock.environment),
                                                              personText(unlock.who, unlock.host),
                                                              momentText(unlock.until, zone), plainText(unlock.reason));
    }
    QString operator()(const Lock &lock) const
    {
        return u"Locked%1 by %2. %3"_s.arg(placeText(lock.environment), personText(lock.who, lock.host),
                                           plainText(lock.reason));
    }
    QString operator()(const Note &note) const
    {
        return u"Note%1 by %2: %3"_s.arg(placeText(note.environment), personText(note.who, note.host),
                                         plainText(note.text));
    }
    QString operator()(const Unreadable &row) const
    {
        return u"A row of kind %1 cannot be read: %2"_s.arg(plainText(row.kind), plainText(row.why));
    }
};

} // namespace

QString commandWords(const CommandIntent &intent)
{
    static const std::map<QString, QString> verbs{{u"breaker.trip"_s, u"Trip"_s},
                                                  {u"breaker.release"_s, u"Release"_s},
                                                  {u"breaker.reset"_s, u"Reset"_s},
                                                  {u"breaker.reset_all"_s, u"Reset all breakers of"_s},
                                                  {u"flag.set"_s, u"Set"_s},
                                                  {u"silence.create"_s, u"Silence"_s},
                                                  {u"silence.extend"_s, u"Extend silence"_s},
                                                  {u"silence.expire"_s, u"Expire silence"_s}};
    const auto verb = verbs.find(intent.action);
    QStringList place;
    if (!intent.system.isEmpty())
        place += intent.system;
    if (!intent.target.isEmpty() && intent.target != u"*")
        place += intent.target;
    QString words = (verb == verbs.end() ? intent.action : verb->second) + u' ' + place.join(u'/');
    if (const auto value = intent.parameters.find(u"value"_s); value != intent.parameters.end())
        words += u' ' + value->second;
    return words;
}

QString exportMarkdown(const QList<Entry> &entries, const QTimeZone &zone)
{
    QList<CommandRecord> commands;
    for (const Entry &entry : entries)
        fold(commands, entry);
    QString text = u"# Journal\n\nTimes in %1.\n\n"_s.arg(QString::fromUtf8(zone.id()));
    if (entries.isEmpty())
        return text + u"No entries.\n"_s;
    const Line line{commands, zone};
    for (const Entry &entry : entries)
        text += u"- "_s + momentText(entry.at, zone) + u" — "_s + std::visit(line, entry.content) + u'\n';
    return text;
}

} // namespace atalaya::journal
