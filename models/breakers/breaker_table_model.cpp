// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker_table_model.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::breakers {

namespace {

struct MatrixWords
{
    Q_DECLARE_TR_FUNCTIONS(BreakerMatrix)
};

bool isKnown(const Breaker &breaker)
{
    return breaker.controlLive || breaker.gaugeLive;
}

int urgencyOf(const MatrixRow &row)
{
    int most = 0;
    for (const std::optional<Breaker> &cell : row.cells) {
        if (cell)
            most = std::max(most, urgency(*cell));
    }
    return most;
}

} // namespace

int urgency(const Breaker &breaker)
{
    if (!isKnown(breaker))
        return 1;
    switch (breaker.mode()) {
    case BreakerMode::ForcedOpen:
        return 7;
    case BreakerMode::MetricsOnly:
    case BreakerMode::Bypassed:
        return 5;
    case BreakerMode::Disabled:
        return 4;
    case BreakerMode::Auto:
        break;
    }
    switch (breaker.state()) {
    case BreakerState::Open:
        return 9;
    case BreakerState::HalfOpen:
        return 8;
    case BreakerState::Unknown:
        return 6;
    case BreakerState::Closed:
        break;
    }
    return breaker.differs() ? 3 : 0;
}

MatrixCounts countsOf(const QList<Breaker> &breakers)
{
    MatrixCounts counts;
    QSet<std::pair<QString, QString>> names;
    for (const Breaker &breaker : breakers) {
        ++counts.all;
        names.insert({breaker.id.system, breaker.id.name});
        if (!isKnown(breaker) || breaker.shownState() == State::Unknown)
            ++counts.unknown;
        else if (breaker.shownState() != State::Ok)
            ++counts.notClosed;
    }
    counts.breakers = static_cast<int>(names.size());
    return counts;
}

QList<MatrixRow> matrixRows(const workspace::Environment &environment, const QList<Breaker> &breakers,
                            const QStringList &systemsWithout, MatrixOrder order, const QString &wantedSystem)
{
    struct Block
    {
        QList<MatrixRow> rows;
        int urgency = 0;
    };
    QList<Block> blocks;
    for (const workspace::System &system : environment.systems) {
        if (!wantedSystem.isEmpty() && system.key != wantedSystem)
            continue;
        Block block;
        MatrixRow head;
        head.system = system.key;
        head.title = system.title.isEmpty() ? system.key : system.title;
        for (const workspace::Instance &instance : system.instances)
            head.instances.append(instance.name);

        QList<MatrixRow> rows;
        bool anyKnown = false;
        std::optional<Timestamp> lastHeard;
        for (const Breaker &breaker : breakers) {
            if (breaker.id.system != system.key)
                continue;
            // An instance that only the metric knows gets a column of its own.
            if (!head.instances.contains(breaker.id.instance))
                head.instances.append(breaker.id.instance);
            auto row =
                std::find_if(rows.begin(), rows.end(), [&](const MatrixRow &r) { return r.name == breaker.id.name; });
            if (row == rows.end()) {
                MatrixRow fresh;
                fresh.kind = MatrixRow::Kind::Breaker;
                fresh.system = system.key;
                fresh.name = fresh.title = breaker.id.name;
                rows.append(fresh);
                row = rows.end() - 1;
            }
            const auto column = head.instances.indexOf(breaker.id.instance);
            if (row->cells.size() <= column)
                row->cells.resize(column + 1);
            row->cells[column] = breaker;
            anyKnown = anyKnown || isKnown(breaker);
            if (const auto last = breaker.lastSeen(); last && (!lastHeard || last->second > *lastHeard))
                lastHeard = last->second;
        }
        if (rows.isEmpty()) {
            head.kind = MatrixRow::Kind::Empty;
            head.words = systemsWithout.contains(system.key) ? MatrixWords::tr("declares no breakers")
                                                             : MatrixWords::tr("not answered yet");
            head.instances.clear();
            blocks.append({{head}, -1});
            continue;
        }
        for (MatrixRow &row : rows) {
            row.cells.resize(head.instances.size());
            row.instances = head.instances;
            row.isSilent = !anyKnown;
        }
        head.isSilent = !anyKnown;
        head.lastHeard = anyKnown ? std::nullopt : lastHeard;
        if (order == MatrixOrder::NotClosedFirst)
            std::stable_sort(rows.begin(), rows.end(),
                             [](const MatrixRow &a, const MatrixRow &b) { return urgencyOf(a) > urgencyOf(b); });
        else if (order == MatrixOrder::ByName)
            std::stable_sort(rows.begin(), rows.end(),
                             [](const MatrixRow &a, const MatrixRow &b) { return a.name < b.name; });
        block.rows.append(head);
        for (const MatrixRow &row : std::as_const(rows))
            block.urgency = std::max(block.urgency, urgencyOf(row));
        block.rows.append(rows);
        blocks.append(block);
    }
    if (order == MatrixOrder::NotClosedFirst) {
        // Calm and silent systems keep their configured order; only trouble moves up, and "none" goes last.
        const auto rank = [](const Block &block) { return block.urgency < 0 ? 0 : block.urgency < 3 ? 1 : 2; };
        std::stable_sort(blocks.begin(), blocks.end(),
                         [&](const Block &a, const Block &b) { return rank(a) > rank(b); });
    } else if (order == MatrixOrder::ByName) {
        std::stable_sort(blocks.begin(), blocks.end(),
                         [](const Block &a, const Block &b) { return a.rows.first().title < b.rows.first().title; });
    }
    QList<MatrixRow> all;
    for (const Block &block : std::as_const(blocks))
        all.append(block.rows);
    return all;
}

