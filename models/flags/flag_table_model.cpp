// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/flag_table_model.h"

#include "models/base/time_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::flags {

namespace {

struct FlagWords
{
    Q_DECLARE_TR_FUNCTIONS(FlagRows)
};

QString onOff(bool value)
{
    return value ? FlagWords::tr("on") : FlagWords::tr("off");
}

bool matches(const FlagLine &row, const QString &search)
{
    if (search.isEmpty() || row.name.contains(search, Qt::CaseInsensitive))
        return true;
    return std::any_of(row.perInstance.cbegin(), row.perInstance.cend(), [&](const Flag &flag) {
        return flag.updatedBy.contains(search, Qt::CaseInsensitive) ||
               flag.reason.contains(search, Qt::CaseInsensitive) ||
               flag.description.contains(search, Qt::CaseInsensitive);
    });
}

} // namespace

const Flag *FlagLine::newest() const
{
    const Flag *found = nullptr;
    for (const Flag &flag : perInstance) {
        if (!found || (flag.updatedAt && (!found->updatedAt || *flag.updatedAt > *found->updatedAt)))
            found = &flag;
    }
    return found;
}

QList<FlagLine> flagRows(const workspace::Environment &environment, const FlagStore &store, Timestamp now,
                         const QString &wantedSystem, const QString &search)
{
    const QList<Flag> all = store.flags();
    QList<QList<FlagLine>> blocks;
    for (const workspace::System &system : environment.systems) {
        if (!system.flags || (!wantedSystem.isEmpty() && system.key != wantedSystem))
            continue;
        QStringList silent;
        for (const workspace::Instance &instance : system.instances) {
            const Freshness freshness = store.instanceFlags(system.key, instance.name).freshness(now);
            if (freshness == Freshness::Stale || freshness == Freshness::Unreachable)
                silent.append(instance.name);
        }
        QList<FlagLine> rows;
        for (const Flag &flag : all) {
            if (flag.id.system != system.key)
                continue;
            auto row =
                std::find_if(rows.begin(), rows.end(), [&](const FlagLine &r) { return r.name == flag.id.name; });
            if (row == rows.end()) {
                FlagLine fresh;
                fresh.system = system.key;
                fresh.name = fresh.title = flag.id.name;
                fresh.instances = static_cast<int>(system.instances.size());
                fresh.silent = silent;
                rows.append(fresh);
                row = rows.end() - 1;
            }
            row->perInstance.append(flag);
        }
        for (FlagLine &row : rows) {
            bool anyOn = false, anyOff = false;
            for (const Flag &flag : std::as_const(row.perInstance)) {
                if (row.silent.contains(flag.id.instance))
                    continue;
                (flag.value ? anyOn : anyOff) = true;
                if (flag.pendingRestart) {
                    ++row.pendingRestart;
                    row.pendingValue = flag.configuredValue.value_or(!flag.value);
                }
            }
            row.value = anyOn && anyOff ? FlagLine::Value::Differs
                        : anyOn         ? FlagLine::Value::On
                        : anyOff        ? FlagLine::Value::Off
                                        : FlagLine::Value::Unknown;
        }
        rows.erase(std::remove_if(rows.begin(), rows.end(), [&](const FlagLine &row) { return !matches(row, search); }),
                   rows.end());
        if (!rows.isEmpty())
            blocks.append(rows);
    }
    QList<FlagLine> shown;
    for (const QList<FlagLine> &rows : std::as_const(blocks)) {
        if (blocks.size() > 1) {
            FlagLine head;
            head.isSystem = true;
            head.system = rows.first().system;
            head.title = head.system;
            for (const workspace::System &system : environment.systems) {
                if (system.key == head.system && !system.title.isEmpty())
                    head.title = system.title;
            }
            shown.append(head);
        }
        shown.append(rows);
    }
    return shown;
}

FlagCounts countsOf(const QList<FlagLine> &rows)
{
    FlagCounts counts;
    for (const FlagLine &row : rows) {
        if (row.isSystem)
            continue;
        ++counts.flags;
        counts.pendingRestart += row.pendingRestart > 0 ? 1 : 0;
        counts.differ += row.value == FlagLine::Value::Differs ? 1 : 0;
        counts.unknown += row.value == FlagLine::Value::Unknown || !row.silent.isEmpty() ? 1 : 0;
    }
    return counts;
}

