// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_table_model.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimeZone>

#include <algorithm>
#include <map>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {

namespace {

struct RowWords
{
    Q_DECLARE_TR_FUNCTIONS(HealthRows)
};

int rankOf(HealthStatus status)
{
    switch (status) {
    case HealthStatus::Healthy:
        return 0;
    case HealthStatus::Degraded:
        return 1;
    case HealthStatus::Unknown:
        return 2;
    case HealthStatus::Unhealthy:
        return 3;
    }
    return 2;
}

bool isShort(const QString &text)
{
    return text.size() <= 12 && std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isDigit(); });
}

/// One instance as far as its rows need it.
struct Seen
{
    InstanceId id;
    Snapshot<InstanceHealth> snapshot;
    bool isLive = false;
};

QString silenceNote(const QList<Seen> &seen, Timestamp now, const QTimeZone &zone)
{
    int failing = 0;
    std::optional<Timestamp> since;
    QString why;
    for (const Seen &one : seen) {
        if (!one.snapshot.error)
            continue;
        ++failing;
        why = wordsFor(one.snapshot.error->kind);
        if (one.snapshot.failingSince != Timestamp{} && (!since || one.snapshot.failingSince < *since))
            since = one.snapshot.failingSince;
    }
    if (failing == 0)
        return {};
    const QString counts = RowWords::tr("%1 of %2: %3")
                               .arg(failing)
                               .arg(counted(seen.size(), RowWords::tr("%1 probe"), RowWords::tr("%1 probes")), why);
    return since ? RowWords::tr("%1 since %2").arg(counts, whenText(*since, now, zone)) : counts;
}

QString systemNote(const QList<Seen> &seen, const HealthStore &store, Timestamp now, const QTimeZone &zone)
{
    QStringList parts;
    if (const QString silence = silenceNote(seen, now, zone); !silence.isEmpty())
        parts.append(silence);
    // Further probes, "ready: not_ready on 2, live: alive": one clause a path, its worst word first.
    std::map<QString, std::map<QString, int>> words;
    QStringList paths;
    for (const Seen &one : seen) {
        if (!one.isLive || !one.snapshot.data)
            continue;
        for (qsizetype i = 1; i < one.snapshot.data->probes.size(); ++i) {
            const ProbeReport &probe = one.snapshot.data->probes.at(i);
            const QString name = probe.path.section(u'/', -1);
            if (!paths.contains(name))
                paths.append(name);
            ++words[name][probe.word.isEmpty() ? statusWord(probe.status) : probe.word];
        }
    }
    for (const QString &path : std::as_const(paths)) {
        const auto &counts = words[path];
        QStringList clauses;
        for (const auto &[word, count] : counts)
            clauses.append(counts.size() == 1 ? word : RowWords::tr("%1 on %2").arg(word).arg(count));
        parts.append(path + u": "_s + clauses.join(u", "_s));
    }
    // The same note on several instances is said once, with their names.
    QStringList texts;
    QMap<QString, QStringList> who;
    for (const Seen &one : seen) {
        if (!one.isLive || !one.snapshot.data || one.snapshot.data->note.isEmpty())
            continue;
        if (!who.contains(one.snapshot.data->note))
            texts.append(one.snapshot.data->note);
        who[one.snapshot.data->note].append(one.id.instance);
    }
    QStringList notes;
    for (const QString &text : std::as_const(texts))
        notes.append(who.value(text).join(u", "_s) + u' ' + text);
    parts += notes;
    for (const Seen &one : seen) {
        const Snapshot<StartupReport> startup = store.startup(one.id);
        if (!startup.data || startup.data->checks.isEmpty())
            continue;
        const auto passed = std::count_if(startup.data->checks.cbegin(), startup.data->checks.cend(),
                                          [](const StartupCheck &check) { return check.status == u"pass"; });
        parts.append(
            RowWords::tr("start-up: %1, %2 of %3")
                .arg(startup.data->status)
                .arg(passed)
                .arg(counted(startup.data->checks.size(), RowWords::tr("%1 check"), RowWords::tr("%1 checks"))));
        break;
    }
    return parts.join(u", "_s);
}

} // namespace

