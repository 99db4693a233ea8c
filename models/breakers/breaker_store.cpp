// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker_store.h"

#include "models/breakers/gauge_decoder.h"
#include "models/breakers/ops_breaker_adapter.h"

#include <QtCore/QSet>

#include <deque>

namespace atalaya::breakers {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds controlInterval = 5s;
constexpr Milliseconds infoKept = 5min;
constexpr Milliseconds rateWindow = 60s;
constexpr Milliseconds rateHistoryKept = 1h;

/// Counters of one breaker at successive reads, of one life of its process.
class CounterTrack
{
public:
    void add(Milliseconds at, const std::optional<Timestamp> &startedAt, const BreakerCounters &counters)
    {
        const bool isReset =
            !m_reads.empty() && (startedAt != m_startedAt || counters.totalCalls < m_reads.back().counters.totalCalls ||
                                 counters.totalFailures < m_reads.back().counters.totalFailures ||
                                 counters.totalSuccesses < m_reads.back().counters.totalSuccesses ||
                                 counters.totalRejected < m_reads.back().counters.totalRejected);
        if (isReset)
            m_reads.clear();
        m_startedAt = startedAt;
        m_reads.push_back({at, counters});
        while (m_reads.size() > 2 && at - m_reads[1].at >= rateWindow)
            m_reads.pop_front();
    }
    void clear() { m_reads.clear(); }

    std::optional<double> callsPerSecond() const { return rate(&BreakerCounters::totalCalls); }
    std::optional<double> rejectedPerSecond() const
    {
        if (m_reads.empty() || !m_reads.back().counters.knowsRejected)
            return std::nullopt;
        return rate(&BreakerCounters::totalRejected);
    }
    /// Of the calls that were let through in the last minute; nothing where there were none.
    std::optional<double> failureRate() const
    {
        if (m_reads.size() < 2)
            return std::nullopt;
        const BreakerCounters &from = m_reads.front().counters;
        const BreakerCounters &to = m_reads.back().counters;
        const double failures = to.totalFailures - from.totalFailures;
        const double done = failures + to.totalSuccesses - from.totalSuccesses;
        return done > 0 ? std::optional<double>(failures / done) : std::nullopt;
    }

private:
    struct Read
    {
        Milliseconds at{};
        BreakerCounters counters;
    };

    std::optional<double> rate(double BreakerCounters::*counter) const
    {
        if (m_reads.size() < 2)
            return std::nullopt;
        const Read &from = m_reads[m_reads.size() - 2];
        const Read &to = m_reads.back();
        const double seconds = std::chrono::duration<double>(to.at - from.at).count();
        return seconds > 0 ? std::optional<double>((to.counters.*counter - from.counters.*counter) / seconds)
                           : std::nullopt;
    }

    std::deque<Read> m_reads;
    std::optional<Timestamp> m_startedAt;
};

bool hasLabels(const Labels &wanted, const Labels &labels)
{
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const auto &label) { return labelValue(labels, label.first) == label.second; });
}

} // namespace

class BreakerStore::Private
{
public:
    struct Instance
    {
        QString system;
        QString name;
        workspace::Access access;
        workspace::Auth auth;
        QString base;
        Labels labels;
        std::optional<refresh::PollId> poll; ///< none: it has no control endpoint that we speak to
        quint64 question = 0;
        bool isAsking = false;
        Snapshot<BreakerList> control;
        std::optional<OpsInfo> info;
        Milliseconds infoAt{};
        QHash<QString, CounterTrack> tracks;
        QHash<QString, Timestamp> tripLost;

        bool declaresNone() const { return info && !info->can(u"breakers.read"_s); }
        QString sourceName() const { return system + u'/' + name + u"#control"_s; }
    };
    struct System
    {
        QString key;
        bool isConfigured = false;
        QString adapter;
        std::optional<workspace::BreakerGauge> gauge;
        QString selector;
        workspace::Source prometheus;
        std::optional<refresh::PollId> gaugePoll;
        quint64 gaugeQuestion = 0;
        Snapshot<QList<GaugeSample>> samples;
    };
    struct Seen
    {
        BreakerState state = BreakerState::Unknown;
        BreakerMode mode = BreakerMode::Auto;
        std::optional<Timestamp> since; ///< nothing for the state it was first seen in
    };

