// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"

#include <QtCore/QMultiMap>
#include <QtCore/QSize>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace atalaya::console {

/// Exit statuses that scripts rely on; with several reasons the highest counts.
enum ExitStatus
{
    Done = 0,
    AnswerIsNo = 1,
    BadUsage = 2,
    SomeTargetsFailed = 3,
    OutcomeUnknown = 4,
    Locked = 5,
    SourceUnreachable = 6,
    Interrupted = 130,
};

/// What was asked for on the command line, checked against the verb's own options. No verb means the window.
struct CommandLine
{
    QString verb;                        ///< "alerts", "breakers list", "drill incident", ...; empty: open the window
    QStringList arguments;               ///< what follows the verb
    QMultiMap<QString, QString> options; ///< by long name; flags without a value hold an empty text

    bool has(const QString &option) const { return options.contains(option); }
    QString value(const QString &option) const { return options.value(option); }
};

/// Reads the arguments (without the program's name). Error: one line that names the word at fault and what is allowed;
/// its kind is BadInput. `--help` and `--version` come back as the verbs "help" (arguments: the verb asked about) and
/// "version".
Result<CommandLine> parseCommandLine(const QStringList &arguments);

/// The text of `atalaya --help`, or of one verb.
QString helpText(const QString &verb);

/// `--timeout`, or the default where it was not given.
Result<Milliseconds> timeoutOf(const CommandLine &line, Milliseconds otherwise);
/// "1440x900"; both sides from 320 to 8192.
Result<QSize> parseSize(const QString &text);

} // namespace atalaya::console