HealthStatus worseStatus(HealthStatus a, HealthStatus b)
{
    return rankOf(a) >= rankOf(b) ? a : b;
}

QString latencyText(double milliseconds)
{
    return quantity(milliseconds, u"ms"_s).joined();
}

QList<HealthStretch> mergedBar(const QList<QList<HealthSample>> &histories, const TimeRange &range,
                               Milliseconds interval)
{
    struct Change
    {
        Timestamp at;
        qsizetype who;
        HealthStatus status;
    };
    std::vector<Change> changes;
    std::optional<Timestamp> first;
    for (qsizetype who = 0; who < histories.size(); ++who) {
        const QList<HealthSample> &history = histories.at(who);
        // Everything before the range but the last sample that reaches into it says nothing here.
        auto begin = std::lower_bound(history.cbegin(), history.cend(), range.from - 2 * interval,
                                      [](const HealthSample &sample, Timestamp at) { return sample.at < at; });
        for (auto it = begin; it != history.cend(); ++it) {
            if (!first || it->at < *first)
                first = it->at;
            changes.push_back({it->at, who, it->status});
            const Timestamp end = it->at + 2 * interval;
            const auto next = it + 1;
            if (next == history.cend() ? end < range.to : end < next->at)
                changes.push_back({end, who, HealthStatus::Unknown});
        }
    }
    if (!first)
        return {};
    std::stable_sort(changes.begin(), changes.end(), [](const Change &a, const Change &b) { return a.at < b.at; });

    std::vector<std::optional<HealthStatus>> now(static_cast<size_t>(histories.size()));
    QList<HealthStretch> bar;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        now[static_cast<size_t>(changes[i].who)] = changes[i].status;
        const Timestamp end = i + 1 < changes.size() ? changes[i + 1].at : range.to;
        if (end <= changes[i].at || end <= range.from)
            continue;
        HealthStatus merged = HealthStatus::Healthy;
        for (const auto &status : now)
            merged = worseStatus(merged, status.value_or(HealthStatus::Healthy));
        const Timestamp from = std::max(changes[i].at, range.from);
        const Timestamp to = std::min(end, range.to);
        if (from >= to)
            continue;
        if (!bar.isEmpty() && bar.last().status == merged)
            bar.last().to = to;
        else
            bar.append({from, to, merged});
    }
    return bar;
}

