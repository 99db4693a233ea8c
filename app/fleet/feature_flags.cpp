// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/feature_flags.h"

namespace atalaya::fleet {

FeatureFlags::FeatureFlags(const std::vector<FlagDefinition> &definitions, const Environment &environment,
                           Timestamp now, const std::function<quint64()> &nextVersion)
    : m_definitions(definitions)
{
    for (const FlagDefinition &definition : definitions) {
        const auto found = environment.find(definition.name);
        FlagStatus status;
        status.isFromEnvironment = found != environment.end();
        status.value = status.isFromEnvironment ? found->second == "true" : definition.defaultValue;
        status.configuredValue = status.value;
        status.version = nextVersion();
        status.updatedAt = now;
        m_statuses.emplace(definition.name, status);
    }
}

bool FeatureFlags::isOn(const std::string &name) const
{
    const FlagStatus *found = status(name);
    return found && found->value;
}

const FlagDefinition *FeatureFlags::definition(const std::string &name) const
{
    for (const FlagDefinition &definition : m_definitions) {
        if (definition.name == name)
            return &definition;
    }
    return nullptr;
}

const FlagStatus *FeatureFlags::status(const std::string &name) const
{
    const auto found = m_statuses.find(name);
    return found == m_statuses.end() ? nullptr : &found->second;
}

} // namespace atalaya::fleet
