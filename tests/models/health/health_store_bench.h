// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/health_store.h"
#include "tests/models/health/health_examples.h"
#include "tests/support/store_bench.h"

#include <memory>

namespace atalaya::health::test {

/// A store over two workers (health, live, ready, start-up) and one p2p, known to one Prometheus.
class HealthStoreBench : public atalaya::test::StoreBench
{
public:
    HealthStoreBench()
    {
        using namespace Qt::Literals::StringLiterals;
        using namespace std::chrono_literals;
        using atalaya::test::instanceAt;
        environment.sources = {
            atalaya::test::sourceAt(workspace::SourceKind::Prometheus, u"core"_s, u"http://core.test:9090"_s)};
        workspace::System worker;
        worker.key = u"worker"_s;
        worker.selector = u"job=\"worker\""_s;
        worker.instances = {instanceAt(u"worker-1"_s, u"http://w1.test"_s),
                            instanceAt(u"worker-2"_s, u"http://w2.test"_s)};
        worker.health = workspace::HealthSettings{{u"/health"_s, u"/health/live"_s, u"/health/ready"_s}, 10s, {}};
        workspace::System p2p;
        p2p.key = u"p2p"_s;
        p2p.instances = {instanceAt(u"p2p-1"_s, u"http://p1.test"_s)};
        p2p.health = workspace::HealthSettings{{u"/api/v1/health"_s}, 10s, {}};
        environment.systems = {worker, p2p};
        for (const QString &host : {u"w1"_s, u"w2"_s}) {
            say(host, u"/health"_s, R"({"status":"healthy","checks":{"openai":{"status":"healthy","latency_ms":9}}})");
            say(host, u"/health/live"_s, R"({"status":"alive"})");
            say(host, u"/health/ready"_s, R"({"status":"ready"})");
        }
        say(u"p1"_s, u"/api/v1/health"_s, R"({"status":"healthy","services":{"postgresql":{"status":"connected"}}})");
        up({});
    }

    void say(const QString &host, const QString &path, const QByteArray &body, int status = 200)
    {
        transport.answer("GET", QStringLiteral("http://%1.test%2").arg(host, path), body, status);
    }
    void breakOff(const QString &host, const Error &error)
    {
        for (const char *path : {"/health", "/health/live", "/health/ready", "/api/v1/health"})
            transport.fail("GET", QStringLiteral("http://%1.test%2").arg(host, QLatin1StringView(path)), error);
    }
    /// What Prometheus says of its scrapes: "worker-1" -> "0".
    void up(const QList<std::pair<QByteArray, QByteArray>> &targets)
    {
        QByteArrayList series;
        for (const auto &[instance, value] : targets)
            series += R"({"metric":{"__name__":"up","job":"worker","instance":")" + instance + R"("},"value":[1,")" +
                      value + R"("]})";
        transport.answer("GET", QStringLiteral("http://core.test:9090/api/v1/query"),
                         R"({"status":"success","data":{"resultType":"vector","result":[)" + series.join(',') + "]}}");
    }

    HealthStore &open()
    {
        store = std::make_unique<HealthStore>(environment, transport, resolver, schedule, monitor, clock);
        settle();
        return *store;
    }
    void settle()
    {
        EXPECT_TRUE(atalaya::test::runUntil([this] { return store->isSettled() && !store->isAsking(); }));
    }
    void pass(Milliseconds by)
    {
        advance(by);
        settle();
    }

    static InstanceId worker1() { return {QStringLiteral("worker"), QStringLiteral("worker-1")}; }
    static InstanceId p2p1() { return {QStringLiteral("p2p"), QStringLiteral("p2p-1")}; }
    QString noteOf(const InstanceId &id) const
    {
        const auto snapshot = store->health(id);
        return snapshot.data ? snapshot.data->note : QString();
    }

    workspace::Environment environment;
    std::unique_ptr<HealthStore> store;
};

} // namespace atalaya::health::test
