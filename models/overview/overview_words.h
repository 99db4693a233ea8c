// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/base/state.h"

#include <QtCore/QStringList>

namespace atalaya::overview {

/// "a", "a and b", "a, b and c".
QString listText(const QStringList &items);
/// "Healthy", "Pending", "Warning", "Critical", "Stale", "Not known", "Forced", "Info".
QString stateTitle(State state);
/// How a source failed, as a verb: "answered 503", "timed out", "unreachable".
QString failureText(const Error &error);

} // namespace atalaya::overview
