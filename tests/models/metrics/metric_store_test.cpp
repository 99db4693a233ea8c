// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/metric_store.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_transport.h"
#include "tests/support/manual_clock.h"

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::metrics;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

class NoSecrets final : public workspace::SecretSource
{
public:
    Pending<QByteArray> read(const workspace::SecretReference &) override
    {
        return readyNow<QByteArray>(QByteArray("x"));
    }
};

workspace::Environment oneServer()
{
    workspace::Environment environment;
    workspace::Source source;
    source.name = u"prom"_s;
    source.access.url = QUrl(u"http://prom.test:1"_s);
    environment.sources = {source};
    return environment;
}

QByteArray matrix(const QList<std::pair<qint64, double>> &points)
{
    QByteArray values;
    for (const auto &[time, value] : points)
        values += (values.isEmpty() ? "" : ",") + ("[" + QByteArray::number(time)) + ",\"" + QByteArray::number(value) +
                  "\"]";
    return R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[)" + values + "]}]}}";
}

const QString rangePath = u"/api/v1/query_range"_s;

class MetricStoreTest : public testing::Test
{
protected:
    MetricStoreTest()
    {
        monitor.registerSource(u"prom"_s, 15s);
        QObject::connect(&store, &MetricStore::changed, &store, [this](QueryId id) { changes.append(id); });
    }

    QueryId subscribe(const QString &expr = u"up"_s)
    {
        return store.subscribe({u"prom"_s, expr, Query::Kind::Range, 240});
    }
    /// Starts what is due and waits until every request has been dealt with.
    void refresh(QueryId id)
    {
        schedule.startDue();
        EXPECT_TRUE(test::runUntil([&] { return !store.snapshot(id).loading; }));
    }
    qint64 now() const { return clock.now().time_since_epoch().count() / 1000; }

    test::ManualClock clock;
    test::FakeTransport transport;
    NoSecrets secrets;
    workspace::EndpointResolver resolver{secrets};
    refresh::RefreshSchedule schedule{clock};
    refresh::SourceMonitor monitor{clock};
    const workspace::Environment environment = oneServer();
    MetricStore store{environment, transport, resolver, schedule, monitor, clock};
    QList<QueryId> changes;
};

} // namespace

TEST_F(MetricStoreTest, ARefreshAsksOnlyThePartItLacks)
{
    transport.answer("POST", rangePath, matrix({{now() - 15, 1}, {now(), 2}}));
    const QueryId id = subscribe();
    refresh(id);
    ASSERT_EQ(transport.calls().size(), 1);
    EXPECT_EQ(transport.calls().first().field(u"start"_s).toDouble(), static_cast<double>(now() - 3600));
    EXPECT_EQ(transport.calls().first().field(u"step"_s).toDouble(), 15);

    clock.advance(15s);
    transport.answer("POST", rangePath, matrix({{now() - 30, 1}, {now() - 15, 2}, {now(), 3}}));
    refresh(id);
    ASSERT_EQ(transport.calls().size(), 2);
    EXPECT_EQ(transport.calls().last().field(u"start"_s).toDouble(), static_cast<double>(now() - 30));
    EXPECT_EQ(store.snapshot(id).data->series.front().values, (std::vector<double>{1, 2, 3}));
}

TEST_F(MetricStoreTest, EqualQueriesShareOneRequest)
{
    transport.answer("POST", rangePath, matrix({{now(), 1}}));
    const QueryId a = subscribe();
    const QueryId b = subscribe();
    refresh(a);
    EXPECT_EQ(transport.calls().size(), 1);
    EXPECT_TRUE(store.snapshot(b).data);
    EXPECT_THAT(changes, testing::Contains(b));
}

TEST_F(MetricStoreTest, WhatNobodyLooksAtIsNotAsked)
{
    transport.answer("POST", rangePath, matrix({{now(), 1}}));
    const QueryId id = subscribe();
    store.setVisible(id, false);
    schedule.startDue();
    EXPECT_TRUE(transport.calls().isEmpty());
    store.setVisible(id, true);
    refresh(id);
    EXPECT_EQ(transport.calls().size(), 1);
    store.unsubscribe(id);
    clock.advance(1min);
    schedule.startDue();
    EXPECT_EQ(transport.calls().size(), 1);
}

