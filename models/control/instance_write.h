// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"
#include "models/control/command.h"

#include <QtCore/QObject>

#include <memory>

namespace atalaya::control {

/// What the request of a command to one instance carries.
struct Ticket
{
    QString commandId, idempotencyKey, correlationId;
    QString who, reason;
    Fields parameters; ///< the command's, with the instance's own over them

    QString parameter(const QString &name) const
    {
        const auto it = parameters.find(name);
        return it == parameters.end() ? QString() : it->second;
    }
};

/// What the other side answered to the write, or that it did not.
struct Reply
{
    Outcome claim = Outcome::Unknown; ///< Unknown: the answer proves nothing either way
    bool isOver = false;              ///< the other side is surely not still busy with it
    bool nothingSent = false;
    int httpStatus = 0;
    QString detail;
};

/// The target as it reads after the write.
struct ReadBack
{
    TargetState state;
    bool isWanted = false;         ///< it is as the command wants it
    bool isInEffect = true;        ///< false: it is so from the next start on only
    bool wasWanted = false;        ///< it was so before
    std::optional<Outcome> proven; ///< by the other side's own record of this very request
    QString proof;                 ///< what proves it
    bool recordWasRead = false;    ///< that record was read; without `proven` it does not hold the request
};

/// One target of one instance behind one foreign API. Knows how to ask; when, in which order and whether at all is the
/// runner's. Reads have no effect; `send` is called once unless the operator sends again.
class InstanceWrite : public QObject
{
public:
    /// The same key may be sent again without a second effect.
    virtual bool isIdempotent() const = 0;
    /// The write's own deadline.
    virtual Milliseconds timeout() const = 0;
    /// The target before the write. Fails where writing is not possible or not permitted: then nothing is sent.
    virtual Pending<TargetState> read() = 0;
    virtual Pending<Reply> send(const Ticket &ticket, const TargetState &before) = 0;
    /// The target after the write. `needsProof`: the answer said nothing; look into the other side's record too.
    virtual Pending<ReadBack> readBack(const Ticket &ticket, const TargetState &before, bool needsProof) = 0;
    /// The request as a curl command, secrets replaced.
    virtual QString curl(const Ticket &ticket, const TargetState &before) const = 0;
};

/// Makes the writes of one kind of command in one environment: the adapters of a feature.
class WriteSource
{
public:
    virtual ~WriteSource() = default;
    /// BadInput: the instance is not configured, or a parameter cannot be used. Unsupported: its adapter cannot do
    /// this.
    virtual Result<std::unique_ptr<InstanceWrite>> writeFor(const Command &command, const InstanceAsk &ask) = 0;
};

} // namespace atalaya::control
