// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_table_model.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"

#include <QtCore/QMap>

namespace atalaya::health {

using namespace Qt::Literals::StringLiterals;

namespace {

QString minutesText(Milliseconds age)
{
    const qint64 seconds = std::max<qint64>(0, age.count() / 1000);
    return seconds < 60 ? u"%1 s"_s.arg(seconds) : seconds < 3600 ? u"%1 min"_s.arg(seconds / 60) : ageText(age);
}

int rankOf(State state)
{
    switch (state) {
    case State::Critical:
        return 0;
    case State::Unknown:
        return 1;
    case State::Stale:
        return 2;
    case State::Warning:
        return 3;
    default:
        return 4;
    }
}

/// "ready: not_ready on 2", "live: alive": what the further paths say.
QString probeNote(const QString &path, const QList<QString> &words)
{
    QMap<QString, int> counts;
    for (const QString &word : words)
        ++counts[word];
    QStringList texts;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        texts += counts.size() == 1 && *it == words.size() ? it.key() : u"%1 on %2"_s.arg(it.key()).arg(*it);
    return path.section(u'/', -1) + u": "_s + texts.join(u" and "_s);
}

} // namespace

QList<HealthSample> worstStretches(const QList<QList<HealthSample>> &instances)
{
    QMap<Timestamp, QList<std::pair<int, HealthStatus>>> changes;
    for (int i = 0; i < instances.size(); ++i) {
        for (const HealthSample &sample : instances.at(i))
            changes[sample.at].append({i, sample.status});
    }
    QHash<int, HealthStatus> current;
    QList<HealthSample> worst;
    for (auto it = changes.cbegin(); it != changes.cend(); ++it) {
        for (const auto &[instance, status] : *it)
            current[instance] = status;
        HealthStatus status = HealthStatus::Healthy;
        for (const HealthStatus each : std::as_const(current))
            status = worse(status, each);
        if (worst.isEmpty() || worst.last().status != status)
            worst.append({it.key(), status, 0});
    }
    return worst;
}

HealthTableModel::HealthTableModel(const workspace::Environment &environment, const HealthStore &store,
                                   const Clock &clock, const QTimeZone &zone, QObject *parent)
    : KeyedTableModel(parent), m_environment(environment), m_store(store), m_clock(clock), m_zone(zone)
{
    connect(&store, &HealthStore::changed, this, [this] { rebuild(); });
    connect(&m_second, &QTimer::timeout, this, [this] { tick(); });
    m_second.start(1000);
    rebuild();
}

void HealthTableModel::setSystem(const QString &key)
{
    m_system = key;
    rebuild();
}

void HealthTableModel::setInstance(const QString &name)
{
    m_instance = name;
    rebuild();
}

void HealthTableModel::setNotHealthyFirst(bool first)
{
    m_isNotHealthyFirst = first;
    rebuild();
}

void HealthTableModel::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    rebuild();
}

void HealthTableModel::tick()
{
    rebuild(); // an answer grows stale by the clock alone
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, static_cast<int>(HealthColumn::Now)),
                           index(rowCount() - 1, static_cast<int>(HealthColumn::Now)), {Qt::DisplayRole});
}

QString HealthTableModel::countsText() const
{
    int components = 0, notHealthy = 0, notKnown = 0;
    for (const HealthRow &row : rows()) {
        if (row.isGroup)
            continue;
        ++components;
        notHealthy += row.state == State::Critical || row.state == State::Warning;
        notKnown += row.state == State::Unknown || row.state == State::Stale;
    }
    QStringList texts{components == 1 ? u"1 component"_s : u"%1 components"_s.arg(components)};
    if (notHealthy > 0)
        texts += u"%1 not healthy"_s.arg(notHealthy);
    if (notKnown > 0)
        texts += u"%1 not known"_s.arg(notKnown);
    return texts.join(u", "_s);
}

int HealthTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(HealthColumn::Count);
}

void HealthTableModel::rebuild()
{
    QList<QList<HealthRow>> groups;
    for (const workspace::System &system : std::as_const(m_environment.systems)) {
        if (m_system.isEmpty() || m_system == system.key) {
            if (const QList<HealthRow> rows = rowsOf(system); !rows.isEmpty())
                groups.append(rows);
        }
    }
    if (m_isNotHealthyFirst) {
        for (QList<HealthRow> &group : groups)
            std::stable_sort(group.begin() + 1, group.end(),
                             [](const HealthRow &a, const HealthRow &b) { return rankOf(a.state) < rankOf(b.state); });
        std::stable_sort(groups.begin(), groups.end(), [](const QList<HealthRow> &a, const QList<HealthRow> &b) {
            return rankOf(a.first().state) < rankOf(b.first().state);
        });
    }
    QList<HealthRow> rows;
    for (const QList<HealthRow> &group : std::as_const(groups))
        rows.append(group);
    reconcile(rows);
}

