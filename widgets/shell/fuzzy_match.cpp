// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/fuzzy_match.h"

namespace atalaya::shell {

namespace {

bool startsWord(const QString &text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text.at(at - 1);
    return !before.isLetterOrNumber() || (before.isLower() && text.at(at).isUpper());
}

/// The greedy match that takes the first letter at `start`; nothing when a later letter is missing.
std::optional<FuzzyMatch> matchFrom(const QString &letters, const QString &text, qsizetype start)
{
    FuzzyMatch match;
    qsizetype at = start;
    for (const QChar letter : letters) {
        while (at < text.size() && text.at(at).toCaseFolded() != letter)
            ++at;
        if (at == text.size())
            return std::nullopt;
        match.score += 1;
        if (startsWord(text, at))
            match.score += 8;
        if (!match.positions.isEmpty())
            match.score += at == match.positions.last() + 1 ? 6 : -1;
        match.positions.append(static_cast<int>(at));
        ++at;
    }
    // Of two texts that match alike, the one with less beside the match is meant.
    match.score -= static_cast<int>((text.size() - letters.size()) / 8);
    return match;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString &typed, const QString &text)
{
    QString letters;
    for (const QChar c : typed) {
        if (!c.isSpace())
            letters += c.toCaseFolded();
    }
    if (letters.isEmpty())
        return FuzzyMatch{};
    std::optional<FuzzyMatch> best;
    for (qsizetype start = 0; start < text.size(); ++start) {
        if (text.at(start).toCaseFolded() != letters.front())
            continue;
        const auto match = matchFrom(letters, text, start);
        if (!match)
            break;
        if (!best || match->score > best->score)
            best = match;
    }
    return best;
}

} // namespace atalaya::shell
