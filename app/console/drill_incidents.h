// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/drill_client.h"
#include "models/refresh/refresh_schedule.h"
#include "widgets/drill/drill_controller.h"

namespace atalaya::console {

/// The rehearsed incidents of one running drill, read again every few seconds, for the Drill page.
class DrillIncidents final : public drill::DrillController
{
    Q_OBJECT
public:
    /// `transport` and `schedule` must outlive it.
    DrillIncidents(stack::DrillAddresses drill, http::Transport &transport, refresh::RefreshSchedule &schedule,
                   QObject *parent = nullptr);
    ~DrillIncidents() override;

    QList<drill::Incident> incidents() const override { return m_incidents; }
    QString problem() const override { return m_problem; }
    void setIncident(const QString &name, const QString &instance, bool on) override;

private:
    void take(const Result<QList<DrillIncident>> &answer);

    const stack::DrillAddresses m_drill;
    http::Transport &m_transport;
    refresh::RefreshSchedule &m_schedule;
    refresh::PollId m_poll;
    QList<drill::Incident> m_incidents;
    QString m_problem;
};

} // namespace atalaya::console
