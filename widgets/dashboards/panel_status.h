// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "widgets/dashboards/panel_queries.h"

#include <QtCore/QTimeZone>

namespace atalaya::dashboards {

/// What a panel's header says of its queries, and whether there is anything to draw.
struct PanelStatus
{
    enum class Kind
    {
        Fine,
        Waiting,
        Slow,
        Failed,
        Stale,
        Empty
    };

    Kind kind = Kind::Fine;
    State state = State::Ok;
    QString word;        ///< "asked 1.2 s ago", "last good data 03:05:28"; empty when fine
    QString serverWords; ///< of the failed query, for the tool tip and the body
    QString warning;     ///< the server's own warnings on a good answer
    std::optional<Timestamp> lastGood;

    bool operator==(const PanelStatus &) const = default;
};

/// `usual`: how long this panel's answers took lately; zero where it never answered.
PanelStatus panelStatus(const QList<PanelQueries::Answer> &answers, Timestamp now, const QTimeZone &zone,
                        Milliseconds usual);

/// "1.2 s" under ten seconds, else as ages are written.
QString askedAge(Milliseconds age);

} // namespace atalaya::dashboards
