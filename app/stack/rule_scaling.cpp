// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/rule_scaling.h"

#include "models/base/time_text.h"

#include <QtCore/QRegularExpression>

#include <cmath>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;

Milliseconds Pace::scrapeInterval() const
{
    return shortened(Seconds(15), Seconds(1));
}

Milliseconds Pace::shortened(Milliseconds span, Milliseconds least) const
{
    return std::max(least, Milliseconds(std::llround(double(span.count()) / speed)));
}

namespace {

constexpr int scrapesInAWindow = 4;

/// Replaces each match of `pattern` in `line` by what `replace` makes of it; the first error ends it.
template <typename Replace>
Result<QString> replaceEach(const QString &line, const QRegularExpression &pattern, Replace replace)
{
    QString result;
    qsizetype copied = 0;
    for (auto it = pattern.globalMatch(line); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const Result<QString> replacement = replace(match);
        if (!replacement)
            return failure(replacement.error());
        result += QStringView(line).mid(copied, match.capturedStart() - copied);
        result += *replacement;
        copied = match.capturedEnd();
    }
    return QString(result + line.mid(copied));
}

Result<QString> shortenedText(const QString &duration, const Pace &pace, Milliseconds least)
{
    // Zero means "at once" and stays so; the duration reader refuses it.
    static const QRegularExpression zero(u"^0[a-z]*$"_s);
    if (zero.match(duration).hasMatch())
        return duration;
    const Result<Milliseconds> span = parseDuration(duration);
    if (!span)
        return failure(span.error());
    return durationText(pace.shortened(*span, least));
}

Result<QString> scaleKeys(const QString &line, const Pace &pace)
{
    static const QRegularExpression key(u"^(\\s*(?:- )?(for|keep_firing_for|interval):\\s*)([0-9a-z]+)"_s);
    return replaceEach(line, key, [&](const QRegularExpressionMatch &match) -> Result<QString> {
        const Milliseconds least = match.captured(2) == u"interval" ? pace.scrapeInterval() : Milliseconds(1);
        return shortenedText(match.captured(3), pace, least).map([&](const QString &text) {
            return match.captured(1) + text;
        });
    });
}

Result<QString> scaleWindows(const QString &line, const Pace &pace)
{
    static const QRegularExpression window(u"\\[([0-9]+[a-z][0-9a-z]*)(?::([0-9a-z]*))?\\]"_s);
    return replaceEach(line, window, [&](const QRegularExpressionMatch &match) -> Result<QString> {
        const Result<QString> span = shortenedText(match.captured(1), pace, scrapesInAWindow * pace.scrapeInterval());
        if (!span || match.capturedStart(2) < 0)
            return span.map([](const QString &text) { return QString(u'[' + text + u']'); });
        if (match.captured(2).isEmpty())
            return QString(u'[' + *span + u":]"_s);
        return shortenedText(match.captured(2), pace, pace.scrapeInterval()).map([&](const QString &step) {
            return QString(u'[' + *span + u':' + step + u']');
        });
    });
}

Result<QString> scaleOffsets(const QString &line, const Pace &pace)
{
    static const QRegularExpression offset(u"\\boffset\\s+([0-9]+[a-z][0-9a-z]*)"_s);
    return replaceEach(line, offset, [&](const QRegularExpressionMatch &match) {
        return shortenedText(match.captured(1), pace, Milliseconds(1)).map([](const QString &text) {
            return QString(u"offset "_s + text);
        });
    });
}

Result<QString> scaleThresholds(const QString &line, const Pace &pace)
{
    static const QRegularExpression threshold(u"([0-9.]+)(\\s*# per (?:second|hour))"_s);
    return replaceEach(line, threshold, [&](const QRegularExpressionMatch &match) -> Result<QString> {
        bool isNumber = false;
        const double limit = match.captured(1).toDouble(&isNumber);
        if (!isNumber)
            return failure(ErrorKind::Malformed, {}, u"\"%1\" is not a number"_s.arg(match.captured(1)));
        return QString(QString::number(limit * pace.speed, 'g', 12) + match.captured(2));
    });
}

Result<QString> scaleWords(const QString &line, const Pace &pace)
{
    if (!line.contains(u"summary:") && !line.contains(u"description:"))
        return line;
    static const QRegularExpression words(u"\\b([0-9]+) (second|minute|hour)s?\\b"_s);
    return replaceEach(line, words, [&](const QRegularExpressionMatch &match) -> Result<QString> {
        const QString unit = match.captured(2);
        const Seconds one = unit == u"second" ? Seconds(1) : unit == u"minute" ? Seconds(60) : Seconds(3600);
        const double seconds = double(pace.shortened(match.captured(1).toLongLong() * one).count()) / 1000.0;
        return QString(QString::number(seconds, 'g', 3) + u" seconds"_s);
    });
}

} // namespace

Result<QByteArray> scaleRules(const QByteArray &yaml, const Pace &pace)
{
    if (pace.speed == 1)
        return yaml;
    QStringList lines = QString::fromUtf8(yaml).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).trimmed().startsWith(u'#'))
            continue;
        Result<QString> line = lines.at(i);
        for (const auto scale : {scaleKeys, scaleWindows, scaleOffsets, scaleThresholds, scaleWords})
            line = line.and_then([&](const QString &text) { return scale(text, pace); });
        if (!line) {
            Error error = line.error();
            error.kind = ErrorKind::Malformed;
            error.endpoint = u"line %1"_s.arg(i + 1);
            return failure(std::move(error));
        }
        lines[i] = *line;
    }
    return lines.join(u'\n').toUtf8();
}

} // namespace atalaya::stack
