// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/feature_flags.h"

namespace atalaya::fleet {

const char *wordFor(FlagSource source)
{
    switch (source) {
    case FlagSource::Default:
        return "default";
    case FlagSource::Environment:
        return "env";
    case FlagSource::Override:
        break;
    }
    return "override";
}

FeatureFlags::FeatureFlags(const std::vector<FlagDefinition> &definitions, const Environment &environment,
                           const FlagOverrides &overrides, Timestamp now, std::function<quint64()> nextVersion)
    : m_definitions(definitions), m_nextVersion(std::move(nextVersion))
{
    for (const FlagDefinition &definition : definitions) {
        FlagStatus status;
        status.updatedAt = now;
        if (const auto chosen = overrides.find(definition.name); chosen != overrides.end()) {
            status.source = FlagSource::Override;
            status.value = chosen->second.value;
            status.updatedAt = chosen->second.at;
            status.updatedBy = chosen->second.by;
        } else if (const auto found = environment.find(definition.name); found != environment.end()) {
            status.source = FlagSource::Environment;
            status.value = found->second == "true";
        } else {
            status.value = definition.defaultValue;
        }
        status.configuredValue = status.value;
        status.version = m_nextVersion();
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

std::optional<std::string> FeatureFlags::missingDependency(const FlagDefinition &definition) const
{
    for (const std::string &name : definition.dependsOn) {
        const FlagStatus *needed = status(name);
        if (!needed || !(definition.isLive ? needed->value : needed->configuredValue))
            return name;
    }
    return {};
}

bool FeatureFlags::set(const FlagDefinition &definition, const FlagOverride &wanted)
{
    FlagStatus &status = m_statuses.at(definition.name);
    if (status.configuredValue == wanted.value)
        return false;
    status.configuredValue = wanted.value;
    if (definition.isLive)
        status.value = wanted.value;
    status.source = FlagSource::Override;
    status.version = m_nextVersion();
    status.updatedAt = wanted.at;
    status.updatedBy = wanted.by;
    return true;
}

} // namespace atalaya::fleet
