// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/drill_incidents.h"

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

DrillIncidents::DrillIncidents(stack::DrillAddresses drill, http::Transport &transport,
                               refresh::RefreshSchedule &schedule, QObject *parent)
    : DrillController(parent)
    , m_drill(std::move(drill))
    , m_transport(transport)
    , m_schedule(schedule)
    , m_poll(schedule.add(std::chrono::seconds(3), [this] {
        whenDone(fetchIncidents(m_transport, m_drill), this, [this](const Result<QList<DrillIncident>> &answer) {
            take(answer);
            m_schedule.finished(m_poll, answer.has_value());
        });
    }))
{
}

DrillIncidents::~DrillIncidents()
{
    m_schedule.remove(m_poll);
}

void DrillIncidents::setIncident(const QString &name, const QString &instance, bool on)
{
    whenDone(requestIncident(m_transport, m_drill, name, instance, on), this,
             [this, name, instance](const Result<QList<DrillIncident>> &answer) {
                 if (answer)
                     take(answer);
                 else
                     Q_EMIT failed(name, instance, sentenceFor(answer.error()));
             });
}

void DrillIncidents::take(const Result<QList<DrillIncident>> &answer)
{
    if (!answer) {
        m_problem = sentenceFor(answer.error());
        Q_EMIT changed();
        return;
    }
    m_problem.clear();
    QList<drill::Incident> incidents;
    for (const DrillIncident &each : *answer) {
        drill::Incident incident;
        incident.name = each.name;
        incident.title = each.name;
        QStringList effects;
        if (!each.breakers.isEmpty())
            effects += u"opens %1"_s.arg(each.breakers.join(u", "_s));
        if (!each.alerts.isEmpty())
            effects += u"fires %1"_s.arg(each.alerts.join(u", "_s));
        incident.description = effects.join(u"; "_s);
        for (const stack::DrillInstance &instance : m_drill.instances) {
            incident.instances += instance.id;
            incident.system = instance.system;
        }
        incident.running = each.instances;
        incidents.append(incident);
    }
    m_incidents = incidents;
    Q_EMIT changed();
}

} // namespace atalaya::console

#include "moc_drill_incidents.cpp"
