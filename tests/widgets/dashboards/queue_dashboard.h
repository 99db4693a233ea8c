// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/dashboards/dashboard.h"

namespace atalaya::test {

/// Anclora's queue dashboard with its ten panels, as Grafana writes it.
dashboards::Dashboard queueDashboard();

} // namespace atalaya::test
