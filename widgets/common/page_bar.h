// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QHBoxLayout;
class QVBoxLayout;
class QWidget;

namespace atalaya::common {

/// Adds a page's tool bar with a hairline below it to `column`. Its widgets, children of the row's parent widget, go
/// into the row that is returned.
QHBoxLayout *addPageBar(QVBoxLayout *column, QWidget *parent);

} // namespace atalaya::common
