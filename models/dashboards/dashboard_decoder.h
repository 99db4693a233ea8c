// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/dashboards/dashboard.h"

namespace atalaya::dashboards {

/// Reads a Grafana dashboard file (also the export form with "__inputs", and the API form {"dashboard":{...}}). A panel
/// that cannot be drawn stays in the list as Unsupported with its reason; only a file that is no dashboard is an error.
Result<Dashboard> decodeDashboard(const QByteArray &bytes, const QString &file);
Result<Dashboard> readDashboard(const QString &file);

} // namespace atalaya::dashboards
