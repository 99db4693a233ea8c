// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace atalaya::flags {

struct FlagId
{
    QString system;
    QString name;
    QString instance;

    auto operator<=>(const FlagId &) const = default;
    bool operator==(const FlagId &) const = default;
    friend size_t qHash(const FlagId &id, size_t seed = 0) { return qHashMulti(seed, id.system, id.name, id.instance); }
};

/// A flag as one instance reports it. What is absent was not said.
struct Flag
{
    FlagId id;
    bool value = false;                  ///< what runs now
    std::optional<bool> configuredValue; ///< what the next start will use
    std::optional<bool> defaultValue;
    bool atRestart = false; ///< takes effect at restart; else live
    bool pendingRestart = false;
    std::optional<int> phase;
    QString description, rollback, source, updatedBy, reason, version, etag;
    QStringList dependsOn;
    std::optional<Timestamp> updatedAt;

    bool operator==(const Flag &) const = default;
};

} // namespace atalaya::flags

Q_DECLARE_METATYPE(atalaya::flags::Flag)
