// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/operator_note.h"
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

/// What an operator set a flag to. It outlasts the process: the next one starts with it, whatever its environment says.
struct FlagOverride
{
    bool value = false;
    Timestamp at{};
    OperatorNote by;
};
using FlagOverrides = std::map<std::string, FlagOverride>;

enum class FlagSource
{
    Default,
    Environment,
    Override
};
/// "default", "env", "override".
const char *wordFor(FlagSource source);

struct FlagStatus
{
    bool value = false;           ///< what runs now
    bool configuredValue = false; ///< what the next start will use
    FlagSource source = FlagSource::Default;
    quint64 version = 0;
    Timestamp updatedAt{};
    OperatorNote updatedBy; ///< empty name: no operator

    bool isRestartPending() const { return value != configuredValue; }
};

/// The flags of one process: one source of truth, filled at start from the operators' overrides and the environment,
/// where a flag is true only if its variable is exactly "true".
class FeatureFlags
{
public:
    FeatureFlags(const std::vector<FlagDefinition> &definitions, const Environment &environment,
                 const FlagOverrides &overrides, Timestamp now, std::function<quint64()> nextVersion);

    bool isOn(const std::string &name) const;
    const std::vector<FlagDefinition> &definitions() const { return m_definitions; }
    /// Null for a name that is no flag of this system.
    const FlagDefinition *definition(const std::string &name) const;
    const FlagStatus *status(const std::string &name) const;

    /// The first flag it depends on that will be off when this one takes effect.
    std::optional<std::string> missingDependency(const FlagDefinition &definition) const;
    /// At once where the flag is live, else with the next start. False where that is already so.
    bool set(const FlagDefinition &definition, const FlagOverride &wanted);

private:
    std::vector<FlagDefinition> m_definitions;
    std::function<quint64()> m_nextVersion;
    std::map<std::string, FlagStatus> m_statuses;
};

} // namespace atalaya::fleet
