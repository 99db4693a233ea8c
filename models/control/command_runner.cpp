// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/command_runner.h"

#include "models/control/reply.h"
#include "models/control/verdict.h"

#include <QtCore/QSet>
#include <QtCore/QUuid>

namespace atalaya::control {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using journal::InstanceIntent;
using journal::InstanceOutcome;
using journal::InstanceRecord;
using journal::Resolution;

namespace {

constexpr Milliseconds longestPause = 5min;
/// Servers keep keys and audits for a day.
constexpr Milliseconds resolvedFor = 24h;

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Error runnerError(ErrorKind kind, const QString &where, const QString &summary)
{
    Error error;
    error.kind = kind;
    error.endpoint = where;
    error.summary = summary;
    error.nothingSent = true;
    return error;
}

/// What a write that failed before it was sent means.
Outcome outcomeOfReading(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Unsupported:
    case ErrorKind::Locked:
    case ErrorKind::RateLimited:
    case ErrorKind::BadInput:
        return Outcome::Refused;
    case ErrorKind::Conflict:
        return Outcome::Conflict;
    default:
        return Outcome::Failed;
    }
}

bool isAsExpected(const TargetState &expected, const TargetState &actual)
{
    if (!expected.version.isEmpty() && !actual.version.isEmpty())
        return expected.version == actual.version;
    return expected.words == actual.words;
}

} // namespace

class CommandRunner::Private
{
public:
    struct Part
    {
        InstanceAsk ask;
        Ticket ticket;
        std::unique_ptr<InstanceWrite> write;
        std::optional<TargetState> before;
        std::optional<Error> objection; ///< nothing is sent
        std::optional<InstanceOutcome> outcome;
        bool isCommitted = false; ///< the outcome, as far as the disk allows
        Reply reply;
        Milliseconds sentAt{};
        qsizetype reads = 0;
        std::optional<Milliseconds> tookEffect;
        std::optional<TargetState> after;
    };
    struct Running
    {
        QString id;
        Command command;
        std::vector<Part> parts;
        QPromise<Result<CommandRecord>> promise;
        QPromise<Result<QList<PlannedWrite>>> plan;
        int toRead = 0;
    };
    using Shared = std::shared_ptr<Running>;
    struct Turn
    {
        Milliseconds dueAt{};
        Milliseconds pause{};
        bool isAsking = false;
        std::unique_ptr<InstanceWrite> write;
    };

    Private(CommandRunner *runner, journal::Journal &journal, EnvironmentGuard &guard, Operator who, Settings settings,
            const Clock &clock)
        : q(runner), journal(journal), guard(guard), who(std::move(who)), settings(std::move(settings)), clock(clock)
    {
        if (this->settings.readBackAfter.isEmpty())
            this->settings.readBackAfter = {0ms};
    }

    WriteSource *sourceOf(const QString &environment, const QString &kind) const
    {
        const auto it = sources.find({environment, kind});
        return it == sources.end() ? nullptr : it->second;
    }

    static bool meet(const Command &a, const Command &b)
    {
        return a.environment == b.environment && a.kind() == b.kind() && a.system == b.system &&
               (a.target == b.target || a.target == u"*" || b.target == u"*");
    }

    /// The command that is being carried out for the same target, in words.
    std::optional<QString> obstacleTo(const Command &command) const
    {
        for (const Shared &other : running) {
            if (meet(command, other->command))
                return u"a command for it is still being carried out"_s;
        }
        const Timestamp now = clock.now();
        for (const CommandRecord &record : journal.commands()) {
            if (record.isUnderWay(now) && meet(command, commandOf(record)))
                return u"a command of %1 for it is still being carried out"_s.arg(record.intent.who);
        }
        return std::nullopt;
    }

    std::optional<Error> objectionTo(const Command &command) const
    {
        if (auto objection = guard.objectionTo(command.environment))
            return objection;
        if (auto objection = objectionToReason(command.reason))
            return objection;
        const QString target = command.system.isEmpty() ? command.target : command.system + u'/' + command.target;
        if (!sourceOf(command.environment, command.kind()))
            return runnerError(ErrorKind::Unsupported, target, u"nothing here can do %1"_s.arg(command.action));
        if (command.instances.isEmpty())
            return runnerError(ErrorKind::BadInput, target, u"no instance is named"_s);
        QSet<QString> names;
        for (const InstanceAsk &ask : command.instances) {
            if (names.contains(ask.instance))
                return runnerError(ErrorKind::BadInput, target, u"%1 is named twice"_s.arg(ask.instance));
            names.insert(ask.instance);
        }
        if (const auto obstacle = obstacleTo(command))
            return runnerError(ErrorKind::Conflict, target, *obstacle);
        return std::nullopt;
    }

