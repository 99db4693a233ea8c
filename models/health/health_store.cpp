// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_store.h"

#include "models/health/health_client.h"

#include <QtCore/QMap>
#include <QtCore/QSet>

namespace atalaya::health {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds historyKept = 24h;
constexpr Milliseconds startupInterval = 60s;

struct History
{
    QList<HealthSample> samples;
    QList<HealthSample> stretches;

    void add(const HealthSample &sample)
    {
        const auto isOld = [&](const HealthSample &old) { return sample.at - old.at > historyKept; };
        while (!samples.isEmpty() && isOld(samples.first()))
            samples.removeFirst();
        while (stretches.size() > 1 && isOld(stretches.at(1)))
            stretches.removeFirst();
        samples.append(sample);
        if (stretches.isEmpty() || stretches.last().status != sample.status)
            stretches.append(sample);
    }
};

bool isContained(const Labels &wanted, const Labels &labels)
{
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const auto &label) { return labelValue(labels, label.first) == label.second; });
}

const ProbeReport *probeOf(const InstanceHealth &health, QLatin1StringView kind)
{
    for (const ProbeReport &probe : health.probes) {
        if (probe.path.section(u'/', -1).contains(kind, Qt::CaseInsensitive))
            return &probe;
    }
    return nullptr;
}

QString noteFor(const InstanceHealth &health, std::optional<bool> isUp)
{
    QStringList notes;
    const ProbeReport *ready = probeOf(health, QLatin1StringView("ready"));
    if (!ready)
        ready = probeOf(health, QLatin1StringView("readiness"));
    const ProbeReport *live = probeOf(health, QLatin1StringView("live"));
    if (ready && live && ready->status == HealthStatus::Unhealthy && live->status == HealthStatus::Healthy)
        notes += u"draining"_s;
    if (isUp == false)
        notes += u"answers, but its scrape is down: metrics flag off or path wrong (/metrics)"_s;
    return notes.join(u"; "_s);
}

} // namespace

class HealthStore::Private
{
public:
    struct Instance
    {
        InstanceId id;
        workspace::Access access;
        workspace::HealthSettings settings;
        workspace::Auth startupAuth;
        QString startupPath;
        Labels labels;
        std::optional<refresh::PollId> poll, startupPoll;
        quint64 question = 0, startupQuestion = 0;
        bool isAsking = false;
        QList<std::optional<Result<ProbeReport>>> answers; ///< of the question under way, one a path
        Snapshot<InstanceHealth> health;
        Snapshot<StartupReport> startup;
        Timestamp statusSince{};
        std::optional<bool> isUp;
        QHash<QString, History> histories;

        QString sourceName() const { return id.system + u'/' + id.instance; }
    };
    struct ScrapeWatch
    {
        QString system;
        QString selector;
        workspace::Source prometheus;
        refresh::PollId poll{};
        quint64 question = 0;
        bool isAsking = false;
    };

    Private(HealthStore *store, const workspace::Environment &environment, http::Transport &transport,
            workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule, refresh::SourceMonitor &monitor,
            const Clock &clock)
        : q(store), resolver(resolver), schedule(schedule), monitor(monitor), clock(clock), client(transport)
    {
        for (const workspace::System &system : environment.systems) {
            for (const workspace::Instance &configured : system.instances)
                addInstance(system, configured);
            addScrapeWatch(environment, system);
        }
        for (std::size_t i = 0; i < instances.size(); ++i) {
            Instance &instance = instances[i];
            if (!instance.settings.paths.isEmpty()) {
                monitor.registerSource(instance.sourceName(), instance.settings.interval, u"services"_s);
                instance.poll = schedule.add(instance.settings.interval, [this, i] { probe(i); });
            }
            if (!instance.startupPath.isEmpty())
                instance.startupPoll = schedule.add(startupInterval, [this, i] { askStartup(i); });
        }
        for (std::size_t i = 0; i < watches.size(); ++i)
            watches[i].poll = schedule.add(watches[i].prometheus.scrapeInterval, [this, i] { askScrapes(i); });
    }

