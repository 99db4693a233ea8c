// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs that act: a command is put together, carried out by the runner, and what came of it is printed per
// instance.
#include "app/console/acting_session.h"
#include "app/console/verb_services.h"
#include "models/base/time_text.h"
#include "models/journal/journal_export.h"
#include "models/journal/record_decoder.h"

#include <algorithm>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Acting final : QObject
{
    Acting(const CommandLine &asked, const VerbServices &given, const workspace::Environment &environment,
           QObject *context, VerbDone whenOver)
        : QObject(context)
        , line(asked)
        , services(given)
        , done(std::move(whenOver))
        , session(environment, line.has(u"read-only"_s), u"command line"_s, given.transport, given.secrets, given.clock)
    {
    }

    CommandLine line;
    VerbServices services;
    VerbDone done;
    ActingSession session;
};

int statusOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::BadInput:
    case ErrorKind::Unsupported:
    case ErrorKind::NotFound:
        return BadUsage;
    case ErrorKind::Locked:
        return Locked;
    default:
        return SomeTargetsFailed;
    }
}

int statusOf(journal::Outcome outcome)
{
    switch (outcome) {
    case journal::Outcome::Applied:
    case journal::Outcome::Unchanged:
        return Done;
    case journal::Outcome::Refused:
    case journal::Outcome::Conflict:
    case journal::Outcome::Failed:
        return SomeTargetsFailed;
    case journal::Outcome::Unknown:
        break;
    }
    return OutcomeUnknown;
}

void endWith(const Acting &acting, const Error &error)
{
    acting.services.error(sentenceFor(error).replace(u'\n', u' '));
    acting.done(statusOf(error));
}

Error badAsk(const QString &where, const QString &why)
{
    Error error;
    error.kind = ErrorKind::BadInput;
    error.endpoint = where;
    error.summary = why;
    return error;
}

QString stateText(const std::optional<journal::TargetState> &state)
{
    return state ? state->words : u"not known"_s;
}

void printRecord(const Acting &acting, const journal::CommandRecord &record)
{
    int status = Done;
    for (const journal::InstanceRecord &part : record.instances)
        status = std::max(status, statusOf(part.known()));
    if (acting.line.has(u"json"_s)) {
        // The journal's own form, so that a command reads the same here and in `journal list`.
        const Json commands = Json::parse(journal::commandsJson({record}).toStdString(), nullptr, false);
        const Json &command = commands.at(0);
        acting.services.out(jsonText({{"command_id", command["command_id"]}, {"outcomes", command["outcomes"]}}));
    } else {
        QList<QStringList> rows;
        for (const journal::InstanceRecord &part : record.instances)
            rows.append({part.intent.instance, journal::outcomeWord(part.known()), stateText(part.intent.before),
                         stateText(part.after()), part.detail()});
        const bool isUndoable = control::undoOf(record, record.intent.reason).has_value();
        acting.services.out(
            tableText({u"INSTANCE"_s, u"OUTCOME"_s, u"BEFORE"_s, u"AFTER"_s, u"WHAT CAME OF IT"_s}, rows) +
            (isUndoable ? u"Command %1. Undo it with: atalaya undo %1 --reason TEXT\n"_s : u"Command %1.\n"_s)
                .arg(record.intent.id));
    }
    acting.done(status);
}

void printPlan(const Acting &acting, const QList<control::PlannedWrite> &plan)
{
    int status = Done;
    Json list = Json::array();
    QString text;
    for (const control::PlannedWrite &write : plan) {
        const QString objection = write.objection ? sentenceFor(*write.objection).replace(u'\n', u' ') : QString();
        if (write.objection)
            status = SomeTargetsFailed;
        list.push_back({{"instance", write.instance.toStdString()},
                        {"before", write.before ? Json(write.before->words.toStdString()) : Json()},
                        {"request", write.curl.toStdString()},
                        {"objection", textForm(objection)}});
        text += u"# %1, now %2%3\n%4\n"_s.arg(write.instance, stateText(write.before),
                                              objection.isEmpty() ? QString() : u": "_s + objection, write.curl);
    }
    acting.services.out(acting.line.has(u"json"_s) ? jsonText(list) : text);
    acting.done(status);
}

