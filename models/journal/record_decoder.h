// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/journal/command_record.h"

#include <QtCore/QByteArray>

namespace atalaya::journal {

/// The word under which a row is kept: "intent", "sent", "outcome", "resolution", "unlock", "lock", "note".
QString kindOf(const Content &content);
/// What a row is about: a command's id, else an environment's name.
QString subjectOf(const Content &content);
/// The row's text: one line of JSON, always the same for the same content. It is what the chain of hashes covers.
QByteArray encodeContent(const Content &content);
/// Reads such a text back. Never fails: what cannot be read becomes Unreadable, with the reason.
Content decodeContent(const QString &kind, const QByteArray &text);

/// Commands as the command line prints them, an array: command_id, at, who, host, client, environment, action, system,
/// target, reason, parameters, undoes, outcomes[instance, outcome, before, after, http_status, detail, ...].
QByteArray commandsJson(const QList<CommandRecord> &commands);
/// Every entry, an array in the order of rows: row, at, kind and the kind's own fields. Both mask telephone numbers.
QByteArray entriesJson(const QList<Entry> &entries);

} // namespace atalaya::journal