    /// The writes of a command, none of which has asked anything yet.
    Result<Shared> prepared(const Command &command)
    {
        auto run = std::make_shared<Running>();
        run->id = newId();
        run->command = command;
        WriteSource *source = sourceOf(command.environment, command.kind());
        for (const InstanceAsk &ask : command.instances) {
            Part part;
            part.ask = ask;
            part.ticket = {run->id, newId(), u"atalaya-"_s + newId(), who.name, command.reason, ask.parameters};
            part.ticket.parameters.insert(command.parameters.begin(), command.parameters.end());
            auto write = source->writeFor(command, ask);
            if (!write)
                return failure(write.error());
            part.write = *std::move(write);
            run->parts.push_back(std::move(part));
        }
        return run;
    }

    /// Reads every target, then goes on with `next`.
    void readAll(const Shared &run, std::function<void()> next)
    {
        run->toRead = static_cast<int>(run->parts.size());
        for (std::size_t i = 0; i < run->parts.size(); ++i) {
            whenDone(run->parts[i].write->read(), q, [run, i, next](const Result<TargetState> &state) {
                Part &part = run->parts[i];
                if (!state)
                    part.objection = state.error();
                else
                    part.before = *state;
                if (part.before && part.ask.onlyIf && !isAsExpected(*part.ask.onlyIf, *part.before))
                    part.objection = runnerError(ErrorKind::Conflict, part.ask.instance,
                                                 u"it was changed since: it was left %1 and reads %2 now"_s.arg(
                                                     part.ask.onlyIf->words, part.before->words));
                if (--run->toRead == 0)
                    next();
            });
        }
    }

    Milliseconds patience(const Running &run) const
    {
        Milliseconds longest{};
        for (const Part &part : run.parts)
            longest = std::max(longest, part.write->timeout());
        Milliseconds pauses{};
        for (const Milliseconds pause : settings.readBackAfter)
            pauses += pause;
        return 2 * longest + pauses + 5s;
    }

    void commit(const Shared &run)
    {
        // The operator may have locked it while the targets were read.
        if (const auto objection = guard.objectionTo(run->command.environment)) {
            refuse(run, *objection);
            return;
        }
        journal::CommandIntent intent;
        intent.id = run->id;
        intent.who = who.name;
        intent.host = who.host;
        intent.client = who.client;
        intent.environment = run->command.environment;
        intent.action = run->command.action;
        intent.system = run->command.system;
        intent.target = run->command.target;
        intent.reason = run->command.reason;
        intent.parameters = run->command.parameters;
        intent.undoes = run->command.undoes;
        intent.until = clock.now() + patience(*run);
        for (const Part &part : run->parts)
            intent.instances.append({part.ask.instance, part.ticket.idempotencyKey, part.ticket.correlationId,
                                     part.ask.parameters, part.before});
        whenDone(journal.append(intent), q, [this, run](const Result<qint64> &row) {
            if (!row) {
                Error error = row.error();
                error.summary += u"; nothing was sent"_s;
                error.nothingSent = true;
                refuse(run, error);
                return;
            }
            Q_EMIT q->changed(run->id);
            for (std::size_t i = 0; i < run->parts.size(); ++i)
                send(run, i);
        });
    }

    void refuse(const Shared &run, const Error &error)
    {
        std::erase(running, run);
        run->promise.addResult(Result<CommandRecord>(failure(error)));
        run->promise.finish();
    }

    void send(const Shared &run, std::size_t index)
    {
        Part &part = run->parts[index];
        if (!part.objection)
            part.objection = guard.objectionTo(run->command.environment);
        if (part.objection) {
            conclude(run, index,
                     {outcomeOfReading(*part.objection), u"nothing was sent: "_s + reasonOf(*part.objection)},
                     part.objection->httpStatus);
            return;
        }
        journal.append(journal::SentMark{run->id, part.ask.instance});
        transmit(run, index);
    }

    void transmit(const Shared &run, std::size_t index)
    {
        Part &part = run->parts[index];
        part.sentAt = clock.elapsed();
        whenDone(part.write->send(part.ticket, *part.before), q, [this, run, index](const Result<Reply> &reply) {
            Part &sent = run->parts[index];
            sent.reply = reply ? *reply : replyOfError(reply.error());
            if (sent.reply.nothingSent)
                conclude(run, index, {sent.reply.claim, sent.reply.detail}, sent.reply.httpStatus);
            else
                readBack(run, index);
        });
    }

