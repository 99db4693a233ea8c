// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QSet>

namespace atalaya {

/// A flat table whose rows have keys. `reconcile` brings it to a new list with the fewest row signals (removals, moves,
/// insertions, dataChanged), never a reset, so that selection, current cell and scroll position survive a refresh.
/// Row needs operator==; Key needs qHash. Subclasses say what a cell shows; no Q_OBJECT (a template cannot have one).
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
    QList<Row> m_rows;
};

} // namespace atalaya
