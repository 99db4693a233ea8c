// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace atalaya::shell {

/// How well a text answers what was typed: the higher the better; `positions` are the letters to mark.
struct FuzzyMatch
{
    int score = 0;
    QList<int> positions;

    bool operator==(const FuzzyMatch &) const = default;
};

/// Every letter of `typed`, spaces aside, must occur in `text` in order, without regard to case. Starts of words and
/// neighbours count more. Nothing typed matches everything with score 0.
std::optional<FuzzyMatch> fuzzyMatch(const QString &typed, const QString &text);

} // namespace atalaya::shell
