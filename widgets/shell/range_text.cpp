// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/range_text.h"

#include "models/base/time_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QLocale>

#include <algorithm>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString rangeTr(const char *text)
{
    return QCoreApplication::translate("atalaya::shell::TimeRange", text);
}

} // namespace

QList<std::pair<Milliseconds, QString>> quickRanges()
{
    return {{5min, rangeTr("Last 5 minutes")}, {15min, rangeTr("Last 15 minutes")}, {30min, rangeTr("Last 30 minutes")},
            {1h, rangeTr("Last 1 hour")},      {3h, rangeTr("Last 3 hours")},       {6h, rangeTr("Last 6 hours")},
            {12h, rangeTr("Last 12 hours")},   {24h, rangeTr("Last 24 hours")}};
}

QString trailingText(Milliseconds length)
{
    for (const auto &[known, name] : quickRanges()) {
        if (known == length)
            return name;
    }
    return rangeTr("Last %1").arg(durationText(length));
}

QString spanText(const TimeRange &range, const QTimeZone &zone)
{
    const auto at = [&](Timestamp time) {
        return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), zone);
    };
    const QDateTime from = at(range.from);
    const QDateTime to = at(range.to);
    if (from.date() == to.date())
        return rangeTr("%1 to %2").arg(from.toString(u"HH:mm"_s), to.toString(u"HH:mm"_s));
    const QLocale plain = QLocale::c();
    return rangeTr("%1 to %2").arg(plain.toString(from, u"d MMM HH:mm"_s), plain.toString(to, u"d MMM HH:mm"_s));
}

ShownRange zoomedOut(const ShownRange &shown, Timestamp now)
{
    constexpr Milliseconds longest = 30 * 24h;
    if (shown.trailing) {
        for (const auto &[known, name] : quickRanges()) {
            if (known > *shown.trailing)
                return {known, {}};
        }
        return {std::min(*shown.trailing * 2, longest), {}};
    }
    const Milliseconds half = shown.fixed.length() / 2;
    TimeRange wider{shown.fixed.from - half, shown.fixed.to + half};
    if (wider.to > now)
        wider.to = std::max(now, shown.fixed.to);
    return {std::nullopt, wider};
}

} // namespace atalaya::shell
