// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <optional>

namespace atalaya::alerts {

/// A rule's expression cut at its trailing comparison with a number, so that the value and its limit can be drawn
/// instead of only the moments at which the comparison held.
struct LimitSplit
{
    QString value;      ///< what is compared
    QString comparison; ///< ">", ">=", "<", "<=", "==", "!="
    double limit = 0;

    bool operator==(const LimitSplit &) const = default;
};

/// Nothing when the expression does not end in "VALUE op NUMBER" at its top level: inside brackets or strings, behind
/// `and`, `or` or `unless`, with `bool`, or with a comparison within VALUE, cutting would change what is drawn.
std::optional<LimitSplit> splitAtLimit(const QString &expr);

} // namespace atalaya::alerts
