// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/matcher.h"
#include "models/base/clock.h"

namespace atalaya::alerts {

/// A silence as one Alertmanager holds it.
struct Silence
{
    enum class State
    {
        Pending,
        Active,
        Expired
    };
    QString id;
    QString alertmanager; ///< name of the source that said so
    QList<Matcher> matchers;
    Timestamp startsAt{}, endsAt{}, updatedAt{};
    QString createdBy, comment;
    State state = State::Active;
    QString startsAtText; ///< as the server wrote it: an extension must send back exactly this

    bool operator==(const Silence &) const = default;
};

} // namespace atalaya::alerts
