// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chart_view.h"

#include <QtCore/QSet>
#include <QtCore/QTimeZone>
#include <QtWidgets/QAbstractScrollArea>

#include <optional>

namespace atalaya::charts {

/// What a legend row says of a series; NaN points do not count. Absent figures read "no value".
struct LegendRow
{
    QString name;
    int hue = 0;
    bool dashed = false;
    std::optional<double> atCrosshair, last, minimum, maximum, mean;

    bool operator==(const LegendRow &) const = default;
};
QList<LegendRow> legendRows(const ChartView &view);

/// The table below a chart: name and last, min, max, mean, and the value at the crosshair while there is one. Below 300
/// px only name and last. A click isolates a series, Ctrl+click adds one, a click on the only isolated one shows all
/// again. More than five rows scroll.
class ChartLegend final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit ChartLegend(QWidget *parent = nullptr);

    void setRows(const QList<LegendRow> &rows, const QString &unit);
    const QList<LegendRow> &rows() const { return m_rows; }
    void setCrosshair(std::optional<Timestamp> at, const QTimeZone &zone, const QList<std::optional<double>> &values);
    const QSet<int> &isolated() const { return m_isolated; }

    static constexpr int mostRows = 5;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void isolatedChanged(const QSet<int> &series);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    int rowAt(const QPoint &position) const;
    void toggle(int row, bool add);
    void updateScrollBar();

    QList<LegendRow> m_rows;
    QString m_unit;
    std::optional<QString> m_crosshairHead;
    QSet<int> m_isolated;
    int m_current = -1;
};

} // namespace atalaya::charts
