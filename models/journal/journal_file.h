// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/journal/command_record.h"
#include "models/journal/verification.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>

namespace atalaya::journal {

/// What a failed call of SQLite means in clear words, by its result code.
QString storageWords(int sqliteCode);

/// The journal's SQLite file (WAL, synchronous FULL): rows are only ever added, each with the SHA-256 of itself and the
/// row before. Several processes may hold the same file. Blocks; everything in one thread. Errors are Storage.
class JournalFile
{
public:
    JournalFile(QString path, Milliseconds busyTimeout);
    ~JournalFile();
    JournalFile(const JournalFile &) = delete;
    JournalFile &operator=(const JournalFile &) = delete;

    /// Makes it where it is missing; every other call does so too.
    Result<bool> open();
    /// On disk when it returns the row's number.
    Result<qint64> append(Timestamp at, const Content &content);
    /// Rows after `row`, in order.
    Result<QList<Entry>> entriesAfter(qint64 row);
    Result<Verification> verify();

private:
    Result<bool> makeFile() const;
    tl::unexpected<Error> fault(const QSqlError &error) const;

    QString m_path;
    Milliseconds m_busyTimeout;
    QString m_connection;
    QSqlDatabase m_database;
};

} // namespace atalaya::journal
