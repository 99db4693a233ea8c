// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/flag_store.h"
#include "tests/models/flags/flag_store_bench.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::flags;
using atalaya::test::refused;
using atalaya::test::runUntil;
using flags::test::FlagStoreBench;

TEST(FlagStore, ListsFlagsBySystemNameAndInstance)
{
    FlagStoreBench bench;
    FlagStore &store = bench.open();
    QStringList lines;
    const QList<Flag> flags = store.flags();
    for (const Flag &flag : flags)
        lines += flag.id.system + u'/' + flag.id.name + u'/' + flag.id.instance;
    EXPECT_EQ(lines, (QStringList{u"ai-proveedores/ENABLE_CIRCUIT_BREAKER/ai-1"_s,
                                  u"ai-proveedores/ENABLE_CIRCUIT_BREAKER/ai-2"_s,
                                  u"ai-proveedores/ENABLE_STRUCTURED_LOGGING/ai-1"_s,
                                  u"ai-proveedores/ENABLE_STRUCTURED_LOGGING/ai-2"_s}));
    EXPECT_EQ(store.systemsWithout(), (QStringList{u"p2p"_s, u"aurore"_s}));
    EXPECT_EQ(store.instancesOf(u"ai-proveedores"_s), (QStringList{u"ai-1"_s, u"ai-2"_s}));
    EXPECT_TRUE(store.capabilities(u"ai-proveedores"_s, u"ai-1"_s)->contains(u"flags.write"_s));
    for (const auto &call : bench.transport.calls())
        EXPECT_FALSE(call.isWrite);
}

TEST(FlagStore, ASystemThatDoesNotAnswerIsNotOneWithoutFlags)
{
    FlagStoreBench bench;
    bench.transport.fail("GET", u"http://p1.test/api/v1/ops/v1/info"_s, refused());
    FlagStore &store = bench.open();
    EXPECT_EQ(store.systemsWithout(), QStringList{u"aurore"_s});
    EXPECT_EQ(store.instanceFlags(u"p2p"_s, u"p2p-1"_s).error->kind, ErrorKind::Unreachable);
}

TEST(FlagStore, RefusalsAndRubbishKeepTheLastListWithItsError)
{
    for (const auto &[body, status, kind] : {std::tuple<QByteArray, int, ErrorKind>{"", 401, ErrorKind::Unauthorized},
                                             {"", 403, ErrorKind::Forbidden},
                                             {"<html><title>x</title></html>", 200, ErrorKind::Malformed},
                                             {"{\"flags\":[", 200, ErrorKind::Malformed}}) {
        FlagStoreBench bench;
        FlagStore &store = bench.open();
        bench.transport.answer("GET", bench.listOf(u"a1"_s), body, status);
        bench.pass(10s);
        const auto snapshot = store.instanceFlags(u"ai-proveedores"_s, u"ai-1"_s);
        EXPECT_EQ(snapshot.error->kind, kind);
        EXPECT_EQ(snapshot.data->size(), 2);
        EXPECT_EQ(snapshot.freshness(bench.clock.now()), Freshness::Live);
        bench.clock.advance(11s);
        EXPECT_EQ(snapshot.freshness(bench.clock.now()), Freshness::Stale);
    }
}

TEST(FlagStore, AWritesAnswerReplacesTheFlagAndAnOldReadIsDropped)
{
    FlagStoreBench bench;
    FlagStore &store = bench.open();
    bench.transport.hangOnce("GET", bench.infoOf(u"a1"_s));
    bench.advance(10s);
    ASSERT_TRUE(runUntil([&] { return bench.transport.hangingCount() == 1; }));
    Flag off;
    off.value = false;
    off.id.name = u"ENABLE_CIRCUIT_BREAKER"_s;
    bench.say(u"a1"_s, bench.breakerFlag("false"));
    store.applyFlag({u"ai-proveedores"_s, u"ENABLE_CIRCUIT_BREAKER"_s, u"ai-1"_s}, off);
    EXPECT_FALSE(store.flags().first().value);
    EXPECT_EQ(store.flags().first().id.instance, u"ai-1");
    bench.transport.release(0, R"({"capabilities":["breakers.read"]})");
    ASSERT_TRUE(runUntil([&] { return !store.isAsking(); }));
    EXPECT_TRUE(store.capabilities(u"ai-proveedores"_s, u"ai-1"_s)->contains(u"flags.read"_s));
    EXPECT_FALSE(store.flags().first().value) << "the old answer left before the write";
}

TEST(FlagStore, AsksAnewWhatASystemCanDoWhileItDeclaresNone)
{
    FlagStoreBench bench;
    FlagStore &store = bench.open();
    bench.transport.answer("GET", u"http://p1.test/api/v1/ops/v1/info"_s, R"({"capabilities":["flags.read"]})");
    bench.transport.answer("GET", u"http://p1.test/api/v1/ops/v1/flags"_s,
                           R"({"flags":[{"name":"NEW","value":true}]})");
    bench.pass(10s);
    EXPECT_EQ(store.systemsWithout(), QStringList{u"aurore"_s});
    EXPECT_EQ(store.flags().last().id.name, u"NEW");
}