QString perInstanceText(const FlagLine &row)
{
    QStringList parts;
    for (const Flag &flag : row.perInstance)
        parts.append(flag.id.instance + u' ' + onOff(flag.value));
    return parts.join(u", "_s);
}

FlagVerdict verdictOf(const FlagLine &row)
{
    if (row.value == FlagLine::Value::Unknown)
        return {FlagWords::tr("not known, was %1").arg(perInstanceText(row)), State::Stale, false};
    if (!row.silent.isEmpty())
        return {FlagWords::tr("not known on %1").arg(row.silent.join(u", "_s)), State::Stale, false};
    if (row.value == FlagLine::Value::Differs)
        return {perInstanceText(row), State::Warning, false};
    if (row.pendingRestart > 0)
        return {FlagWords::tr("%1 after restart, %2 of %3")
                    .arg(onOff(row.pendingValue))
                    .arg(row.instances - row.pendingRestart)
                    .arg(row.instances),
                State::Pending, true};
    const auto answered = row.perInstance.size();
    if (answered < row.instances)
        return {FlagWords::tr("%1 of %2 instances have it").arg(answered).arg(row.instances), State::Warning, false};
    if (row.instances == 1)
        return {FlagWords::tr("its only instance has it"), State::Ok, false};
    return {FlagWords::tr("%1 of %2 instances agree").arg(answered).arg(row.instances), State::Ok, false};
}

QString valueWord(FlagLine::Value value)
{
    switch (value) {
    case FlagLine::Value::On:
        return onOff(true);
    case FlagLine::Value::Off:
        return onOff(false);
    case FlagLine::Value::Differs:
        return FlagWords::tr("differs");
    case FlagLine::Value::Unknown:
        break;
    }
    return FlagWords::tr("unknown");
}

QString changedText(const FlagLine &row, Timestamp now, const QTimeZone &zone)
{
    const Flag *flag = row.newest();
    if (!flag)
        return {};
    if (flag->source == u"default" && !flag->updatedAt)
        return FlagWords::tr("default");
    QStringList parts;
    if (!flag->updatedBy.isEmpty())
        parts.append(flag->updatedBy);
    if (flag->updatedAt)
        parts.append(whenText(*flag->updatedAt, now, zone));
    if (parts.isEmpty() && !flag->source.isEmpty())
        parts.append(FlagWords::tr("from %1").arg(flag->source));
    return parts.isEmpty() ? FlagWords::tr("who is not known") : parts.join(u", "_s);
}

QVariant FlagTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const FlagLine &shown = row(index.row());
    const Flag *newest = shown.newest();
    if (role == Qt::ToolTipRole) {
        switch (index.column()) {
        case ValueColumn:
            return shown.isSystem
                       ? QString()
                       : verdictOf(shown).words + u'\n' +
                             FlagWords::tr("Shown only: this console reads flags, it does not set them yet.");
        case ReasonColumn:
            return newest ? newest->reason : QString();
        case EffectColumn:
            return newest ? (newest->atRestart ? FlagWords::tr("A change takes effect when the service restarts")
                                               : FlagWords::tr("A change takes effect at once"))
                          : QString();
        default:
            return newest && !newest->description.isEmpty() ? newest->description : shown.title;
        }
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return shown.title;
    case EffectColumn:
        return newest ? (newest->atRestart ? FlagWords::tr("at restart") : FlagWords::tr("live")) : QString();
    case ValueColumn:
        return shown.isSystem ? QString() : valueWord(shown.value);
    case ReasonColumn:
        return newest ? newest->reason : QString();
    default:
        return {};
    }
}

QVariant FlagTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return FlagWords::tr("Flag");
    case EffectColumn:
        return FlagWords::tr("Takes effect");
    case ValueColumn:
        return m_environment;
    case ReasonColumn:
        return FlagWords::tr("Why");
    default:
        return {};
    }
}

Qt::ItemFlags FlagTableModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return index.isValid() && row(index.row()).isSystem ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace atalaya::flags
