// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtCore/QString>
#include <QtWidgets/QWidget>

namespace atalaya::test {

/// Shows a page as large as it is in a window of 1440 x 900 (rail, band, top bar and strip taken away), or another.
void showPage(QWidget &page, theme::Scheme scheme = theme::Scheme::Dark, const QSize &window = {1440, 900});
/// Writes what the page looks like to $ATALAYA_PICTURES/name.png at scale 1 or 2; nothing where the variable is not
/// set. Returns the picture.
QImage pictureOf(QWidget &page, const QString &name, qreal scale = 1);
/// A child by its object name; fails the test where there is none.
template <typename T>
T *childNamed(const QWidget &page, const char *name)
{
    return page.findChild<T *>(QString::fromLatin1(name));
}
/// How many pixels of `image` have this colour (within 2 of each channel).
int pixelsOf(const QImage &image, const QColor &color);

} // namespace atalaya::test
