// SPDX-License-Identifier: GPL-3.0-or-later
// What the store asks when range, visibility, clock or rhythm change.
#include "models/metrics/metric_store.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_transport.h"
#include "tests/support/manual_clock.h"

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::metrics;

namespace {

const QString rangeQueryPath = u"/api/v1/query_range"_s;
const QString instantQueryPath = u"/api/v1/query"_s;

class RefusingSecrets final : public workspace::SecretSource
{
public:
    Pending<QByteArray> read(const workspace::SecretReference &reference) override
    {
        return readyNow<QByteArray>(failure(ErrorKind::Unauthorized, reference.name, u"it is not set"_s));
    }
};

workspace::Environment twoServers()
{
    workspace::Environment environment;
    for (const QString &name : {u"main"_s, u"other"_s}) {
        workspace::Source source;
        source.name = name;
        source.access.url = QUrl(u"http://%1.test:9090"_s.arg(name));
        environment.sources.append(source);
    }
    return environment;
}

/// A matrix with one sample of `value` at every step that was asked for.
Result<http::HttpResponse> wholeAnswer(const test::RecordedCall &call, double value)
{
    const double from = call.field(u"start"_s).toDouble();
    const double to = call.field(u"end"_s).toDouble();
    const double step = call.field(u"step"_s).toDouble();
    QByteArrayList points;
    for (double t = from; t <= to; t += step)
        points += '[' + QByteArray::number(t, 'f', 0) + ",\"" + QByteArray::number(value) + "\"]";
    return test::FakeTransport::response(
        R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[)" +
        points.join(',') + "]}]}}");
}

class ShownRangeTest : public testing::Test
{
protected:
    ShownRangeTest()
    {
        monitor.registerSource(u"main"_s, 15s);
        transport.answerWith("POST", rangeQueryPath,
                             [this](const test::RecordedCall &call) { return wholeAnswer(call, value); });
        transport.answer(
            "POST", instantQueryPath,
            R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1795489200,"1"]}]}})");
        QObject::connect(&store, &MetricStore::changed, &store, [this](QueryId id) { heard += id; });
    }

    bool settle(QueryId id)
    {
        return test::runUntil(
            [&] { return !store.snapshot(id).loading && (store.snapshot(id).data || store.snapshot(id).error); });
    }
    /// What is due after `later` is asked and answered.
    void nextRound(QueryId id, Milliseconds later)
    {
        const auto before = transport.calls().size();
        clock.advance(later);
        schedule.startDue();
        ASSERT_TRUE(test::runUntil([&] { return transport.calls().size() > before; }));
        ASSERT_TRUE(settle(id));
    }
    qint64 seconds(const QString &field)
    {
        return static_cast<qint64>(transport.calls().last().field(field).toDouble());
    }
    const Series &only(QueryId id) { return store.snapshot(id).data->series.front(); }
    qint64 nowOnStep() const { return clock.now().time_since_epoch() / 1s / 30 * 30; }

    const workspace::Environment environment = twoServers();
    test::ManualClock clock;
    test::FakeTransport transport;
    RefusingSecrets secrets;
    workspace::EndpointResolver resolver{secrets};
    refresh::RefreshSchedule schedule{clock};
    refresh::SourceMonitor monitor{clock};
    MetricStore store{environment, transport, resolver, schedule, monitor, clock};
    double value = 1;
    QList<QueryId> heard;
    const Query up{u"main"_s, u"up"_s, Query::Kind::Range, 120};
    const Query upNow{u"main"_s, u"up"_s, Query::Kind::Instant, 1};
};

} // namespace

TEST_F(ShownRangeTest, TheFirstQuestionCoversTheWholeRangeOnWholeSteps)
{
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(settle(id));
    EXPECT_EQ(store.step(id), Milliseconds(30s));
    EXPECT_EQ(seconds(u"end"_s) - seconds(u"start"_s), 3600);
    EXPECT_EQ(seconds(u"start"_s) % 30, 0);
    EXPECT_EQ(store.snapshot(id).freshness(clock.now()), Freshness::Live);
    EXPECT_EQ(only(id).times.size(), 121U);
}

TEST_F(ShownRangeTest, ALaterQuestionCoversOnlyWhatIsNew)
{
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(settle(id));
    value = 2;
    nextRound(id, 60s);
    EXPECT_EQ(seconds(u"end"_s) - seconds(u"start"_s), 90);
    EXPECT_EQ(only(id).times.size(), 121U);
    EXPECT_EQ(only(id).values.front(), 1);
    EXPECT_EQ(only(id).values.back(), 2);
}

TEST_F(ShownRangeTest, APastRangeIsAskedOnceAndItsAnswerDoesNotAge)
{
    store.showRange({clock.now() - 5h, clock.now() - 4h});
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(settle(id));
    EXPECT_EQ(only(id).times.size(), 121U);
    clock.advance(15s);
    schedule.startDue();
    clock.advance(10min);
    schedule.startDue();
    const QueryId other = store.subscribe({u"main"_s, u"other"_s, Query::Kind::Range, 120});
    ASSERT_TRUE(settle(other));
    EXPECT_EQ(transport.calls().size(), 2);
    EXPECT_EQ(store.snapshot(id).freshness(clock.now()), Freshness::Live);
}

TEST_F(ShownRangeTest, LeavingAPastRangeAsksForNowAtOnceAndAgesAgain)
{
    store.showRange({clock.now() - 5h, clock.now() - 4h});
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(settle(id));
    clock.advance(15s);
    schedule.startDue();
    store.showLast(1h);
    nextRound(id, 0s);
    EXPECT_EQ(seconds(u"end"_s), nowOnStep());
    EXPECT_EQ(only(id).times.back() / 1000, nowOnStep());
    EXPECT_EQ(store.snapshot(id).freshness(clock.now() + 1min), Freshness::Stale);
}