    Private(BreakerStore *store, const workspace::Environment &environment, http::Transport &transport,
            workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule, refresh::SourceMonitor &monitor,
            const Clock &clock)
        : q(store)
        , resolver(resolver)
        , schedule(schedule)
        , monitor(monitor)
        , clock(clock)
        , transport(transport)
        , adapter(transport)
    {
        for (const workspace::System &configured : environment.systems)
            addSystem(environment, configured);
        for (std::size_t i = 0; i < instances.size(); ++i) {
            if (!instances[i].base.isEmpty()) {
                monitor.registerSource(instances[i].sourceName(), controlInterval, u"services"_s);
                instances[i].poll = schedule.add(controlInterval, [this, i] { ask(i); });
            }
        }
        for (std::size_t i = 0; i < systems.size(); ++i) {
            if (systems[i].gauge)
                systems[i].gaugePoll = schedule.add(systems[i].prometheus.scrapeInterval, [this, i] { askGauge(i); });
        }
    }

    ~Private()
    {
        for (const Instance &instance : instances) {
            if (instance.poll)
                schedule.remove(*instance.poll);
        }
        for (const System &system : systems) {
            if (system.gaugePoll)
                schedule.remove(*system.gaugePoll);
        }
    }

    void addSystem(const workspace::Environment &environment, const workspace::System &configured)
    {
        System system;
        system.key = configured.key;
        system.isConfigured = configured.breakers.has_value();
        system.selector = configured.selector;
        if (configured.breakers) {
            system.adapter = configured.breakers->adapter;
            for (const workspace::Source &source : environment.sources) {
                if (source.kind == workspace::SourceKind::Prometheus && !system.gauge &&
                    (configured.prometheus.isEmpty() || configured.prometheus == source.name)) {
                    system.gauge = configured.breakers->gauge;
                    system.prometheus = source;
                }
            }
            system.samples.interval = system.prometheus.scrapeInterval;
            for (const workspace::Instance &entry : configured.instances) {
                Instance instance;
                instance.system = configured.key;
                instance.name = entry.name;
                instance.access = entry.access;
                instance.auth = configured.breakers->auth;
                instance.labels = entry.labels;
                instance.control.interval = controlInterval;
                if (system.adapter == u"ops")
                    instance.base = configured.breakers->base.isEmpty() ? u"/ops/v1"_s : configured.breakers->base;
                instances.push_back(std::move(instance));
            }
        }
        systems.push_back(std::move(system));
    }

    void ask(std::size_t index)
    {
        Instance &instance = instances[index];
        const quint64 question = ++instance.question;
        instance.isAsking = true;
        instance.control.loading = true;
        instance.control.askedAt = clock.now();
        whenDone(resolver.resolve(instance.access, instance.auth), q,
                 [this, index, question](const Result<http::Endpoint> &endpoint) {
                     if (instances[index].question != question)
                         return;
                     if (!endpoint)
                         take(index, question, failure(endpoint.error()));
                     else if (instances[index].info && clock.elapsed() - instances[index].infoAt < infoKept)
                         askBreakers(index, question, *endpoint);
                     else
                         askInfo(index, question, *endpoint);
                 });
    }

    void askInfo(std::size_t index, quint64 question, const http::Endpoint &endpoint)
    {
        whenDone(adapter.fetchInfo(endpoint, instances[index].base), q,
                 [this, index, question, endpoint](const Result<OpsInfo> &info) {
                     Instance &instance = instances[index];
                     if (instance.question != question)
                         return;
                     if (info) {
                         instance.info = *info;
                         instance.infoAt = clock.elapsed();
                     } else if (info.error().kind != ErrorKind::NotFound && info.error().kind != ErrorKind::Malformed) {
                         take(index, question, failure(info.error()));
                         return;
                     }
                     askBreakers(index, question, endpoint);
                 });
    }

    void askBreakers(std::size_t index, quint64 question, const http::Endpoint &endpoint)
    {
        if (instances[index].declaresNone()) {
            BreakerList none;
            none.instanceId = instances[index].info->instanceId;
            none.startedAt = instances[index].info->startedAt;
            instances[index].infoAt = clock.elapsed() - infoKept; // it may learn to have some: ask again next time
            take(index, question, none);
            return;
        }
        whenDone(adapter.fetchBreakers(endpoint, instances[index].base), q,
                 [this, index, question](const Result<BreakerList> &list) { take(index, question, list); });
    }

