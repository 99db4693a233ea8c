// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/flag_table_model.h"

namespace atalaya::flags {

using namespace Qt::Literals::StringLiterals;

namespace {

QString onOff(bool value)
{
    return value ? u"on"_s : u"off"_s;
}

QString valueText(FlagValue value)
{
    switch (value) {
    case FlagValue::Off:
        return u"off"_s;
    case FlagValue::On:
        return u"on"_s;
    case FlagValue::Differs:
        return u"differs"_s;
    case FlagValue::NotKnown:
        return u"not known"_s;
    }
    return {};
}

} // namespace

FlagCell flagCell(const QList<Flag> &flags, const QStringList &silent, int instances)
{
    FlagCell cell;
    cell.flags = flags;
    QStringList said;
    int on = 0, off = 0, wanted = 0, wantedOn = 0;
    QList<Flag> last;
    for (const Flag &flag : flags) {
        if (!cell.changedAt || (flag.updatedAt && *flag.updatedAt > *cell.changedAt)) {
            cell.changedAt = flag.updatedAt;
            cell.changedBy = flag.updatedBy;
        }
        if (silent.contains(flag.id.instance)) {
            last.append(flag);
            continue;
        }
        said += flag.id.instance + u' ' + onOff(flag.value);
        ++(flag.value ? on : off);
        if (flag.pendingRestart) {
            ++wanted;
            wantedOn += flag.configuredValue.value_or(!flag.value);
        }
    }
    if (cell.changedBy.isEmpty() && !flags.isEmpty() &&
        std::all_of(flags.begin(), flags.end(), [](const Flag &flag) { return flag.source == u"default"; }))
        cell.changedBy = u"default"_s;
    cell.pendingRestart = wanted;
    const int answering = on + off;
    if (answering == 0) {
        cell.state = last.isEmpty() ? State::Unknown : State::Stale;
        if (!last.isEmpty()) {
            const bool isSame = std::all_of(last.begin(), last.end(),
                                            [&](const Flag &flag) { return flag.value == last.first().value; });
            cell.note = isSame ? u"was "_s + onOff(last.first().value) : u"differed"_s;
        } else {
            cell.note = instances == 0               ? u"not asked"_s
                        : silent.size() >= instances ? u"%1 of %1 instances silent"_s.arg(instances)
                                                     : u"not listed"_s;
        }
        return cell;
    }
    cell.value = on > 0 && off > 0 ? FlagValue::Differs : on > 0 ? FlagValue::On : FlagValue::Off;
    if (cell.value == FlagValue::Differs) {
        cell.state = State::Warning;
        cell.note = said.join(u", "_s);
    } else if (wanted > 0) {
        cell.state = State::Pending;
        cell.note = u"%1 after restart, %2 of %3"_s.arg(wantedOn * 2 >= wanted ? u"on"_s : u"off"_s)
                        .arg(answering - wanted)
                        .arg(answering);
    } else {
        cell.state = State::Ok;
        cell.note = instances == 1 ? u"1 instance"_s : u"%1 of %2 instances agree"_s.arg(answering).arg(instances);
    }
    if (const int missing = instances - answering; missing > 0 && cell.state == State::Ok)
        cell.state = State::Stale;
    else if (missing > 0)
        cell.note += u", %1 silent"_s.arg(missing);
    return cell;
}

FlagTableModel::FlagTableModel(const QList<EnvironmentFlags> &environments, const Clock &clock, QObject *parent)
    : KeyedTableModel(parent), m_environments(environments), m_clock(clock)
{
    for (const EnvironmentFlags &environment : environments)
        connect(environment.store, &FlagStore::changed, this, [this] { rebuild(); });
    connect(&m_second, &QTimer::timeout, this, [this] { tick(); });
    m_second.start(1000);
    rebuild();
}

void FlagTableModel::setSystem(const QString &key)
{
    m_system = key;
    rebuild();
}

void FlagTableModel::setSearch(const QString &text)
{
    m_search = text.trimmed();
    rebuild();
}

void FlagTableModel::tick()
{
    rebuild(); // an instance falls silent by the clock alone
}

QString FlagTableModel::countsText() const
{
    int pending = 0, differs = 0, notKnown = 0;
    for (const FlagRow &row : rows()) {
        const auto any = [&row](auto predicate) { return std::any_of(row.cells.begin(), row.cells.end(), predicate); };
        pending += any([](const FlagCell &cell) { return cell.pendingRestart > 0; });
        differs += any([](const FlagCell &cell) { return cell.value == FlagValue::Differs; });
        notKnown +=
            any([](const FlagCell &cell) { return cell.value == FlagValue::NotKnown && !cell.flags.isEmpty(); });
    }
    QStringList texts{rowCount() == 1 ? u"1 flag"_s : u"%1 flags"_s.arg(rowCount())};
    if (pending > 0)
        texts += u"%1 pending restart"_s.arg(pending);
    if (differs > 0)
        texts += u"%1 differs"_s.arg(differs);
    if (notKnown > 0)
        texts += u"%1 not known"_s.arg(notKnown);
    return texts.join(u", "_s);
}

int FlagTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstEnvironmentColumn + static_cast<int>(m_environments.size());
}

