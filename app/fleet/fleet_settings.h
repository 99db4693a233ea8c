// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/service_instance.h"

#include <QtCore/QString>

namespace atalaya::fleet {

struct FleetSettings
{
    struct Instance
    {
        std::string system;
        InstanceSettings settings;
    };
    std::vector<Instance> instances;
    double speed = 1;
    std::uint64_t seed = 1;
    QString logFolder;
    quint16 adminPort = 0;
    std::vector<Credential> credentials;
};

/// Reads the configuration file and the token files it names, which nobody but their owner may read. Every fault names
/// the file and what is wrong, in one line; unknown keys are faults.
Result<FleetSettings> readFleetSettings(const QString &path);

} // namespace atalaya::fleet
