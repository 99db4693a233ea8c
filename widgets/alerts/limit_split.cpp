// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/limit_split.h"

#include <QtCore/QRegularExpression>

#include <cmath>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The expression with everything inside brackets, strings and comments blanked, so that what is left stands at the top
/// level at its own place. Nothing when brackets or quotes do not close.
std::optional<QString> topLevelOf(const QString &expr)
{
    QString text = expr;
    int depth = 0;
    QChar quote;
    bool comment = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = expr.at(i);
        const bool inside = depth > 0 || !quote.isNull() || comment;
        if (comment) {
            comment = c != u'\n';
        } else if (!quote.isNull()) {
            if (c == u'\\' && quote != u'`')
                text[i++] = u' ';
            else if (c == quote)
                quote = QChar();
        } else if (c == u'"' || c == u'\'' || c == u'`') {
            quote = c;
        } else if (c == u'#') {
            comment = true;
        } else if (c == u'(' || c == u'{' || c == u'[') {
            ++depth;
        } else if (c == u')' || c == u'}' || c == u']') {
            --depth;
        }
        if (depth < 0)
            return std::nullopt;
        if (i < text.size() && (inside || depth > 0 || !quote.isNull() || comment))
            text[i] = u' ';
    }
    if (depth != 0 || !quote.isNull())
        return std::nullopt;
    return text;
}

} // namespace

std::optional<LimitSplit> splitAtLimit(const QString &expr)
{
    const auto top = topLevelOf(expr);
    if (!top)
        return std::nullopt;
    static const QRegularExpression trailing(
        uR"((==|!=|>=|<=|>|<)\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*$)"_s);
    static const QRegularExpression other(uR"(==|!=|>|<|\b(?:and|or|unless|bool)\b)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const auto match = trailing.match(*top);
    if (!match.hasMatch())
        return std::nullopt;
    const qsizetype cut = match.capturedStart(1);
    if (other.match(top->left(cut)).hasMatch())
        return std::nullopt;
    const QString value = expr.left(cut).trimmed();
    bool isNumber = false;
    const double limit = match.captured(2).toDouble(&isNumber);
    if (value.isEmpty() || !isNumber || !std::isfinite(limit))
        return std::nullopt;
    return LimitSplit{value, match.captured(1), limit};
}

} // namespace atalaya::alerts
