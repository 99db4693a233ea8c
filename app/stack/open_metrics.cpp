// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/open_metrics.h"

#include <QtCore/QByteArrayList>

namespace atalaya::stack {

namespace {

struct Sample
{
    QByteArray name;
    QByteArray labels; ///< between the braces
    QByteArray value;
};

/// The index of the brace that closes the label list opened before `from`, or -1; braces inside quotes do not count.
qsizetype closingBrace(const QByteArray &line, qsizetype from)
{
    bool isQuoted = false;
    for (qsizetype i = from; i < line.size(); ++i) {
        const char c = line.at(i);
        if (isQuoted && c == '\\')
            ++i;
        else if (c == '"')
            isQuoted = !isQuoted;
        else if (c == '}' && !isQuoted)
            return i;
    }
    return -1;
}

std::optional<Sample> sampleIn(const QByteArray &line)
{
    if (line.isEmpty() || line.startsWith('#'))
        return std::nullopt;
    Sample sample;
    const qsizetype open = line.indexOf('{');
    const qsizetype space = line.indexOf(' ');
    QByteArray rest;
    if (open >= 0 && (space < 0 || open < space)) {
        const qsizetype close = closingBrace(line, open + 1);
        if (close < 0)
            return std::nullopt;
        sample.name = line.left(open);
        sample.labels = line.mid(open + 1, close - open - 1);
        rest = line.mid(close + 1);
    } else {
        if (space < 0)
            return std::nullopt;
        sample.name = line.left(space);
        rest = line.mid(space);
    }
    if (sample.labels.endsWith(','))
        sample.labels.chop(1);
    // A time of the exposition's own, after the value, is not what a scrape would keep here: it is left out.
    sample.value = rest.trimmed().split(' ').front();
    if (sample.name.isEmpty() || sample.value.isEmpty())
        return std::nullopt;
    return sample;
}

/// `a="1",b="2"`: OpenMetrics, unlike the text format, allows no space after the comma.
QByteArray labelList(const Labels &labels)
{
    QByteArrayList parts;
    for (const auto &[name, value] : labels) {
        const QByteArray braced = labelsText({{name, value}}).toUtf8();
        parts.append(braced.mid(1, braced.size() - 2));
    }
    return parts.join(',');
}

} // namespace

QByteArray scrapedLines(const QByteArray &exposition, const Labels &labels, Timestamp time, Milliseconds duration)
{
    const QByteArray added = labelList(labels);
    const QByteArray at = ' ' + QByteArray::number(double(time.time_since_epoch().count()) / 1000.0, 'f', 3) + '\n';
    QByteArray lines;
    lines.reserve(exposition.size() * 2);
    qint64 count = 0;
    for (const QByteArray &line : exposition.split('\n')) {
        const std::optional<Sample> sample = sampleIn(line);
        if (!sample)
            continue;
        ++count;
        lines += sample->name + '{' + sample->labels + (sample->labels.isEmpty() ? "" : ",") + added + "} " +
                 sample->value + at;
    }
    const auto own = [&](const char *name, const QByteArray &value) {
        lines += QByteArray(name) + '{' + added + "} " + value + at;
    };
    own("up", "1");
    own("scrape_duration_seconds", QByteArray::number(double(duration.count()) / 1000.0, 'f', 3));
    own("scrape_samples_scraped", QByteArray::number(count));
    own("scrape_samples_post_metric_relabeling", QByteArray::number(count));
    own("scrape_series_added", "0");
    return lines;
}

} // namespace atalaya::stack
