// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "models/breakers/breaker.h"
#include "widgets/theme/state_painter.h"

#include <QtCore/QList>
#include <QtCore/QTimeZone>

#include <optional>

namespace atalaya::breakers {

/// What one cell of the matrix says, before it is painted. Every missing number is in words.
struct BreakerCell
{
    enum class Surface
    {
        Plain,
        OfState,
        Warning,
        Hatched
    };

    theme::Switch glyph = theme::Switch::Unknown;
    QString word;                 ///< "half-open", "unknown(7)"
    State state = State::Unknown; ///< colour of glyph and word
    Surface surface = Surface::Plain;
    QString since; ///< "03:11:31", or "9 d" where it is closed
    QString note;  ///< instead of figures: "metric says half-open", "last seen closed, 03:05:28"
    bool noteWarns = false;
    QString rate; ///< "58 %"; empty: not said here
    bool rateWarns = false;
    QString calls, callsShort;     ///< "13.8 /s rejected", "13.8 /s cut"
    QString countdown;             ///< "probe in 22 s", "ends in 12:47"
    std::optional<double> elapsed; ///< share of that span, for the bar, 0 to 1

    bool operator==(const BreakerCell &) const = default;
};

BreakerCell breakerCell(const Breaker &breaker, Timestamp now, const QTimeZone &zone);
/// The glyph a breaker is shown with; a mode wins over a state.
theme::Switch switchOf(const Breaker &breaker);
theme::Switch switchOf(BreakerState state);
/// One sentence with everything the cell shows, for tool tips and screen readers.
QString cellSentence(const Breaker &breaker, Timestamp now, const QTimeZone &zone);

/// Paints a cell into `area`. `history` is the failure rate over time, oldest first.
void paintBreakerCell(QPainter &painter, const QRectF &area, const theme::Theme &theme, const BreakerCell &cell,
                      const QList<std::pair<Timestamp, double>> &history, bool selected, bool focused, bool hovered);

} // namespace atalaya::breakers
