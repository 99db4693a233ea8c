// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/time_range.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QTimeZone>

#include <optional>
#include <utility>

namespace atalaya::shell {

/// What the time range menu offers: trailing lengths with their names.
QList<std::pair<Milliseconds, QString>> quickRanges();
/// "Last 1 hour", "Last 90 min" for lengths that are not in the list.
QString trailingText(Milliseconds length);
/// "02:10 to 03:10" within one day, "23 Nov 22:00 to 24 Nov 03:10" else.
QString spanText(const TimeRange &range, const QTimeZone &zone);

/// What the metrics are shown over: a trailing length or a fixed range.
struct ShownRange
{
    std::optional<Milliseconds> trailing;
    TimeRange fixed{};

    bool operator==(const ShownRange &) const = default;
};

/// Twice as long around the same middle, never beyond `now`; a trailing range takes the next longer quick one (30 days
/// at most).
ShownRange zoomedOut(const ShownRange &shown, Timestamp now);

} // namespace atalaya::shell
