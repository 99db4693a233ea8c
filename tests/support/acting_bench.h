// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/command_runner.h"
#include "models/http/network_transport.h"
#include "models/workspace/endpoint_resolver.h"
#include "tests/support/event_loop.h"
#include "tests/support/manual_clock.h"
#include "tests/support/misbehaving_server.h"
#include "tests/support/test_certificates.h"

#include <QtCore/QTemporaryDir>

#include <gtest/gtest.h>

namespace atalaya::test {

/// Knows every secret by its name: the token is "NAME-token".
class NamedSecrets final : public workspace::SecretSource
{
public:
    Pending<QByteArray> read(const workspace::SecretReference &reference) override
    {
        return readyNow<QByteArray>(reference.name.toUtf8() + "-token");
    }
};

/// What acts, whole and real but for the clock: a server, the transport, a journal, a guard and a runner, over HTTP and
/// over HTTPS with a private authority.
class ActingBench : public testing::TestWithParam<bool>
{
protected:
    ActingBench()
    {
        server = GetParam()
                     ? std::make_unique<MisbehavingServer>(MisbehavingServer::serverTls(QStringLiteral("server")))
                     : std::make_unique<MisbehavingServer>();
        environment.name = QStringLiteral("drill");
        environment.guard = workspace::Guard::Open;
    }

    workspace::Access access(Milliseconds timeout = std::chrono::seconds(1)) const
    {
        workspace::Access to;
        to.url = server->url();
        to.timeout = timeout;
        if (GetParam())
            to.tls.caFile = TestCertificates::shared().path(QStringLiteral("ca.pem"));
        return to;
    }
    static workspace::Auth bearer(const QString &name)
    {
        return {workspace::Auth::Kind::Bearer, {}, {workspace::SecretReference::Kind::Environment, name}};
    }

    /// As a new process would.
    void start(const QString &kind, control::WriteSource &source, bool isReadOnly = false)
    {
        runner.reset();
        guard.reset();
        journal.reset();
        journal = std::make_unique<journal::Journal>(folder.filePath(QStringLiteral("journal.sqlite")), clock,
                                                     journal::Journal::Settings{Milliseconds(1000), Milliseconds(0)});
        const control::Operator who{QStringLiteral("ana"), QStringLiteral("desk-7"), QStringLiteral("window")};
        guard = std::make_unique<control::EnvironmentGuard>(
            QList<workspace::Environment>{environment}, *journal, who,
            control::EnvironmentGuard::Settings{isReadOnly, Milliseconds(15 * 60'000)}, clock);
        runner = std::make_unique<control::CommandRunner>(
            *journal, *guard, who,
            control::CommandRunner::Settings{
                {Milliseconds(0), Milliseconds(1)}, Milliseconds(5'000), Milliseconds(30'000)},
            clock);
        runner->addSource(environment.name, kind, source);
        EXPECT_TRUE(await(journal->refresh()));
    }

    control::CommandRecord run(const control::Command &command)
    {
        const Result<control::CommandRecord> record = await(runner->run(command));
        EXPECT_TRUE(record) << (record ? std::string() : sentenceFor(record.error()).toStdString());
        return record.value_or(control::CommandRecord());
    }
    /// The word of the first instance's outcome.
    std::string outcomeOf(const control::Command &command)
    {
        const control::CommandRecord record = run(command);
        lastId = record.intent.id;
        lastDetail = record.instances.isEmpty() ? QString() : record.instances.first().detail();
        return record.instances.isEmpty() ? "none" : wordOf(record);
    }
    static std::string wordOf(const control::CommandRecord &record)
    {
        return journal::outcomeWord(record.instances.first().known()).toStdString();
    }
    /// What the last command's unknown outcome is found to be when it is read back so much later.
    std::string laterOutcome(Milliseconds by)
    {
        bool isResolved = false;
        const auto connection = QObject::connect(runner.get(), &control::CommandRunner::changed, runner.get(),
                                                 [&](const QString &id) { isResolved = isResolved || id == lastId; });
        clock.advance(by);
        runner->resolveOpen();
        EXPECT_TRUE(runUntil([&] { return isResolved; }));
        QObject::disconnect(connection);
        EXPECT_TRUE(await(journal->refresh()));
        return wordOf(*journal->command(lastId));
    }
    /// True when it was read back so much later, by `requests` requests, and nothing came of it.
    bool staysUnknown(Milliseconds by, int requests)
    {
        clock.advance(by);
        const auto before = server->requests().size();
        runner->resolveOpen();
        EXPECT_TRUE(runUntil([&] { return server->requests().size() >= before + requests; }));
        // The last answer is on its way; a verdict would be there soon after it.
        runUntil([&] { return journal->command(lastId)->worst() != control::Outcome::Unknown; },
                 std::chrono::milliseconds(300));
        return journal->command(lastId)->worst() == control::Outcome::Unknown;
    }

    QTemporaryDir folder;
    ManualClock clock;
    std::unique_ptr<MisbehavingServer> server;
    http::NetworkTransport transport;
    NamedSecrets secrets;
    workspace::EndpointResolver resolver{secrets};
    workspace::Environment environment;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<control::EnvironmentGuard> guard;
    std::unique_ptr<control::CommandRunner> runner;
    QString lastId, lastDetail;
};

inline std::string actingScheme(const testing::TestParamInfo<bool> &scheme)
{
    return scheme.param ? "Https" : "Http";
}

} // namespace atalaya::test
