// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QWidget>

namespace atalaya::breakers {

/// The seven shapes with their words, right aligned; as one line where it fits, else as the sentence "Shapes and words"
/// whose tool tip lists them.
class BreakerLegend final : public QWidget
{
    Q_OBJECT
public:
    explicit BreakerLegend(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int wholeWidth() const;
};

} // namespace atalaya::breakers