    ~Private()
    {
        for (const Instance &instance : instances) {
            if (instance.poll)
                schedule.remove(*instance.poll);
            if (instance.startupPoll)
                schedule.remove(*instance.startupPoll);
        }
        for (const ScrapeWatch &watch : watches)
            schedule.remove(watch.poll);
    }

    void addInstance(const workspace::System &system, const workspace::Instance &configured)
    {
        Instance instance;
        instance.id = {system.key, configured.name};
        instance.access = configured.access;
        instance.settings = system.health.value_or(workspace::HealthSettings());
        instance.startupPath = system.startupPath;
        instance.startupAuth = system.startupAuth;
        instance.labels = configured.labels;
        instance.health.interval = instance.settings.interval;
        instance.startup.interval = startupInterval;
        if (instance.settings.paths.isEmpty() && instance.startupPath.isEmpty())
            return;
        instances.push_back(std::move(instance));
    }

    void addScrapeWatch(const workspace::Environment &environment, const workspace::System &system)
    {
        if (!system.health || system.selector.isEmpty())
            return;
        for (const workspace::Source &source : environment.sources) {
            if (source.kind != workspace::SourceKind::Prometheus ||
                (!system.prometheus.isEmpty() && system.prometheus != source.name))
                continue;
            watches.push_back({.system = system.key, .selector = system.selector, .prometheus = source});
            return;
        }
    }

    void probe(std::size_t index)
    {
        Instance &instance = instances[index];
        const quint64 question = ++instance.question;
        instance.isAsking = true;
        instance.health.loading = true;
        instance.health.askedAt = clock.now();
        const auto count = instance.settings.paths.size();
        instance.answers = QList<std::optional<Result<ProbeReport>>>(count);
        whenDone(resolver.resolve(instance.access, instance.settings.auth), q,
                 [this, index, question, count](const Result<http::Endpoint> &endpoint) {
                     if (instances[index].question != question)
                         return;
                     for (qsizetype i = 0; i < count; ++i) {
                         if (!endpoint) {
                             takeProbe(index, question, i, failure(endpoint.error()));
                             continue;
                         }
                         whenDone(client.fetchProbe(*endpoint, instances[index].settings.paths.at(i)), q,
                                  [this, index, question, i](const Result<ProbeReport> &answer) {
                                      takeProbe(index, question, i, answer);
                                  });
                     }
                 });
    }

    void takeProbe(std::size_t index, quint64 question, qsizetype path, const Result<ProbeReport> &answer)
    {
        Instance &instance = instances[index];
        if (instance.question != question)
            return;
        instance.answers[path] = answer;
        const bool isComplete = std::all_of(instance.answers.begin(), instance.answers.end(),
                                            [](const auto &known) { return known.has_value(); });
        if (isComplete)
            conclude(instance);
    }

    void conclude(Instance &instance)
    {
        const Timestamp now = clock.now();
        const Result<ProbeReport> first = *instance.answers.first();
        instance.isAsking = false;
        if (!first) {
            instance.health.fail(first.error(), now);
            monitor.failed(instance.sourceName(), first.error());
            for (History &history : instance.histories)
                history.add({now, HealthStatus::Unknown, 0});
            if (!instance.histories.contains(QString()))
                instance.histories[QString()].add({now, HealthStatus::Unknown, 0});
        } else {
            InstanceHealth health;
            health.status = first->status;
            for (qsizetype i = 0; i < instance.answers.size(); ++i)
                health.probes.append(reportOf(instance.settings.paths.at(i), *instance.answers.at(i)));
            health.note = noteFor(health, instance.isUp);
            const bool wasKnown = instance.health.freshness(now) == Freshness::Live;
            if (!wasKnown || instance.health.data->status != health.status)
                instance.statusSince = now;
            record(instance, *first, now);
            instance.health.succeed(std::move(health), now);
            monitor.good(instance.sourceName());
        }
        schedule.finished(*instance.poll, first.has_value());
        Q_EMIT q->changed();
    }

