// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/metric_store.h"

#include "models/metrics/prometheus_client.h"
#include "models/metrics/query_text.h"
#include "models/metrics/range_cache.h"

#include <QtCore/QSet>

#include <chrono>
#include <unordered_map>

namespace atalaya::metrics {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A fixed range that ended this long ago cannot change any more: its answer does not age either.
constexpr Milliseconds settledAfter = 1min;
constexpr Milliseconds neverAskedAgain = std::chrono::hours(24 * 3650);

size_t hashOf(const Query &query)
{
    return qHashMulti(0, query.source, query.expr, static_cast<int>(query.kind), query.columns);
}

struct QueryHash
{
    size_t operator()(const Query &query) const { return hashOf(query); }
};

} // namespace

class MetricStore::Private : public QObject
{
public:
    /// One question, however many look at it.
    struct Asked
    {
        Query query;
        Snapshot<QueryResult> snapshot;
        RangeCache cache{15s};
        QString expanded; ///< the query's text that `cache` holds the answer of
        QSet<QueryId> subscribers;
        QSet<QueryId> viewers;
        std::optional<refresh::PollId> poll;
        std::optional<Timestamp> answeredTo; ///< end of the range of the last good answer
        quint64 turn = 0;                    ///< of the newest request; a late answer of an older one is dropped
    };

    Private(MetricStore &store, const workspace::Environment &environmentShown, http::Transport &transportUsed,
            workspace::EndpointResolver &resolverUsed, refresh::RefreshSchedule &scheduleUsed,
            refresh::SourceMonitor &monitorUsed, const Clock &clockUsed)
        : q(store)
        , environment(environmentShown)
        , transport(transportUsed)
        , resolver(resolverUsed)
        , schedule(scheduleUsed)
        , monitor(monitorUsed)
        , clock(clockUsed)
    {
    }

    ~Private() override
    {
        for (auto &[query, asked] : questions)
            stopAsking(*asked);
    }

    const workspace::Source *sourceNamed(const QString &name) const
    {
        for (const workspace::Source &source : environment.sources) {
            if (source.kind == workspace::SourceKind::Prometheus && source.name == name)
                return &source;
        }
        return nullptr;
    }

    Milliseconds scrapeInterval(const QString &name) const
    {
        const workspace::Source *source = sourceNamed(name);
        return source ? source->scrapeInterval : Milliseconds(15s);
    }

    TimeRange range() const
    {
        if (fixed)
            return *fixed;
        const Timestamp now = clock.now();
        return {now - trailing, now};
    }

    QueryScope scopeOf(const Asked &asked) const
    {
        return {range(), asked.cache.step(), scrapeInterval(asked.query.source)};
    }

    void chooseStep(Asked &asked)
    {
        const Milliseconds step = stepFor(range(), asked.query.columns, scrapeInterval(asked.query.source));
        if (step != asked.cache.step())
            asked.cache = RangeCache(step);
    }

    void startAsking(const std::shared_ptr<Asked> &asked)
    {
        if (asked->poll)
            return;
        asked->snapshot.interval = std::max(interval, scrapeInterval(asked->query.source));
        asked->poll = schedule.add(asked->snapshot.interval, [this, weak = std::weak_ptr(asked)] {
            if (const auto due = weak.lock())
                ask(due);
        });
        schedule.setVisible(*asked->poll, true);
    }

    void stopAsking(Asked &asked)
    {
        if (asked.poll)
            schedule.remove(*asked.poll);
        asked.poll.reset();
        ++asked.turn;
        asked.snapshot.loading = false;
    }

    /// A new range, or a new rhythm: what is looked at is asked at once.
    void askAnew()
    {
        for (auto &[query, asked] : questions) {
            chooseStep(*asked);
            if (asked->viewers.isEmpty())
                continue;
            stopAsking(*asked);
            startAsking(asked);
        }
    }

    void tell(const Asked &asked)
    {
        const QSet<QueryId> ids = asked.subscribers;
        for (const QueryId id : ids)
            Q_EMIT q.changed(id);
    }

    /// Whether all of a fixed range lies so far back that its answer cannot change.
    bool isSettled(const TimeRange &wanted) const { return fixed && wanted.to < clock.now() - settledAfter; }

