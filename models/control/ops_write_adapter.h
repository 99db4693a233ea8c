// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/instance_write.h"
#include "models/http/transport.h"
#include "models/workspace/endpoint_resolver.h"

namespace atalaya::control {

/// Who answers at a control endpoint, to whom, and what it can do.
struct OpsIdentity
{
    QString instanceId, startedAt, contract;
    QStringList capabilities, roles;

    bool operator==(const OpsIdentity &) const = default;
};
Result<OpsIdentity> decodeOpsIdentity(const http::HttpResponse &response);
/// Why this caller may not write there: another contract, no such capability, a viewer's token; or nothing.
std::optional<Error> objectionToWrite(const OpsIdentity &identity, const QString &capability, const QString &endpoint);

/// One page of a service's own record of writes, as far as one request is concerned.
struct OpsAuditPage
{
    std::optional<Outcome> result; ///< what it recorded of the request
    QString words;                 ///< the entry, for people
    QString nextCursor;

    bool operator==(const OpsAuditPage &) const = default;
};
Result<OpsAuditPage> decodeOpsAudit(const http::HttpResponse &response, const QString &idempotencyKey,
                                    const QString &correlationId);

/// What an answer to a write claims, by the contract's table; `answer` may be the transport's error.
Reply opsReply(const Result<http::HttpResponse> &answer);

/// Where a system's control endpoint is and as whom it is written to.
struct OpsPlace
{
    workspace::Access access;
    workspace::Auth auth; ///< for writing; kind None: the access's own
    QString base;         ///< "/ops/v1"
};

/// A write by the control contract ops/1: everything but what is written. Reads and writes with the credential for
/// writing, so that the roles it shows are the writer's.
class OpsWrite : public InstanceWrite
{
public:
    OpsWrite(http::Transport &transport, workspace::EndpointResolver &resolver, OpsPlace place);

    bool isIdempotent() const override { return true; }
    Milliseconds timeout() const override { return m_place.access.timeout; }
    Pending<TargetState> read() override;
    Pending<Reply> send(const Ticket &ticket, const TargetState &before) override;
    Pending<ReadBack> readBack(const Ticket &ticket, const TargetState &before, bool needsProof) override;
    QString curl(const Ticket &ticket, const TargetState &before) const override;

protected:
    /// "breakers.write".
    virtual QString capability() const = 0;
    /// The resource below the base, "/breakers/openai".
    virtual QString resource() const = 0;
    virtual Result<TargetState> stateFrom(const http::HttpResponse &response) = 0;
    /// Method, path below the base, and body; what every write carries is added.
    virtual http::HttpRequest requestFor(const Ticket &ticket, const TargetState &before) const = 0;
    /// Whether `state` is what the ticket wants of what was there before.
    virtual bool isWanted(const Ticket &ticket, const TargetState &state, const TargetState &before) const = 0;
    /// Whether it was so before; false where a write always changes something, such as the end of a hold.
    virtual bool wasWanted(const Ticket &ticket, const TargetState &before) const
    {
        return isWanted(ticket, before, before);
    }
    /// False where the wanted state is only to come, at the next start.
    virtual bool isInEffect(const TargetState &) const { return true; }
    /// False for a write that names the versions it expects in its body.
    virtual bool hasIfMatch() const { return true; }

private:
    Pending<http::Endpoint> endpoint() { return m_resolver.resolve(m_place.access, m_place.auth); }
    Pending<OpsIdentity> fetchIdentity(const http::Endpoint &endpoint);
    Pending<TargetState> fetchState(const http::Endpoint &endpoint, const OpsIdentity &identity);
    Pending<OpsAuditPage> fetchAudit(const http::Endpoint &endpoint, const Ticket &ticket, const QString &cursor,
                                     int pagesLeft);
    http::HttpRequest wholeRequest(const Ticket &ticket, const TargetState &before) const;

    http::Transport &m_transport;
    workspace::EndpointResolver &m_resolver;
    OpsPlace m_place;
};

} // namespace atalaya::control
