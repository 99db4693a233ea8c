// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_store.h"

#include "models/alerts/alert_merge.h"
#include "models/alerts/alertmanager_client.h"
#include "models/alerts/rule_client.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How often alerts are asked: as often as the fastest Prometheus scrapes, within reason.
Milliseconds alertInterval(const workspace::Environment &environment)
{
    Milliseconds interval = 15s;
    for (const workspace::Source &source : environment.sources) {
        if (source.kind == workspace::SourceKind::Prometheus)
            interval = std::min(interval, source.scrapeInterval);
    }
    return std::clamp<Milliseconds>(interval, 2s, 15s);
}

} // namespace

class AlertStore::Private
{
public:
    struct Part
    {
        workspace::Source source;
        refresh::PollId poll{};
        quint64 question = 0; ///< answers to older questions are dropped
        bool isAsking = false;
        bool isAskingSilences = false;
        Snapshot<RuleAnswer> rules;        ///< of a Prometheus
        Snapshot<QList<Alert>> listed;     ///< of an Alertmanager
        Snapshot<QList<Silence>> silences; ///< of an Alertmanager

        bool isPrometheus() const { return source.kind == workspace::SourceKind::Prometheus; }
        Freshness freshness(Timestamp now) const
        {
            return isPrometheus() ? rules.freshness(now) : listed.freshness(now);
        }
    };

    Private(AlertStore *store, const workspace::Environment &environment, http::Transport &transport,
            workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule, refresh::SourceMonitor &monitor,
            const Clock &clock)
        : q(store)
        , environment(environment)
        , resolver(resolver)
        , schedule(schedule)
        , monitor(monitor)
        , clock(clock)
        , alertmanager(transport)
        , prometheus(transport)
    {
        const Milliseconds interval = alertInterval(environment);
        for (const workspace::Source &source : environment.sources) {
            if (source.kind == workspace::SourceKind::Loki)
                continue;
            Part part;
            part.source = source;
            part.rules.interval = part.listed.interval = part.silences.interval = interval;
            monitor.registerSource(source.name, interval);
            parts.push_back(std::move(part));
        }
        for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i].poll = schedule.add(interval, [this, i] { ask(i); });
    }

    ~Private()
    {
        for (const Part &part : parts)
            schedule.remove(part.poll);
    }

    void ask(std::size_t index)
    {
        Part &part = parts[index];
        const quint64 question = ++part.question;
        part.isAsking = true;
        whenDone(resolver.resolve(part.source.access), q,
                 [this, index, question](const Result<http::Endpoint> &endpoint) {
                     Part &asked = parts[index];
                     if (asked.question != question)
                         return;
                     if (!endpoint) {
                         if (asked.isPrometheus())
                             take(index, question, asked.rules, Result<RuleAnswer>(failure(endpoint.error())));
                         else
                             take(index, question, asked.listed, Result<QList<Alert>>(failure(endpoint.error())));
                         return;
                     }
                     if (asked.isPrometheus()) {
                         whenDone(prometheus.fetchRules(*endpoint), q,
                                  [this, index, question](const Result<RuleAnswer> &answer) {
                                      take(index, question, parts[index].rules, answer);
                                  });
                         return;
                     }
                     asked.isAskingSilences = true;
                     whenDone(alertmanager.fetchSilences(*endpoint), q,
                              [this, index, question](const Result<QList<Silence>> &answer) {
                                  takeSilences(index, question, answer);
                              });
                     whenDone(alertmanager.fetchAlerts(*endpoint), q,
                              [this, index, question](const Result<QList<Alert>> &answer) {
                                  take(index, question, parts[index].listed, answer);
                              });
                 });
    }

    template <typename T>
    void take(std::size_t index, quint64 question, Snapshot<T> &snapshot, const Result<T> &answer)
    {
        Part &part = parts[index];
        if (part.question != question)
            return;
        part.isAsking = false;
        const Timestamp now = clock.now();
        if (answer) {
            snapshot.succeed(*answer, now);
            monitor.good(part.source.name);
        } else {
            snapshot.fail(answer.error(), now);
            monitor.failed(part.source.name, answer.error());
        }
        schedule.finished(part.poll, answer.has_value());
        merge();
        Q_EMIT q->changed();
    }

    void takeSilences(std::size_t index, quint64 question, const Result<QList<Silence>> &answer)
    {
        Part &part = parts[index];
        if (part.question != question)
            return;
        part.isAskingSilences = false;
        if (!answer) {
            part.silences.fail(answer.error(), clock.now());
            return;
        }
        QList<Silence> silences = *answer;
        for (Silence &silence : silences)
            silence.alertmanager = part.source.name;
        part.silences.succeed(std::move(silences), clock.now());
        Q_EMIT q->changed();
    }

    void merge()
    {
        QList<AlertmanagerPart> alertmanagers;
        QList<RulePart> prometheuses;
        const Timestamp now = clock.now();
        for (const Part &part : parts) {
            if (part.isPrometheus() && part.rules.data)
                prometheuses.append({part.source.name, part.rules.data->alerts});
            else if (!part.isPrometheus() && part.listed.data)
                alertmanagers.append(
                    {part.source.name, part.source.cluster, part.freshness(now) == Freshness::Live, *part.listed.data});
        }
        merged = mergeAlerts(alertmanagers, prometheuses);
    }

    AlertStore *q;
    workspace::Environment environment;
    workspace::EndpointResolver &resolver;
    refresh::RefreshSchedule &schedule;
    refresh::SourceMonitor &monitor;
    const Clock &clock;
    AlertmanagerClient alertmanager;
    RuleClient prometheus;
    std::vector<Part> parts;
    QList<Alert> merged;
};

