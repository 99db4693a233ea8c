// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/command_runner.h"
#include "tests/support/event_loop.h"
#include "tests/support/manual_clock.h"

#include <QtCore/QTemporaryDir>

#include <gtest/gtest.h>

namespace atalaya::control::test {

/// One instance's target behind a ScriptedSource: what it says and how often it was asked.
struct ScriptedTarget
{
    Result<TargetState> before = TargetState{QStringLiteral("closed"), QStringLiteral("1"), {}};
    Reply reply{Outcome::Applied, true, false, 200, {}};
    bool answers = true;          ///< false: the write stays without an answer
    QList<Result<ReadBack>> seen; ///< in turn, the last one stays
    bool isIdempotent = true;
    int reads = 0, sent = 0, readBacks = 0;
    QStringList keys;
    std::function<void()> onSend;
};

inline ReadBack readBackOf(const QString &words, const QString &version, bool isWanted)
{
    ReadBack seen;
    seen.state = {words, version, {}};
    seen.isWanted = isWanted;
    return seen;
}

class ScriptedSource final : public WriteSource
{
public:
    QMap<QString, std::shared_ptr<ScriptedTarget>> targets;

    Result<std::unique_ptr<InstanceWrite>> writeFor(const Command &, const InstanceAsk &ask) override
    {
        if (!targets.contains(ask.instance))
            return failure(ErrorKind::BadInput, ask.instance, QStringLiteral("is not configured"));
        return std::make_unique<Write>(targets.value(ask.instance));
    }

private:
    class Write final : public InstanceWrite
    {
    public:
        explicit Write(std::shared_ptr<ScriptedTarget> target) : m_target(std::move(target)) {}
        bool isIdempotent() const override { return m_target->isIdempotent; }
        Milliseconds timeout() const override { return Milliseconds(10'000); }
        Pending<TargetState> read() override
        {
            ++m_target->reads;
            return readyNow(m_target->before);
        }
        Pending<Reply> send(const Ticket &ticket, const TargetState &) override
        {
            ++m_target->sent;
            m_target->keys += ticket.idempotencyKey;
            if (m_target->onSend)
                m_target->onSend();
            if (m_target->answers)
                return readyNow<Reply>(m_target->reply);
            m_unanswered.start();
            return m_unanswered.future();
        }
        Pending<ReadBack> readBack(const Ticket &, const TargetState &, bool) override
        {
            ++m_target->readBacks;
            const Result<ReadBack> seen = m_target->seen.first();
            if (m_target->seen.size() > 1)
                m_target->seen.removeFirst();
            return readyNow<ReadBack>(seen);
        }
        QString curl(const Ticket &ticket, const TargetState &) const override
        {
            return QStringLiteral("curl ") + ticket.reason;
        }

    private:
        std::shared_ptr<ScriptedTarget> m_target;
        QPromise<Result<Reply>> m_unanswered;
    };
};

/// A journal in a folder of its own, a guard over three environments, and a runner with scripted instances a and b.
class ControlBench : public testing::Test
{
protected:
    ControlBench()
    {
        for (const auto &[name, kind] : {std::pair(QStringLiteral("drill"), workspace::Guard::Open),
                                         std::pair(QStringLiteral("staging"), workspace::Guard::Guarded),
                                         std::pair(QStringLiteral("production"), workspace::Guard::Protected)}) {
            workspace::Environment environment;
            environment.name = name;
            environment.guard = kind;
            environments.append(environment);
        }
        for (const QString &name : {QStringLiteral("a"), QStringLiteral("b")}) {
            source.targets.insert(name, std::make_shared<ScriptedTarget>());
            target(name).seen = {readBackOf(QStringLiteral("forced_open"), QStringLiteral("2"), true)};
        }
        start();
    }

    /// As a new process would.
    void start(bool isReadOnly = false)
    {
        runner.reset();
        guard.reset();
        journal.reset();
        journal = std::make_unique<journal::Journal>(path(), clock,
                                                     journal::Journal::Settings{Milliseconds(100), Milliseconds(0)});
        guard = std::make_unique<EnvironmentGuard>(
            environments, *journal, who, EnvironmentGuard::Settings{isReadOnly, Milliseconds(15 * 60'000)}, clock);
        runner = std::make_unique<CommandRunner>(
            *journal, *guard, who,
            CommandRunner::Settings{
                {Milliseconds(0), Milliseconds(1), Milliseconds(1)}, Milliseconds(5'000), Milliseconds(30'000)},
            clock);
        for (const workspace::Environment &environment : environments)
            runner->addSource(environment.name, QStringLiteral("breaker"), source);
        EXPECT_TRUE(atalaya::test::await(journal->refresh()));
    }
    QString path() const { return folder.filePath(QStringLiteral("journal.sqlite")); }
    ScriptedTarget &target(const QString &name) { return *source.targets[name]; }
    Command trip(const QStringList &instances, const QString &environment = QStringLiteral("drill")) const
    {
        Command command;
        command.environment = environment;
        command.action = QStringLiteral("breaker.trip");
        command.system = QStringLiteral("worker");
        command.target = QStringLiteral("openai");
        command.reason = QStringLiteral("provider down");
        for (const QString &instance : instances)
            command.instances.append({instance, {}, {}});
        return command;
    }
    Result<CommandRecord> run(const Command &command) { return atalaya::test::await(runner->run(command)); }
    /// "a applied, b failed".
    static std::string outcomes(const CommandRecord &record)
    {
        QStringList texts;
        for (const journal::InstanceRecord &part : record.instances)
            texts += part.intent.instance + u' ' + journal::outcomeWord(part.known());
        return texts.join(QStringLiteral(", ")).toStdString();
    }
    QStringList kindsKept() const
    {
        QStringList kinds;
        for (const journal::Entry &entry : journal->entries())
            kinds += kindName(entry.content);
        return kinds;
    }

    static QString kindName(const journal::Content &content)
    {
        static const char *const names[] = {"intent", "sent", "outcome", "resolution",
                                            "unlock", "lock", "note",    "unreadable"};
        return QString::fromLatin1(names[content.index()]);
    }

    QTemporaryDir folder;
    atalaya::test::ManualClock clock;
    Operator who{QStringLiteral("ana"), QStringLiteral("desk-7"), QStringLiteral("window")};
    QList<workspace::Environment> environments;
    ScriptedSource source;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<EnvironmentGuard> guard;
    std::unique_ptr<CommandRunner> runner;
};

} // namespace atalaya::control::test