TEST_F(MetricStoreTest, AFailureKeepsTheLastGoodDataWithItsAge)
{
    transport.answerOnce("POST", rangePath, matrix({{now(), 1}}));
    const QueryId id = subscribe();
    refresh(id);
    const Timestamp good = store.snapshot(id).fetchedAt;
    clock.advance(15s);
    transport.answer("POST", rangePath, "Service Unavailable", 503, "text/plain");
    refresh(id);
    const auto snapshot = store.snapshot(id);
    ASSERT_TRUE(snapshot.data);
    EXPECT_EQ(snapshot.fetchedAt, good);
    EXPECT_EQ(snapshot.error->serverWords, u"Service Unavailable"_s);
    clock.advance(16s);
    EXPECT_EQ(snapshot.freshness(clock.now()), Freshness::Stale);
    EXPECT_EQ(monitor.status(u"prom"_s)->error->httpStatus, 503);
}

TEST_F(MetricStoreTest, ARefusedQuestionIsNoFailureOfTheSource)
{
    transport.answer("POST", rangePath,
                     R"({"status":"error","errorType":"bad_data","error":"parse error: unexpected end"})", 400);
    const QueryId id = subscribe(u"sum("_s);
    refresh(id);
    EXPECT_EQ(store.snapshot(id).error->kind, ErrorKind::BadInput);
    EXPECT_THAT(store.snapshot(id).error->serverWords.toStdString(), HasSubstr("unexpected end"));
    EXPECT_EQ(monitor.status(u"prom"_s)->freshness, Freshness::Live);
}

TEST_F(MetricStoreTest, HtmlInsteadOfJsonIsSaidAndNothingIsDrawn)
{
    transport.answer("POST", rangePath, "<html><title>Log in</title></html>", 200, "text/html");
    const QueryId id = subscribe();
    refresh(id);
    EXPECT_FALSE(store.snapshot(id).data);
    EXPECT_EQ(store.snapshot(id).error->kind, ErrorKind::Malformed);
    EXPECT_EQ(store.snapshot(id).freshness(clock.now()), Freshness::Unreachable);
}

TEST_F(MetricStoreTest, ALateAnswerToAnOldRangeIsDropped)
{
    transport.hangOnce("POST", rangePath);
    transport.answer("POST", rangePath, matrix({{now() - 300, 7}}));
    const QueryId id = subscribe();
    schedule.startDue();
    ASSERT_TRUE(test::runUntil([&] { return transport.hangingCount() == 1; }));
    store.showLast(Milliseconds(15min));
    refresh(id);
    ASSERT_TRUE(store.snapshot(id).data);
    transport.release(0, matrix({{now() - 3000, 99}}));
    test::runUntil([] { return false; }, Milliseconds(50));
    EXPECT_EQ(store.snapshot(id).data->series.front().values, std::vector<double>{7});
}

TEST_F(MetricStoreTest, AFixedPastRangeIsAskedOnce)
{
    const TimeRange past{clock.now() - 2h, clock.now() - 1h};
    transport.answer("POST", rangePath, matrix({{now() - 7000, 1}, {now() - 3600, 1}}));
    store.showRange(past);
    EXPECT_FALSE(store.isTrailing());
    const QueryId id = subscribe();
    refresh(id);
    clock.advance(15s);
    schedule.startDue();
    clock.advance(15s);
    schedule.startDue();
    EXPECT_EQ(transport.calls().size(), 1);
}

TEST_F(MetricStoreTest, BuiltInVariablesFollowTheStep)
{
    transport.answer("POST", rangePath, matrix({{now(), 1}}));
    store.showLast(Milliseconds(24h));
    refresh(subscribe(u"rate(x[$__rate_interval])"_s));
    EXPECT_EQ(transport.calls().last().field(u"query"_s), u"rate(x[10m15s])"_s);
}

TEST_F(MetricStoreTest, AnUnknownSourceIsAnErrorAndNotSilence)
{
    const QueryId id = store.subscribe({u"nowhere"_s, u"up"_s, Query::Kind::Instant, 1});
    schedule.startDue();
    ASSERT_TRUE(store.snapshot(id).error);
    EXPECT_EQ(store.snapshot(id).error->endpoint, u"nowhere"_s);
}

TEST_F(MetricStoreTest, DestroyedWithRequestsUnderWay)
{
    test::FakeTransport hanging;
    hanging.hang("POST", rangePath);
    {
        MetricStore other(environment, hanging, resolver, schedule, monitor, clock);
        other.subscribe({u"prom"_s, u"up"_s, Query::Kind::Range, 100});
        schedule.startDue();
        ASSERT_TRUE(test::runUntil([&] { return hanging.hangingCount() == 1; }));
    }
    const qsizetype asked = hanging.calls().size();
    hanging.release(0, matrix({{now(), 1}}));
    clock.advance(1min);
    schedule.startDue();
    EXPECT_EQ(hanging.calls().size(), asked);
}
