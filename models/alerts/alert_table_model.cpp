// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_table_model.h"

#include "models/base/time_text.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

int rankOf(State state)
{
    switch (state) {
    case State::Critical:
        return 0;
    case State::Warning:
        return 1;
    case State::Pending:
        return 2;
    default:
        return 3;
    }
}

} // namespace

QString AlertTableModel::countsOf(const QList<SharedAlert> &alerts)
{
    QMap<AlertState, int> counts;
    for (const SharedAlert &alert : alerts)
        ++counts[alert->state];
    QStringList texts;
    for (const AlertState state :
         {AlertState::Firing, AlertState::Pending, AlertState::Silenced, AlertState::Inhibited}) {
        if (const int n = counts.value(state); n > 0)
            texts += u"%1 %2"_s.arg(n).arg(stateWord(state));
    }
    return texts.join(u", "_s);
}

AlertTableModel::AlertTableModel(const AlertStore &store, const Clock &clock, QObject *parent)
    : KeyedTableModel(parent), m_store(store), m_clock(clock)
{
    connect(&store, &AlertStore::changed, this, [this] { take(); });
    connect(&m_second, &QTimer::timeout, this, [this] { tick(); });
    m_second.start(1000);
    take();
}

void AlertTableModel::setMatchers(const QList<Matcher> &matchers)
{
    m_matchers = matchers;
    rebuild();
}

void AlertTableModel::setStates(const QSet<AlertState> &states)
{
    m_states = states;
    rebuild();
}

void AlertTableModel::setGroupLabel(const QString &label)
{
    if (label == m_groupLabel)
        return;
    m_groupLabel = label;
    m_collapsed.clear();
    rebuild();
}

void AlertTableModel::setCollapsed(const QString &group, bool collapsed)
{
    if (collapsed)
        m_collapsed.insert(group);
    else
        m_collapsed.remove(group);
    rebuild();
}

void AlertTableModel::tick()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, static_cast<int>(AlertColumn::Note)),
                           index(rowCount() - 1, static_cast<int>(AlertColumn::Age)), {Qt::DisplayRole});
}

int AlertTableModel::firingCount() const
{
    return static_cast<int>(std::count_if(m_shown.begin(), m_shown.end(),
                                          [](const SharedAlert &alert) { return alert->state == AlertState::Firing; }));
}

int AlertTableModel::pendingCount() const
{
    return static_cast<int>(std::count_if(
        m_shown.begin(), m_shown.end(), [](const SharedAlert &alert) { return alert->state == AlertState::Pending; }));
}

QString AlertTableModel::countsText() const
{
    const QString text = u"%1 firing, %2 pending"_s.arg(firingCount()).arg(pendingCount());
    return m_store.silentSources().isEmpty() ? text : u"at least "_s + text;
}

int AlertTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(AlertColumn::Count);
}

QList<Alert> AlertTableModel::shownAlerts() const
{
    QList<Alert> alerts;
    alerts.reserve(m_shown.size());
    for (const SharedAlert &alert : m_shown)
        alerts.append(*alert);
    return alerts;
}

AlertRow AlertTableModel::rowFor(const SharedAlert &shared) const
{
    const Alert &alert = *shared;
    AlertRow row;
    row.alert = shared;
    row.state = stateOf(alert);
    row.group = labelValue(alert.labels, m_groupLabel);
    switch (alert.state) {
    case AlertState::Pending:
        row.note = u"fires in"_s;
        row.noteUntil = alert.firesAt;
        break;
    case AlertState::Silenced:
        row.note = u"silenced"_s;
        for (const QString &id : alert.silencedBy) {
            const auto it = m_silences.constFind(id);
            if (it == m_silences.constEnd())
                continue;
            row.note = u"silenced by "_s + (it->createdBy.isEmpty() ? u"nobody named"_s : it->createdBy);
            row.noteUntil = it->endsAt;
            break;
        }
        break;
    case AlertState::Inhibited: {
        QStringList causes;
        for (const QString &fingerprint : alert.inhibitedBy)
            causes += m_names.value(fingerprint, fingerprint);
        causes.removeDuplicates();
        row.note = causes.isEmpty() ? u"inhibited"_s : u"inhibited by "_s + causes.join(u", "_s);
        break;
    }
    case AlertState::Firing:
        if (alert.receivers.isEmpty() && m_store.hasLiveAlertmanager())
            row.note = u"in no Alertmanager"_s;
        break;
    }
    return row;
}

