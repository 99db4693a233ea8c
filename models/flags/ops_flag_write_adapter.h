// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/ops_write_adapter.h"
#include "models/flags/flag.h"

namespace atalaya::flags {

/// Sets one flag by the control contract. A flag that takes effect at the restart is set when the next start will use
/// the value.
class OpsFlagWrite final : public control::OpsWrite
{
public:
    /// `onRead` hears every reading that is taken on the way.
    OpsFlagWrite(http::Transport &transport, workspace::EndpointResolver &resolver, control::OpsPlace place,
                 QString name, std::function<void(const Flag &)> onRead);

protected:
    QString capability() const override { return QStringLiteral("flags.write"); }
    QString resource() const override { return QStringLiteral("/flags/") + m_name; }
    Result<control::TargetState> stateFrom(const http::HttpResponse &response) override;
    http::HttpRequest requestFor(const control::Ticket &ticket, const control::TargetState &before) const override;
    bool isWanted(const control::Ticket &ticket, const control::TargetState &state,
                  const control::TargetState &before) const override;
    bool isInEffect(const control::TargetState &state) const override;

private:
    QString m_name;
    std::function<void(const Flag &)> m_onRead;
};

} // namespace atalaya::flags