void carryOut(Acting *acting, const control::Command &command)
{
    if (acting->line.has(u"dry-run"_s)) {
        whenDone(acting->session.runner.plan(command), acting,
                 [acting](const Result<QList<control::PlannedWrite>> &plan) {
                     if (plan)
                         printPlan(*acting, *plan);
                     else
                         endWith(*acting, plan.error());
                 });
        return;
    }
    const auto run = [acting, command] {
        whenDone(acting->session.runner.run(command), acting, [acting](const Result<journal::CommandRecord> &record) {
            if (record)
                printRecord(*acting, *record);
            else
                endWith(*acting, record.error());
        });
    };
    const QString named = acting->line.value(u"unlock"_s);
    if (named.isEmpty() || acting->session.guard.guardOf(command.environment) != workspace::Guard::Protected) {
        run();
        return;
    }
    whenDone(acting->session.guard.unlock(command.environment, named, command.reason), acting,
             [acting, run](const Result<Timestamp> &until) {
                 if (until)
                     run();
                 else
                     endWith(*acting, until.error());
             });
}

/// Once the journal is read; `make` says which command, or why none.
void act(const CommandLine &line, const VerbServices &services, QObject *context, const VerbDone &done,
         std::function<Result<control::Command>(Acting &)> make)
{
    auto used = workspaceInUse(line, services);
    if (!used) {
        services.error(sentenceFor(used.error()).replace(u'\n', u' '));
        done(BadUsage);
        return;
    }
    auto *acting = new Acting(line, services, used->environment, context, done);
    whenDone(acting->session.journal.refresh(), acting, [acting, make = std::move(make)](const Result<bool> &read) {
        if (!read) {
            endWith(*acting, read.error());
            return;
        }
        const Result<control::Command> command = make(*acting);
        if (command)
            carryOut(acting, *command);
        else
            endWith(*acting, command.error());
    });
}

struct Target
{
    QString system, name;
    QStringList instances;
};

/// SYSTEM/NAME and the instances named, or all of the system's.
Result<Target> targetOf(const CommandLine &line, const workspace::Environment &environment)
{
    const QString &text = line.arguments.first();
    Target target{text.section(u'/', 0, 0), text.section(u'/', 1), {}};
    const auto system = std::find_if(environment.systems.begin(), environment.systems.end(),
                                     [&](const workspace::System &s) { return s.key == target.system; });
    if (target.name.isEmpty() || system == environment.systems.end()) {
        QStringList keys;
        for (const workspace::System &each : environment.systems)
            keys += each.key;
        return tl::make_unexpected(
            badAsk(text, target.name.isEmpty()
                             ? u"is not SYSTEM/NAME"_s
                             : u"there is no system \"%1\"; there are %2"_s.arg(target.system, keys.join(u", "_s))));
    }
    QStringList all;
    for (const workspace::Instance &instance : system->instances)
        all += instance.name;
    QStringList named = line.options.values(u"instance"_s);
    // QMultiMap hands the last one out first.
    std::reverse(named.begin(), named.end());
    if (line.has(u"all"_s) == !named.isEmpty())
        return tl::make_unexpected(badAsk(text, u"say on which instances: --instance NAME, once for each, or --all"_s));
    for (const QString &name : std::as_const(named)) {
        if (!all.contains(name))
            return tl::make_unexpected(
                badAsk(u"--instance"_s, u"no instance \"%1\"; there are %2"_s.arg(name, all.join(u", "_s))));
    }
    named.removeDuplicates();
    target.instances = line.has(u"all"_s) ? all : named;
    return target;
}

using MakeBreakerCommand = std::function<Result<control::Command>(const Acting &, const Target &)>;

void runOnTarget(const CommandLine &line, const VerbServices &services, QObject *context, const VerbDone &done,
                 MakeBreakerCommand make)
{
    act(line, services, context, done, [make = std::move(make)](const Acting &acting) -> Result<control::Command> {
        const auto target = targetOf(acting.line, acting.session.environment);
        if (!target)
            return tl::make_unexpected(target.error());
        return make(acting, *target);
    });
}

/// Reads the journal and hands it to `print`. Needs no workspace.
void readJournal(const VerbServices &services, QObject *context, const VerbDone &done,
                 std::function<void(journal::Journal &)> print)
{
    auto *read = new journal::Journal(journalFile(), services.clock, context);
    whenDone(read->refresh(), read, [=](const Result<bool> &result) {
        if (result) {
            print(*read);
            return;
        }
        services.error(sentenceFor(result.error()).replace(u'\n', u' '));
        done(SomeTargetsFailed);
    });
}

} // namespace

void runBreakersTrip(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    runOnTarget(line, services, context, done,
                [](const Acting &acting, const Target &target) -> Result<control::Command> {
                    std::optional<Seconds> hold;
                    if (acting.line.has(u"for"_s)) {
                        auto parsed = parseDuration(acting.line.value(u"for"_s));
                        if (!parsed) {
                            parsed.error().endpoint = u"--for"_s;
                            return tl::make_unexpected(parsed.error());
                        }
                        hold = std::chrono::duration_cast<Seconds>(*parsed);
                    }
                    return breakers::tripCommand(acting.session.environment.name, target.system, target.name,
                                                 target.instances, hold, acting.line.value(u"reason"_s));
                });
}

