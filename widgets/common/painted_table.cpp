// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/painted_table.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>

namespace atalaya::common {

void dressPaintedTable(QTableView &view, QAbstractItemView::SelectionBehavior selects)
{
    view.verticalHeader()->hide();
    view.verticalHeader()->setMinimumSectionSize(20);
    view.setShowGrid(false);
    view.setFrameShape(QFrame::NoFrame);
    view.setMouseTracking(true);
    view.setSelectionMode(QAbstractItemView::SingleSelection);
    view.setSelectionBehavior(selects);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setTabKeyNavigation(false);
}

} // namespace atalaya::common
