// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/fonts.h"

#include <QtCore/QVariant>
#include <QtWidgets/QLabel>

namespace atalaya::common {

/// A label that wraps and never interprets markup of a server. `tone` is the style sheet's: "1", "2", "3", "warning".
inline QLabel *textLabel(const QString &tone, const QFont &font, QWidget *parent, const QString &text = {})
{
    auto *label = new QLabel(text, parent);
    label->setProperty("tone", tone);
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace atalaya::common