    void take(std::size_t index, quint64 question, const Result<BreakerList> &list)
    {
        Instance &instance = instances[index];
        if (instance.question != question)
            return;
        instance.isAsking = false;
        const Timestamp now = clock.now();
        if (list) {
            remember(instance, *list, now);
            instance.control.succeed(*list, now);
            monitor.good(instance.sourceName());
        } else {
            instance.control.fail(list.error(), now);
            monitor.failed(instance.sourceName(), list.error());
        }
        schedule.finished(*instance.poll, list.has_value());
        rebuild();
        if (list)
            recordRates(instance, now);
        Q_EMIT q->changed();
    }

    void remember(Instance &instance, const BreakerList &list, Timestamp now)
    {
        const std::shared_ptr<const BreakerList> before = instance.control.data;
        const bool isRestarted = before && before->startedAt && list.startedAt && before->startedAt != list.startedAt;
        if (isRestarted)
            instance.infoAt = clock.elapsed() - infoKept;
        QSet<QString> listed;
        for (const ControlReading &reading : list.breakers) {
            listed.insert(reading.name);
            if (reading.counters)
                instance.tracks[reading.name].add(clock.elapsed(), list.startedAt, *reading.counters);
            if (reading.mode == BreakerMode::ForcedOpen)
                instance.tripLost.remove(reading.name);
        }
        if (isRestarted) {
            for (const ControlReading &reading : before->breakers) {
                const bool isLost =
                    reading.mode == BreakerMode::ForcedOpen && (!reading.forcedUntil || *reading.forcedUntil > now);
                const auto after = std::find_if(list.breakers.begin(), list.breakers.end(),
                                                [&](const ControlReading &r) { return r.name == reading.name; });
                if (isLost && after != list.breakers.end() && after->mode != BreakerMode::ForcedOpen)
                    instance.tripLost.insert(reading.name, list.startedAt.value_or(now));
            }
        }
        for (auto it = instance.tracks.begin(); it != instance.tracks.end();)
            it = listed.contains(it.key()) ? std::next(it) : instance.tracks.erase(it);
    }

    void recordRates(const Instance &instance, Timestamp now)
    {
        for (const Breaker &breaker : std::as_const(breakers)) {
            if (breaker.id.system != instance.system || breaker.id.instance != instance.name || !breaker.failureRate)
                continue;
            auto &history = rates[breaker.id];
            while (!history.isEmpty() && now - history.first().first > rateHistoryKept)
                history.removeFirst();
            history.append({now, *breaker.failureRate});
        }
    }

    void askGauge(std::size_t index)
    {
        const quint64 question = ++systems[index].gaugeQuestion;
        systems[index].samples.loading = true;
        whenDone(resolver.resolve(systems[index].prometheus.access), q,
                 [this, index, question](const Result<http::Endpoint> &endpoint) {
                     if (!endpoint) {
                         takeGauge(index, question, failure(endpoint.error()));
                         return;
                     }
                     const System &system = systems[index];
                     const QString query = u"%1{%2}"_s.arg(system.gauge->metric, system.selector);
                     const QMap<int, QString> encoding = system.gauge->encoding;
                     whenDone(
                         decodeOffThread<QList<GaugeSample>>(
                             transport.fetch(*endpoint, {.path = u"/api/v1/query"_s, .query = {{u"query"_s, query}}}),
                             [encoding](const http::HttpResponse &r) { return decodeGauge(r, encoding); }),
                         q, [this, index, question](const Result<QList<GaugeSample>> &samples) {
                             takeGauge(index, question, samples);
                         });
                 });
    }

    void takeGauge(std::size_t index, quint64 question, const Result<QList<GaugeSample>> &samples)
    {
        System &system = systems[index];
        if (system.gaugeQuestion != question)
            return;
        if (samples)
            system.samples.succeed(*samples, clock.now());
        else
            system.samples.fail(samples.error(), clock.now());
        schedule.finished(*system.gaugePoll, samples.has_value());
        rebuild();
        Q_EMIT q->changed();
    }

    QString nameOf(const System &system, const GaugeSample &sample) const
    {
        const QString label =
            system.gauge->nameLabel.isEmpty() ? QString() : labelValue(sample.labels, system.gauge->nameLabel);
        if (!label.isEmpty())
            return label;
        return system.gauge->breakerName.isEmpty() ? system.gauge->metric : system.gauge->breakerName;
    }

