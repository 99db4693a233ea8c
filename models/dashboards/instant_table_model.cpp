// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dashboards/instant_table_model.h"

#include "models/base/quantity.h"

#include <QtCore/QLocale>

#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

QString panelValueText(double value, const QString &unit, const QMap<QString, QString> &valueTexts, int digits)
{
    if (!valueTexts.isEmpty()) {
        const auto mapped = valueTexts.constFind(QString::number(value, 'g', QLocale::FloatingPointShortest));
        if (mapped != valueTexts.constEnd())
            return *mapped;
    }
    return quantity(value, unit, digits).joined();
}

void InstantTableModel::show(const QList<Column> &columns, const QString &unit,
                             const QMap<QString, QString> &valueTexts)
{
    QStringList names, titles;
    for (const Column &column : columns) {
        titles.append(column.title);
        if (!column.result)
            continue;
        for (const metrics::Series &series : column.result->series) {
            for (const auto &[name, value] : series.labels) {
                if (name != u"__name__" && !names.contains(name))
                    names.append(name);
            }
        }
    }
    names.sort();

    QMap<QString, InstantRow> rows;
    QStringList order;
    for (int i = 0; i < columns.size(); ++i) {
        if (!columns.at(i).result)
            continue;
        for (const metrics::Series &series : columns.at(i).result->series) {
            Labels identity = series.labels;
            identity.erase(u"__name__"_s);
            const QString key = labelsText(identity);
            if (!rows.contains(key)) {
                InstantRow row{key, {}, QList<std::optional<double>>(columns.size())};
                for (const QString &name : std::as_const(names))
                    row.labels.append(labelValue(identity, name));
                rows.insert(key, row);
                order.append(key);
            }
            if (!series.values.empty())
                rows[key].values[i] = series.values.back();
        }
    }

    m_unit = unit;
    m_valueTexts = valueTexts;
    if (names != m_labelNames || titles != m_valueTitles) {
        // Other columns make another table: rows of the old one mean nothing in it.
        reconcile({});
        if (const int old = columnCount(); old > 0) {
            beginRemoveColumns({}, 0, old - 1);
            m_labelNames.clear();
            m_valueTitles.clear();
            endRemoveColumns();
        }
        if (!names.isEmpty() || !titles.isEmpty()) {
            beginInsertColumns({}, 0, static_cast<int>(names.size() + titles.size()) - 1);
            m_labelNames = names;
            m_valueTitles = titles;
            endInsertColumns();
        }
    }
    QList<InstantRow> wanted;
    for (const QString &key : std::as_const(order))
        wanted.append(rows.value(key));
    reconcile(wanted);
}

int InstantTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_labelNames.size() + m_valueTitles.size());
}

QVariant InstantTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const InstantRow &shown = row(index.row());
    if (!isValueColumn(index.column())) {
        const QString text = shown.labels.value(index.column());
        return role == Qt::DisplayRole || role == SortRole || role == Qt::ToolTipRole ? QVariant(text) : QVariant();
    }
    const std::optional<double> value = shown.values.value(index.column() - m_labelNames.size());
    switch (role) {
    case Qt::DisplayRole:
        return value ? panelValueText(*value, m_unit, m_valueTexts) : tr("no value");
    case Qt::ToolTipRole:
        return value ? fullQuantity(*value, m_unit) : QString();
    case SortRole:
        return value ? *value : -std::numeric_limits<double>::infinity();
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant InstantTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isValueColumn(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return isValueColumn(section) ? m_valueTitles.value(section - m_labelNames.size()) : m_labelNames.value(section);
}

} // namespace atalaya::dashboards
