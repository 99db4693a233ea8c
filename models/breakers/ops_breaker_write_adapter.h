// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breakers/breaker.h"
#include "models/control/ops_write_adapter.h"

namespace atalaya::breakers {

/// Trip, release and reset of one breaker by the control contract.
class OpsBreakerWrite final : public control::OpsWrite
{
public:
    enum class Action
    {
        Trip,
        Release,
        Reset
    };
    /// `onRead` hears every reading that is taken on the way.
    OpsBreakerWrite(http::Transport &transport, workspace::EndpointResolver &resolver, control::OpsPlace place,
                    Action action, QString name, std::function<void(const ControlReading &)> onRead);

protected:
    QString capability() const override { return QStringLiteral("breakers.write"); }
    QString resource() const override { return QStringLiteral("/breakers/") + m_name; }
    Result<control::TargetState> stateFrom(const http::HttpResponse &response) override;
    http::HttpRequest requestFor(const control::Ticket &ticket, const control::TargetState &before) const override;
    bool isWanted(const control::Ticket &ticket, const control::TargetState &state,
                  const control::TargetState &before) const override;
    bool wasWanted(const control::Ticket &ticket, const control::TargetState &before) const override;

private:
    Action m_action;
    QString m_name;
    std::function<void(const ControlReading &)> m_onRead;
};

/// Reset of several breakers of one instance in one request, which names the version of each. Without `names`: those
/// that are not closed, and all of them where every one is.
class OpsResetAllWrite final : public control::OpsWrite
{
public:
    OpsResetAllWrite(http::Transport &transport, workspace::EndpointResolver &resolver, control::OpsPlace place,
                     QStringList names);

protected:
    QString capability() const override { return QStringLiteral("breakers.write"); }
    QString resource() const override { return QStringLiteral("/breakers"); }
    Result<control::TargetState> stateFrom(const http::HttpResponse &response) override;
    http::HttpRequest requestFor(const control::Ticket &ticket, const control::TargetState &before) const override;
    bool isWanted(const control::Ticket &ticket, const control::TargetState &state,
                  const control::TargetState &before) const override;
    bool hasIfMatch() const override { return false; }

private:
    QStringList m_names;
};

} // namespace atalaya::breakers
