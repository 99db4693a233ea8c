// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breakers/breaker.h"
#include "models/control/instance_write.h"
#include "models/http/transport.h"
#include "models/workspace/endpoint_resolver.h"

#include <QtCore/QObject>

namespace atalaya::breakers {

/// Commands on one breaker of several instances. A trip holds for `hold`, or until reset.
control::Command tripCommand(const QString &environment, const QString &system, const QString &name,
                             const QStringList &instances, std::optional<Seconds> hold, const QString &reason);
control::Command releaseCommand(const QString &environment, const QString &system, const QString &name,
                                const QStringList &instances, const QString &reason);
control::Command resetCommand(const QString &environment, const QString &system, const QString &name,
                              const QStringList &instances, const QString &reason);
/// `names` empty: whatever is not closed on each instance.
control::Command resetAllCommand(const QString &environment, const QString &system, const QStringList &names,
                                 const QStringList &instances, const QString &reason);

/// The writes to breakers of one environment, by each system's adapter and its credential for writing.
class BreakerWrites final : public QObject, public control::WriteSource
{
    Q_OBJECT
public:
    BreakerWrites(const workspace::Environment &environment, http::Transport &transport,
                  workspace::EndpointResolver &resolver, QObject *parent = nullptr);

    Result<std::unique_ptr<control::InstanceWrite>> writeFor(const control::Command &command,
                                                             const control::InstanceAsk &ask) override;
    /// Whether a system's adapter can act at all.
    bool canWrite(const QString &system) const;

Q_SIGNALS:
    /// What a control endpoint said before or after a write: newer than anything read for the list.
    void readingTaken(const BreakerId &id, const ControlReading &reading);

private:
    workspace::Environment m_environment;
    http::Transport &m_transport;
    workspace::EndpointResolver &m_resolver;
};

} // namespace atalaya::breakers
