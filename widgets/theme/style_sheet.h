// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace atalaya::theme {

class Theme;

/// resources/styles/atalaya.qss with every `@token` replaced by its colour. What it understands, set as dynamic
/// properties before a widget is shown:
///   QPushButton, QToolButton  role = primary | danger | quiet | link;  size = small | dialog
///   QFrame                    card = true;  hairline = true;  surface = bg | rail | surface | raised
///   QLabel                    tone = 1 | 2 | 3 | accent | ok | pending | warning | critical | unknown | stale | forced
QString styleSheetOf(const Theme &theme);

} // namespace atalaya::theme
