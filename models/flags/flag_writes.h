// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/instance_write.h"
#include "models/flags/flag.h"
#include "models/http/transport.h"
#include "models/workspace/endpoint_resolver.h"

#include <QtCore/QObject>

namespace atalaya::flags {

/// Sets a flag on several instances.
control::Command setFlagCommand(const QString &environment, const QString &system, const QString &name,
                                const QStringList &instances, bool value, const QString &reason);

/// The writes to flags of one environment, by each system's adapter and its credential for writing.
class FlagWrites final : public QObject, public control::WriteSource
{
    Q_OBJECT
public:
    FlagWrites(const workspace::Environment &environment, http::Transport &transport,
               workspace::EndpointResolver &resolver, QObject *parent = nullptr);

    Result<std::unique_ptr<control::InstanceWrite>> writeFor(const control::Command &command,
                                                             const control::InstanceAsk &ask) override;
    /// Whether a system's adapter can act at all.
    bool canWrite(const QString &system) const;

Q_SIGNALS:
    /// What a control endpoint said before or after a write: newer than anything read for the list.
    void flagRead(const FlagId &id, const Flag &flag);

private:
    workspace::Environment m_environment;
    http::Transport &m_transport;
    workspace::EndpointResolver &m_resolver;
};

} // namespace atalaya::flags
