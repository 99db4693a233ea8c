// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QSet>

#include <algorithm>
#include <limits>
#include <utility>

namespace atalaya {

/// A flat table whose rows have keys. `reconcile` brings it to a new list with the fewest row signals (removals, moves,
/// insertions, dataChanged), never a reset, so that selection, current cell and scroll position survive a refresh.
/// Where it would take hundreds of signals (another sorting or filter of a long list) it takes layoutChanged and four
/// signals instead. Row needs operator==; Key needs qHash. Subclasses say what a cell shows; no Q_OBJECT (a template
/// cannot have one).
template <typename Row, typename Key>
class KeyedTableModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    const Row &row(int index) const { return m_rows.at(index); }
    const QList<Row> &rows() const { return m_rows; }
    /// The row that holds `key`, or -1.
    int indexOf(const Key &key) const
    {
        for (int i = 0; i < m_rows.size(); ++i) {
            if (keyOf(m_rows.at(i)) == key)
                return i;
        }
        return -1;
    }

    /// Rows in the order they are to stand. Keys must be unique; of two rows with one key the first is kept.
    void reconcile(const QList<Row> &wanted)
    {
        QHash<Key, int> wantedAt;
        QList<Row> target;
        target.reserve(wanted.size());
        for (const Row &row : wanted) {
            const Key key = keyOf(row);
            if (wantedAt.contains(key))
                continue;
            wantedAt.insert(key, static_cast<int>(target.size()));
            target.append(row);
        }

        if (breaksBetween(target) > breaksBeforeLayout)
            reconcileByLayout(target, wantedAt);

        for (int last = static_cast<int>(m_rows.size()) - 1; last >= 0; --last) {
            if (wantedAt.contains(keyOf(m_rows.at(last))))
                continue;
            int first = last;
            while (first > 0 && !wantedAt.contains(keyOf(m_rows.at(first - 1))))
                --first;
            beginRemoveRows({}, first, last);
            m_rows.remove(first, last - first + 1);
            endRemoveRows();
            last = first;
        }

        QSet<Key> present;
        for (const Row &row : std::as_const(m_rows))
            present.insert(keyOf(row));

        int changedFrom = -1;
        const auto flushChanges = [&](int end) {
            if (changedFrom >= 0)
                Q_EMIT dataChanged(index(changedFrom, 0), index(end, columnCount() - 1));
            changedFrom = -1;
        };
        for (int at = 0; at < target.size();) {
            const Key key = keyOf(target.at(at));
            if (at < m_rows.size() && keyOf(m_rows.at(at)) == key) {
                if (m_rows.at(at) == target.at(at)) {
                    flushChanges(at - 1);
                } else {
                    m_rows[at] = target.at(at);
                    if (changedFrom < 0)
                        changedFrom = at;
                }
                ++at;
                continue;
            }
            flushChanges(at - 1);
            if (present.contains(key)) {
                int from = at + 1;
                while (keyOf(m_rows.at(from)) != key)
                    ++from;
                beginMoveRows({}, from, from, {}, at);
                m_rows.move(from, at);
                endMoveRows();
                continue;
            }
            int end = at + 1;
            while (end < target.size() && !present.contains(keyOf(target.at(end))))
                ++end;
            beginInsertRows({}, at, end - 1);
            m_rows.insert(at, end - at, Row{});
            for (int i = at; i < end; ++i)
                m_rows[i] = target.at(i);
            endInsertRows();
            at = end;
        }
        flushChanges(static_cast<int>(target.size()) - 1);
    }

protected:
    virtual Key keyOf(const Row &row) const = 0;

private:
    static constexpr int breaksBeforeLayout = 200;

    /// How many runs the two lists fall into: about as many signals as going from one to the other row by row would
    /// take.
    int breaksBetween(const QList<Row> &target) const
    {
        QHash<Key, Key> successor;
        successor.reserve(m_rows.size());
        for (qsizetype i = 1; i < m_rows.size(); ++i)
            successor.insert(keyOf(m_rows.at(i - 1)), keyOf(m_rows.at(i)));
        int breaks = 0;
        for (qsizetype i = 1; i < target.size(); ++i) {
            const auto next = successor.constFind(keyOf(target.at(i - 1)));
            breaks += next == successor.constEnd() || *next != keyOf(target.at(i));
        }
        // New rows that stand together at the end of everything are one run, whatever their number.
        return m_rows.isEmpty() ? 0 : breaks;
    }

    /// Brings the kept rows into their order and the rest out of the way in a layout change each, and adds what is new.
    void reconcileByLayout(const QList<Row> &target, const QHash<Key, int> &wantedAt)
    {
        const auto kept = static_cast<int>(
            std::count_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return wantedAt.contains(keyOf(row)); }));
        sortRows([&](const Row &row) { return wantedAt.value(keyOf(row), std::numeric_limits<int>::max()); });
        if (kept < m_rows.size()) {
            beginRemoveRows({}, kept, static_cast<int>(m_rows.size()) - 1);
            m_rows.remove(kept, m_rows.size() - kept);
            endRemoveRows();
        }
        if (kept < target.size()) {
            QSet<Key> present;
            for (const Row &row : std::as_const(m_rows))
                present.insert(keyOf(row));
            beginInsertRows({}, kept, static_cast<int>(target.size()) - 1);
            for (const Row &row : target) {
                if (!present.contains(keyOf(row)))
                    m_rows.append(row);
            }
            endInsertRows();
            sortRows([&](const Row &row) { return wantedAt.value(keyOf(row)); });
        }
    }

    template <typename Place>
    void sortRows(Place placeOf)
    {
        QList<std::pair<int, int>> order; ///< where a row goes, where it was
        order.reserve(m_rows.size());
        for (int i = 0; i < m_rows.size(); ++i)
            order.append({placeOf(m_rows.at(i)), i});
        if (std::is_sorted(order.begin(), order.end()))
            return;
        Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        std::sort(order.begin(), order.end());
        QList<Row> sorted;
        sorted.reserve(m_rows.size());
        QList<int> now(m_rows.size());
        for (int i = 0; i < order.size(); ++i) {
            sorted.append(std::move(m_rows[order.at(i).second]));
            now[order.at(i).second] = i;
        }
        m_rows = std::move(sorted);
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        for (const QModelIndex &old : before)
            after.append(index(now.at(old.row()), old.column()));
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }

    QList<Row> m_rows;
};

} // namespace atalaya