TEST_F(ShownRangeTest, AFixedRangeThatEndsNowIsAskedAgain)
{
    store.showRange({clock.now() - 1h, clock.now()});
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(settle(id));
    nextRound(id, 15s);
    EXPECT_EQ(transport.calls().size(), 2);
}

TEST_F(ShownRangeTest, AnotherRangeOfTheSameStepDoesNotMixTwoMeaningsOfTheRangeVariable)
{
    const QueryId id = store.subscribe({u"main"_s, u"increase(y[$__range])"_s, Query::Kind::Range, 120});
    ASSERT_TRUE(settle(id));
    value = 7;
    store.showLast(59min);
    nextRound(id, 0s);
    EXPECT_EQ(transport.calls().last().field(u"query"_s), u"increase(y[59m])"_s);
    EXPECT_EQ(store.step(id), Milliseconds(30s));
    EXPECT_EQ(only(id).values.front(), 7);
}

TEST_F(ShownRangeTest, AClockThatIsSetBackIsFollowed)
{
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(settle(id));
    clock.jumpTo(clock.now() - 30min);
    nextRound(id, 15s);
    EXPECT_EQ(seconds(u"end"_s), nowOnStep());
    EXPECT_EQ(only(id).times.back() / 1000, nowOnStep());
}

TEST_F(ShownRangeTest, HiddenQueriesRestWhileShownOnesAreAsked)
{
    const QueryId hidden = store.subscribe(up);
    const QueryId shown = store.subscribe(upNow);
    ASSERT_TRUE(settle(hidden) && settle(shown));
    store.setVisible(hidden, false);
    transport.forgetCalls();
    nextRound(shown, 15s);
    EXPECT_TRUE(transport.callsTo(rangeQueryPath).isEmpty());
    store.setVisible(hidden, true);
    EXPECT_TRUE(test::runUntil([&] { return !transport.callsTo(rangeQueryPath).isEmpty(); }));
}

TEST_F(ShownRangeTest, UnsubscribingInMidRequestIsHarmless)
{
    transport.hangOnce("POST", rangeQueryPath);
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(test::runUntil([&] { return transport.hangingCount() == 1; }));
    store.unsubscribe(id);
    heard.clear();
    transport.release(0, R"({"status":"success","data":{"resultType":"matrix","result":[]}})");
    const QueryId later = store.subscribe(upNow);
    ASSERT_TRUE(settle(later));
    EXPECT_FALSE(heard.contains(id));
    EXPECT_FALSE(store.snapshot(id).data);
}

TEST_F(ShownRangeTest, APausedScheduleAsksOnlyOnRequest)
{
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(settle(id));
    schedule.setPaused(true);
    clock.advance(10min);
    schedule.startDue();
    EXPECT_EQ(transport.calls().size(), 1);
    schedule.refreshAll();
    EXPECT_TRUE(test::runUntil([&] { return transport.calls().size() == 2; }));
}

TEST_F(ShownRangeTest, ASourceIsNeverAskedFasterThanItIsScraped)
{
    store.setInterval(1s);
    const QueryId id = store.subscribe(upNow);
    ASSERT_TRUE(settle(id));
    clock.advance(14s);
    schedule.startDue();
    EXPECT_EQ(transport.calls().size(), 1);
    nextRound(id, 1s);
    EXPECT_EQ(transport.calls().size(), 2);
}

TEST_F(ShownRangeTest, AMissingSecretIsTheErrorAndNothingIsSent)
{
    workspace::Environment locked = twoServers();
    locked.sources.first().access.auth = {
        workspace::Auth::Kind::Bearer, {}, {workspace::SecretReference::Kind::Environment, u"TOKEN"_s}};
    MetricStore guarded(locked, transport, resolver, schedule, monitor, clock);
    const QueryId id = guarded.subscribe(upNow);
    ASSERT_TRUE(test::runUntil([&] { return guarded.snapshot(id).error.has_value(); }));
    EXPECT_EQ(guarded.snapshot(id).error->kind, ErrorKind::Unauthorized);
    EXPECT_TRUE(transport.calls().isEmpty());
}

TEST_F(ShownRangeTest, WarningsAndHistogramsOfARangeReachTheReader)
{
    transport.answer(
        "POST", rangeQueryPath,
        R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{"h":"1"},"histograms":[[1795489200,{"count":"1"}]]}]},"warnings":["partial"]})");
    const QueryId id = store.subscribe(up);
    ASSERT_TRUE(settle(id));
    EXPECT_EQ(store.snapshot(id).data->warnings, QStringList{u"partial"_s});
    EXPECT_EQ(store.snapshot(id).data->nativeHistograms, 1);
    EXPECT_TRUE(store.snapshot(id).data->series.empty());
}

TEST_F(ShownRangeTest, OneAnswerOutOfBandGoesToItsOwnSource)
{
    ASSERT_TRUE(test::await(store.fetchOnce(u"other"_s, u"up"_s, clock.now())));
    EXPECT_EQ(transport.calls().last().address(), u"http://other.test:9090/api/v1/query"_s);
    EXPECT_FALSE(test::await(store.fetchOnce(u"nobody"_s, u"up"_s, clock.now())));
    ASSERT_TRUE(
        test::await(store.fetchRangeOnce(u"main"_s, u"rate(x[$__interval])"_s, {clock.now() - 1h, clock.now()}, 60s)));
    EXPECT_EQ(transport.calls().last().field(u"query"_s), u"rate(x[1m])"_s);
}