    void ask(const std::shared_ptr<Asked> &asked)
    {
        const workspace::Source *source = sourceNamed(asked->query.source);
        if (!source) {
            finish(*asked, failure(ErrorKind::BadInput, asked->query.source,
                                   u"the environment has no Prometheus of this name"_s));
            return;
        }
        const TimeRange wanted = range();
        const bool isRange = asked->query.kind == Query::Kind::Range;
        const QString expr = expandedQuery(asked->query.expr, scopeOf(*asked));
        // $__range and its kin make another question of the same text; what is known answers the old one.
        if (expr != asked->expanded) {
            asked->cache.clear();
            asked->expanded = expr;
            asked->answeredTo.reset();
        }
        std::optional<TimeRange> missing = isRange ? asked->cache.missing(wanted) : TimeRange{wanted.to, wanted.to};
        const bool isKnown = isSettled(wanted) && !asked->snapshot.error && asked->answeredTo == wanted.to &&
                             (!isRange || !missing || missing->from > asked->cache.aligned(wanted).from);
        if (isKnown) {
            schedule.finished(*asked->poll, true);
            if (asked->snapshot.interval != neverAskedAgain) {
                asked->snapshot.interval = neverAskedAgain;
                tell(*asked);
            }
            return;
        }
        // The operator's clock was set back: what is "newer" than now is not to be trusted.
        if (!missing) {
            asked->cache.clear();
            missing = asked->cache.missing(wanted);
        }
        const quint64 turn = ++asked->turn;
        asked->snapshot.loading = true;
        asked->snapshot.askedAt = clock.now();
        tell(*asked);
        whenDone(resolver.resolve(source->access), this, [=, this](const Result<http::Endpoint> &endpoint) {
            if (asked->turn != turn)
                return;
            if (!endpoint)
                return finish(*asked, tl::make_unexpected(endpoint.error()));
            const auto answer = isRange ? fetchRange(transport, *endpoint, expr, *missing, asked->cache.step())
                                        : fetchInstant(transport, *endpoint, expr, missing->to);
            whenDone(answer, this, [=, this](const Result<QueryResult> &result) {
                if (asked->turn != turn)
                    return;
                if (result)
                    asked->answeredTo = wanted.to;
                if (!result || !isRange)
                    return finish(*asked, result);
                if (result->kind != QueryResult::Kind::Matrix)
                    return finish(*asked, failure(ErrorKind::Malformed, asked->query.source,
                                                  u"answered no matrix to a range query"_s));
                asked->cache.merge(*missing, result->series, wanted);
                QueryResult whole;
                whole.kind = QueryResult::Kind::Matrix;
                whole.series = asked->cache.series();
                whole.warnings = result->warnings;
                whole.nativeHistograms = result->nativeHistograms;
                finish(*asked, std::move(whole));
            });
        });
    }

    void finish(Asked &asked, Result<QueryResult> result)
    {
        const bool isGood = result.has_value();
        if (isGood || isRefusedQuestion(result.error()))
            monitor.good(asked.query.source);
        else
            monitor.failed(asked.query.source, result.error());
        if (isGood)
            asked.snapshot.succeed(std::move(*result), clock.now());
        else
            asked.snapshot.fail(result.error(), clock.now());
        if (asked.poll)
            schedule.finished(*asked.poll, isGood);
        tell(asked);
    }

    std::shared_ptr<Asked> askedOf(QueryId id) const
    {
        const auto query = ids.find(id);
        if (query == ids.end())
            return nullptr;
        const auto asked = questions.find(*query);
        return asked == questions.end() ? nullptr : asked->second;
    }

    MetricStore &q;
    const workspace::Environment &environment;
    http::Transport &transport;
    workspace::EndpointResolver &resolver;
    refresh::RefreshSchedule &schedule;
    refresh::SourceMonitor &monitor;
    const Clock &clock;
    Milliseconds trailing = 1h;
    Milliseconds interval = 15s;
    std::optional<TimeRange> fixed;
    QHash<QueryId, Query> ids;
    std::unordered_map<Query, std::shared_ptr<Asked>, QueryHash> questions; ///< a request under way shares its entry
    quint64 nextId = 1;
};

MetricStore::MetricStore(const workspace::Environment &environment, http::Transport &transport,
                         workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
                         refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, environment, transport, resolver, schedule, monitor, clock))
{
}

MetricStore::~MetricStore() = default;

QueryId MetricStore::subscribe(const Query &query)
{
    const QueryId id{d->nextId++};
    d->ids.insert(id, query);
    auto &asked = d->questions[query];
    if (!asked) {
        asked = std::make_shared<Private::Asked>();
        asked->query = query;
        d->chooseStep(*asked);
    }
    asked->subscribers.insert(id);
    asked->viewers.insert(id);
    d->startAsking(asked);
    return id;
}