bool FlagTableModel::isShown(const FlagRow &row) const
{
    if (!m_system.isEmpty() && row.system != m_system)
        return false;
    if (m_search.isEmpty())
        return true;
    const auto contains = [this](const QString &text) { return text.contains(m_search, Qt::CaseInsensitive); };
    if (contains(row.name) || contains(row.description))
        return true;
    for (const FlagCell &cell : row.cells) {
        for (const Flag &flag : cell.flags) {
            if (contains(flag.updatedBy) || contains(flag.reason))
                return true;
        }
    }
    return false;
}

void FlagTableModel::rebuild()
{
    const Timestamp now = m_clock.now();
    QStringList order;
    QHash<QString, QList<QList<Flag>>> byRow;
    for (qsizetype e = 0; e < m_environments.size(); ++e) {
        const QList<Flag> flags = m_environments.at(e).store->flags();
        for (const Flag &flag : flags) {
            const QString key = flag.id.system + u'/' + flag.id.name;
            if (!byRow.contains(key)) {
                order += key;
                byRow.insert(key, QList<QList<Flag>>(m_environments.size()));
            }
            byRow[key][e].append(flag);
        }
    }
    QList<FlagRow> rows;
    for (const QString &key : std::as_const(order)) {
        FlagRow row;
        const QList<QList<Flag>> perEnvironment = byRow.value(key);
        for (qsizetype e = 0; e < m_environments.size(); ++e) {
            const QList<Flag> &flags = perEnvironment.at(e);
            for (const Flag &flag : flags) {
                if (!row.name.isEmpty())
                    continue;
                row.system = flag.id.system;
                row.name = flag.id.name;
                row.atRestart = flag.atRestart;
                row.description = flag.description;
                QStringList about;
                if (flag.defaultValue)
                    about += u"default "_s + onOff(*flag.defaultValue);
                if (flag.phase)
                    about += u"phase %1"_s.arg(*flag.phase);
                row.about = about.join(u", "_s);
            }
        }
        for (qsizetype e = 0; e < m_environments.size(); ++e) {
            const FlagStore &store = *m_environments.at(e).store;
            const QStringList instances = store.instancesOf(row.system);
            QStringList silent;
            for (const QString &instance : instances) {
                if (store.instanceFlags(row.system, instance).freshness(now) != Freshness::Live)
                    silent += instance;
            }
            row.cells.append(flagCell(perEnvironment.at(e), silent, static_cast<int>(instances.size())));
        }
        if (isShown(row))
            rows.append(row);
    }
    // A flag that only a later environment knows still stands with its system.
    QStringList systems;
    for (const FlagRow &row : std::as_const(rows)) {
        if (!systems.contains(row.system))
            systems += row.system;
    }
    std::stable_sort(rows.begin(), rows.end(), [&systems](const FlagRow &a, const FlagRow &b) {
        return systems.indexOf(a.system) < systems.indexOf(b.system);
    });
    reconcile(rows);
}

QVariant FlagTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FlagRow &shown = row(index.row());
    const int environment = index.column() - FirstEnvironmentColumn;
    const FlagCell *cell = environment >= 0 ? &shown.cells.at(environment) : nullptr;
    switch (role) {
    case FlagSystemRole:
        return shown.system;
    case FlagNameRole:
        return shown.name;
    case FlagDescriptionRole:
        return shown.description;
    case FlagValueRole:
        return cell ? static_cast<int>(cell->value) : QVariant();
    case FlagsRole:
        return cell ? QVariant::fromValue(cell->flags) : QVariant();
    case FlagStateRole:
        return cell ? static_cast<int>(cell->state) : QVariant();
    case FlagNoteRole:
        return cell ? cell->note : shown.about;
    case FlagChangeRole:
        return cell ? cell->changedBy : QVariant();
    case FlagChangedAtRole:
        return cell && cell->changedAt ? QVariant::fromValue<qint64>(cell->changedAt->time_since_epoch().count())
                                       : QVariant();
    case Qt::ToolTipRole:
        return shown.description;
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    if (cell)
        return u"%1 (%2)"_s.arg(valueText(cell->value), cell->note);
    return index.column() == NameColumn ? shown.name : shown.atRestart ? u"at restart"_s : u"live"_s;
}

QVariant FlagTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (section == NameColumn)
        return u"Flag"_s;
    if (section == ApplyColumn)
        return u"Takes effect"_s;
    return m_environments.value(section - FirstEnvironmentColumn).name;
}

} // namespace atalaya::flags
