// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace atalaya::console {

/// Sends Qt's messages to a rotating file (1 MiB x 3, mode 0600) below the user's data folder, or to standard error
/// where none can be opened. Standard error is otherwise kept for what a verb has to say. Bearer tokens, passwords in
/// URLs and telephone numbers are masked. Returns the file, empty where there is none.
QString setUpLog();

/// The text with everything masked that must not be kept: credentials and telephone numbers (all but their last two
/// digits).
QString masked(QString text);

} // namespace atalaya::console
