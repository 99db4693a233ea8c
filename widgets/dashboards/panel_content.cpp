// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/panel_content.h"

#include "widgets/dashboards/gauge_content.h"
#include "widgets/dashboards/heat_content.h"
#include "widgets/dashboards/stat_content.h"
#include "widgets/dashboards/table_content.h"
#include "widgets/dashboards/time_series_content.h"

namespace atalaya::dashboards {

PanelContent *contentFor(const Panel &panel, QWidget *parent)
{
    switch (panel.type) {
    case PanelType::TimeSeries:
        return new TimeSeriesContent(panel, parent);
    case PanelType::Stat:
        return new StatContent(panel, parent);
    case PanelType::Gauge:
        return new GaugeContent(panel, parent);
    case PanelType::Heatmap:
        return new HeatContent(panel, parent);
    case PanelType::Table:
        return new TableContent(panel, parent);
    case PanelType::Text:
    case PanelType::Row:
    case PanelType::Unsupported:
        break;
    }
    return new NoteContent(panel, parent);
}

} // namespace atalaya::dashboards

#include "moc_panel_content.cpp"
