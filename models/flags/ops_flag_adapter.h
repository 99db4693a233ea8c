// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/flags/flag.h"
#include "models/http/transport.h"

#include <QtCore/QList>

namespace atalaya::flags {

/// The flags of one process, as its control endpoint lists them. Their ids have no system and instance yet.
struct FlagList
{
    QString instanceId;
    std::optional<Timestamp> startedAt;
    QList<Flag> flags;

    bool operator==(const FlagList &) const = default;
};

/// The contract's list or a bare array. Refuses an entry without a name or without a boolean value.
Result<FlagList> decodeOpsFlags(const http::HttpResponse &response);
/// One flag, as `GET /flags/{name}` answers it, or the `flag` of a write's answer.
Result<Flag> decodeOpsFlag(const http::HttpResponse &response);
/// The capabilities that `GET /info` declares.
Result<QStringList> decodeCapabilities(const http::HttpResponse &response);

/// Reads of the control contract `ops/1`, stateless. Decoding happens off the calling thread.
class OpsFlagAdapter
{
public:
    explicit OpsFlagAdapter(http::Transport &transport) : m_transport(transport) {}

    /// `base` is the contract's path below the endpoint, "/ops/v1".
    Pending<QStringList> fetchCapabilities(const http::Endpoint &endpoint, const QString &base) const;
    Pending<FlagList> fetchFlags(const http::Endpoint &endpoint, const QString &base) const;
    Pending<Flag> fetchFlag(const http::Endpoint &endpoint, const QString &base, const QString &name) const;

private:
    http::Transport &m_transport;
};

} // namespace atalaya::flags