    static QString reasonOf(const Error &error)
    {
        return error.serverWords.isEmpty() ? error.summary : error.summary + u", \""_s + error.serverWords + u'"';
    }

    void readBack(const Shared &run, std::size_t index)
    {
        Part &part = run->parts[index];
        const Milliseconds pause = settings.readBackAfter.at(part.reads++);
        QTimer::singleShot(pause, q, [this, run, index] {
            const Part &sent = run->parts[index];
            const bool needsProof = sent.reply.claim != Outcome::Applied && sent.reply.claim != Outcome::Unchanged;
            whenDone(sent.write->readBack(sent.ticket, *sent.before, needsProof), q,
                     [this, run, index](const Result<ReadBack> &seen) { weigh(run, index, seen); });
        });
    }

    void weigh(const Shared &run, std::size_t index, const Result<ReadBack> &seen)
    {
        Part &part = run->parts[index];
        if (seen) {
            part.after = seen->state;
            if (seen->isWanted && seen->isInEffect && !part.tookEffect)
                part.tookEffect = clock.elapsed() - part.sentAt;
        }
        const Verdict verdict = judge(part.reply, *part.before, seen);
        const bool hasTime = clock.elapsed() - part.sentAt < patience(*run) - part.write->timeout();
        if (!verdict.isSettled && part.reads < settings.readBackAfter.size() && hasTime)
            readBack(run, index);
        else
            conclude(run, index, verdict, part.reply.httpStatus);
    }

    void conclude(const Shared &run, std::size_t index, const Verdict &verdict, int httpStatus)
    {
        Part &part = run->parts[index];
        InstanceOutcome outcome{run->id, part.ask.instance, verdict.outcome, part.after, httpStatus, verdict.detail,
                                {}};
        if (verdict.outcome == Outcome::Applied)
            outcome.tookEffect = part.tookEffect;
        part.outcome = outcome;
        whenDone(journal.append(outcome), q, [this, run, index](const Result<qint64> &row) {
            Part &concluded = run->parts[index];
            concluded.isCommitted = true;
            if (!row)
                concluded.outcome->detail += u" (this outcome could not be kept: %1)"_s.arg(row.error().summary);
            Q_EMIT q->changed(run->id);
            if (std::all_of(run->parts.begin(), run->parts.end(), [](const Part &p) { return p.isCommitted; }))
                finish(run);
        });
    }

    void finish(const Shared &run)
    {
        std::erase(running, run);
        CommandRecord record = journal.command(run->id).value_or(CommandRecord());
        for (InstanceRecord &known : record.instances) {
            for (const Part &part : run->parts) {
                // What could not be written is true all the same.
                if (part.ask.instance == known.intent.instance && !known.outcome)
                    known.outcome = part.outcome;
            }
        }
        if (record.worst() == Outcome::Unknown)
            arm();
        run->promise.addResult(Result<CommandRecord>(record));
        run->promise.finish();
        Q_EMIT q->changed(run->id);
    }

    bool isOurs(const QString &id) const
    {
        return std::any_of(running.begin(), running.end(), [&](const Shared &run) { return run->id == id; });
    }

    void arm()
    {
        if (!timer.isActive())
            timer.start(std::max<Milliseconds>(1s, settings.resolveAfter / 2));
    }

    void resolveOpen()
    {
        const Timestamp now = clock.now();
        bool isAnyOpen = false;
        for (const CommandRecord &record : journal.commands()) {
            if (now - record.at > resolvedFor)
                break;
            if (isOurs(record.intent.id))
                continue;
            if (record.isUnderWay(now)) {
                isAnyOpen = true;
                continue;
            }
            for (const InstanceRecord &part : record.instances) {
                if (part.isOpen()) {
                    isAnyOpen = true;
                    resolve(record, part);
                }
            }
        }
        if (isAnyOpen)
            arm();
        else
            timer.stop();
    }

    void resolve(const CommandRecord &record, const InstanceRecord &part)
    {
        const std::pair key(record.intent.id, part.intent.instance);
        Turn &turn = turns[key];
        if (!part.outcome && turn.pause == 0ms)
            journal.append(endedEarly(record, part));
        if (turn.isAsking || clock.elapsed() < turn.dueAt)
            return;
        turn.pause = turn.pause == 0ms ? settings.resolveAfter : std::min<Milliseconds>(2 * turn.pause, longestPause);
        turn.dueAt = clock.elapsed() + turn.pause;
        if (!part.intent.before)
            return;
        auto write = rebuilt(record, part);
        if (!write)
            return;
        turn.write = *std::move(write);
        turn.isAsking = true;
        whenDone(turn.write->readBack(ticketOf(record, part), *part.intent.before, true), q,
                 [this, key, record, part](const Result<ReadBack> &seen) { takeResolution(key, record, part, seen); });
    }