void runBreakersRelease(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    runOnTarget(line, services, context, done,
                [](const Acting &acting, const Target &target) -> Result<control::Command> {
                    return breakers::releaseCommand(acting.session.environment.name, target.system, target.name,
                                                    target.instances, acting.line.value(u"reason"_s));
                });
}

void runBreakersReset(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    runOnTarget(line, services, context, done,
                [](const Acting &acting, const Target &target) -> Result<control::Command> {
                    return breakers::resetCommand(acting.session.environment.name, target.system, target.name,
                                                  target.instances, acting.line.value(u"reason"_s));
                });
}

void runFlagsSet(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    runOnTarget(line, services, context, done,
                [](const Acting &acting, const Target &target) -> Result<control::Command> {
                    const QString &value = acting.line.arguments.last();
                    if (value != u"on" && value != u"off")
                        return tl::make_unexpected(badAsk(value, u"a flag is set to on or to off"_s));
                    return flags::setFlagCommand(acting.session.environment.name, target.system, target.name,
                                                 target.instances, value == u"on", acting.line.value(u"reason"_s));
                });
}

void runUndo(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    act(line, services, context, done, [](Acting &acting) -> Result<control::Command> {
        const QString &id = acting.line.arguments.first();
        const auto record = acting.session.journal.command(id);
        if (!record)
            return tl::make_unexpected(
                badAsk(id, u"the journal holds no such command; \"atalaya journal list\" shows them"_s));
        if (record->intent.environment != acting.session.environment.name)
            return tl::make_unexpected(
                badAsk(id, u"that command was for %1; say --environment %1"_s.arg(record->intent.environment)));
        return control::undoOf(*record, acting.line.value(u"reason"_s));
    });
}

void runJournalList(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    readJournal(services, context, done, [=](const journal::Journal &journal) {
        const QList<journal::CommandRecord> commands = journal.commands();
        if (line.has(u"json"_s)) {
            services.out(QString::fromUtf8(journal::commandsJson(commands)) + u'\n');
        } else if (commands.isEmpty()) {
            services.out(u"No command is in the journal.\n"_s);
        } else {
            QList<QStringList> rows;
            for (const journal::CommandRecord &command : commands)
                rows.append({whenText(command.at, services.clock.now(), QTimeZone::systemTimeZone()), command.intent.id,
                             command.intent.environment, journal::commandWords(command.intent),
                             journal::outcomeWord(command.worst()), command.intent.who, command.intent.reason});
            services.out(tableText(
                {u"AT"_s, u"COMMAND"_s, u"ENVIRONMENT"_s, u"WHAT"_s, u"OUTCOME"_s, u"WHO"_s, u"WHY"_s}, rows));
        }
        done(Done);
    });
}

void runJournalExport(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    const QString format = line.value(u"format"_s);
    if (format != u"markdown" && format != u"json") {
        services.error(u"--format: markdown or json"_s);
        done(BadUsage);
        return;
    }
    readJournal(services, context, done, [=](const journal::Journal &journal) {
        services.out(format == u"json" ? QString::fromUtf8(journal::entriesJson(journal.entries())) + u'\n'
                                       : journal::exportMarkdown(journal.entries(), QTimeZone::systemTimeZone()));
        done(Done);
    });
}

void runJournalVerify(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    readJournal(services, context, done, [=](journal::Journal &journal) {
        whenDone(journal.verify(), &journal, [=](const Result<journal::Verification> &verified) {
            if (!verified) {
                services.error(sentenceFor(verified.error()).replace(u'\n', u' '));
                done(SomeTargetsFailed);
                return;
            }
            if (line.has(u"json"_s))
                services.out(
                    jsonText({{"rows", verified->rows},
                              {"ok", verified->ok},
                              {"first_broken", verified->firstBroken ? Json(*verified->firstBroken) : Json()}}));
            else if (verified->ok)
                services.out(u"All %1 rows of the journal are as they were written.\n"_s.arg(verified->rows));
            else
                services.out(u"Row %1 of %2 was changed, or the one before it is gone.\n"_s
                                 .arg(verified->firstBroken.value_or(0))
                                 .arg(verified->rows));
            done(verified->ok ? Done : AnswerIsNo);
        });
    });
}

} // namespace atalaya::console
