// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"

#include <QtCore/QList>
#include <QtWidgets/QWidget>

#include <optional>

namespace atalaya::charts {

struct GaugeStep
{
    double from = 0;
    State state = State::Ok;

    bool operator==(const GaugeStep &) const = default;
};

/// One value on a half circle between two ends, with the limits as ticks in their states' colours, the figure below and
/// the state's word. No value draws the empty arc and says so.
struct GaugeView
{
    std::optional<double> value;
    double minimum = 0, maximum = 100;
    QString unit;
    QList<GaugeStep> steps; ///< ascending; the first reaches down to the minimum
    QString hint;           ///< one line below the figure
    bool isStale = false;

    bool operator==(const GaugeView &) const = default;
};

/// The state of the step that `value` stands in; Ok where there is none.
State gaugeState(const GaugeView &view);

class GaugeDial final : public QWidget
{
    Q_OBJECT
public:
    explicit GaugeDial(QWidget *parent = nullptr);

    void setView(const GaugeView &view);
    const GaugeView &view() const { return m_view; }
    QSize sizeHint() const override { return {200, 132}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBar(QPainter &painter) const;

    GaugeView m_view;
};

} // namespace atalaya::charts
