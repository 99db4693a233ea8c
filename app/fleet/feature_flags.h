// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QtCore/QtGlobal>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace atalaya::fleet {

/// A process's environment variables.
using Environment = std::map<std::string, std::string>;

struct FlagDefinition
{
    std::string name;
    int phase = 0;
    bool defaultValue = false;
    bool isLive = false; ///< read at each use; otherwise once, at start
    std::string description;
    std::string rollback;
    std::vector<std::string> dependsOn;
};

struct FlagStatus
{
    bool value = false;           ///< what runs now
    bool configuredValue = false; ///< what the next start will use
    bool isFromEnvironment = false;
    quint64 version = 0;
    Timestamp updatedAt{};

    bool isRestartPending() const { return value != configuredValue; }
};

/// The flags of one process: one source of truth, filled from the environment at start. A flag is true only where its
/// variable is exactly "true".
class FeatureFlags
{
public:
    FeatureFlags(const std::vector<FlagDefinition> &definitions, const Environment &environment, Timestamp now,
                 const std::function<quint64()> &nextVersion);

    bool isOn(const std::string &name) const;
    const std::vector<FlagDefinition> &definitions() const { return m_definitions; }
    /// Null for a name that is no flag of this system.
    const FlagDefinition *definition(const std::string &name) const;
    const FlagStatus *status(const std::string &name) const;

private:
    const std::vector<FlagDefinition> &m_definitions;
    std::map<std::string, FlagStatus> m_statuses;
};

} // namespace atalaya::fleet