AlertStore::AlertStore(const workspace::Environment &environment, http::Transport &transport,
                       workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
                       refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, environment, transport, resolver, schedule, monitor, clock))
{
}

AlertStore::~AlertStore() = default;

QList<Alert> AlertStore::alerts() const
{
    return d->merged;
}

QList<Rule> AlertStore::rules() const
{
    QList<Rule> rules;
    for (const Private::Part &part : d->parts) {
        if (part.rules.data)
            rules += part.rules.data->rules;
    }
    return rules;
}

QList<Rule> AlertStore::brokenRules() const
{
    QList<Rule> broken = rules();
    broken.removeIf([](const Rule &rule) { return rule.health != u"err"; });
    return broken;
}

QList<Silence> AlertStore::silences() const
{
    QList<Silence> silences;
    for (const Private::Part &part : d->parts) {
        if (part.silences.data)
            silences += *part.silences.data;
    }
    return silences;
}

bool AlertStore::isSettled() const
{
    return std::all_of(d->parts.begin(), d->parts.end(), [this](const Private::Part &part) {
        return part.freshness(d->clock.now()) != Freshness::Waiting;
    });
}

bool AlertStore::isAsking() const
{
    return std::any_of(d->parts.begin(), d->parts.end(),
                       [](const Private::Part &part) { return part.isAsking || part.isAskingSilences; });
}

QStringList AlertStore::silentSources() const
{
    QStringList names;
    for (const Private::Part &part : d->parts) {
        if (part.freshness(d->clock.now()) != Freshness::Live)
            names += part.source.name;
    }
    return names;
}

bool AlertStore::isSilentFor(const QString &systemKey) const
{
    for (const workspace::System &system : d->environment.systems) {
        if (system.key != systemKey)
            continue;
        for (const Private::Part &part : d->parts) {
            const bool isIts =
                part.isPrometheus() && (system.prometheus.isEmpty() || system.prometheus == part.source.name);
            if (isIts && part.freshness(d->clock.now()) != Freshness::Live)
                return true;
        }
    }
    return false;
}

bool AlertStore::hasLiveAlertmanager() const
{
    return std::any_of(d->parts.begin(), d->parts.end(), [this](const Private::Part &part) {
        return !part.isPrometheus() && part.freshness(d->clock.now()) == Freshness::Live;
    });
}

void AlertStore::refreshNow()
{
    for (std::size_t i = 0; i < d->parts.size(); ++i) {
        // A read that is under way may have left before what the operator just did: ask anew and drop its answer.
        if (d->parts[i].isAsking)
            d->ask(i);
        else
            d->schedule.refreshNow(d->parts[i].poll);
    }
}

} // namespace atalaya::alerts

#include "moc_alert_store.cpp"