QList<HealthRow> HealthTableModel::rowsOf(const workspace::System &system) const
{
    const Timestamp now = m_clock.now();
    HealthRow head;
    head.isGroup = true;
    head.system = system.key;
    QStringList order;
    QHash<QString, HealthRow> components;
    const QList<InstanceId> ids = m_store.instances();
    QList<QList<HealthSample>> stretches;
    QHash<QString, QList<QList<HealthSample>>> componentStretches;
    for (const InstanceId &id : ids) {
        if (id.system != system.key || (!m_instance.isEmpty() && id.instance != m_instance))
            continue;
        const Snapshot<InstanceHealth> snapshot = m_store.health(id);
        InstanceCell cell;
        cell.instance = id.instance;
        cell.freshness = snapshot.freshness(now);
        if (cell.freshness != Freshness::Live && snapshot.data)
            head.staleSince = head.staleSince ? std::min(*head.staleSince, snapshot.fetchedAt) : snapshot.fetchedAt;
        if (snapshot.error)
            cell.detail = snapshot.error->httpStatus >= 400 ? u"HTTP %1"_s.arg(snapshot.error->httpStatus)
                                                            : wordsFor(snapshot.error->kind);
        stretches.append(m_store.stretches(id, {}));
        if (snapshot.data && !snapshot.data->probes.isEmpty()) {
            const ProbeReport &first = snapshot.data->probes.first();
            cell.status = snapshot.data->status;
            cell.word = first.word.isEmpty() ? statusWord(first.status) : first.word;
            cell.latencyMs = first.latencyMs;
            for (const ComponentHealth &component : first.components) {
                if (!components.contains(component.name)) {
                    order += component.name;
                    components[component.name].system = system.key;
                    components[component.name].component = component.name;
                }
                InstanceCell part{id.instance,      component.status,    component.word,
                                  component.detail, component.latencyMs, cell.freshness};
                if (part.word.isEmpty())
                    part.word = statusWord(part.status);
                HealthRow &row = components[component.name];
                row.instances.append(part);
                if (cell.freshness != Freshness::Live)
                    row.staleSince =
                        row.staleSince ? std::min(*row.staleSince, snapshot.fetchedAt) : snapshot.fetchedAt;
                componentStretches[component.name].append(m_store.stretches(id, component.name));
            }
        }
        head.instances.append(cell);
    }
    if (head.instances.isEmpty())
        return {};
    sum(head);
    head.stretches = worstStretches(stretches);
    head.note = noteOf(system, head.instances);
    QList<HealthRow> rows{head};
    for (const QString &name : std::as_const(order)) {
        HealthRow row = components.value(name);
        sum(row);
        row.stretches = worstStretches(componentStretches.value(name));
        rows.append(row);
    }
    return rows;
}

void HealthTableModel::sum(HealthRow &row) const
{
    const auto all = row.instances.size();
    const auto silent = std::count_if(row.instances.begin(), row.instances.end(),
                                      [](const InstanceCell &cell) { return cell.freshness != Freshness::Live; });
    HealthStatus status = HealthStatus::Healthy;
    for (const InstanceCell &cell : std::as_const(row.instances))
        status = worse(status, cell.now());
    const bool hasAnswer = std::any_of(row.instances.begin(), row.instances.end(),
                                       [](const InstanceCell &cell) { return cell.freshness == Freshness::Stale; });
    row.state = stateOf(status);
    if (silent == all)
        row.state = hasAnswer ? State::Stale : State::Unknown;
    // The instance that speaks for the row: of those with the row's status the slowest.
    const InstanceCell *speaker = &row.instances.first();
    for (const InstanceCell &cell : std::as_const(row.instances)) {
        const bool isIts = silent == all ? cell.freshness == Freshness::Stale : cell.now() == status;
        const bool wasIts = silent == all ? speaker->freshness == Freshness::Stale : speaker->now() == status;
        if (isIts && (!wasIts || cell.latencyMs.value_or(0) > speaker->latencyMs.value_or(0)))
            speaker = &cell;
    }
    if (speaker->latencyMs)
        row.answer = quantity(*speaker->latencyMs, u"ms"_s).joined();
    else
        row.answer = speaker->detail.section(u", "_s, 0, 0).left(24);
    row.latencies = m_store.history({row.system, speaker->instance}, row.isGroup ? QString() : row.component);
    const auto same = std::count_if(row.instances.begin(), row.instances.end(),
                                    [&](const InstanceCell &cell) { return cell.now() == status; });
    if (!row.isGroup) {
        row.word = silent == all                                   ? u"was "_s + speaker->word
                   : status == HealthStatus::Unknown && silent > 0 ? u"not known on %1 of %2"_s.arg(silent).arg(all)
                                                                   : speaker->word;
        return;
    }
    if (silent == all) {
        row.word = hasAnswer ? u"Stale"_s : u"Not known"_s;
        return;
    }
    QString word = status == HealthStatus::Unknown ? u"not known"_s : statusWord(status);
    word[0] = word.at(0).toUpper();
    row.word = u"%1 on %2 of %3"_s.arg(word).arg(same).arg(all);
}

