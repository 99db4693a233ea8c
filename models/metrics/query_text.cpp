// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/query_text.h"

#include "models/base/time_text.h"

#include <QtCore/QRegularExpression>

#include <optional>

namespace atalaya::metrics {

using namespace Qt::Literals::StringLiterals;

namespace {

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

QString expandedQuery(const QString &text, const QueryScope &scope)
{
    static const QRegularExpression variable(u"\\$\\{(\\w+)\\}|\\[\\[(\\w+)\\]\\]|\\$(\\w+)"_s);
    QString expanded;
    qsizetype at = 0;
    for (auto it = variable.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const QString name = match.captured(1) + match.captured(2) + match.captured(3);
        expanded += text.mid(at, match.capturedStart() - at) + builtIn(name, scope).value_or(match.captured(0));
        at = match.capturedEnd();
    }
    return expanded + text.sliced(at);
}

QString legendText(const Labels &labels)
{
    const QString name = labelValue(labels, u"__name__"_s);
    Labels rest = labels;
    rest.erase(u"__name__"_s);
    return rest.empty() ? (name.isEmpty() ? u"value"_s : name) : name + labelsText(rest);
}

} // namespace atalaya::metrics
