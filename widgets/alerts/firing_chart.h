// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/time_range.h"
#include "models/metrics/series.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

#include <optional>

namespace atalaya::alerts {

/// What the chart around a firing draws: the rule's value, its limit, since when it was over it and when it fired.
struct FiringView
{
    TimeRange range{};
    std::vector<metrics::Series> series;
    std::optional<double> limit;
    std::optional<Timestamp> overSince;
    std::optional<Timestamp> fired;
    bool critical = false; ///< colour of the limit and the firing: critical, else warning
    QString words;         ///< instead of curves: "asked 1.2 s ago", or why there are none

    bool operator==(const FiringView &) const = default;
};

/// The value of a rule around the moment it fired. Draws frame and axis at once; says in words what it waits for.
class FiringChart final : public QWidget
{
    Q_OBJECT
public:
    explicit FiringChart(QWidget *parent = nullptr);

    void show(const FiringView &view, const QTimeZone &zone);
    const FiringView &view() const { return m_view; }
    QSize sizeHint() const override { return {360, 168}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    struct Axis;
    Axis axis() const;
    void paintMarks(QPainter &painter, const Axis &axis) const;
    void paintCurves(QPainter &painter, const Axis &axis) const;
    void paintCrosshair(QPainter &painter, const Axis &axis) const;

    FiringView m_view;
    QTimeZone m_zone = QTimeZone::utc();
    std::optional<qreal> m_pointer;
};

/// Round figures from 0 or below to at least `top`, three to five of them.
QList<double> axisTicks(double bottom, double top);

} // namespace atalaya::alerts
