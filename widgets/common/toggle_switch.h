// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtCore/QRectF>
#include <QtWidgets/QAbstractButton>

namespace atalaya::common {

enum class ToggleValue
{
    Off,
    On,
    Differs
};

/// 28 x 16 with the knob left or right, a bar for "differs", and the word beside it. It shows what runs and never flips
/// by itself: a click or Space only emits `toggleRequested`, and `setValue` follows when the value was read back.
class ToggleSwitch : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ToggleSwitch(QWidget *parent = nullptr);
    void setValue(ToggleValue value);
    ToggleValue value() const { return m_value; }
    void setWordShown(bool shown);

    QSize sizeHint() const override;

Q_SIGNALS:
    /// `wanted`: true from off or differs, false from on.
    void toggleRequested(bool wanted);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();
    ToggleValue m_value = ToggleValue::Off;
    bool m_wordShown = true;
};

QString toggleWord(ToggleValue value);
/// The 28 x 16 switch alone, centred in `box`; for delegates.
void paintToggle(QPainter &painter, const QRectF &box, ToggleValue value, const theme::Theme &theme,
                 bool enabled = true);

} // namespace atalaya::common