QString HealthTableModel::noteOf(const workspace::System &system, const QList<InstanceCell> &instances) const
{
    const Timestamp now = m_clock.now();
    QStringList notes;
    int silent = 0;
    std::optional<Timestamp> silentSince;
    QString reason;
    QMap<QString, QStringList> instanceNotes;
    QHash<QString, QStringList> probeWords;
    QStringList paths;
    for (const InstanceCell &cell : instances) {
        const Snapshot<InstanceHealth> snapshot = m_store.health({system.key, cell.instance});
        if (snapshot.error) {
            ++silent;
            reason = snapshot.error->httpStatus >= 400 ? u"answer HTTP %1"_s.arg(snapshot.error->httpStatus)
                                                       : wordsFor(snapshot.error->kind);
            if (snapshot.error->kind == ErrorKind::Timeout)
                reason = u"time out"_s;
            silentSince = silentSince ? std::min(*silentSince, snapshot.failingSince) : snapshot.failingSince;
        }
        if (!snapshot.data || snapshot.freshness(now) != Freshness::Live)
            continue;
        if (!snapshot.data->note.isEmpty())
            instanceNotes[snapshot.data->note] += cell.instance;
        for (const ProbeReport &probe : snapshot.data->probes.mid(1)) {
            if (!paths.contains(probe.path))
                paths += probe.path;
            QString word = probe.word.isEmpty() ? statusWord(probe.status) : probe.word;
            if (word.contains(u": "))
                word = word.section(u": "_s, 1);
            probeWords[probe.path] += word;
        }
    }
    if (silent > 0)
        notes += u"%1 of %2 probes %3 since %4"_s.arg(silent)
                     .arg(instances.size())
                     .arg(reason, clockText(*silentSince, m_zone));
    for (auto it = instanceNotes.cbegin(); it != instanceNotes.cend(); ++it)
        notes += u"%1: %2"_s.arg(it->join(u", "_s), it.key());
    for (const QString &path : std::as_const(paths))
        notes += probeNote(path, probeWords.value(path));
    for (const InstanceCell &cell : instances) {
        const Snapshot<StartupReport> startup = m_store.startup({system.key, cell.instance});
        if (!startup.data)
            continue;
        const auto passed = std::count_if(startup.data->checks.begin(), startup.data->checks.end(),
                                          [](const StartupCheck &check) { return check.status == u"pass"; });
        notes += startup.data->status == u"skipped" ? u"start-up: skipped"_s
                                                    : u"start-up: %1, %2 of %3 checks"_s.arg(startup.data->status)
                                                          .arg(passed)
                                                          .arg(startup.data->checks.size());
        break;
    }
    return notes.join(u", "_s);
}

QVariant HealthTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HealthRow &shown = row(index.row());
    const auto column = static_cast<HealthColumn>(index.column());
    switch (role) {
    case HealthIsGroupRole:
        return shown.isGroup;
    case HealthSystemRole:
        return shown.system;
    case HealthComponentRole:
        return shown.component;
    case HealthStateRole:
        return static_cast<int>(shown.state);
    case HealthInstancesRole:
        return QVariant::fromValue(shown.instances);
    case HealthNoteRole:
        return shown.note;
    case HealthStretchesRole:
        return QVariant::fromValue(shown.stretches);
    case HealthLatencyRole:
        return QVariant::fromValue(shown.latencies);
    case Qt::TextAlignmentRole:
        return static_cast<int>((column == HealthColumn::Answer ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (column) {
    case HealthColumn::Component:
        return shown.isGroup ? shown.system : shown.component;
    case HealthColumn::Now:
        if (shown.isGroup && shown.state == State::Stale && shown.staleSince)
            return u"Stale, "_s + minutesText(m_clock.now() - *shown.staleSince);
        return shown.word;
    case HealthColumn::Answer:
        return shown.isGroup ? QVariant() : shown.answer;
    case HealthColumn::Stretches:
        return shown.isGroup ? QVariant(shown.note) : QVariant();
    case HealthColumn::Latency:
    case HealthColumn::Count:
        break;
    }
    return {};
}

QVariant HealthTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (static_cast<HealthColumn>(section)) {
    case HealthColumn::Component:
        return u"Component"_s;
    case HealthColumn::Now:
        return u"Now"_s;
    case HealthColumn::Answer:
        return u"Answer"_s;
    case HealthColumn::Stretches:
        return u"Over time"_s;
    case HealthColumn::Latency:
        return u"Answer time"_s;
    case HealthColumn::Count:
        break;
    }
    return {};
}

} // namespace atalaya::health
