// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/flags/flag_store.h"
#include "tests/support/store_bench.h"

#include <memory>

namespace atalaya::flags::test {

/// ai-proveedores (two instances with flags), p2p (declares none), aurore (not configured).
class FlagStoreBench : public atalaya::test::StoreBench
{
public:
    FlagStoreBench()
    {
        using namespace Qt::Literals::StringLiterals;
        using atalaya::test::instanceAt;
        workspace::System ai;
        ai.key = u"ai-proveedores"_s;
        ai.instances = {instanceAt(u"ai-1"_s, u"http://a1.test"_s), instanceAt(u"ai-2"_s, u"http://a2.test"_s)};
        ai.flags = workspace::ControlSettings{.adapter = u"ops"_s, .base = u"/ops/v1"_s};
        workspace::System p2p;
        p2p.key = u"p2p"_s;
        p2p.instances = {instanceAt(u"p2p-1"_s, u"http://p1.test"_s)};
        p2p.flags = workspace::ControlSettings{.adapter = u"ops"_s, .base = u"/api/v1/ops/v1"_s};
        workspace::System aurore;
        aurore.key = u"aurore"_s;
        environment.systems = {ai, p2p, aurore};
        for (const QString &host : {u"a1"_s, u"a2"_s}) {
            transport.answer("GET", infoOf(host), R"({"capabilities":["flags.read","flags.write"]})");
            say(host, breakerFlag() + ',' + loggingFlag());
        }
        transport.answer("GET", u"http://p1.test/api/v1/ops/v1/info"_s, R"({"capabilities":["breakers.read"]})");
    }

    static QString infoOf(const QString &host) { return QStringLiteral("http://%1.test/ops/v1/info").arg(host); }
    static QString listOf(const QString &host) { return QStringLiteral("http://%1.test/ops/v1/flags").arg(host); }
    static QByteArray breakerFlag(const QByteArray &value = "true")
    {
        return R"({"name":"ENABLE_CIRCUIT_BREAKER","value":)" + value +
               R"(,"default":false,"phase":9,"apply":"live","description":"Puts breakers around calls","updated_by":"ana","updated_at":"2026-11-24T02:41:07Z","reason":"batch"})";
    }
    static QByteArray loggingFlag(const QByteArray &configured = "false")
    {
        return R"({"name":"ENABLE_STRUCTURED_LOGGING","value":false,"default":false,"phase":11,"apply":"restart","source":"default","configured_value":)" +
               configured + R"(,"pending_restart":)" + configured + "}";
    }
    void say(const QString &host, const QByteArray &flags)
    {
        transport.answer("GET", listOf(host),
                         R"({"instance_id":"x","started_at":"2026-11-17T05:12:00Z","flags":[)" + flags + "]}");
    }

    FlagStore &open()
    {
        store = std::make_unique<FlagStore>(environment, transport, resolver, schedule, monitor, clock);
        EXPECT_TRUE(atalaya::test::runUntil([this] { return store->isSettled() && !store->isAsking(); }));
        return *store;
    }
    void pass(Milliseconds by)
    {
        advance(by);
        EXPECT_TRUE(atalaya::test::runUntil([this] { return !store->isAsking(); }));
    }

    workspace::Environment environment;
    std::unique_ptr<FlagStore> store;
};

} // namespace atalaya::flags::test