    /// The configured instance whose labels the sample bears, else the name that Prometheus gives it: a replica nobody
    /// configured is shown all the same.
    QString instanceOf(const System &system, const GaugeSample &sample) const
    {
        for (const Instance &instance : instances) {
            if (instance.system == system.key && !instance.labels.empty() && hasLabels(instance.labels, sample.labels))
                return instance.name;
        }
        return labelValue(sample.labels, u"instance"_s);
    }

    void rebuild()
    {
        const Timestamp now = clock.now();
        QList<Breaker> all;
        for (const System &system : systems)
            all += breakersOf(system, now);
        for (Breaker &breaker : all) {
            Seen &seen = known[breaker.id];
            const bool isFresh = breaker.controlLive || breaker.gaugeLive;
            if (isFresh && (breaker.state() != seen.state || breaker.mode() != seen.mode)) {
                if (seen.state != BreakerState::Unknown)
                    seen.since = now;
                seen.state = breaker.state();
                seen.mode = breaker.mode();
            }
            if (breaker.control && breaker.controlLive && breaker.control->since)
                breaker.since = breaker.control->since;
            else if (isFresh)
                breaker.since = seen.since;
        }
        breakers = all;
    }

    QList<Breaker> breakersOf(const System &system, Timestamp now) const
    {
        QStringList instanceNames;
        QSet<QString> names;
        QHash<BreakerId, GaugeReading> gauges;
        for (const Instance &instance : instances) {
            if (instance.system != system.key)
                continue;
            instanceNames += instance.name;
            if (instance.control.data) {
                for (const ControlReading &reading : instance.control.data->breakers)
                    names.insert(reading.name);
            }
        }
        if (system.gauge && system.samples.data) {
            for (const GaugeSample &sample : *system.samples.data) {
                const BreakerId id{system.key, nameOf(system, sample), instanceOf(system, sample)};
                names.insert(id.name);
                gauges.insert(id, sample.reading);
                if (!instanceNames.contains(id.instance))
                    instanceNames += id.instance;
            }
        }
        QStringList sorted(names.begin(), names.end());
        sorted.sort();
        const bool isGaugeLive = system.samples.freshness(now) == Freshness::Live;
        QList<Breaker> all;
        for (const QString &name : std::as_const(sorted)) {
            for (const QString &instanceName : std::as_const(instanceNames)) {
                Breaker breaker;
                breaker.id = {system.key, name, instanceName};
                if (const Instance *instance = find(system.key, instanceName))
                    fillControl(breaker, *instance, now);
                if (const auto gauge = gauges.constFind(breaker.id); gauge != gauges.constEnd()) {
                    breaker.gauge = *gauge;
                    breaker.gaugeLive = isGaugeLive;
                }
                all.append(breaker);
            }
        }
        return all;
    }

    static void fillControl(Breaker &breaker, const Instance &instance, Timestamp now)
    {
        if (!instance.poll)
            return;
        if (instance.control.error)
            breaker.controlError = shortReason(*instance.control.error);
        if (!instance.control.data)
            return;
        for (const ControlReading &reading : instance.control.data->breakers) {
            if (reading.name == breaker.id.name)
                breaker.control = reading;
        }
        if (!breaker.control) {
            if (breaker.controlError.isEmpty())
                breaker.controlError = instance.declaresNone() ? u"declares no breakers"_s : u"does not list it"_s;
            return;
        }
        breaker.controlAt = instance.control.fetchedAt;
        breaker.controlLive = instance.control.freshness(now) == Freshness::Live;
        if (const auto lost = instance.tripLost.constFind(breaker.id.name); lost != instance.tripLost.constEnd())
            breaker.tripLostAt = *lost;
        const auto track = instance.tracks.constFind(breaker.id.name);
        // A rate from an endpoint that went silent would pass for the rate of now.
        if (breaker.controlLive && !instance.control.error && track != instance.tracks.constEnd()) {
            breaker.callsPerSecond = track->callsPerSecond();
            breaker.rejectedPerSecond = track->rejectedPerSecond();
            breaker.failureRate = track->failureRate();
        }
    }

    static QString shortReason(const Error &error)
    {
        return error.httpStatus >= 400 ? u"HTTP %1"_s.arg(error.httpStatus) : wordsFor(error.kind);
    }

    const Instance *find(const QString &system, const QString &name) const
    {
        const auto it = std::find_if(instances.begin(), instances.end(),
                                     [&](const Instance &i) { return i.system == system && i.name == name; });
        return it == instances.end() ? nullptr : &*it;
    }

