// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/silence.h"
#include "models/control/instance_write.h"
#include "models/http/transport.h"
#include "models/workspace/endpoint_resolver.h"

namespace atalaya::alerts {

/// Makes, extends or expires one silence in one Alertmanager (v2). It keeps no record of requests: its list of silences
/// is read back, and a new one is known by its content. Parameters: "matchers", "starts_at", "ends_at", "comment" of a
/// new one; "id" and "ends_at" of an extension; "id" of an expiry.
class SilenceWrite final : public control::InstanceWrite
{
public:
    enum class Action
    {
        Create,
        Extend,
        Expire
    };
    /// `subject`: the matchers of a new silence, else the id of one that is there.
    SilenceWrite(http::Transport &transport, workspace::EndpointResolver &resolver, workspace::Access access,
                 workspace::Auth auth, Action action, QString subject);

    /// Another create would be another silence; extending and expiring twice is the same as once.
    bool isIdempotent() const override { return m_action != Action::Create; }
    Milliseconds timeout() const override { return m_access.timeout; }
    Pending<control::TargetState> read() override;
    Pending<control::Reply> send(const control::Ticket &ticket, const control::TargetState &before) override;
    Pending<control::ReadBack> readBack(const control::Ticket &ticket, const control::TargetState &before,
                                        bool needsProof) override;
    QString curl(const control::Ticket &ticket, const control::TargetState &before) const override;

private:
    Pending<QList<Silence>> fetchSilences();
    http::HttpRequest requestFor(const control::Ticket &ticket, const control::TargetState &before) const;
    Result<control::TargetState> stateBefore(const QList<Silence> &silences) const;
    control::ReadBack seenIn(const QList<Silence> &silences, const control::Ticket &ticket,
                             const control::TargetState &before) const;

    http::Transport &m_transport;
    workspace::EndpointResolver &m_resolver;
    workspace::Access m_access;
    workspace::Auth m_auth;
    Action m_action;
    QString m_subject;
};

/// What Alertmanager's answer to a write claims; `isDelete`: an empty body is its success.
control::Reply silenceReply(const Result<http::HttpResponse> &answer, bool isDelete);

} // namespace atalaya::alerts
