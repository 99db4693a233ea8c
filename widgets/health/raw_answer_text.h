// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

namespace atalaya::health {

/// A server's answer made readable: JSON indented with its own order and spelling kept, small parts on one line;
/// anything else as the text it is. `words` marks the values that say something is wrong.
struct RawAnswerText
{
    struct Word
    {
        qsizetype at = 0, length = 0; ///< in `text`
        State state = State::Warning; ///< Warning or Critical

        bool operator==(const Word &) const = default;
    };
    QString text;
    QList<Word> words;
    bool isCut = false; ///< only the first part is shown

    bool operator==(const RawAnswerText &) const = default;
};

/// `columns`: how many characters fit in a line. Over 64 KiB only the beginning is shown.
RawAnswerText rawAnswerText(const QByteArray &body, int columns);

} // namespace atalaya::health
