// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dashboards/heat_cells.h"
#include "widgets/dashboards/panel_content.h"

#include <QtGui/QPixmap>

namespace atalaya::dashboards {

/// A histogram over time: one row a bucket, darker for more. An empty bucket is not painted.
class HeatContent final : public PanelContent
{
    Q_OBJECT
public:
    HeatContent(const Panel &panel, QWidget *parent);

    void showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment) override;
    void showCrosshair(std::optional<Timestamp> at) override;
    int columns() const override;
    const HeatCells &cells() const { return m_cells; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QRectF plot() const;
    void drawCells();
    int timeIndexAt(Timestamp at) const;
    QString boundText(double bound) const;
    QString modeAt(Timestamp at) const;

    const Panel m_panel;
    HeatCells m_cells;
    TimeRange m_range;
    QTimeZone m_zone = QTimeZone::utc();
    Milliseconds m_step{15'000};
    QString m_words;
    bool m_isStale = false;
    std::optional<Timestamp> m_crosshair;
    QPixmap m_pixmap;
};

} // namespace atalaya::dashboards
