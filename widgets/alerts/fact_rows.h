// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtCore/QList>
#include <QtWidgets/QWidget>

namespace atalaya::alerts {

/// One line of the panel: what, and what it is.
struct FactRow
{
    QString label;
    QString value;
    theme::Token tone = theme::Token::Text1;
    QString toolTip;

    bool operator==(const FactRow &) const = default;
};

/// Labels at the left, wrapped values right of them. Painted by one widget, so that what changes with each evaluation
/// repaints and rebuilds nothing.
class FactRows final : public QWidget
{
    Q_OBJECT
public:
    explicit FactRows(QWidget *parent = nullptr);

    void setRows(const QList<FactRow> &rows);
    /// The value under a label; empty where there is none.
    QString valueOf(const QString &label) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, 20}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QRect valueBox(const FactRow &row, int top, int width) const;

    QList<FactRow> m_rows;
};

} // namespace atalaya::alerts
