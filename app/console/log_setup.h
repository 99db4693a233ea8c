// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace atalaya::console {

/// Sends Qt's messages to a rotating file (1 MiB x 3, mode 0600) below the user's state folder, and warnings to standard error
/// as well when `toStandardError`. Bearer tokens, passwords in URLs and telephone numbers are masked. Returns the file, empty
/// where none could be opened (then everything goes to standard error).
QString setUpLog(bool toStandardError);

/// The text with everything masked that must not be kept: credentials and telephone numbers (all but their last two digits).
QString masked(QString text);

} // namespace atalaya::console
