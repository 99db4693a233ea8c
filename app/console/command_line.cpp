// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/command_line.h"

#include "models/base/time_text.h"

#include <QtCore/QRegularExpression>

#include <algorithm>
#include <vector>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

namespace {

struct OptionForm
{
    QString name;
    QString value; ///< empty: a flag
    QString help;
};

struct VerbForm
{
    QString name;
    QString arguments;
    int least = 0;
    int most = 0;
    QString help;
    std::vector<OptionForm> options;
    bool isDefaultOf = false; ///< "alerts" alone means "alerts list"
};

const OptionForm workspaceOption{u"workspace"_s, u"FILE"_s,
                                 u"the workspace file, else $ATALAYA_WORKSPACE, else the last one opened"_s};
const OptionForm environmentOption{u"environment"_s, u"NAME"_s, u"needed where the workspace has several"_s};
const OptionForm jsonOption{u"json"_s, {}, u"JSON on standard output, for programs"_s};
const OptionForm timeoutOption{u"timeout"_s, u"D"_s, u"how long to wait in all, such as 10s"_s};
const OptionForm drillOption{u"drill"_s, {}, u"on the embedded drill stack, started for this and ended with it"_s};
const OptionForm speedOption{u"speed"_s, u"N"_s, u"let the drill run N times as fast"_s};

/// Options of a verb that reads a workspace, and further ones.
std::vector<OptionForm> common(std::vector<OptionForm> further = {})
{
    std::vector<OptionForm> all{workspaceOption, environmentOption, jsonOption, timeoutOption};
    all.insert(all.end(), further.begin(), further.end());
    return all;
}

/// Options of a verb that writes, and further ones.
std::vector<OptionForm> acting(std::vector<OptionForm> further = {})
{
    std::vector<OptionForm> all = common({
        {u"reason"_s, u"TEXT"_s, u"why, 5 to 500 characters; kept in the journal and told to the service"_s},
        {u"unlock"_s, u"ENVIRONMENT"_s, u"its name again, to write to a protected environment"_s},
        {u"dry-run"_s, {}, u"print the requests as curl, secrets replaced, and send nothing"_s},
        {u"read-only"_s, {}, u"refuse every write"_s},
    });
    all.insert(all.end(), further.begin(), further.end());
    return all;
}

/// Where a breaker or flag is changed.
const OptionForm onInstance{u"instance"_s, u"I"_s, u"on this instance; once for each"_s};
const OptionForm onAll{u"all"_s, {}, u"on every instance of the system"_s};

const std::vector<VerbForm> &verbs()
{
    static const std::vector<VerbForm> forms{
        {u""_s,
         {},
         0,
         0,
         u"opens the window"_s,
         {workspaceOption,
          environmentOption,
          drillOption,
          speedOption,
          {u"theme"_s, u"dark|light|high-contrast"_s, u"instead of the remembered one"_s},
          {u"read-only"_s, {}, u"refuse every write"_s}}},
        {u"check"_s, {}, 0, 0, u"checks workspace, secrets, sources, instances and expected metrics"_s, common()},
        {u"query"_s, u"EXPR"_s, 1, 1, u"asks Prometheus, now or over a range"_s,
         common({{u"time"_s, u"T"_s, u"the moment, RFC 3339 or Unix seconds"_s},
                 {u"from"_s, u"T"_s, u"start of a range"_s},
                 {u"to"_s, u"T"_s, u"end of a range; now where it is left out"_s},
                 {u"step"_s, u"D"_s, u"step of a range"_s},
                 {u"source"_s, u"NAME"_s, u"the Prometheus, where the environment has several"_s}})},
        {u"alerts list"_s,
         {},
         0,
         0,
         u"pending, firing, silenced and inhibited alerts, merged"_s,
         common({{u"filter"_s, u"MATCHERS"_s, u"such as severity=\"critical\" system=~\"a.*\""_s},
                 {u"state"_s, u"S,..."_s, u"of pending, firing, silenced, inhibited"_s}}),
         true},
        {u"alerts watch"_s,
         {},
         0,
         0,
         u"one JSON object a line for each change"_s,
         common({{u"filter"_s, u"MATCHERS"_s, u"such as severity=\"critical\""_s}})},
        {u"health"_s,
         {},
         0,
         0,
         u"health of every instance, with its components"_s,
         common({{u"system"_s, u"KEY"_s, u"of one system"_s}})},
        {u"breakers list"_s,
         {},
         0,
         0,
         u"circuit breakers per instance: control endpoint and gauge"_s,
         common({{u"system"_s, u"KEY"_s, u"of one system"_s}})},
        {u"breakers trip"_s, u"SYSTEM/NAME"_s, 1, 1, u"forces a breaker open, for a time or until it is reset"_s,
         acting({onInstance, onAll, {u"for"_s, u"D"_s, u"hold it for so long, such as 15m; else until reset"_s}})},
        {u"breakers release"_s, u"SYSTEM/NAME"_s, 1, 1, u"ends a forced state: half-open, the breaker probes"_s,
         acting({onInstance, onAll})},
        {u"breakers reset"_s, u"SYSTEM/NAME"_s, 1, 1, u"closes a breaker"_s, acting({onInstance, onAll})},
        {u"flags set"_s, u"SYSTEM/NAME on|off"_s, 2, 2, u"sets a flag"_s, acting({onInstance, onAll})},
        {u"undo"_s, u"COMMAND_ID"_s, 1, 1, u"undoes a command where its target is still as it left it"_s, acting()},
        {u"journal list"_s, {}, 0, 0, u"commands and what came of them, newest first"_s, common()},
        {u"journal verify"_s, {}, 0, 0, u"whether every row is as it was written"_s, common()},
        {u"journal export"_s,
         {},
         0,
         0,
         u"everything in the journal"_s,
         common({{u"format"_s, u"markdown|json"_s, u"for people or for programs"_s}})},
        {u"flags list"_s,
         {},
         0,
         0,
         u"feature flags per instance"_s,
         common({{u"system"_s, u"KEY"_s, u"of one system"_s}})},
        {u"screenshot"_s,
         {},
         0,
         0,
         u"draws a page off screen once its data, or their failure, have arrived"_s,
         common({{u"page"_s, u"NAME"_s, u"overview, breakers, flags, alerts, health or dashboards"_s},
                 {u"size"_s, u"WxH"_s, u"in logical pixels, 1440x900"_s},
                 {u"scale"_s, u"F"_s, u"scale factor, 1"_s},
                 {u"theme"_s, u"dark|light|high-contrast"_s, u"dark"_s},
                 {u"out"_s, u"PNG"_s, u"the file to write"_s},
                 {u"system"_s, u"KEY"_s, u"filtered to one system"_s},
                 drillOption,
                 speedOption})},
        {u"drill"_s,
         {},
         0,
         0,
         u"starts the drill stack and stays until it is stopped"_s,
         {speedOption, {u"keep"_s, {}, u"keep its folder afterwards"_s}, jsonOption, timeoutOption}},
        {u"drill incident"_s,
         u"list | NAME on|off"_s,
         1,
         2,
         u"lists, starts and ends rehearsed incidents of a running drill"_s,
         {{u"instance"_s, u"I"_s, u"on one instance instead of all"_s}, workspaceOption, jsonOption, timeoutOption}},
    };
    return forms;
}

QString optionText(const OptionForm &option)
{
    return option.value.isEmpty() ? u"--"_s + option.name : u"--%1 %2"_s.arg(option.name, option.value);
}

tl::unexpected<Error> badUsage(const QString &text)
{
    return failure(ErrorKind::BadInput, u"command line"_s, text);
}

const VerbForm *verbNamed(const QString &name)
{
    const auto &all = verbs();
    const auto it = std::find_if(all.begin(), all.end(), [&](const VerbForm &v) { return v.name == name; });
    return it == all.end() ? nullptr : &*it;
}

QString verbNames()
{
    QStringList names;
    for (const VerbForm &verb : verbs()) {
        if (!verb.name.isEmpty())
            names += verb.name;
    }
    return names.join(u", "_s);
}

/// Takes the verb's words off the front of `words`.
Result<const VerbForm *> takeVerb(QStringList &words)
{
    if (words.isEmpty())
        return verbNamed(QString());
    if (words.size() >= 2) {
        if (const VerbForm *verb = verbNamed(words.at(0) + u' ' + words.at(1))) {
            words.remove(0, 2);
            return verb;
        }
    }
    if (const VerbForm *verb = verbNamed(words.at(0))) {
        words.removeFirst();
        return verb;
    }
    QStringList seconds;
    for (const VerbForm &verb : verbs()) {
        if (!verb.name.startsWith(words.at(0) + u' '))
            continue;
        if (verb.isDefaultOf && words.size() == 1) {
            words.removeFirst();
            return &verb;
        }
        seconds += verb.name;
    }
    if (!seconds.isEmpty())
        return badUsage(u"\"%1\" needs one of: %2"_s.arg(words.join(u' '), seconds.join(u", "_s)));
    return badUsage(u"no verb \"%1\"; there are: %2"_s.arg(words.at(0), verbNames()));
}

} // namespace

