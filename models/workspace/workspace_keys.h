// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QMap>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace atalaya::workspace {

/// Keys of one kind of object in the workspace file. The schema's `$defs` bear the same names.
struct KeySet
{
    QStringList known;
    QStringList required;
};

/// Object name ("workspace", "environment", "prometheus", ...) to its keys. Control sections are named
/// "breakers:ADAPTER" and "flags:ADAPTER", since each adapter has its own keys.
const QMap<QString, KeySet> &workspaceKeys();

/// Adapters that the format knows, for "breakers" or "flags".
QStringList adaptersOf(const QString &section);
/// Those that this version reads; the others are accepted with a warning.
QStringList readAdaptersOf(const QString &section);

/// The known word nearest to `word`, or nothing where none is near.
QString nearest(const QString &word, const QStringList &known);
/// `; did you mean "x"?` or `; known here: a, b, c`.
QString hintFor(const QString &word, const QStringList &known);

} // namespace atalaya::workspace
