// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/overview/overview_store.h"
#include "tests/widgets/incident/incident_fleet.h"
#include "widgets/drill/drill_controller.h"
#include "widgets/shell/console_parts.h"

#include <memory>

namespace atalaya::test {

/// The incident of IncidentFleet as a whole console sees it: with golden signals, alert rules, an Alertmanager that
/// silences and inhibits, and the Overview's judgement.
class ConsoleFleet
{
public:
    explicit ConsoleFleet(Timestamp start = IncidentFleet::at(3, 9, 0),
                          IncidentFleet::Network network = IncidentFleet::Network::Answers);

    IncidentFleet fleet;
    QTimeZone zone = QTimeZone("Europe/Madrid");
    bool quiet = false; ///< no alert at all
    int manyAlerts = 0; ///< so many more, of prom-anclora

    const workspace::Environment &environment() const { return m_environment; }
    overview::OverviewStore &overview();
    shell::ConsoleParts parts();
    /// Every store is made and has polled for `span`.
    void run(Milliseconds span = std::chrono::seconds(40));

private:
    void script();
    QByteArray rules(const QString &source) const;
    QByteArray alertmanagerAlerts() const;
    QByteArray range(const QString &source, const RecordedCall &call) const;

    workspace::Environment m_environment;
    std::unique_ptr<overview::OverviewStore> m_overview;
};

/// A drill stack that does what it is told at once.
class FakeDrill final : public drill::DrillController
{
    Q_OBJECT
public:
    QList<drill::Incident> incidents() const override { return list; }
    QString problem() const override { return trouble; }
    void setIncident(const QString &name, const QString &instance, bool on) override;

    QList<drill::Incident> list;
    QString trouble;
    QStringList told;    ///< "openai-outage worker-1 on"
    bool answers = true; ///< false: it stays silent
};

} // namespace atalaya::test