    static ProbeReport reportOf(const QString &path, const Result<ProbeReport> &answer)
    {
        if (answer)
            return *answer;
        ProbeReport report;
        report.path = path;
        report.word = wordsFor(answer.error().kind);
        report.dialect = u"no answer"_s;
        report.httpStatus = answer.error().httpStatus;
        return report;
    }

    static void record(Instance &instance, const ProbeReport &report, Timestamp now)
    {
        instance.histories[QString()].add({now, report.status, report.latencyMs});
        QSet<QString> told;
        for (const ComponentHealth &component : report.components) {
            instance.histories[component.name].add(
                {now, component.status, component.latencyMs.value_or(report.latencyMs)});
            told.insert(component.name);
        }
        // A component that is no longer told of is not healthy for ever.
        for (auto it = instance.histories.begin(); it != instance.histories.end(); ++it) {
            if (!it.key().isEmpty() && !told.contains(it.key()))
                it->add({now, HealthStatus::Unknown, 0});
        }
    }

    void askStartup(std::size_t index)
    {
        Instance &instance = instances[index];
        const quint64 question = ++instance.startupQuestion;
        instance.startup.loading = true;
        instance.startup.askedAt = clock.now();
        whenDone(resolver.resolve(instance.access, instance.startupAuth), q,
                 [this, index, question](const Result<http::Endpoint> &endpoint) {
                     if (!endpoint) {
                         takeStartup(index, question, failure(endpoint.error()));
                         return;
                     }
                     whenDone(client.fetchStartup(*endpoint, instances[index].startupPath), q,
                              [this, index, question](const Result<StartupReport> &answer) {
                                  takeStartup(index, question, answer);
                              });
                 });
    }

    void takeStartup(std::size_t index, quint64 question, const Result<StartupReport> &answer)
    {
        Instance &instance = instances[index];
        if (instance.startupQuestion != question)
            return;
        if (answer)
            instance.startup.succeed(*answer, clock.now());
        else
            instance.startup.fail(answer.error(), clock.now());
        schedule.finished(*instance.startupPoll, answer.has_value());
        Q_EMIT q->changed();
    }

    void askScrapes(std::size_t index)
    {
        const quint64 question = ++watches[index].question;
        watches[index].isAsking = true;
        whenDone(resolver.resolve(watches[index].prometheus.access), q,
                 [this, index, question](const Result<http::Endpoint> &endpoint) {
                     if (!endpoint) {
                         takeScrapes(index, question, failure(endpoint.error()));
                         return;
                     }
                     whenDone(client.fetchScrapes(*endpoint, watches[index].selector), q,
                              [this, index, question](const Result<QList<ScrapeState>> &answer) {
                                  takeScrapes(index, question, answer);
                              });
                 });
    }

    void takeScrapes(std::size_t index, quint64 question, const Result<QList<ScrapeState>> &answer)
    {
        ScrapeWatch &watch = watches[index];
        if (watch.question != question)
            return;
        watch.isAsking = false;
        bool isChanged = false;
        for (Instance &instance : instances) {
            if (instance.id.system != watch.system)
                continue;
            // Prometheus silent: nothing is known of its scrapes, so nothing is said about them.
            std::optional<bool> isUp;
            if (answer && !instance.labels.empty()) {
                for (const ScrapeState &scrape : *answer) {
                    if (isContained(instance.labels, scrape.labels))
                        isUp = isUp.value_or(true) && scrape.isUp;
                }
            }
            if (isUp == instance.isUp)
                continue;
            instance.isUp = isUp;
            if (!instance.health.data)
                continue;
            InstanceHealth health = *instance.health.data;
            health.note = noteFor(health, isUp);
            instance.health.data = std::make_shared<const InstanceHealth>(std::move(health));
            isChanged = true;
        }
        schedule.finished(watch.poll, answer.has_value());
        if (isChanged)
            Q_EMIT q->changed();
    }