    /// The outcome that a program which ended in between did not write. What could not be read was not sent either.
    static InstanceOutcome endedEarly(const CommandRecord &record, const InstanceRecord &part)
    {
        InstanceOutcome outcome{record.intent.id, part.intent.instance, Outcome::Unknown, {}, 0, {}, {}};
        outcome.detail = u"the program ended before it knew what came of it"_s;
        if (!part.intent.before) {
            outcome.outcome = Outcome::Failed;
            outcome.detail = u"nothing was sent: it could not be read before"_s;
        }
        return outcome;
    }

    void takeResolution(const std::pair<QString, QString> &key, const CommandRecord &record, const InstanceRecord &part,
                        const Result<ReadBack> &seen)
    {
        Turn &turn = turns[key];
        turn.isAsking = false;
        turn.write.release()->deleteLater();
        if (!seen)
            return;
        // Somebody else may have said so while it was read.
        const auto now = journal.command(record.intent.id);
        const InstanceRecord *known = now ? now->find(part.intent.instance) : nullptr;
        if (!known || !known->isOpen())
            return;
        const Timestamp asked =
            std::max(record.intent.until, known->sentAt.isEmpty() ? record.at : known->sentAt.last());
        const auto verdict = judgeLater(*part.intent.before, *seen, clock.now() - asked >= settings.longAgo);
        if (!verdict)
            return;
        journal.append(
            Resolution{record.intent.id, part.intent.instance, verdict->outcome, {}, verdict->detail, seen->state});
        Q_EMIT q->changed(record.intent.id);
    }

    Result<std::unique_ptr<InstanceWrite>> rebuilt(const CommandRecord &record, const InstanceRecord &part)
    {
        const Command command = commandOf(record);
        WriteSource *source = sourceOf(command.environment, command.kind());
        if (!source)
            return failure(runnerError(ErrorKind::Unsupported, command.environment,
                                       u"nothing here can do %1"_s.arg(command.action)));
        return source->writeFor(command, {part.intent.instance, part.intent.parameters, {}});
    }

    static Ticket ticketOf(const CommandRecord &record, const InstanceRecord &part)
    {
        Ticket ticket{record.intent.id,  part.intent.idempotencyKey, part.intent.correlationId,
                      record.intent.who, record.intent.reason,       part.intent.parameters};
        ticket.parameters.insert(record.intent.parameters.begin(), record.intent.parameters.end());
        return ticket;
    }

    CommandRunner *q;
    journal::Journal &journal;
    EnvironmentGuard &guard;
    Operator who;
    Settings settings;
    const Clock &clock;
    QTimer timer;
    std::map<std::pair<QString, QString>, WriteSource *> sources;
    std::vector<Shared> running;
    std::map<std::pair<QString, QString>, Turn> turns;
};

CommandRunner::CommandRunner(journal::Journal &journal, EnvironmentGuard &guard, Operator who, const Clock &clock,
                             QObject *parent)
    : CommandRunner(journal, guard, std::move(who), Settings(), clock, parent)
{
}

CommandRunner::CommandRunner(journal::Journal &journal, EnvironmentGuard &guard, Operator who, Settings settings,
                             const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, journal, guard, std::move(who), std::move(settings), clock))
{
    connect(&d->timer, &QTimer::timeout, this, &CommandRunner::resolveOpen);
    // What an earlier run left open is taken up as soon as the journal is read.
    connect(&journal, &journal::Journal::changed, this, [this] {
        const Timestamp now = d->clock.now();
        const QList<CommandRecord> commands = d->journal.commands();
        if (std::any_of(commands.begin(), commands.end(), [&](const CommandRecord &record) {
                return now - record.at <= resolvedFor && record.worst() == Outcome::Unknown;
            }))
            d->arm();
    });
}

CommandRunner::~CommandRunner() = default;

void CommandRunner::addSource(const QString &environment, const QString &kind, WriteSource &source)
{
    d->sources[{environment, kind}] = &source;
}

Pending<CommandRecord> CommandRunner::run(const Command &command)
{
    if (const auto objection = d->objectionTo(command))
        return readyNow<CommandRecord>(failure(*objection));
    const Result<Private::Shared> prepared = d->prepared(command);
    if (!prepared)
        return readyNow<CommandRecord>(failure(prepared.error()));
    const Private::Shared run = *prepared;
    d->running.push_back(run);
    run->promise.start();
    d->readAll(run, [this, run] { d->commit(run); });
    return run->promise.future();
}

