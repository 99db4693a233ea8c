// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breakers/breaker_store.h"
#include "tests/support/store_bench.h"

#include <memory>

namespace atalaya::breakers::test {

/// worker (two instances, control and gauge), anclora (declares none), p2p (gauge only, another encoding), notes (not
/// configured).
class BreakerStoreBench : public atalaya::test::StoreBench
{
public:
    BreakerStoreBench()
    {
        using namespace Qt::Literals::StringLiterals;
        using namespace std::chrono_literals;
        using atalaya::test::instanceAt;
        environment.sources = {
            atalaya::test::sourceAt(workspace::SourceKind::Prometheus, u"core"_s, u"http://core.test:9090"_s),
            atalaya::test::sourceAt(workspace::SourceKind::Prometheus, u"p2p"_s, u"http://p2p.test:9090"_s)};
        for (workspace::Source &source : environment.sources)
            source.scrapeInterval = 10s;
        workspace::System worker;
        worker.key = u"worker"_s;
        worker.prometheus = u"core"_s;
        worker.selector = u"job=\"worker\""_s;
        worker.instances = {instanceAt(u"worker-1"_s, u"http://w1.test"_s),
                            instanceAt(u"worker-2"_s, u"http://w2.test"_s)};
        worker.breakers = workspace::ControlSettings{.adapter = u"ops"_s, .base = u"/ops/v1"_s};
        worker.breakers->gauge = workspace::BreakerGauge{u"worker_circuit_breaker_state"_s,
                                                         u"service"_s,
                                                         {},
                                                         {{0, u"closed"_s}, {1, u"half_open"_s}, {2, u"open"_s}}};
        workspace::System anclora;
        anclora.key = u"anclora"_s;
        anclora.prometheus = u"core"_s;
        anclora.instances = {instanceAt(u"bot-1"_s, u"http://b1.test"_s)};
        anclora.breakers = workspace::ControlSettings{.adapter = u"ops"_s, .base = u"/ops/v1"_s};
        workspace::System p2p;
        p2p.key = u"p2p"_s;
        p2p.prometheus = u"p2p"_s;
        p2p.selector = u"job=\"p2p-backend\""_s;
        p2p.instances = {instanceAt(u"p2p-1"_s, u"http://p1.test"_s)};
        p2p.breakers = workspace::ControlSettings{.adapter = u"gauge"_s};
        p2p.breakers->gauge = workspace::BreakerGauge{
            u"circuit_breaker_state"_s, u"circuit_name"_s, {}, {{0, u"closed"_s}, {1, u"half_open"_s}, {2, u"open"_s}}};
        workspace::System notes;
        notes.key = u"notes"_s;
        notes.prometheus = u"core"_s;
        environment.systems = {worker, anclora, p2p, notes};
        for (const QString &host : {u"w1"_s, u"w2"_s}) {
            transport.answer("GET", infoOf(host),
                             R"({"capabilities":["breakers.read","breakers.write"],"instance_id":"x"})");
            say(host, closed());
        }
        transport.answer("GET", infoOf(u"b1"_s), R"({"capabilities":["startup"],"instance_id":"b"})");
        gauge(u"core"_s, {{"worker-1", "0"}, {"worker-2", "0"}});
        gauge(u"p2p"_s, {{"p2p-1", "0"}}, "circuit_name", "binance");
    }

    static QString infoOf(const QString &host) { return QStringLiteral("http://%1.test/ops/v1/info").arg(host); }
    static QString listOf(const QString &host) { return QStringLiteral("http://%1.test/ops/v1/breakers").arg(host); }
    static QString queryOf(const QString &host) { return QStringLiteral("http://%1.test:9090/api/v1/query").arg(host); }

    /// One breaker, openai, with counters.
    static QByteArray closed(int calls = 100, int failures = 0, int rejected = 0)
    {
        return breaker(R"("state":"closed")", calls, failures, rejected);
    }
    static QByteArray breaker(const QByteArray &state, int calls = 100, int failures = 0, int rejected = 0)
    {
        const auto number = [](int n) { return QByteArray::number(n); };
        return R"({"name":"openai",)" + state + R"(,"version":"1","counters":{"total_calls":)" + number(calls) +
               R"(,"total_successes":)" + number(calls - failures - rejected) + R"(,"total_failures":)" +
               number(failures) + R"(,"total_rejected":)" + number(rejected) + "}}";
    }
    void say(const QString &host, const QByteArray &breakers, const QByteArray &startedAt = "2026-11-17T05:12:00Z")
    {
        transport.answer("GET", listOf(host),
                         R"({"instance_id":")" + host.toLatin1() + R"(","started_at":")" + startedAt +
                             R"(","generated_at":"2026-11-24T03:00:00Z","breakers":[)" + breakers + "]}");
    }
    void gauge(const QString &host, const QList<std::pair<QByteArray, QByteArray>> &values,
               const QByteArray &label = "service", const QByteArray &name = "openai")
    {
        QByteArrayList series;
        for (const auto &[instance, value] : values)
            series += R"({"metric":{"instance":")" + instance + R"(",")" + label + R"(":")" + name +
                      R"("},"value":[1795489200,")" + value + R"("]})";
        transport.answer("GET", queryOf(host),
                         R"({"status":"success","data":{"resultType":"vector","result":[)" + series.join(',') + "]}}");
    }

    BreakerStore &open()
    {
        store = std::make_unique<BreakerStore>(environment, transport, resolver, schedule, monitor, clock);
        EXPECT_TRUE(atalaya::test::runUntil([this] { return store->isSettled() && !store->isAsking(); }));
        return *store;
    }
    void pass(Milliseconds by)
    {
        advance(by);
        EXPECT_TRUE(atalaya::test::runUntil([this] { return !store->isAsking(); }));
    }
    Breaker breakerOf(const QString &instance) const
    {
        const QList<Breaker> all = store->breakers();
        for (const Breaker &breaker : all) {
            if (breaker.id.instance == instance)
                return breaker;
        }
        ADD_FAILURE() << "no breaker of " << instance.toStdString();
        return {};
    }
    QStringList lines() const
    {
        QStringList all;
        const QList<Breaker> breakers = store->breakers();
        for (const Breaker &breaker : breakers)
            all += breaker.id.system + u'/' + breaker.id.name + u'/' + breaker.id.instance + u' ' + breaker.shownWord();
        return all;
    }

    workspace::Environment environment;
    std::unique_ptr<BreakerStore> store;
};

} // namespace atalaya::breakers::test