Result<CommandLine> parseCommandLine(const QStringList &arguments)
{
    CommandLine line;
    QStringList words;
    QList<std::pair<QString, std::optional<QString>>> given;
    // Which options take a value is known only with the verb, and the verb may stand behind options; so an option's
    // value is recognised by the union of all forms, and checked against the verb's own list below.
    const auto takesValue = [](const QString &name) {
        for (const VerbForm &verb : verbs()) {
            for (const OptionForm &option : verb.options) {
                if (option.name == name)
                    return !option.value.isEmpty();
            }
        }
        return false;
    };
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &word = arguments.at(i);
        if (word == u"--") {
            words += arguments.mid(i + 1);
            break;
        }
        if (word == u"-h" || word == u"--help") {
            line.verb = u"help"_s;
            continue;
        }
        if (word == u"-v" || word == u"--version") {
            line.verb = u"version"_s;
            return line;
        }
        if (!word.startsWith(u"--")) {
            words += word;
            continue;
        }
        const qsizetype equals = word.indexOf(u'=');
        const QString name = equals < 0 ? word.mid(2) : word.mid(2, equals - 2);
        if (equals >= 0) {
            given.append({name, word.mid(equals + 1)});
        } else if (takesValue(name)) {
            if (i + 1 >= arguments.size())
                return badUsage(u"--%1 needs a value"_s.arg(name));
            given.append({name, arguments.at(++i)});
        } else {
            given.append({name, std::nullopt});
        }
    }
    if (line.verb == u"help") {
        line.arguments = words;
        return line;
    }
    const auto verb = takeVerb(words);
    if (!verb)
        return tl::make_unexpected(verb.error());
    const VerbForm &form = **verb;
    line.verb = form.name;
    line.arguments = words;
    const QString shown = form.name.isEmpty() ? u"the window"_s : u"\"%1\""_s.arg(form.name);
    if (words.size() < form.least || words.size() > form.most)
        return badUsage(form.arguments.isEmpty()
                            ? u"%1 takes no argument, but got \"%2\""_s.arg(shown, words.join(u' '))
                            : u"%1 takes %2"_s.arg(shown, form.arguments));
    for (const auto &[name, value] : given) {
        const auto option =
            std::find_if(form.options.begin(), form.options.end(), [&](const OptionForm &o) { return o.name == name; });
        if (option == form.options.end()) {
            QStringList names;
            for (const OptionForm &o : form.options)
                names += u"--"_s + o.name;
            return badUsage(u"%1 has no option --%2; it has: %3"_s.arg(shown, name, names.join(u", "_s)));
        }
        if (option->value.isEmpty() && value)
            return badUsage(u"--%1 takes no value"_s.arg(name));
        if (!option->value.isEmpty() && value->isEmpty())
            return badUsage(u"--%1 needs a value"_s.arg(name));
        line.options.insert(name, value.value_or(QString()));
    }
    return line;
}

