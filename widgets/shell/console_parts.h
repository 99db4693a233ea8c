// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/base/clock.h"
#include "models/breakers/breaker_store.h"
#include "models/dashboards/dashboard.h"
#include "models/flags/flag_store.h"
#include "models/health/health_store.h"
#include "models/metrics/metric_store.h"
#include "models/overview/overview_store.h"
#include "models/refresh/refresh_schedule.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/workspace.h"

#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtCore/QTimeZone>

namespace atalaya::shell {

/// What a window stands on: everything of one environment, owned elsewhere. The references must outlive the window.
struct ConsoleParts
{
    const workspace::Environment &environment;
    QStringList environmentNames; ///< of the workspace; one: no environment menu
    refresh::RefreshSchedule &schedule;
    refresh::SourceMonitor &monitor;
    alerts::AlertStore &alerts;
    health::HealthStore &health;
    breakers::BreakerStore &breakers;
    flags::FlagStore &flags;
    metrics::MetricStore &metrics;
    overview::OverviewStore &overview;
    QList<dashboards::Dashboard> dashboards;
    const Clock &clock;
    QTimeZone zone;       ///< "local" of the status strip's toggle
    QStringList warnings; ///< of the workspace; shown once, in words
};

} // namespace atalaya::shell
