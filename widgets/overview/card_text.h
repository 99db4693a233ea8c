// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/overview/system_summary.h"
#include "widgets/theme/state_painter.h"

#include <QtCore/QTimeZone>

namespace atalaya::overview {

/// One line of a card's column: a shape or a switch, a figure in its colour, and words.
struct CardLine
{
    std::optional<State> shape;
    std::optional<theme::Switch> glyph;
    QString figure; ///< "4"; with "+" where a silent source may hide more
    QString words;  ///< "warning", "half-open"

    bool operator==(const CardLine &) const = default;
};

theme::Switch glyphOf(breakers::BreakerState state);

/// Critical, warning, info and pending counts; one line "None" or, where a source is silent and nothing is known, "Not
/// known".
QList<CardLine> alertLines(const SystemSummary &system);
/// Breakers that are not closed, else the closed ones; "No breakers" where there are none.
QList<CardLine> breakerLines(const SystemSummary &system);
/// "2 of 3 healthy", "2 not known", "No instances".
QString healthCountText(const SystemSummary &system);
/// "since 03:02:52" and "6 m 48 s"; empty where it is not known.
std::pair<QString, QString> sinceTexts(const SystemSummary &system, Timestamp now, const QTimeZone &zone);
/// What a screen reader says of a card.
QString spokenSummary(const SystemSummary &system, Timestamp now, const QTimeZone &zone);
/// Worst first: critical, not known, warning, pending, ok; of two alike the one configured first.
QList<SystemSummary> worstFirst(QList<SystemSummary> systems);

} // namespace atalaya::overview
