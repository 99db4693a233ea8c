// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/journal/command_record.h"

#include <QtCore/QStringList>
#include <QtCore/QTimeZone>

namespace atalaya::journal {

/// The entries as an incident's record for people: one Markdown list item an event, oldest first, with who, what, why
/// and what came of it. What people wrote cannot break the form;
/// telephone numbers are masked. Pure.
QString exportMarkdown(const QList<Entry> &entries, const QTimeZone &zone);

/// "Trip worker/openai": what a command does, in a few words.
QString commandWords(const CommandIntent &intent);

} // namespace atalaya::journal
