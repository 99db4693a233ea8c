// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/breakers/breaker_store.h"
#include "models/flags/flag_store.h"
#include "models/health/health_store.h"
#include "models/metrics/metric_store.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/secret_source.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace atalaya::startup {

/// The stores whose first answers are judged; they must outlive the checks.
struct CheckedStores
{
    const alerts::AlertStore &alerts;
    const health::HealthStore &health;
    const breakers::BreakerStore &breakers;
    const flags::FlagStore &flags;
    metrics::MetricStore &metrics;
    const refresh::SourceMonitor &monitor;
};

/// Runs every check at once and reports when all have ended, or at the deadline: what has not answered by then has
/// failed. A missing secret, a silent source and a silent instance are critical; an unhealthy instance and a metric or
/// label that is expected but not there are warnings.
class StartupChecks final : public QObject
{
    Q_OBJECT
public:
    StartupChecks(const workspace::Workspace &workspace, const workspace::Environment &environment,
                  const CheckedStores &stores, workspace::SecretSource &secrets, const Clock &clock,
                  QObject *parent = nullptr);

    /// Once. `finished` comes from the event loop.
    void run(Milliseconds deadline);

Q_SIGNALS:
    /// Form and words of the specification's start-up validation; status "healthy" or "unhealthy".
    void finished(const atalaya::health::StartupReport &report);

private:
    struct Check
    {
        health::StartupCheck outcome;
        bool isDone = false;
        std::function<void(Check &)> look; ///< sets the outcome once it is known; empty where an answer comes by itself
    };

    void addSecrets();
    void addSources();
    void addInstances();
    void addExpectedMetrics();
    std::size_t add(const QString &name, bool critical, std::function<void(Check &)> look = {});
    void end(std::size_t index, const QString &status, const QString &message);
    void look();
    void conclude();

    const workspace::Workspace m_workspace;
    const workspace::Environment m_environment;
    const CheckedStores m_stores;
    workspace::SecretSource &m_secrets;
    const Clock &m_clock;
    std::vector<Check> m_checks;
    Milliseconds m_began{};
    QTimer m_deadline;
    bool m_isComplete = false; ///< every check has been added
    bool m_isOver = false;
};

} // namespace atalaya::startup
