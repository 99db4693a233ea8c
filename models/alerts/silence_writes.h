// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/silence.h"
#include "models/control/instance_write.h"
#include "models/http/transport.h"
#include "models/workspace/endpoint_resolver.h"

namespace atalaya::alerts {

/// Where a new silence goes: one Alertmanager of each cluster, the first that is not among the silent ones.
QStringList alertmanagersFor(const workspace::Environment &environment, const QStringList &silentSources);

/// A new silence; its comment is the reason.
control::Command silenceCommand(const QString &environment, const QList<Matcher> &matchers, Timestamp startsAt,
                                Timestamp endsAt, const QStringList &alertmanagers, const QString &reason);
/// `silences` are one silence as each Alertmanager holds it; one of a cluster is enough.
control::Command extendCommand(const QString &environment, const QList<Silence> &silences, Timestamp endsAt,
                               const QString &reason);
control::Command expireCommand(const QString &environment, const QList<Silence> &silences, const QString &reason);

/// The writes to silences of one environment, with each Alertmanager's credential for writing.
class SilenceWrites final : public control::WriteSource
{
public:
    SilenceWrites(const workspace::Environment &environment, http::Transport &transport,
                  workspace::EndpointResolver &resolver);

    Result<std::unique_ptr<control::InstanceWrite>> writeFor(const control::Command &command,
                                                             const control::InstanceAsk &ask) override;

private:
    workspace::Environment m_environment;
    http::Transport &m_transport;
    workspace::EndpointResolver &m_resolver;
};

} // namespace atalaya::alerts