void MetricStore::unsubscribe(QueryId id)
{
    const auto asked = d->askedOf(id);
    if (!asked)
        return;
    asked->subscribers.remove(id);
    asked->viewers.remove(id);
    if (asked->viewers.isEmpty())
        d->stopAsking(*asked);
    if (asked->subscribers.isEmpty())
        d->questions.erase(asked->query);
    d->ids.remove(id);
}

void MetricStore::setVisible(QueryId id, bool visible)
{
    const auto asked = d->askedOf(id);
    if (!asked || asked->viewers.contains(id) == visible)
        return;
    if (visible) {
        asked->viewers.insert(id);
        d->startAsking(asked);
    } else {
        asked->viewers.remove(id);
        if (asked->viewers.isEmpty())
            d->stopAsking(*asked);
    }
}

Snapshot<QueryResult> MetricStore::snapshot(QueryId id) const
{
    const auto asked = d->askedOf(id);
    return asked ? asked->snapshot : Snapshot<QueryResult>{};
}

TimeRange MetricStore::range() const
{
    return d->range();
}

Milliseconds MetricStore::step(QueryId id) const
{
    const auto asked = d->askedOf(id);
    return asked ? asked->cache.step() : Milliseconds(0);
}

void MetricStore::showLast(Milliseconds length)
{
    if (!d->fixed && d->trailing == length)
        return;
    d->fixed.reset();
    d->trailing = std::max<Milliseconds>(length, 1s);
    d->askAnew();
    Q_EMIT rangeChanged();
}

void MetricStore::showRange(const TimeRange &range)
{
    if (range.from >= range.to || d->fixed == range)
        return;
    d->fixed = range;
    d->askAnew();
    Q_EMIT rangeChanged();
}

bool MetricStore::isTrailing() const
{
    return !d->fixed;
}

Milliseconds MetricStore::trailingLength() const
{
    return d->trailing;
}

void MetricStore::setInterval(Milliseconds interval)
{
    if (d->interval == interval)
        return;
    d->interval = interval;
    d->askAnew();
}

Milliseconds MetricStore::interval() const
{
    return d->interval;
}

namespace {

/// The answer of a second call, asked with the endpoint that the first one gives.
template <typename Fetch>
Pending<QueryResult> resolvedThen(QObject *context, const Pending<http::Endpoint> &resolving, Fetch fetch)
{
    auto promise = std::make_shared<QPromise<Result<QueryResult>>>();
    promise->start();
    whenDone(resolving, context, [=](const Result<http::Endpoint> &endpoint) {
        if (!endpoint) {
            promise->addResult(Result<QueryResult>(tl::make_unexpected(endpoint.error())));
            promise->finish();
            return;
        }
        whenDone(fetch(*endpoint), context, [=](const Result<QueryResult> &result) {
            promise->addResult(result);
            promise->finish();
        });
    });
    return promise->future();
}

} // namespace

Pending<QueryResult> MetricStore::fetchOnce(const QString &source, const QString &expr, Timestamp at)
{
    const workspace::Source *found = d->sourceNamed(source);
    if (!found)
        return readyNow<QueryResult>(
            failure(ErrorKind::BadInput, source, u"the environment has no Prometheus of this name"_s));
    const QString text = expandedQuery(expr, {d->range(), found->scrapeInterval, found->scrapeInterval});
    return resolvedThen(d.get(), d->resolver.resolve(found->access), [this, text, at](const http::Endpoint &endpoint) {
        return fetchInstant(d->transport, endpoint, text, at);
    });
}

Pending<QueryResult> MetricStore::fetchRangeOnce(const QString &source, const QString &expr, const TimeRange &range,
                                                 Milliseconds step)
{
    const workspace::Source *found = d->sourceNamed(source);
    if (!found)
        return readyNow<QueryResult>(
            failure(ErrorKind::BadInput, source, u"the environment has no Prometheus of this name"_s));
    const QString text = expandedQuery(expr, {range, step, found->scrapeInterval});
    return resolvedThen(d.get(), d->resolver.resolve(found->access),
                        [this, text, range, step](const http::Endpoint &endpoint) {
                            return fetchRange(d->transport, endpoint, text, range, step);
                        });
}

} // namespace atalaya::metrics

#include "moc_metric_store.cpp"
