// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dashboards/variable_values.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {

/// RE2's special characters escaped, and then backslash and quote once more, since it stands in a PromQL string.
QString regexQuoted(const QString &value)
{
    QString quoted;
    for (const QChar c : value) {
        if (u"\\^$*+?.()[]{}|"_s.contains(c))
            quoted += u"\\\\"_s;
        if (c == u'\\' || c == u'"')
            quoted += u'\\';
        quoted += c;
    }
    return quoted;
}

QString choiceText(const VariableChoice &choice, const QString &format)
{
    if (choice.all)
        return format == u"text" ? u"All"_s : choice.allPattern;
    if (choice.values.isEmpty())
        return {};
    if (format == u"text" || format == u"raw" || format == u"csv")
        return choice.values.join(format == u"text" ? u" + "_s : u","_s);
    if (format == u"pipe")
        return choice.values.join(u'|');
    if (choice.values.size() == 1 && !choice.isPattern && format != u"regex")
        return choice.values.first();
    return anyOf(choice.values);
}

QString replacedIn(const QString &text, const VariableChoices &choices, const QString &forcedFormat)
{
    static const QRegularExpression reference(
        u"\\$(?:(?<bare>[A-Za-z_]\\w*)|\\{(?<braced>[A-Za-z_][\\w.]*)(?::(?<format>\\w+))?\\})|\\[\\[(?<old>[A-Za-z_]\\w*)\\]\\]"_s);
    QString replaced;
    qsizetype at = 0;
    QRegularExpressionMatchIterator matches = reference.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString name = match.captured(u"bare"_s);
        if (name.isEmpty())
            name = match.captured(u"braced"_s);
        if (name.isEmpty())
            name = match.captured(u"old"_s);
        replaced += text.mid(at, match.capturedStart() - at);
        const auto choice = choices.constFind(name);
        if (choice == choices.constEnd())
            replaced += match.captured();
        else
            replaced += choiceText(*choice, forcedFormat.isEmpty() ? match.captured(u"format"_s) : forcedFormat);
        at = match.capturedEnd();
    }
    return replaced + text.mid(at);
}

} // namespace

QString anyOf(const QStringList &values)
{
    QStringList quoted;
    for (const QString &value : values)
        quoted.append(regexQuoted(value));
    return quoted.size() == 1 ? quoted.first() : u"("_s + quoted.join(u'|') + u")"_s;
}

QString withVariables(const QString &text, const VariableChoices &choices)
{
    return replacedIn(text, choices, {});
}

QString titleWithVariables(const QString &text, const VariableChoices &choices)
{
    return replacedIn(text, choices, u"text"_s);
}

std::optional<OptionsQuery> optionsQuery(const Variable &variable, const VariableChoices &choices)
{
    static const QRegularExpression labelValues(
        u"^\\s*label_values\\(\\s*(?:(?<metric>.+?)\\s*,\\s*)?(?<label>[A-Za-z_]\\w*)\\s*\\)\\s*$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression queryResult(u"^\\s*query_result\\((?<expr>.+)\\)\\s*$"_s,
                                                QRegularExpression::DotMatchesEverythingOption);
    if (const auto match = labelValues.match(variable.query); match.hasMatch()) {
        const QString label = match.captured(u"label"_s);
        QString metric = withVariables(match.captured(u"metric"_s), choices);
        if (metric.isEmpty())
            metric = u"{"_s + label + u"!=\"\"}"_s;
        return OptionsQuery{u"group by ("_s + label + u") ("_s + metric + u")"_s, label};
    }
    if (const auto match = queryResult.match(variable.query); match.hasMatch())
        return OptionsQuery{withVariables(match.captured(u"expr"_s), choices), {}};
    return std::nullopt;
}

QStringList optionsFrom(const metrics::QueryResult &result, const QString &label)
{
    QSet<QString> seen;
    for (const metrics::Series &series : result.series) {
        const QString option = label.isEmpty() ? labelsText(series.labels) : labelValue(series.labels, label);
        if (!option.isEmpty())
            seen.insert(option);
    }
    QStringList options(seen.cbegin(), seen.cend());
    options.sort();
    return options;
}

QString legendFor(const QString &pattern, const Labels &labels, const QString &expr)
{
    if (!pattern.isEmpty() && pattern != u"__auto") {
        static const QRegularExpression placeholder(u"\\{\\{\\s*([A-Za-z_]\\w*)\\s*\\}\\}"_s);
        QString text;
        qsizetype at = 0;
        QRegularExpressionMatchIterator matches = placeholder.globalMatch(pattern);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            text += pattern.mid(at, match.capturedStart() - at) + labelValue(labels, match.captured(1));
            at = match.capturedEnd();
        }
        text += pattern.mid(at);
        if (!text.trimmed().isEmpty())
            return text.trimmed();
    }
    Labels shown = labels;
    shown.erase(u"__name__"_s);
    if (!shown.empty())
        return shown.size() == 1 ? shown.begin()->second : labelsText(shown);
    const QString name = labelValue(labels, u"__name__"_s);
    return name.isEmpty() ? expr : name;
}

} // namespace atalaya::dashboards
