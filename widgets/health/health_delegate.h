// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/time_range.h"
#include "models/health/health_table_model.h"
#include "widgets/theme/theme.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyledItemDelegate>

namespace atalaya::health {

/// Paints the rows of the Health page: shape and word, answer, status over time, latency.
class HealthDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    HealthDelegate(const HealthTableModel &model, QObject *parent = nullptr);

    /// What the bars cover.
    void setRange(const TimeRange &range) { m_range = range; }
    void setTimeZone(const QTimeZone &zone) { m_zone = zone; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

    static constexpr int systemRowHeight = 32;
    static constexpr int componentRowHeight = 28;
    static constexpr int padding = 12;

private:
    void paintSystem(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                     const HealthLine &row) const;
    void paintBar(QPainter &painter, const QRectF &area, const theme::Theme &look, const HealthLine &row) const;

    const HealthTableModel &m_model;
    TimeRange m_range;
    QTimeZone m_zone = QTimeZone::utc();
};

/// The header over the rows; the bar's section carries the time axis.
class HealthHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit HealthHeader(QWidget *parent = nullptr);
    void setRange(const TimeRange &range, const QTimeZone &zone);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    TimeRange m_range;
    QTimeZone m_zone = QTimeZone::utc();
};

} // namespace atalaya::health