void BreakerTableModel::show(const QList<MatrixRow> &wanted)
{
    qsizetype instances = 0;
    for (const MatrixRow &row : wanted)
        instances = std::max(instances, row.instances.size());
    if (instances > m_instances) {
        beginInsertColumns({}, m_instances + 1, static_cast<int>(instances));
        m_instances = static_cast<int>(instances);
        endInsertColumns();
    }
    reconcile(wanted);
    if (instances < m_instances) {
        beginRemoveColumns({}, static_cast<int>(instances) + 1, m_instances);
        m_instances = static_cast<int>(instances);
        endRemoveColumns();
    }
}

const Breaker *BreakerTableModel::breakerAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.column() < 1)
        return nullptr;
    const MatrixRow &shown = row(index.row());
    if (index.column() > shown.cells.size() || !shown.cells.at(index.column() - 1))
        return nullptr;
    return &*shown.cells.at(index.column() - 1);
}

QModelIndex BreakerTableModel::indexOfBreaker(const BreakerId &id) const
{
    for (int r = 0; r < rowCount(); ++r) {
        const MatrixRow &shown = row(r);
        if (shown.kind != MatrixRow::Kind::Breaker || shown.system != id.system || shown.name != id.name)
            continue;
        if (const auto at = shown.instances.indexOf(id.instance); at >= 0)
            return index(r, static_cast<int>(at) + 1);
    }
    return {};
}

int BreakerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_instances + 1;
}

QVariant BreakerTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const MatrixRow &shown = row(index.row());
    if (index.column() == 0)
        return shown.title;
    if (shown.kind == MatrixRow::Kind::System)
        return shown.instances.value(index.column() - 1);
    if (shown.kind == MatrixRow::Kind::Empty)
        return index.column() == 1 ? shown.words : QString();
    const Breaker *breaker = breakerAt(index);
    return breaker ? breaker->shownWord() : QString();
}

Qt::ItemFlags BreakerTableModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return breakerAt(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsEnabled;
}

QString BreakerTableModel::keyOf(const MatrixRow &row) const
{
    return row.kind == MatrixRow::Kind::Breaker ? row.system + u'/' + row.name : row.system;
}

} // namespace atalaya::breakers
