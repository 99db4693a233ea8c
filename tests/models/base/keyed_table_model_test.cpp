// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/keyed_table_model.h"
#include "tests/models/base/base_test.h"

#include <QtCore/QItemSelectionModel>
#include <QtCore/QSortFilterProxyModel>
#include <QtTest/QAbstractItemModelTester>

#include <random>

using namespace atalaya;
using namespace Qt::Literals::StringLiterals;

namespace {

struct KeyedRow
{
    int key = 0;
    QString text;
    bool operator==(const KeyedRow &) const = default;
};

class LetterTableModel final : public KeyedTableModel<KeyedRow, int>
{
public:
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 2; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || role != Qt::DisplayRole)
            return {};
        return index.column() == 0 ? QVariant(row(index.row()).key) : QVariant(row(index.row()).text);
    }

protected:
    int keyOf(const KeyedRow &row) const override { return row.key; }
};

/// What a view would hear, one word a signal.
class SignalLog
{
public:
    explicit SignalLog(QAbstractItemModel &model)
    {
        using Model = QAbstractItemModel;
        QObject::connect(&model, &Model::modelReset, &m_context, [this] { words += u"reset"_s; });
        QObject::connect(&model, &Model::layoutChanged, &m_context, [this] { words += u"layout"_s; });
        QObject::connect(&model, &Model::rowsInserted, &m_context, [this](const QModelIndex &, int first, int last) {
            words += u"insert %1-%2"_s.arg(first).arg(last);
        });
        QObject::connect(&model, &Model::rowsRemoved, &m_context, [this](const QModelIndex &, int first, int last) {
            words += u"remove %1-%2"_s.arg(first).arg(last);
        });
        QObject::connect(&model, &Model::rowsMoved, &m_context,
                         [this](const QModelIndex &, int from, int, const QModelIndex &, int to) {
                             words += u"move %1>%2"_s.arg(from).arg(to);
                         });
        QObject::connect(&model, &Model::dataChanged, &m_context,
                         [this](const QModelIndex &first, const QModelIndex &last) {
                             EXPECT_EQ(first.column(), 0);
                             EXPECT_EQ(last.column(), 1);
                             words += u"change %1-%2"_s.arg(first.row()).arg(last.row());
                         });
    }
    QStringList words;

private:
    QObject m_context;
};

QList<KeyedRow> lettersOf(const QList<int> &keys, const QString &text = u"x"_s)
{
    QList<KeyedRow> rows;
    for (const int key : keys)
        rows.append({key, text});
    return rows;
}

QStringList printedRows(const QAbstractItemModel &model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines += model.index(row, 0).data().toString() + u' ' + model.index(row, 1).data().toString();
    return lines;
}

} // namespace

TEST(KeyedTableModelTest, SignalsTheFewestRows)
{
    LetterTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SignalLog log(model);
    const auto signalsOf = [&](const QList<KeyedRow> &rows) {
        log.words.clear();
        model.reconcile(rows);
        return log.words;
    };
    EXPECT_EQ(signalsOf({}), QStringList());
    EXPECT_EQ(signalsOf(lettersOf({1, 2, 3, 4})), QStringList{u"insert 0-3"_s});
    EXPECT_EQ(signalsOf(lettersOf({1, 2, 3, 4})), QStringList()) << "nothing new, nothing said";
    EXPECT_EQ(signalsOf({{1, u"x"_s}, {2, u"y"_s}, {3, u"y"_s}, {4, u"x"_s}}), QStringList{u"change 1-2"_s});
    EXPECT_EQ(signalsOf({{1, u"z"_s}, {2, u"y"_s}, {3, u"z"_s}, {4, u"x"_s}}),
              (QStringList{u"change 0-0"_s, u"change 2-2"_s}));
    model.reconcile(lettersOf({1, 2, 3, 4}));
    EXPECT_EQ(signalsOf(lettersOf({1, 4})), QStringList{u"remove 1-2"_s});
    EXPECT_EQ(signalsOf(lettersOf({1, 2, 3, 4})), QStringList{u"insert 1-2"_s});
    EXPECT_EQ(signalsOf(lettersOf({4, 1, 2, 3})), QStringList{u"move 3>0"_s});
    EXPECT_EQ(signalsOf(lettersOf({5, 4, 1, 2, 3, 6})), (QStringList{u"insert 0-0"_s, u"insert 5-5"_s}));
    EXPECT_EQ(signalsOf({}), QStringList{u"remove 0-5"_s});
}

TEST(KeyedTableModelTest, OfTwoRowsWithOneKeyTheFirstStays)
{
    LetterTableModel model;
    model.reconcile({{1, u"first"_s}, {2, u"x"_s}, {1, u"second"_s}});
    EXPECT_EQ(printedRows(model), (QStringList{u"1 first"_s, u"2 x"_s}));
    EXPECT_EQ(model.indexOf(2), 1);
    EXPECT_EQ(model.indexOf(3), -1);
}

TEST(KeyedTableModelTest, AnyListToAnyListKeepsSelectionWithItsKey)
{
    std::mt19937 random(2026);
    LetterTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.sort(1);
    const QAbstractItemModelTester sortedTester(&sorted, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SignalLog log(model);
    QItemSelectionModel selection(&model);

    for (int round = 0; round < 600; ++round) {
        // A random subset of a few keys, in random order, with a few texts: every mixture of kept, moved, new, gone,
        // changed.
        QList<KeyedRow> wanted;
        const int keys = 1 + static_cast<int>(random() % 12);
        for (int key = 0; key < keys; ++key) {
            if (random() % 3 != 0)
                wanted.append({key, QString(QChar(u'a' + static_cast<char16_t>(random() % 3)))});
        }
        std::shuffle(wanted.begin(), wanted.end(), random);

        selection.clear();
        QHash<int, QPersistentModelIndex> marked;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (random() % 2 == 0)
                continue;
            selection.select(model.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
            marked.insert(model.row(row).key, model.index(row, 1));
        }
        model.reconcile(wanted);

        ASSERT_EQ(model.rows(), wanted) << "round " << round;
        ASSERT_EQ(sorted.rowCount(), wanted.size());
        QSet<int> wantedKeys;
        for (const KeyedRow &row : std::as_const(wanted))
            wantedKeys.insert(row.key);
        for (auto it = marked.cbegin(); it != marked.cend(); ++it) {
            ASSERT_EQ(it.value().isValid(), wantedKeys.contains(it.key())) << "round " << round;
            if (it.value().isValid()) {
                ASSERT_EQ(model.row(it.value().row()).key, it.key());
            }
        }
        QSet<int> selectedKeys;
        for (const QModelIndex &index : selection.selectedRows())
            selectedKeys.insert(model.row(index.row()).key);
        for (int key = 0; key < keys; ++key)
            ASSERT_EQ(selectedKeys.contains(key), marked.contains(key) && wantedKeys.contains(key))
                << "round " << round;
    }
    EXPECT_FALSE(log.words.contains(u"reset"_s));
    EXPECT_FALSE(log.words.contains(u"layout"_s));
}

TEST(KeyedTableModelTest, TenThousandRowsReconcileInAnyOrder)
{
    LetterTableModel model;
    QList<int> keys(10'000);
    std::iota(keys.begin(), keys.end(), 0);
    model.reconcile(lettersOf(keys));
    std::mt19937 random(5);
    std::shuffle(keys.begin(), keys.end(), random);
    model.reconcile(lettersOf(keys, u"y"_s));
    EXPECT_EQ(model.rows(), lettersOf(keys, u"y"_s));
}
