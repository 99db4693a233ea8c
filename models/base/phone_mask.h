// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace atalaya {

/// The text with every telephone number in it cut to its last two digits: "+***12".
QString withoutPhones(QString text);

} // namespace atalaya
