// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QWidget>

namespace atalaya::health {

/// The four forms of the bar with their words, right aligned; the words go where they do not fit.
class HealthLegend final : public QWidget
{
    Q_OBJECT
public:
    explicit HealthLegend(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace atalaya::health
