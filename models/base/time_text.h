// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"

#include <QtCore/QString>
#include <QtCore/QTimeZone>

namespace atalaya {

/// "500ms 10s 5m 2h 7d", also compound ("1h30m") as Prometheus writes them. Zero and negative are refused.
Result<Milliseconds> parseDuration(const QString &text);
/// The shortest text parseDuration reads back: "15s", "1h30m".
QString durationText(Milliseconds duration);
/// An age for people: "4 s", "6 m 48 s", "2 h 10 m", "9 d"; negative ages read "0 s".
QString ageText(Milliseconds age);
/// An age in one unit, for narrow places and sentences: "4 s", "4 min", "26 h", "9 d"; negative ages read "0 s".
QString shortAge(Milliseconds age);
/// A countdown: "0:44", "12:47", "1:02:03".
QString countdownText(Milliseconds left);
/// RFC 3339 with up to nine fraction digits and any offset, cut to milliseconds; also Unix seconds with a fraction.
Result<Timestamp> parseTime(const QString &text);
/// RFC 3339 in UTC with milliseconds, "2026-11-24T03:10:24.000Z".
QString rfc3339(Timestamp time);
/// "03:10:24" in `zone`.
QString clockText(Timestamp time, const QTimeZone &zone);
/// "03:10:24" today, "24 Nov 03:10" otherwise, in `zone`.
QString whenText(Timestamp time, Timestamp now, const QTimeZone &zone);

} // namespace atalaya
