// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QAbstractItemView>

class QTableView;

namespace atalaya::common {

/// A table whose delegate paints everything: no grid, frame, row numbers or editing, one selection, scrolled by pixels.
/// Tab leaves it.
void dressPaintedTable(QTableView &view, QAbstractItemView::SelectionBehavior selects);

} // namespace atalaya::common
