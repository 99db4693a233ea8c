// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_table_model.h"

#include <QtWidgets/QTreeView>

namespace atalaya::alerts {

/// The list of alerts with group rows over the whole width. Rows have one height, so that ten thousand scroll like ten.
class AlertTable final : public QTreeView
{
    Q_OBJECT
public:
    AlertTable(AlertTableModel &model, QWidget *parent = nullptr);

    /// Empty: none. A group row has no fingerprint.
    QString currentFingerprint() const;
    void setNarrow(bool narrow);

Q_SIGNALS:
    void alertChosen(const QString &fingerprint);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void toggle(const QModelIndex &index, std::optional<bool> collapsed = std::nullopt);
    void drawGroup(QPainter *painter, const QStyleOptionViewItem &option, const AlertRow &row) const;
    void shareWidth();

    AlertTableModel &m_alerts;
    bool m_narrow = false;
    bool m_sharing = false;
    bool m_widthsChosen = false;
};

} // namespace atalaya::alerts
