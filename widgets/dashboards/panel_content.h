// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/base/time_range.h"
#include "widgets/dashboards/panel_queries.h"
#include "widgets/dashboards/panel_status.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

namespace atalaya::dashboards {

/// What every panel of a dashboard shares at one moment.
struct PanelMoment
{
    TimeRange range;
    Timestamp now{};
    QTimeZone zone = QTimeZone::utc();
    PanelStatus status;
};

/// A mark over a time series: an alert that fires since then.
struct PanelMark
{
    Timestamp at{};
    QString text;
    State state = State::Warning;

    bool operator==(const PanelMark &) const = default;
};

/// The inside of a panel: draws what the queries answered. One kind a panel type.
class PanelContent : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual void showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment) = 0;
    virtual void showMarks(const QList<PanelMark> &) {}
    /// The crosshair of another panel; nothing: none.
    virtual void showCrosshair(std::optional<Timestamp>) {}
    /// Pixel columns the queries are drawn over.
    virtual int columns() const { return 120; }

Q_SIGNALS:
    void crosshairMoved(std::optional<atalaya::Timestamp> at);
    void rangeChosen(const atalaya::TimeRange &range);
};

/// The content for a panel's type; never null: a type that is not drawn gets its reason in words.
PanelContent *contentFor(const Panel &panel, QWidget *parent);

} // namespace atalaya::dashboards