QList<HealthLine> healthRows(const workspace::Environment &environment, const HealthStore &store,
                             const TimeRange &range, HealthOrder order, const QString &wantedSystem,
                             const QString &wantedInstance, const QTimeZone &zone)
{
    struct Block
    {
        QList<HealthLine> rows;
        int rank = 0;
    };
    const Timestamp now = range.to;
    const QList<InstanceId> instances = store.instances();
    QList<Block> blocks;
    for (const workspace::System &system : environment.systems) {
        if (!wantedSystem.isEmpty() && system.key != wantedSystem)
            continue;
        QList<Seen> seen;
        for (const InstanceId &id : instances) {
            if (id.system != system.key || (!wantedInstance.isEmpty() && id.instance != wantedInstance))
                continue;
            Seen one{id, store.health(id), false};
            one.isLive = one.snapshot.freshness(now) == Freshness::Live;
            seen.append(one);
        }
        if (seen.isEmpty())
            continue;
        const bool isSilent = std::none_of(seen.cbegin(), seen.cend(), [](const Seen &one) { return one.isLive; });

        HealthLine head;
        head.isSystem = true;
        head.system = system.key;
        head.title = system.title.isEmpty() ? system.key : system.title;
        head.isSilent = isSilent;
        for (const Seen &one : std::as_const(seen))
            head.instances.append(one.id.instance);
        std::optional<Timestamp> lastGood;
        HealthStatus worst = HealthStatus::Healthy;
        std::map<int, int> counts;
        for (const Seen &one : std::as_const(seen)) {
            const HealthStatus status = store.statusNow(one.id);
            worst = worseStatus(worst, status);
            ++counts[rankOf(status)];
            if (one.snapshot.data && (!lastGood || one.snapshot.fetchedAt > *lastGood))
                lastGood = one.snapshot.fetchedAt;
        }
        head.state = stateOf(worst);
        if (isSilent && !lastGood) {
            const bool waiting =
                std::any_of(seen.cbegin(), seen.cend(), [](const Seen &one) { return !one.snapshot.error; });
            head.state = waiting ? State::Pending : State::Unknown;
            head.word = waiting ? RowWords::tr("Not answered yet") : RowWords::tr("Not known, never answered");
        } else if (isSilent) {
            head.state = State::Stale;
            head.word = RowWords::tr("Stale, %1").arg(ageText(now - *lastGood));
        } else {
            QString word = worst == HealthStatus::Unknown ? RowWords::tr("Not known") : statusWord(worst);
            word[0] = word.at(0).toUpper();
            head.word = RowWords::tr("%1 on %2 of %3").arg(word).arg(counts[rankOf(worst)]).arg(seen.size());
        }
        head.note = systemNote(seen, store, now, zone);

        Block block;
        block.rank = isSilent ? 1 : rankOf(worst) == 0 ? 2 : rankOf(worst) == 1 ? 3 : 4;
        block.rows.append(head);

        // Components in the order in which the first instance that answered names them.
        QStringList names;
        for (const Seen &one : std::as_const(seen)) {
            if (!one.snapshot.data || one.snapshot.data->probes.isEmpty())
                continue;
            for (const ComponentHealth &component : one.snapshot.data->probes.first().components) {
                if (!names.contains(component.name))
                    names.append(component.name);
            }
        }
        const bool hasNone = names.isEmpty();
        if (hasNone)
            names.append(QString());
        QList<HealthLine> rows;
        for (const QString &name : std::as_const(names)) {
            HealthLine row;
            row.system = system.key;
            row.component = name;
            row.title = hasNone ? RowWords::tr("service") : name;
            row.isSilent = isSilent;
            HealthStatus status = HealthStatus::Healthy;
            const Seen *worstSeen = nullptr;
            const ComponentHealth *worstComponent = nullptr;
            std::optional<double> slowest;
            QString slowestInstance, detail;
            QList<QList<HealthSample>> histories;
            Milliseconds interval{};
            for (const Seen &one : std::as_const(seen)) {
                const ComponentHealth *component = nullptr;
                if (one.snapshot.data && !one.snapshot.data->probes.isEmpty()) {
                    for (const ComponentHealth &candidate : one.snapshot.data->probes.first().components) {
                        if (candidate.name == name)
                            component = &candidate;
                    }
                }
                if (!hasNone && !component && one.snapshot.data)
                    continue; // answers, but does not have this part
                row.instances.append(one.id.instance);
                HealthStatus mine = HealthStatus::Unknown;
                if (one.isLive)
                    mine = component ? component->status : hasNone ? store.statusNow(one.id) : HealthStatus::Unknown;
                if (!worstSeen || worseStatus(status, mine) != status) {
                    worstSeen = &one;
                    worstComponent = component;
                }
                status = worseStatus(status, mine);
                std::optional<double> latency = component ? component->latencyMs : std::nullopt;
                if (hasNone && one.snapshot.data && !one.snapshot.data->probes.isEmpty())
                    latency = one.snapshot.data->probes.first().latencyMs;
                if (latency && (!slowest || *latency > *slowest)) {
                    slowest = latency;
                    slowestInstance = one.id.instance;
                }
                if (component && detail.isEmpty())
                    detail = component->detail;
                histories.append(store.history(one.id, name));
                interval = std::max(interval, one.snapshot.interval);
            }
            row.state = isSilent ? State::Stale : stateOf(status);
            QString word;
            if (worstComponent)
                word = worstComponent->word.isEmpty() ? statusWord(worstComponent->status) : worstComponent->word;
            else if (worstSeen && worstSeen->snapshot.data && !worstSeen->snapshot.data->probes.isEmpty())
                word = worstSeen->snapshot.data->probes.first().word.isEmpty()
                           ? statusWord(worstSeen->snapshot.data->status)
                           : worstSeen->snapshot.data->probes.first().word;
            if (isSilent)
                row.word = word.isEmpty() ? RowWords::tr("not known") : RowWords::tr("was %1").arg(word);
            else if (status == HealthStatus::Unknown && worstSeen && !worstSeen->isLive)
                row.word = word.isEmpty() ? RowWords::tr("not known") : RowWords::tr("not known, was %1").arg(word);
            else
                row.word = word.isEmpty() ? statusWord(status) : word;
            if (head.state == State::Pending) {
                row.state = State::Pending;
                row.word = RowWords::tr("not answered yet");
            }
            if (slowest) {
                row.answer = latencyText(*slowest);
                row.answerInFull = fullQuantity(*slowest, u"ms"_s) + u", "_s + slowestInstance;
            } else if (isShort(detail)) {
                row.answer = detail;
                row.answerInFull = detail;
            }
            if (interval == Milliseconds{})
                interval = system.health ? system.health->interval : Milliseconds(10'000);
            row.bar = mergedBar(histories, range, interval);
            const qsizetype slowestAt = std::max<qsizetype>(0, row.instances.indexOf(slowestInstance));
            for (const HealthSample &sample : histories.value(slowestAt)) {
                if (range.contains(sample.at) && sample.status != HealthStatus::Unknown)
                    row.latency.append({sample.at, sample.latencyMs});
            }
            rows.append(row);
        }
        if (order == HealthOrder::NotHealthyFirst) {
            const auto rank = [](const HealthLine &row) {
                return row.state == State::Critical  ? 3
                       : row.state == State::Unknown ? 2
                       : row.state == State::Warning ? 1
                                                     : 0;
            };
            std::stable_sort(rows.begin(), rows.end(),
                             [&](const HealthLine &a, const HealthLine &b) { return rank(a) > rank(b); });
        }
        block.rows.append(rows);
        blocks.append(block);
    }
    if (order == HealthOrder::NotHealthyFirst)
        std::stable_sort(blocks.begin(), blocks.end(), [](const Block &a, const Block &b) { return a.rank > b.rank; });
    QList<HealthLine> all;
    for (const Block &block : std::as_const(blocks))
        all.append(block.rows);
    return all;
}

HealthCounts countsOf(const QList<HealthLine> &rows)
{
    HealthCounts counts;
    for (const HealthLine &row : rows) {
        if (row.isSystem)
            continue;
        ++counts.components;
        if (row.state == State::Critical || row.state == State::Warning)
            ++counts.notHealthy;
        else if (row.state != State::Ok)
            ++counts.unknown;
    }
    return counts;
}

QString HealthTableModel::keyFor(const QString &system, const QString &component, bool isSystem)
{
    return isSystem ? system : system + u'/' + component;
}

QVariant HealthTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const HealthLine &shown = row(index.row());
    if (role == Qt::ToolTipRole) {
        switch (index.column()) {
        case AnswerColumn:
            return shown.answerInFull.isEmpty() && !shown.isSystem ? RowWords::tr("no time given") : shown.answerInFull;
        case NowColumn:
            return shown.isSystem && !shown.note.isEmpty() ? shown.word + u"\n"_s + shown.note : shown.word;
        default:
            return shown.title;
        }
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case ComponentColumn:
        return shown.title;
    case NowColumn:
        return shown.word;
    case AnswerColumn:
        return shown.answer;
    default:
        return {};
    }
}

QVariant HealthTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ComponentColumn:
        return RowWords::tr("Component");
    case NowColumn:
        return RowWords::tr("Now");
    case AnswerColumn:
        return RowWords::tr("Answer");
    case SparkColumn:
        return RowWords::tr("Last hour");
    default:
        return {};
    }
}

} // namespace atalaya::health