    const Instance *find(const InstanceId &id) const
    {
        const auto it = std::find_if(instances.begin(), instances.end(), [&](const Instance &i) { return i.id == id; });
        return it == instances.end() ? nullptr : &*it;
    }

    HealthStore *q;
    workspace::EndpointResolver &resolver;
    refresh::RefreshSchedule &schedule;
    refresh::SourceMonitor &monitor;
    const Clock &clock;
    HealthClient client;
    std::vector<Instance> instances;
    std::vector<ScrapeWatch> watches;
};

HealthStore::HealthStore(const workspace::Environment &environment, http::Transport &transport,
                         workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
                         refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, environment, transport, resolver, schedule, monitor, clock))
{
}

HealthStore::~HealthStore() = default;

QList<InstanceId> HealthStore::instances() const
{
    QList<InstanceId> ids;
    for (const Private::Instance &instance : d->instances) {
        if (instance.poll)
            ids.append(instance.id);
    }
    return ids;
}

Snapshot<InstanceHealth> HealthStore::health(const InstanceId &id) const
{
    const Private::Instance *instance = d->find(id);
    return instance ? instance->health : Snapshot<InstanceHealth>();
}

Snapshot<StartupReport> HealthStore::startup(const InstanceId &id) const
{
    const Private::Instance *instance = d->find(id);
    return instance ? instance->startup : Snapshot<StartupReport>();
}

HealthStatus HealthStore::statusNow(const InstanceId &id) const
{
    const Private::Instance *instance = d->find(id);
    if (!instance || instance->health.freshness(d->clock.now()) != Freshness::Live)
        return HealthStatus::Unknown;
    return instance->health.data->status;
}

std::optional<Timestamp> HealthStore::since(const InstanceId &id) const
{
    const Private::Instance *instance = d->find(id);
    if (!instance)
        return std::nullopt;
    switch (instance->health.freshness(d->clock.now())) {
    case Freshness::Live:
        return instance->statusSince;
    case Freshness::Stale: // nothing is known since the last good answer
        return instance->health.fetchedAt;
    case Freshness::Unreachable:
        return instance->health.failingSince;
    case Freshness::Waiting:
        break;
    }
    return std::nullopt;
}

QList<HealthSample> HealthStore::history(const InstanceId &id, const QString &component) const
{
    const Private::Instance *instance = d->find(id);
    return instance ? instance->histories.value(component).samples : QList<HealthSample>();
}

QList<HealthSample> HealthStore::stretches(const InstanceId &id, const QString &component) const
{
    const Private::Instance *instance = d->find(id);
    return instance ? instance->histories.value(component).stretches : QList<HealthSample>();
}

bool HealthStore::isSettled() const
{
    return std::all_of(d->instances.begin(), d->instances.end(), [this](const Private::Instance &instance) {
        return !instance.poll || instance.health.freshness(d->clock.now()) != Freshness::Waiting;
    });
}

bool HealthStore::isAsking() const
{
    return std::any_of(
               d->instances.begin(), d->instances.end(),
               [](const Private::Instance &instance) { return instance.isAsking || instance.startup.loading; }) ||
           std::any_of(d->watches.begin(), d->watches.end(),
                       [](const Private::ScrapeWatch &watch) { return watch.isAsking; });
}

void HealthStore::refreshNow()
{
    for (std::size_t i = 0; i < d->instances.size(); ++i) {
        const Private::Instance &instance = d->instances[i];
        if (instance.startupPoll)
            d->schedule.refreshNow(*instance.startupPoll);
        if (!instance.poll)
            continue;
        if (instance.isAsking)
            d->probe(i);
        else
            d->schedule.refreshNow(*instance.poll);
    }
}

} // namespace atalaya::health

#include "moc_health_store.cpp"
