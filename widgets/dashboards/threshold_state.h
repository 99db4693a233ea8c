// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "models/dashboards/dashboard.h"

#include <optional>

namespace atalaya::dashboards {

/// A threshold's colour word as a state: greens and blues say nothing, yellows and oranges warn, reds are critical.
std::optional<State> stateOfThreshold(const QString &color);
/// The threshold a value has reached, highest first; nothing below all and at the base.
std::optional<State> stateOfValue(double value, const QList<Threshold> &thresholds);

} // namespace atalaya::dashboards
