// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breakers/breaker_store.h"
#include "models/breakers/breaker_table_model.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QStyledItemDelegate>

namespace atalaya::breakers {

/// Paints the matrix: system heads, names and cells.
class MatrixDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    MatrixDelegate(const BreakerTableModel &model, const BreakerStore &store, const Clock &clock,
                   QObject *parent = nullptr);

    void setTimeZone(const QTimeZone &zone) { m_zone = zone; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

    static int heightOf(const MatrixRow &row);
    static constexpr int gap = 8;     ///< between the cells of a row
    static constexpr int lineGap = 4; ///< between two rows of cells

private:
    const BreakerTableModel &m_model;
    const BreakerStore &m_store;
    const Clock &m_clock;
    QTimeZone m_zone = QTimeZone::utc();
};

} // namespace atalaya::breakers
