// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/labels.h"

#include <QtWidgets/QWidget>

namespace atalaya::alerts {

/// A label set as chips that wrap; a click on one asks to filter by it. Painted by one widget, in place.
class LabelChips final : public QWidget
{
    Q_OBJECT
public:
    explicit LabelChips(QWidget *parent = nullptr);

    void setLabels(const Labels &labels);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, 24}; }

Q_SIGNALS:
    void labelChosen(const QString &name, const QString &value);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Chip
    {
        QRectF box;
        QString name, value;
    };
    QList<Chip> laidOut(int width) const;
    int chipAt(const QPointF &at) const;

    Labels m_labels;
    int m_hovered = -1;
    int m_focused = 0;
};

} // namespace atalaya::alerts