Pending<QList<PlannedWrite>> CommandRunner::plan(const Command &command)
{
    if (const auto objection = d->objectionTo(command))
        return readyNow<QList<PlannedWrite>>(failure(*objection));
    const Result<Private::Shared> prepared = d->prepared(command);
    if (!prepared)
        return readyNow<QList<PlannedWrite>>(failure(prepared.error()));
    const Private::Shared run = *prepared;
    run->plan.start();
    d->readAll(run, [run] {
        QList<PlannedWrite> planned;
        for (const Private::Part &part : run->parts) {
            PlannedWrite write{part.ask.instance, part.before, part.objection, {}};
            if (!part.objection)
                write.curl = part.write->curl(part.ticket, *part.before);
            planned.append(write);
        }
        run->plan.addResult(Result<QList<PlannedWrite>>(planned));
        run->plan.finish();
    });
    return run->plan.future();
}

std::optional<Error> CommandRunner::objectionTo(const Command &command) const
{
    return d->objectionTo(command);
}

bool CommandRunner::isRunning(const QString &environment, const QString &system, const QString &target) const
{
    const auto isIt = [&](const QString &e, const QString &s, const QString &t) {
        return e == environment && s == system && t == target;
    };
    const Timestamp now = d->clock.now();
    const QList<CommandRecord> commands = d->journal.commands();
    return std::any_of(d->running.begin(), d->running.end(),
                       [&](const Private::Shared &run) {
                           return isIt(run->command.environment, run->command.system, run->command.target);
                       }) ||
           std::any_of(commands.begin(), commands.end(), [&](const CommandRecord &record) {
               return record.isUnderWay(now) &&
                      isIt(record.intent.environment, record.intent.system, record.intent.target);
           });
}

Pending<CommandRecord> CommandRunner::sendAgain(const QString &commandId, const QString &instance)
{
    const auto no = [&](ErrorKind kind, const QString &summary) {
        return readyNow<CommandRecord>(failure(runnerError(kind, instance, summary)));
    };
    const auto record = d->journal.command(commandId);
    const InstanceRecord *part = record ? record->find(instance) : nullptr;
    if (!part || !part->isOpen() || !part->intent.before || record->isUnderWay(d->clock.now()) || d->isOurs(commandId))
        return no(ErrorKind::BadInput, u"there is no write of unknown outcome to send again"_s);
    if (const auto objection = d->guard.objectionTo(record->intent.environment))
        return readyNow<CommandRecord>(failure(*objection));
    const Command command = commandOf(*record);
    if (const auto obstacle = d->obstacleTo(command))
        return no(ErrorKind::Conflict, *obstacle);
    auto write = d->rebuilt(*record, *part);
    if (!write)
        return readyNow<CommandRecord>(failure(write.error()));
    if (!(*write)->isIdempotent())
        return no(ErrorKind::Unsupported, u"sending it again could do it twice; make a new command instead"_s);
    auto run = std::make_shared<Private::Running>();
    run->id = commandId;
    run->command = command;
    Private::Part again;
    again.ask = {instance, part->intent.parameters, {}};
    again.ticket = Private::ticketOf(*record, *part);
    again.before = part->intent.before;
    again.write = *std::move(write);
    run->parts.push_back(std::move(again));
    run->promise.start();
    d->running.push_back(run);
    whenDone(d->journal.append(journal::SentMark{commandId, instance}), this, [this, run](const Result<qint64> &row) {
        if (row)
            d->transmit(run, 0);
        else
            d->refuse(run, row.error());
    });
    return run->promise.future();
}

Pending<qint64> CommandRunner::markResolved(const QString &commandId, const QString &instance, Outcome outcome,
                                            const QString &reason)
{
    const auto no = [&](const QString &summary) {
        return readyNow<qint64>(failure(runnerError(ErrorKind::BadInput, instance, summary)));
    };
    const auto record = d->journal.command(commandId);
    const InstanceRecord *part = record ? record->find(instance) : nullptr;
    if (!part || !part->isOpen() || record->isUnderWay(d->clock.now()))
        return no(u"there is no unknown outcome to resolve"_s);
    if (outcome == Outcome::Unknown)
        return no(u"unknown resolves nothing"_s);
    if (const auto objection = objectionToReason(reason))
        return readyNow<qint64>(failure(*objection));
    return d->journal.append(Resolution{commandId, instance, outcome, d->who.name, reason, {}});
}

void CommandRunner::resolveOpen()
{
    d->resolveOpen();
}

} // namespace atalaya::control
