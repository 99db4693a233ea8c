// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/breakers/breaker_store.h"
#include "models/flags/flag_store.h"
#include "models/health/health_store.h"
#include "models/overview/system_summary.h"

#include <QtCore/QObject>
#include <QtCore/QTimeZone>

#include <memory>

namespace atalaya::overview {

/// Judges every system from what the stores know (rules: worst state, began, counts), and keeps the timeline of what
/// changed while the console watched, seeded with what the servers still tell of the time before. Holds no server data
/// of its own.
class OverviewStore final : public QObject
{
    Q_OBJECT
public:
    OverviewStore(const workspace::Environment &environment, const alerts::AlertStore &alerts,
                  const health::HealthStore &health, const breakers::BreakerStore &breakers,
                  const flags::FlagStore &flags, const refresh::SourceMonitor &monitor, const Clock &clock,
                  const QTimeZone &zone, QObject *parent = nullptr);
    ~OverviewStore() override;

    QList<SystemSummary> systems() const; ///< as configured; pages sort
    Verdict verdict() const;
    QList<TimelineEvent> timeline() const; ///< newest first

public Q_SLOTS:
    /// Judges anew. Happens by itself when a store changes and once a second; tests call it after moving their clock.
    void look();

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::overview
