// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/page_bar.h"

#include "widgets/common/hairline.h"
#include "widgets/theme/spacing.h"

#include <QtWidgets/QBoxLayout>

namespace atalaya::common {

QHBoxLayout *addPageBar(QVBoxLayout *column, QWidget *parent)
{
    auto *bar = new QWidget(parent);
    bar->setFixedHeight(theme::toolBarHeight);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::pagePadding, 0, theme::pagePadding, 0);
    row->setSpacing(8);
    column->addWidget(bar);
    column->addWidget(hairline(parent));
    return row;
}

} // namespace atalaya::common
