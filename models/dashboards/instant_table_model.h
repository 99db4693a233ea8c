// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/keyed_table_model.h"
#include "models/dashboards/dashboard.h"
#include "models/metrics/series.h"

#include <optional>

namespace atalaya::dashboards {

/// The answers of a table panel's queries side by side: one row a label set, one column a label and one a query.
struct InstantRow
{
    QString key; ///< the label set as text
    QStringList labels;
    QList<std::optional<double>> values;

    bool operator==(const InstantRow &) const = default;
};

class InstantTableModel final : public KeyedTableModel<InstantRow, QString>
{
public:
    enum Role
    {
        SortRole = Qt::UserRole + 1
    };
    using KeyedTableModel::KeyedTableModel;

    struct Column
    {
        QString title; ///< of a value column: the query's legend, else "value"
        const metrics::QueryResult *result = nullptr;
    };
    /// `unit` and `valueTexts` are the panel's. A column set that is the same keeps rows and selection.
    void show(const QList<Column> &columns, const QString &unit, const QMap<QString, QString> &valueTexts);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool isValueColumn(int column) const { return column >= m_labelNames.size(); }

protected:
    QString keyOf(const InstantRow &row) const override { return row.key; }

private:
    QStringList m_labelNames, m_valueTitles;
    QString m_unit;
    QMap<QString, QString> m_valueTexts;
};

/// A number as a panel with value mappings shows it: "closed" where 0 is mapped to it, else with its unit.
QString panelValueText(double value, const QString &unit, const QMap<QString, QString> &valueTexts, int digits = 3);

} // namespace atalaya::dashboards
