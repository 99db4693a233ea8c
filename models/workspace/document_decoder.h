// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>

#include <optional>

namespace atalaya::workspace {

/// Where the keys and values of a JSON document stand.
struct DocumentPlaces
{
    QHash<QString, int> valueLines;   ///< JSON pointer -> line, from 1
    QHash<QString, int> keyLines;     ///< of members only
    std::optional<QString> duplicate; ///< pointer of the first key that stands twice in one object
    int duplicateLine = 0, duplicateFirstLine = 0;

    int lineOfValue(const QString &pointer) const { return valueLines.value(pointer, 1); }
    int lineOfKey(const QString &pointer) const { return keyLines.value(pointer, lineOfValue(pointer)); }
};

/// Walks a document that is known to be valid JSON. A JSON pointer escapes '~' as "~0" and '/' as "~1".
DocumentPlaces placesIn(const QByteArray &validJson);
/// `name` as one step of a JSON pointer.
QString pointerStep(const QString &name);

} // namespace atalaya::workspace
