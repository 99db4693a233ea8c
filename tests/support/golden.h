// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGui/QImage>
#include <QtWidgets/QWidget>

#include <gtest/gtest.h>

namespace atalaya::test {

/// Bundled fonts and the theme, so that pictures are the same on every machine. `scheme`: "dark" or "light".
void pinLooks(const QString &scheme = QStringLiteral("dark"));

/// The widget at this size, drawn off screen at a device ratio of 1.
QImage pictureOf(QWidget &widget, const QSize &size);

/// Compares with tests/golden/NAME.png: a pixel may differ by a little (font rasterizers round differently), and few
/// pixels by more. On failure the new picture lies in the build folder and the message names both, and how to renew:
/// run the test with ATALAYA_GOLDEN_UPDATE=1.
testing::AssertionResult matchesGolden(const QImage &picture, const QString &name);

} // namespace atalaya::test
