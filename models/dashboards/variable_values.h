// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/labels.h"
#include "models/dashboards/dashboard.h"
#include "models/metrics/series.h"

#include <optional>

namespace atalaya::dashboards {

/// What is chosen of one variable.
struct VariableChoice
{
    QStringList values;
    bool all = false;
    QString allPattern = QStringLiteral(".*"); ///< what all stands for in a matcher
    bool isPattern = false;                    ///< also a single value is matched as a regular expression

    bool operator==(const VariableChoice &) const = default;
};
using VariableChoices = QMap<QString, VariableChoice>;

/// `text` with $name, ${name}, ${name:format} and [[name]] replaced. Several values become a regular expression; the
/// built-in
/// $__... stay as they are. An unknown name stays, so that the server's words show what is missing.
QString withVariables(const QString &text, const VariableChoices &choices);
/// "(a|b)": a regular expression, as it stands inside a PromQL string, that matches exactly these values.
QString anyOf(const QStringList &values);
/// The same for titles: values joined with " + ", "All" for all.
QString titleWithVariables(const QString &text, const VariableChoices &choices);

/// The instant query whose answer holds the options of a "query" variable, with variables it depends on replaced;
/// nothing where its form is not known.
struct OptionsQuery
{
    QString expr;
    QString label; ///< options are its values; empty: one option a series, its label set
};
std::optional<OptionsQuery> optionsQuery(const Variable &variable, const VariableChoices &choices);
/// Sorted and without repeats.
QStringList optionsFrom(const metrics::QueryResult &result, const QString &label);

/// "{{label}}" replaced; an empty or unhelpful pattern gives the label set without the metric's name.
QString legendFor(const QString &pattern, const Labels &labels, const QString &expr);

} // namespace atalaya::dashboards
