// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/flags/flag_table_model.h"
#include "models/workspace/workspace.h"
#include "widgets/theme/theme.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyledItemDelegate>

namespace atalaya::flags {

/// Paints the rows of the Flags page.
class FlagDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    FlagDelegate(const FlagTableModel &model, const Clock &clock, QObject *parent = nullptr);

    void setTimeZone(const QTimeZone &zone) { m_zone = zone; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    static constexpr int systemRowHeight = 32;

private:
    void paintValue(QPainter &painter, const QRectF &area, const theme::Theme &look, const FlagLine &row) const;

    const FlagTableModel &m_model;
    const Clock &m_clock;
    QTimeZone m_zone = QTimeZone::utc();
};

/// A toggle that only shows: knob right for on, left for off, a bar for "differs", hatched where it is not known. 28
/// x 16.
void paintToggle(QPainter &painter, const QRectF &box, const theme::Theme &look, FlagLine::Value value);

/// Names the environment in its own colour, with its lock where it is protected.
class FlagHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit FlagHeader(const workspace::Environment &environment, QWidget *parent = nullptr);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    bool m_isProtected;
    theme::BandKind m_band;
};

} // namespace atalaya::flags