void AlertTableModel::take()
{
    QHash<QString, SharedAlert> before;
    for (const SharedAlert &alert : std::as_const(m_all))
        before.insert(alert->fingerprint, alert);
    m_all.clear();
    m_names.clear();
    m_silences.clear();
    const QList<Alert> alerts = m_store.alerts();
    for (const Alert &alert : alerts) {
        // What did not change stays the same object: most alerts of a long list do not change from read to read.
        const SharedAlert known = before.value(alert.fingerprint);
        m_all.append(known && *known == alert ? known : std::make_shared<const Alert>(alert));
        m_names.insert(alert.fingerprint, alert.name);
    }
    const QList<Silence> silences = m_store.silences();
    for (const Silence &silence : silences)
        m_silences.insert(silence.id, silence);
    rebuild();
}

void AlertTableModel::rebuild()
{
    m_shown.clear();
    for (const SharedAlert &alert : std::as_const(m_all)) {
        if ((m_states.isEmpty() || m_states.contains(alert->state)) && matchesAll(m_matchers, alert->labels))
            m_shown.append(alert);
    }
    QList<AlertRow> rows;
    if (m_groupLabel.isEmpty()) {
        for (const SharedAlert &alert : std::as_const(m_shown))
            rows.append(rowFor(alert));
        reconcile(rows);
        return;
    }

    QMap<QString, QList<SharedAlert>> groups;
    for (const SharedAlert &alert : std::as_const(m_shown))
        groups[labelValue(alert->labels, m_groupLabel)].append(alert);
    QList<AlertRow> heads;
    for (auto it = groups.cbegin(); it != groups.cend(); ++it) {
        AlertRow head;
        head.isGroup = true;
        head.group = it.key();
        head.counts = countsOf(it.value());
        head.isCollapsed = m_collapsed.contains(it.key());
        for (const SharedAlert &alert : it.value()) {
            if (rankOf(stateOf(*alert)) < rankOf(head.state))
                head.state = stateOf(*alert);
        }
        heads.append(head);
    }
    std::stable_sort(heads.begin(), heads.end(),
                     [](const AlertRow &a, const AlertRow &b) { return rankOf(a.state) < rankOf(b.state); });
    for (const AlertRow &head : std::as_const(heads)) {
        rows.append(head);
        if (head.isCollapsed)
            continue;
        const QList<SharedAlert> members = groups.value(head.group);
        for (const SharedAlert &alert : members)
            rows.append(rowFor(alert));
    }
    reconcile(rows);
}

QString AlertTableModel::noteText(const AlertRow &row) const
{
    if (!row.noteUntil)
        return row.alert->state == AlertState::Pending ? u"fires later"_s : row.note;
    const Milliseconds left = *row.noteUntil - m_clock.now();
    if (row.alert->state == AlertState::Pending)
        return left > Milliseconds(0) ? row.note + u' ' + ageText(left) : u"fires at the next evaluation"_s;
    return left > Milliseconds(0) ? u"%1, %2 left"_s.arg(row.note, ageText(left)) : row.note;
}

QVariant AlertTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AlertRow &shown = row(index.row());
    switch (role) {
    case IsGroupRole:
        return shown.isGroup;
    case AlertRole:
        return shown.isGroup ? QVariant() : QVariant::fromValue(*shown.alert);
    case StateRole:
        return static_cast<int>(shown.state);
    case GroupRole:
        return shown.group;
    case IsCollapsedRole:
        return shown.isCollapsed;
    case CountsRole:
        return shown.counts;
    case KeyRole:
        return keyOf(shown);
    default:
        break;
    }
    const auto column = static_cast<AlertColumn>(index.column());
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((column == AlertColumn::Age ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (shown.isGroup) {
        if (column == AlertColumn::Alert)
            return shown.group.isEmpty() ? u"no %1"_s.arg(m_groupLabel) : shown.group;
        return column == AlertColumn::Summary ? QVariant(shown.counts) : QVariant();
    }
    switch (column) {
    case AlertColumn::Alert:
        return shown.alert->name.isEmpty() ? u"(no alertname)"_s : shown.alert->name;
    case AlertColumn::Summary:
        return shown.alert->summary();
    case AlertColumn::Component:
        return labelValue(shown.alert->labels, u"component"_s);
    case AlertColumn::Note:
        return noteText(shown);
    case AlertColumn::Age:
        return ageText(m_clock.now() - shown.alert->startsAt);
    case AlertColumn::Count:
        break;
    }
    return {};
}

QVariant AlertTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (static_cast<AlertColumn>(section)) {
    case AlertColumn::Alert:
        return u"Alert"_s;
    case AlertColumn::Summary:
        return u"Summary"_s;
    case AlertColumn::Component:
        return u"Component"_s;
    case AlertColumn::Note:
        return u"Note"_s;
    case AlertColumn::Age:
        return u"Age"_s;
    case AlertColumn::Count:
        break;
    }
    return {};
}

} // namespace atalaya::alerts
