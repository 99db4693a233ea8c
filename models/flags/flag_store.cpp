// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/flag_store.h"

#include "models/flags/ops_flag_adapter.h"

#include <QtCore/QSet>

namespace atalaya::flags {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds flagInterval = 10s;
constexpr Milliseconds capabilitiesKept = 5min;

} // namespace

class FlagStore::Private
{
public:
    struct Instance
    {
        QString system;
        QString name;
        workspace::Access access;
        workspace::Auth auth;
        QString base;
        refresh::PollId poll{};
        quint64 question = 0;
        bool isAsking = false;
        Snapshot<QList<Flag>> flags;
        std::optional<Timestamp> startedAt;
        std::optional<QStringList> capabilities;
        Milliseconds capabilitiesAt{};

        bool declaresNone() const { return capabilities && !capabilities->contains(u"flags.read"_s); }
        QString sourceName() const { return system + u'/' + name + u"#control"_s; }
    };

    Private(FlagStore *store, const workspace::Environment &environment, http::Transport &transport,
            workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule, refresh::SourceMonitor &monitor,
            const Clock &clock)
        : q(store), resolver(resolver), schedule(schedule), monitor(monitor), clock(clock), adapter(transport)
    {
        for (const workspace::System &system : environment.systems) {
            systems += system.key;
            if (!system.flags || system.flags->adapter != u"ops")
                continue;
            for (const workspace::Instance &configured : system.instances) {
                Instance instance;
                instance.system = system.key;
                instance.name = configured.name;
                instance.access = configured.access;
                instance.auth = system.flags->auth;
                instance.base = system.flags->base.isEmpty() ? u"/ops/v1"_s : system.flags->base;
                instance.flags.interval = flagInterval;
                instances.push_back(std::move(instance));
            }
        }
        for (std::size_t i = 0; i < instances.size(); ++i) {
            monitor.registerSource(instances[i].sourceName(), flagInterval, u"services"_s);
            instances[i].poll = schedule.add(flagInterval, [this, i] { ask(i); });
        }
    }

    ~Private()
    {
        for (const Instance &instance : instances)
            schedule.remove(instance.poll);
    }

    void ask(std::size_t index)
    {
        Instance &instance = instances[index];
        const quint64 question = ++instance.question;
        instance.isAsking = true;
        instance.flags.loading = true;
        instance.flags.askedAt = clock.now();
        whenDone(resolver.resolve(instance.access, instance.auth), q,
                 [this, index, question](const Result<http::Endpoint> &endpoint) {
                     const Instance &asked = instances[index];
                     if (asked.question != question)
                         return;
                     if (!endpoint)
                         take(index, question, failure(endpoint.error()));
                     else if (asked.capabilities && clock.elapsed() - asked.capabilitiesAt < capabilitiesKept)
                         askFlags(index, question, *endpoint);
                     else
                         askCapabilities(index, question, *endpoint);
                 });
    }

    void askCapabilities(std::size_t index, quint64 question, const http::Endpoint &endpoint)
    {
        whenDone(adapter.fetchCapabilities(endpoint, instances[index].base), q,
                 [this, index, question, endpoint](const Result<QStringList> &capabilities) {
                     Instance &instance = instances[index];
                     if (instance.question != question)
                         return;
                     if (capabilities) {
                         instance.capabilities = *capabilities;
                         instance.capabilitiesAt = clock.elapsed();
                     } else if (capabilities.error().kind != ErrorKind::NotFound &&
                                capabilities.error().kind != ErrorKind::Malformed) {
                         take(index, question, failure(capabilities.error()));
                         return;
                     }
                     askFlags(index, question, endpoint);
                 });
    }

    void askFlags(std::size_t index, quint64 question, const http::Endpoint &endpoint)
    {
        Instance &instance = instances[index];
        if (instance.declaresNone()) {
            instance.capabilitiesAt =
                clock.elapsed() - capabilitiesKept; // it may learn to have some: ask again next time
            take(index, question, FlagList());
            return;
        }
        whenDone(adapter.fetchFlags(endpoint, instance.base), q,
                 [this, index, question](const Result<FlagList> &list) { take(index, question, list); });
    }

    void take(std::size_t index, quint64 question, const Result<FlagList> &list)
    {
        Instance &instance = instances[index];
        if (instance.question != question)
            return;
        instance.isAsking = false;
        if (list) {
            QList<Flag> flags = list->flags;
            for (Flag &flag : flags) {
                flag.id.system = instance.system;
                flag.id.instance = instance.name;
            }
            if (instance.startedAt != list->startedAt)
                instance.capabilitiesAt = clock.elapsed() - capabilitiesKept;
            instance.startedAt = list->startedAt;
            instance.flags.succeed(std::move(flags), clock.now());
            monitor.good(instance.sourceName());
        } else {
            instance.flags.fail(list.error(), clock.now());
            monitor.failed(instance.sourceName(), list.error());
        }
        schedule.finished(instance.poll, list.has_value());
        Q_EMIT q->changed();
    }

