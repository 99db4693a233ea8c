// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>

#include <array>
#include <cmath>
#include <utility>

namespace atalaya {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array<std::pair<const char16_t *, qint64>, 7> units{{{u"y", 365LL * 86'400'000},
                                                                    {u"w", 7LL * 86'400'000},
                                                                    {u"d", 86'400'000},
                                                                    {u"h", 3'600'000},
                                                                    {u"m", 60'000},
                                                                    {u"s", 1'000},
                                                                    {u"ms", 1}}};

QDateTime inZone(Timestamp time, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), zone);
}

} // namespace

Result<Milliseconds> parseDuration(const QString &text)
{
    static const QRegularExpression part(u"(\\d{1,12})(ms|[smhdwy])"_s);
    // Far beyond any retention, and small enough for sums and doublings of it.
    constexpr qint64 longest = 1000LL * 365 * 86'400'000;
    qint64 total = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match =
            part.match(text, at, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            break;
        for (const auto &[name, factor] : units) {
            const qint64 count = match.captured(1).toLongLong();
            if (match.captured(2) == QStringView(name))
                total += std::min(count, longest / factor + 1) * factor;
        }
        if (total > longest)
            break;
        at = match.capturedEnd();
    }
    if (text.isEmpty() || at != text.size() || total <= 0 || total > longest)
        return failure(ErrorKind::BadInput, {},
                       u"\"%1\" is not a duration; write it as 500ms, 10s, 5m, 2h or 7d"_s.arg(text));
    return Milliseconds(total);
}

QString durationText(Milliseconds duration)
{
    qint64 rest = duration.count();
    if (rest <= 0)
        return u"0s"_s;
    QString text;
    for (const auto &[name, factor] : units) {
        if (factor > 86'400'000)
            continue;
        if (const qint64 n = rest / factor; n > 0) {
            text += QString::number(n) + QString::fromUtf16(name);
            rest %= factor;
        }
    }
    return text;
}

QString ageText(Milliseconds age)
{
    const qint64 s = std::max<qint64>(0, age.count() / 1000);
    if (s < 60)
        return u"%1 s"_s.arg(s);
    if (s < 3600)
        return u"%1 m %2 s"_s.arg(s / 60).arg(s % 60, 2, 10, QChar(u'0'));
    if (s < 86'400)
        return u"%1 h %2 m"_s.arg(s / 3600).arg(s / 60 % 60, 2, 10, QChar(u'0'));
    return u"%1 d"_s.arg(s / 86'400);
}

QString shortAge(Milliseconds age)
{
    const qint64 s = std::max<qint64>(0, age.count() / 1000);
    if (s < 60)
        return u"%1 s"_s.arg(s);
    if (s < 3600)
        return u"%1 min"_s.arg(s / 60);
    if (s < 2 * 86'400)
        return u"%1 h"_s.arg(s / 3600);
    return u"%1 d"_s.arg(s / 86'400);
}

QString countdownText(Milliseconds left)
{
    const qint64 s = std::max<qint64>(0, (left.count() + 999) / 1000);
    if (s < 3600)
        return u"%1:%2"_s.arg(s / 60).arg(s % 60, 2, 10, QChar(u'0'));
    return u"%1:%2:%3"_s.arg(s / 3600).arg(s / 60 % 60, 2, 10, QChar(u'0')).arg(s % 60, 2, 10, QChar(u'0'));
}

Result<Timestamp> parseTime(const QString &text)
{
    bool isNumber = false;
    if (const double seconds = text.toDouble(&isNumber); isNumber && std::isfinite(seconds) && std::abs(seconds) < 1e11)
        return Timestamp(Milliseconds(std::llround(seconds * 1000)));
    // Qt rounds a longer fraction, into the next second too.
    static const QRegularExpression longFraction(u"([.,]\\d{3})\\d+"_s);
    QString cut = text;
    cut.replace(longFraction, u"\\1"_s);
    const QDateTime parsed = QDateTime::fromString(cut, Qt::ISODateWithMs);
    const bool hasOffset =
        text.endsWith(u'Z') || text.endsWith(u'z') || text.lastIndexOf(u'+') > 10 || text.lastIndexOf(u'-') > 10;
    if (!parsed.isValid() || !hasOffset)
        return failure(ErrorKind::BadInput, {},
                       u"\"%1\" is not a time; write it as 2026-01-02T03:04:05Z or as Unix seconds"_s.arg(text));
    return Timestamp(Milliseconds(parsed.toMSecsSinceEpoch()));
}

QString rfc3339(Timestamp time)
{
    // Not through a QTimeZone: that writes "+00:00" instead of "Z".
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

QString clockText(Timestamp time, const QTimeZone &zone)
{
    return inZone(time, zone).toString(u"HH:mm:ss"_s);
}

QString whenText(Timestamp time, Timestamp now, const QTimeZone &zone)
{
    const QDateTime when = inZone(time, zone);
    if (when.date() == inZone(now, zone).date())
        return when.toString(u"HH:mm:ss"_s);
    return QLocale::c().toString(when, u"d MMM HH:mm"_s);
}

} // namespace atalaya
