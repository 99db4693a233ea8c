// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "tests/models/alerts/alert_examples.h"
#include "tests/support/store_bench.h"

#include <memory>

namespace atalaya::alerts::test {

/// A store over two Prometheus servers and two Alertmanagers that answer from a script.
class AlertStoreBench : public atalaya::test::StoreBench
{
public:
    AlertStoreBench()
    {
        using namespace Qt::Literals::StringLiterals;
        using atalaya::test::sourceAt;
        environment.sources = {sourceAt(workspace::SourceKind::Prometheus, u"core"_s, u"http://core.test:9090"_s),
                               sourceAt(workspace::SourceKind::Prometheus, u"p2p"_s, u"http://p2p.test:9090"_s),
                               sourceAt(workspace::SourceKind::Alertmanager, u"am-a"_s, u"http://am-a.test:9093"_s),
                               sourceAt(workspace::SourceKind::Alertmanager, u"am-b"_s, u"http://am-b.test:9093"_s),
                               sourceAt(workspace::SourceKind::Loki, u"logs"_s, u"http://logs.test:3100"_s)};
        workspace::System worker;
        worker.key = u"worker"_s;
        worker.prometheus = u"core"_s;
        workspace::System p2p;
        p2p.key = u"p2p"_s;
        p2p.prometheus = u"p2p"_s;
        environment.systems = {worker, p2p};
        for (const QString &host : {u"core"_s, u"p2p"_s})
            rules(host, {});
        for (const QString &host : {u"am-a"_s, u"am-b"_s}) {
            listed(host, "[]");
            transport.answer("GET", silencesOf(host), "[]");
        }
    }

    static QString rulesOf(const QString &host) { return QStringLiteral("http://%1.test:9090/api/v1/rules").arg(host); }
    static QString alertsOf(const QString &host)
    {
        return QStringLiteral("http://%1.test:9093/api/v2/alerts").arg(host);
    }
    static QString silencesOf(const QString &host)
    {
        return QStringLiteral("http://%1.test:9093/api/v2/silences").arg(host);
    }

    void rules(const QString &host, const QByteArray &rules)
    {
        transport.answer("GET", rulesOf(host),
                         R"({"status":"success","data":{"groups":[{"name":"g","file":"f","rules":[)" + rules + "]}]}}");
    }
    void listed(const QString &host, const QByteArray &alerts) { transport.answer("GET", alertsOf(host), alerts); }

    AlertStore &open()
    {
        store = std::make_unique<AlertStore>(environment, transport, resolver, schedule, monitor, clock);
        EXPECT_TRUE(atalaya::test::runUntil([this] { return store->isSettled() && !store->isAsking(); },
                                            std::chrono::seconds(80)));
        return *store;
    }
    /// Moves time and waits until what was then asked is answered.
    void pass(Milliseconds by)
    {
        advance(by);
        EXPECT_TRUE(atalaya::test::runUntil([this] { return !store->isAsking(); }));
    }
    QStringList lines() const
    {
        QStringList all;
        const QList<Alert> alerts = store->alerts();
        for (const Alert &alert : alerts)
            all += alert.name + u' ' + stateWord(alert.state) + u' ' + alert.sources.join(u',');
        return all;
    }

    workspace::Environment environment;
    std::unique_ptr<AlertStore> store;
};

} // namespace atalaya::alerts::test