    BreakerStore *q;
    workspace::EndpointResolver &resolver;
    refresh::RefreshSchedule &schedule;
    refresh::SourceMonitor &monitor;
    const Clock &clock;
    http::Transport &transport;
    OpsBreakerAdapter adapter;
    std::vector<System> systems;
    std::vector<Instance> instances;
    QList<Breaker> breakers;
    QHash<BreakerId, Seen> known;
    QHash<BreakerId, QList<std::pair<Timestamp, double>>> rates;
};

BreakerStore::BreakerStore(const workspace::Environment &environment, http::Transport &transport,
                           workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
                           refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, environment, transport, resolver, schedule, monitor, clock))
{
}

BreakerStore::~BreakerStore() = default;

QList<Breaker> BreakerStore::breakers() const
{
    // Freshness moves with the clock, also between answers.
    d->rebuild();
    return d->breakers;
}

QList<std::pair<Timestamp, double>> BreakerStore::failureRateHistory(const BreakerId &id) const
{
    return d->rates.value(id);
}

QStringList BreakerStore::systemsWithout() const
{
    QStringList without;
    for (const Private::System &system : d->systems) {
        bool declaresNone = false;
        bool mayHave = system.gauge && (!system.samples.data || !system.samples.data->isEmpty());
        for (const Private::Instance &instance : d->instances) {
            if (instance.system != system.key)
                continue;
            declaresNone = declaresNone || instance.declaresNone();
            mayHave = mayHave || (instance.info && !instance.declaresNone());
        }
        if (!system.isConfigured || (declaresNone && !mayHave))
            without += system.key;
    }
    return without;
}

QStringList BreakerStore::systemsNotKnown() const
{
    QSet<QString> known;
    for (const Breaker &breaker : std::as_const(d->breakers))
        known.insert(breaker.id.system);
    const QStringList without = systemsWithout();
    QStringList notKnown;
    for (const Private::System &system : d->systems) {
        if (!known.contains(system.key) && !without.contains(system.key))
            notKnown += system.key;
    }
    return notKnown;
}

Snapshot<BreakerList> BreakerStore::control(const QString &system, const QString &instance) const
{
    const Private::Instance *found = d->find(system, instance);
    return found ? found->control : Snapshot<BreakerList>();
}

std::optional<OpsInfo> BreakerStore::info(const QString &system, const QString &instance) const
{
    const Private::Instance *found = d->find(system, instance);
    return found ? found->info : std::nullopt;
}

void BreakerStore::applyReading(const BreakerId &id, const ControlReading &reading)
{
    for (std::size_t i = 0; i < d->instances.size(); ++i) {
        Private::Instance &instance = d->instances[i];
        if (instance.system != id.system || instance.name != id.instance || !instance.control.data)
            continue;
        BreakerList list = *instance.control.data;
        for (ControlReading &old : list.breakers) {
            if (old.name == id.name)
                old = reading;
        }
        const bool wasAsking = instance.isAsking;
        instance.control.data = std::make_shared<const BreakerList>(std::move(list));
        if (wasAsking)
            d->ask(i);
        d->rebuild();
        Q_EMIT changed();
        return;
    }
}

bool BreakerStore::isSettled() const
{
    const Timestamp now = d->clock.now();
    return std::all_of(d->instances.begin(), d->instances.end(),
                       [&](const Private::Instance &instance) {
                           return !instance.poll || instance.control.freshness(now) != Freshness::Waiting;
                       }) &&
           std::all_of(d->systems.begin(), d->systems.end(), [&](const Private::System &system) {
               return !system.gaugePoll || system.samples.freshness(now) != Freshness::Waiting;
           });
}

bool BreakerStore::isAsking() const
{
    return std::any_of(d->instances.begin(), d->instances.end(),
                       [](const Private::Instance &instance) { return instance.isAsking; }) ||
           std::any_of(d->systems.begin(), d->systems.end(),
                       [](const Private::System &system) { return system.samples.loading; });
}

void BreakerStore::refreshNow()
{
    for (std::size_t i = 0; i < d->instances.size(); ++i) {
        if (!d->instances[i].poll)
            continue;
        if (d->instances[i].isAsking)
            d->ask(i);
        else
            d->schedule.refreshNow(*d->instances[i].poll);
    }
    for (const Private::System &system : d->systems) {
        if (system.gaugePoll)
            d->schedule.refreshNow(*system.gaugePoll);
    }
}

} // namespace atalaya::breakers

#include "moc_breaker_store.cpp"
