// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/query_text.h"

#include "models/base/time_text.h"

#include <QtCore/QRegularExpression>

#include <optional>

namespace atalaya::metrics {

using namespace Qt::Literals::StringLiterals;

namespace {

QString escapedPattern(const QString &value)
{
    static const QRegularExpression special(u"([\\\\.+*?()|\\[\\]{}^$])"_s);
    QString escaped = value;
    // Doubled, because the pattern stands inside a PromQL string.
    return escaped.replace(special, u"\\\\\\1"_s);
}

QString joinedValues(const QStringList &values, const QString &format)
{
    if (format == u"csv")
        return values.join(u',');
    if (format == u"pipe")
        return values.join(u'|');
    if (format == u"raw" || (format.isEmpty() && values.size() == 1))
        return values.join(u'|');
    QStringList escaped;
    for (const QString &value : values)
        escaped += value == u".*" ? value : escapedPattern(value);
    return escaped.size() == 1 ? escaped.first() : u'(' + escaped.join(u'|') + u')';
}

std::optional<QString> builtIn(const QString &name, const QueryScope &scope)
{
    if (name == u"__interval")
        return durationText(scope.step);
    if (name == u"__interval_ms")
        return QString::number(scope.step.count());
    if (name == u"__rate_interval")
        return durationText(rateInterval(scope));
    if (name == u"__range")
        return durationText(std::max<Milliseconds>(scope.range.length(), Milliseconds(1000)));
    if (name == u"__range_s")
        return QString::number(scope.range.length().count() / 1000);
    if (name == u"__range_ms")
        return QString::number(scope.range.length().count());
    return std::nullopt;
}

} // namespace

Milliseconds rateInterval(const QueryScope &scope)
{
    return std::max(4 * scope.scrapeInterval, scope.step + scope.scrapeInterval);
}

QString expandedQuery(const QString &text, const QueryScope &scope, const QMap<QString, QStringList> &variables)
{
    static const QRegularExpression variable(u"\\$\\{(\\w+)(?::(\\w+))?\\}|\\[\\[(\\w+)(?::(\\w+))?\\]\\]|\\$(\\w+)"_s);
    QString expanded;
    qsizetype at = 0;
    for (auto it = variable.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const QString name = match.captured(1) + match.captured(3) + match.captured(5);
        const QString format = match.captured(2) + match.captured(4);
        QString value = match.captured(0);
        if (const auto known = builtIn(name, scope))
            value = *known;
        else if (variables.contains(name))
            value = joinedValues(variables.value(name), format);
        expanded += text.mid(at, match.capturedStart() - at) + value;
        at = match.capturedEnd();
    }
    return expanded + text.sliced(at);
}

QString legendText(const Labels &labels, const QString &pattern)
{
    if (pattern.isEmpty() || pattern == u"__auto") {
        QString name = labelValue(labels, u"__name__"_s);
        Labels rest = labels;
        rest.erase(u"__name__"_s);
        return rest.empty() ? (name.isEmpty() ? u"value"_s : name) : name + labelsText(rest);
    }
    static const QRegularExpression label(u"\\{\\{\\s*([A-Za-z_]\\w*)\\s*\\}\\}"_s);
    QString text;
    qsizetype at = 0;
    for (auto it = label.globalMatch(pattern); it.hasNext();) {
        const auto match = it.next();
        text += pattern.mid(at, match.capturedStart() - at) + labelValue(labels, match.captured(1));
        at = match.capturedEnd();
    }
    return text + pattern.sliced(at);
}

} // namespace atalaya::metrics