QString helpText(const QString &verb)
{
    QString text;
    const auto add = [&](const VerbForm &form) {
        text += u"  atalaya"_s;
        if (!form.name.isEmpty())
            text += u' ' + form.name;
        if (!form.arguments.isEmpty())
            text += u' ' + form.arguments;
        text += u"\n      "_s + form.help + u'\n';
    };
    const QString wanted = verb.trimmed();
    for (const VerbForm &form : verbs()) {
        if (!wanted.isEmpty() && form.name != wanted && !form.name.startsWith(wanted + u' '))
            continue;
        add(form);
        if (wanted.isEmpty())
            continue;
        for (const OptionForm &option : form.options)
            text += u"      %1  %2\n"_s.arg(optionText(option).leftJustified(28), option.help);
    }
    if (!wanted.isEmpty())
        return text.isEmpty() ? u"There is no verb \"%1\". There are: %2.\n"_s.arg(wanted, verbNames()) : text;
    return u"Atalaya %1: a console for people on call.\n\n"_s.arg(QStringLiteral(ATALAYA_VERSION)) + text +
           u"\natalaya VERB --help lists a verb's options. Exit status: 0 done, 1 the answer is no, 2 bad usage or "
           u"workspace,\n"
           "3 some targets refused, conflicted or failed, 4 an outcome is unknown, 5 locked by the environment's "
           "guard,\n"
           "6 a needed source is unreachable. With several, the highest counts.\n"_s;
}

Result<Milliseconds> timeoutOf(const CommandLine &line, Milliseconds otherwise)
{
    if (!line.has(u"timeout"_s))
        return otherwise;
    auto parsed = parseDuration(line.value(u"timeout"_s));
    if (!parsed)
        parsed.error().endpoint = u"--timeout"_s;
    return parsed;
}

Result<QSize> parseSize(const QString &text)
{
    static const QRegularExpression form(u"^(\\d{3,4})x(\\d{3,4})$"_s);
    const auto match = form.match(text);
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    if (!match.hasMatch() || size.width() < 320 || size.height() < 320 || size.width() > 8192 || size.height() > 8192)
        return failure(ErrorKind::BadInput, u"--size"_s,
                       u"\"%1\" is not a size; write it as 1440x900, each side 320 to 8192"_s.arg(text));
    return size;
}

} // namespace atalaya::console
