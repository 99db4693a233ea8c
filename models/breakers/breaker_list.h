// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breakers/breaker.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace atalaya::breakers {

/// Who answers behind a control endpoint and what it can do (`GET /info`).
struct OpsInfo
{
    QString service, version, instanceId, contract;
    QStringList capabilities, roles;
    std::optional<Timestamp> startedAt;

    bool can(const QString &capability) const { return capabilities.contains(capability); }
    bool operator==(const OpsInfo &) const = default;
};

/// The breakers of one process.
struct BreakerList
{
    QString instanceId;
    std::optional<Timestamp> startedAt, generatedAt;
    QList<ControlReading> breakers;
    bool isControllable = true; ///< false: a bare list without versions, for reading only

    bool operator==(const BreakerList &) const = default;
};

} // namespace atalaya::breakers
