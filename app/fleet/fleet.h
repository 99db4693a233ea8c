// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/admin_api.h"
#include "app/fleet/fleet_settings.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace atalaya::fleet {

/// Every instance of the configuration, the simulation that moves them, and the admin port.
class Fleet : public QObject
{
    Q_OBJECT

public:
    /// `clock` outlives the fleet.
    Fleet(FleetSettings settings, const Clock &clock, QObject *parent = nullptr);
    ~Fleet() override;

    /// Opens all ports and starts all processes. On failure nothing runs.
    Result<void> open();
    /// Moves the simulation by the clock ten times a second. Tests that own the clock call `advance` instead.
    void run();
    void advance();
    /// Drains every instance; `drained` is emitted when the last has stopped.
    void shutDown();

    /// The line for standard output: {"ready":true,"admin_url":...,"instances":[{"system","id","url"}]}.
    std::string readyLine() const;
    std::string adminUrl() const { return m_adminListener.url(); }
    ServiceInstance *instance(const std::string &id);
    AdminApi &admin() { return m_admin; }

Q_SIGNALS:
    void drained();

private:
    FleetSettings m_settings;
    const Clock &m_clock;
    std::vector<SystemDefinition> m_systems;
    Simulation m_simulation;
    std::vector<std::unique_ptr<ServiceInstance>> m_instances;
    AdminApi m_admin;
    HttpListener m_adminListener;
    QTimer m_tick;
    QTimer m_flush;
    bool m_isDraining = false;
    bool m_isDrained = false;
};

} // namespace atalaya::fleet
