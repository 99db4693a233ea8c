// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QAbstractButton>

namespace atalaya::dashboards {

/// The head of a row of panels; a click folds it.
class RowHeader final : public QAbstractButton
{
    Q_OBJECT
public:
    RowHeader(const QString &title, int panels, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    int m_panels;
};

} // namespace atalaya::dashboards
