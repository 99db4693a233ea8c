// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/dashboards/dashboard.h"

#include <QtCore/QSet>

namespace atalaya::dashboards {

/// Where the panels of a dashboard stand at one width, in logical pixels.
struct PanelLayout
{
    QList<QRect> rects; ///< in the order of the panels; null for one inside a folded row
    int height = 0;

    bool operator==(const PanelLayout &) const = default;
};

/// Grafana's 24 columns, closed upwards as Grafana does, so that a folded row leaves no hole. Under `oneColumnBelow`
/// pixels the panels stand one below the other in reading order, small figures two abreast. `foldedRows` holds indexes
/// of row panels.
PanelLayout layOutPanels(const QList<Panel> &panels, const QSet<int> &foldedRows, int width);

/// Index of the row panel that `panel` belongs to, or -1: the nearest row above it in reading order.
int rowOf(const QList<Panel> &panels, int panel);

inline constexpr int oneColumnBelow = 700;
inline constexpr int gridUnitHeight = 38; ///< of one Grafana grid unit, gap included

} // namespace atalaya::dashboards
