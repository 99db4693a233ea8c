// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/panel_layout.h"

#include "widgets/theme/spacing.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace atalaya::dashboards {

namespace {

constexpr int gridColumns = 24;

std::vector<int> readingOrder(const QList<Panel> &panels)
{
    std::vector<int> order(static_cast<size_t>(panels.size()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        const QRect &left = panels.at(a).grid;
        const QRect &right = panels.at(b).grid;
        return left.y() != right.y() ? left.y() < right.y() : left.x() < right.x();
    });
    return order;
}

int heightOf(const Panel &panel)
{
    if (panel.type == PanelType::Row)
        return theme::panelHeaderHeight;
    return std::max(2, panel.grid.height()) * gridUnitHeight - theme::cardGap;
}

bool isSmall(const Panel &panel)
{
    return panel.type == PanelType::Stat || panel.type == PanelType::Gauge;
}

} // namespace

int rowOf(const QList<Panel> &panels, int panel)
{
    if (panel < 0 || panel >= panels.size() || panels.at(panel).type == PanelType::Row)
        return -1;
    int row = -1;
    for (const int at : readingOrder(panels)) {
        if (at == panel)
            return row;
        if (panels.at(at).type == PanelType::Row)
            row = at;
    }
    return row;
}

PanelLayout layOutPanels(const QList<Panel> &panels, const QSet<int> &foldedRows, int width)
{
    PanelLayout layout;
    layout.rects.resize(panels.size());
    const bool oneColumn = width < oneColumnBelow;
    std::array<int, gridColumns> skyline{};
    bool folded = false;
    bool leftHalfTaken = false;
    int pairTop = 0;

    for (const int at : readingOrder(panels)) {
        const Panel &panel = panels.at(at);
        if (panel.type == PanelType::Row)
            folded = foldedRows.contains(at);
        else if (folded)
            continue;

        const int height = heightOf(panel);
        if (oneColumn) {
            const bool half = isSmall(panel);
            const int halfWidth = (width - theme::cardGap) / 2;
            if (half && leftHalfTaken) {
                layout.rects[at] =
                    QRect(halfWidth + theme::cardGap, pairTop, width - halfWidth - theme::cardGap, height);
                leftHalfTaken = false;
            } else {
                pairTop = skyline[0];
                layout.rects[at] = QRect(0, pairTop, half ? halfWidth : width, height);
                leftHalfTaken = half;
            }
            skyline[0] = std::max(skyline[0], pairTop + height + theme::cardGap);
            continue;
        }

        const bool isRow = panel.type == PanelType::Row;
        const int first = isRow ? 0 : std::clamp(panel.grid.x(), 0, gridColumns - 1);
        const int span = isRow ? gridColumns : std::clamp(panel.grid.width(), 1, gridColumns - first);
        const int top = *std::max_element(skyline.begin() + first, skyline.begin() + first + span);
        // Edges are rounded from the whole width, so that neighbours never overlap and the last one ends at the edge.
        const int left = first * (width + theme::cardGap) / gridColumns;
        const int right = (first + span) * (width + theme::cardGap) / gridColumns - theme::cardGap;
        layout.rects[at] = QRect(left, top, std::max(1, right - left), height);
        std::fill(skyline.begin() + first, skyline.begin() + first + span, top + height + theme::cardGap);
    }
    layout.height = std::max(0, *std::max_element(skyline.begin(), skyline.end()) - theme::cardGap);
    return layout;
}

} // namespace atalaya::dashboards
