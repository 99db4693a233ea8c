// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QVariant>
#include <QtWidgets/QFrame>

namespace atalaya::common {

/// A separator one pixel thick over the whole width, in the theme's `line`.
inline QFrame *hairline(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("hairline", true);
    line->setFixedHeight(1);
    return line;
}

} // namespace atalaya::common