    const Instance *find(const QString &system, const QString &name) const
    {
        const auto it = std::find_if(instances.begin(), instances.end(),
                                     [&](const Instance &i) { return i.system == system && i.name == name; });
        return it == instances.end() ? nullptr : &*it;
    }

    FlagStore *q;
    workspace::EndpointResolver &resolver;
    refresh::RefreshSchedule &schedule;
    refresh::SourceMonitor &monitor;
    const Clock &clock;
    OpsFlagAdapter adapter;
    QStringList systems;
    std::vector<Instance> instances;
};

FlagStore::FlagStore(const workspace::Environment &environment, http::Transport &transport,
                     workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
                     refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, environment, transport, resolver, schedule, monitor, clock))
{
}

FlagStore::~FlagStore() = default;

QList<Flag> FlagStore::flags() const
{
    QList<Flag> all;
    for (const QString &system : std::as_const(d->systems)) {
        QStringList names;
        QHash<QString, QList<Flag>> byName;
        for (const Private::Instance &instance : d->instances) {
            if (instance.system != system || !instance.flags.data)
                continue;
            for (const Flag &flag : *instance.flags.data) {
                if (!byName.contains(flag.id.name))
                    names += flag.id.name;
                byName[flag.id.name].append(flag);
            }
        }
        for (const QString &name : std::as_const(names))
            all += byName.value(name);
    }
    return all;
}

Snapshot<QList<Flag>> FlagStore::instanceFlags(const QString &system, const QString &instance) const
{
    const Private::Instance *found = d->find(system, instance);
    return found ? found->flags : Snapshot<QList<Flag>>();
}

QStringList FlagStore::systemsWithout() const
{
    QStringList without;
    for (const QString &system : std::as_const(d->systems)) {
        bool declaresNone = false, mayHave = false, isAsked = false;
        for (const Private::Instance &instance : d->instances) {
            if (instance.system != system)
                continue;
            isAsked = true;
            declaresNone = declaresNone || instance.declaresNone();
            mayHave = mayHave || (instance.capabilities && !instance.declaresNone());
        }
        if (!isAsked || (declaresNone && !mayHave))
            without += system;
    }
    return without;
}

QStringList FlagStore::systemsNotKnown() const
{
    QSet<QString> known;
    for (const Flag &flag : flags())
        known.insert(flag.id.system);
    const QStringList without = systemsWithout();
    QStringList notKnown;
    for (const QString &system : std::as_const(d->systems)) {
        if (!known.contains(system) && !without.contains(system))
            notKnown += system;
    }
    return notKnown;
}

std::optional<QStringList> FlagStore::capabilities(const QString &system, const QString &instance) const
{
    const Private::Instance *found = d->find(system, instance);
    return found ? found->capabilities : std::nullopt;
}

QStringList FlagStore::instancesOf(const QString &system) const
{
    QStringList names;
    for (const Private::Instance &instance : d->instances) {
        if (instance.system == system)
            names += instance.name;
    }
    return names;
}

std::optional<Timestamp> FlagStore::startedAt(const QString &system, const QString &instance) const
{
    const Private::Instance *found = d->find(system, instance);
    return found ? found->startedAt : std::nullopt;
}

void FlagStore::applyFlag(const FlagId &id, const Flag &flag)
{
    for (std::size_t i = 0; i < d->instances.size(); ++i) {
        Private::Instance &instance = d->instances[i];
        if (instance.system != id.system || instance.name != id.instance || !instance.flags.data)
            continue;
        QList<Flag> flags = *instance.flags.data;
        for (Flag &old : flags) {
            if (old.id.name == id.name) {
                old = flag;
                old.id = id;
            }
        }
        instance.flags.data = std::make_shared<const QList<Flag>>(std::move(flags));
        if (instance.isAsking)
            d->ask(i);
        Q_EMIT changed();
        return;
    }
}

bool FlagStore::isSettled() const
{
    return std::all_of(d->instances.begin(), d->instances.end(), [this](const Private::Instance &instance) {
        return instance.flags.freshness(d->clock.now()) != Freshness::Waiting;
    });
}

bool FlagStore::isAsking() const
{
    return std::any_of(d->instances.begin(), d->instances.end(),
                       [](const Private::Instance &instance) { return instance.isAsking; });
}

void FlagStore::refreshNow()
{
    for (std::size_t i = 0; i < d->instances.size(); ++i) {
        if (d->instances[i].isAsking)
            d->ask(i);
        else
            d->schedule.refreshNow(d->instances[i].poll);
    }
}

} // namespace atalaya::flags

#include "moc_flag_store.cpp"
