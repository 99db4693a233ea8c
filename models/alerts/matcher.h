// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/labels.h"
#include "models/base/result.h"

#include <QtCore/QList>
#include <QtCore/QRegularExpression>

namespace atalaya::alerts {

/// One label matcher. Patterns are anchored at both ends, as Prometheus does; an absent label counts as empty.
class Matcher
{
public:
    enum class Kind
    {
        Equal,
        NotEqual,
        Matches,
        NotMatches
    };

    /// BadInput when `value` is not a valid pattern.
    static Result<Matcher> make(QString name, Kind kind, QString value);

    const QString &name() const { return m_name; }
    const QString &value() const { return m_value; }
    Kind kind() const { return m_kind; }
    bool isNegative() const { return m_kind == Kind::NotEqual || m_kind == Kind::NotMatches; }
    bool isPattern() const { return m_kind == Kind::Matches || m_kind == Kind::NotMatches; }

    bool matches(const Labels &labels) const;
    /// `system=~"a.*"`.
    QString text() const;
    bool operator==(const Matcher &other) const
    {
        return m_name == other.m_name && m_kind == other.m_kind && m_value == other.m_value;
    }

private:
    QString m_name;
    Kind m_kind = Kind::Equal;
    QString m_value;
    QRegularExpression m_pattern;
};

/// "=", "!=", "=~", "!~".
QString operatorText(Matcher::Kind kind);

/// `severity="critical" system=~"a.*"`; commas, braces and quotes may be left out; a bare word is an alert name. Empty
/// text is no matcher. The error names what was expected; `faultAt` takes its place, counted from 0.
Result<QList<Matcher>> parseMatchers(const QString &text, qsizetype *faultAt = nullptr);
bool matchesAll(const QList<Matcher> &matchers, const Labels &labels);
/// `severity="critical", system=~"a.*"`.
QString matchersText(const QList<Matcher> &matchers);

} // namespace atalaya::alerts
