// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/drill_incidents.h"
#include "app/console/environment_session.h"
#include "app/console/verb_services.h"
#include "widgets/shell/main_window.h"

#include <memory>

namespace atalaya::console {

/// One environment on screen: its stores and the window that shows them, taken down in the reverse order.
struct OpenWindow
{
    std::unique_ptr<EnvironmentSession> session;
    std::unique_ptr<DrillIncidents> drill; ///< only where the workspace is that of a running drill
    std::unique_ptr<shell::MainWindow> window;

    void close();
};

/// Builds stores and window, not shown yet. Dashboards that cannot be read become warnings in the window.
OpenWindow openWindow(const workspace::Workspace &workspace, const workspace::Environment &environment,
                      const VerbServices &services);

} // namespace atalaya::console
