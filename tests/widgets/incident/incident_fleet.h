// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/breakers/breaker_store.h"
#include "models/flags/flag_store.h"
#include "models/health/health_store.h"
#include "models/metrics/metric_store.h"
#include "tests/support/fake_transport.h"
#include "tests/support/manual_clock.h"

#include <QtCore/QTimeZone>

#include <memory>

namespace atalaya::test {

/// Five systems in the middle of an incident, behind a scripted transport and a clock of the test's: an outage of
/// OpenAI from 02:58:40, p2p silent from 03:05:28 (UTC, 24 November 2026). Stores are made on first use.
class IncidentFleet
{
public:
    /// What does not answer at all, besides p2p's own silence.
    enum class Network
    {
        Answers,
        Hangs,
        Refuses
    };

    explicit IncidentFleet(Timestamp start, Network network = Network::Answers);
    ~IncidentFleet();

    ManualClock clock;
    FakeTransport transport;
    QTimeZone zone = QTimeZone::utc();

    const workspace::Environment &environment() const;
    refresh::RefreshSchedule &schedule();
    refresh::SourceMonitor &monitor();
    breakers::BreakerStore &breakers();
    flags::FlagStore &flags();
    health::HealthStore &health();
    alerts::AlertStore &alerts();
    metrics::MetricStore &metrics();

    /// Moves the clock in steps and lets every poll that falls due finish.
    void run(Milliseconds span, Milliseconds step = std::chrono::seconds(10));
    /// Lets everything that is under way finish, without moving the clock.
    static void settle();

    static Timestamp at(int hour, int minute, int second);

    /// Changes to the script, for single tests.
    bool p2pAnswers = false;              ///< also after 03:05:28
    QHash<QString, QByteArray> bodies;    ///< path of an instance, "worker-1/health", to a body to answer with instead
    QHash<QString, QString> rangeErrors;  ///< part of an expression to the words Prometheus refuses it with
    bool circuitBreakersBypassed = false; ///< of ai-proveedores

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::test
