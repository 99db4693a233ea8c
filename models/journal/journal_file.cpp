// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/journal_file.h"

#include "models/journal/record_decoder.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QUuid>
#include <QtSql/QSqlQuery>

namespace atalaya::journal {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// What stands before the first row.
const QByteArray chainStart(64, '0');

/// Each part with its length, so that no two rows give the same bytes.
QByteArray hashOf(const QByteArray &previous, qint64 row, qint64 at, const QString &kind, const QString &subject,
                  const QByteArray &content)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray &part :
         {previous, QByteArray::number(row), QByteArray::number(at), kind.toUtf8(), subject.toUtf8(), content}) {
        hash.addData(QByteArray::number(part.size()) + ':');
        hash.addData(part);
    }
    return hash.result().toHex();
}

/// A transaction that is undone unless it was committed.
class Transaction
{
public:
    explicit Transaction(const QSqlDatabase &database) : m_query(database) {}
    ~Transaction()
    {
        if (m_isOpen)
            m_query.exec(u"ROLLBACK"_s);
    }
    Q_DISABLE_COPY_MOVE(Transaction)
    /// Takes the write lock at once: the row before must still be the last one when ours is added.
    bool begin() { return m_isOpen = m_query.exec(u"BEGIN IMMEDIATE"_s); }
    bool commit()
    {
        if (!m_query.exec(u"COMMIT"_s))
            return false;
        m_isOpen = false;
        return true;
    }
    QSqlError error() const { return m_query.lastError(); }

private:
    QSqlQuery m_query;
    bool m_isOpen = false;
};

const QStringList schema{
    u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = FULL"_s,
    u"CREATE TABLE IF NOT EXISTS entries (row INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, "
    "kind TEXT NOT NULL, subject TEXT NOT NULL, content TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)"_s,
    u"CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE UPDATE ON entries "
    "BEGIN SELECT RAISE(ABORT, 'rows are never changed'); END"_s,
    u"CREATE TRIGGER IF NOT EXISTS entries_remain BEFORE DELETE ON entries "
    "BEGIN SELECT RAISE(ABORT, 'rows are never removed'); END"_s};

} // namespace

QString storageWords(int sqliteCode)
{
    switch (sqliteCode & 0xff) {
    case 5:
    case 6:
        return u"is locked by another program"_s;
    case 8:
        return u"may not be written"_s;
    case 10:
        return u"could not be read or written by the disk"_s;
    case 11:
        return u"is damaged"_s;
    case 13:
        return u"could not be written: the disk is full"_s;
    case 14:
        return u"could not be opened"_s;
    case 19:
        return u"refused the row"_s;
    case 26:
        return u"is not a journal"_s;
    default:
        return u"could not be used"_s;
    }
}

JournalFile::JournalFile(QString path, Milliseconds busyTimeout)
    : m_path(std::move(path))
    , m_busyTimeout(busyTimeout)
    , m_connection(u"journal-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

JournalFile::~JournalFile()
{
    const bool isKnown = m_database.isValid();
    m_database = {};
    if (isKnown)
        QSqlDatabase::removeDatabase(m_connection);
}

tl::unexpected<Error> JournalFile::fault(const QSqlError &error) const
{
    const QString words = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    return failure(ErrorKind::Storage, m_path, u"the journal "_s + storageWords(error.nativeErrorCode().toInt()),
                   words);
}

Result<bool> JournalFile::makeFile() const
{
    const QFileInfo file(m_path);
    if (!QDir().mkpath(file.path()))
        return failure(ErrorKind::Storage, m_path, u"the journal's folder cannot be made"_s);
    // Made by us before SQLite sees it: it gives its side files the same mode.
    QFile made(m_path);
    if (!file.exists() && !made.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly) && !file.exists())
        return failure(ErrorKind::Storage, m_path, u"the journal cannot be made"_s, made.errorString());
    made.close();
    if (!QFile::setPermissions(m_path, ownerOnly))
        return failure(ErrorKind::Storage, m_path, u"the journal cannot be kept from others' eyes"_s);
    return true;
}

Result<bool> JournalFile::open()
{
    if (m_database.isOpen())
        return true;
    if (const auto made = makeFile(); !made)
        return made;
    if (!m_database.isValid()) {
        m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
        m_database.setDatabaseName(m_path);
        m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(m_busyTimeout.count()));
    }
    if (!m_database.open())
        return fault(m_database.lastError());
    for (const QString &statement : schema) {
        QSqlQuery query(m_database);
        if (!query.exec(statement)) {
            const auto failed = fault(query.lastError());
            query.clear();
            m_database.close();
            return failed;
        }
    }
    return true;
}

Result<qint64> JournalFile::append(Timestamp at, const Content &content)
{
    if (const auto opened = open(); !opened)
        return failure(opened.error());
    const qint64 moment = at.time_since_epoch().count();
    const QString kind = kindOf(content);
    // A null text would be bound as NULL.
    const QString subject = u""_s + subjectOf(content);
    const QByteArray text = encodeContent(content);
    Transaction transaction(m_database);
    if (!transaction.begin())
        return fault(transaction.error());
    qint64 row = 1;
    QByteArray previous = chainStart;
    {
        QSqlQuery last(m_database);
        if (!last.exec(u"SELECT row, hash FROM entries ORDER BY row DESC LIMIT 1"_s))
            return fault(last.lastError());
        if (last.next()) {
            row = last.value(0).toLongLong() + 1;
            previous = last.value(1).toString().toLatin1();
        }
    }
    QSqlQuery insert(m_database);
    insert.prepare(
        u"INSERT INTO entries (row, at, kind, subject, content, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"_s);
    insert.addBindValue(row);
    insert.addBindValue(moment);
    insert.addBindValue(kind);
    insert.addBindValue(subject);
    insert.addBindValue(QString::fromUtf8(text));
    insert.addBindValue(QString::fromLatin1(previous));
    insert.addBindValue(QString::fromLatin1(hashOf(previous, row, moment, kind, subject, text)));
    if (!insert.exec())
        return fault(insert.lastError());
    insert.finish();
    if (!transaction.commit())
        return fault(transaction.error());
    return row;
}

Result<QList<Entry>> JournalFile::entriesAfter(qint64 row)
{
    if (const auto opened = open(); !opened)
        return failure(opened.error());
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    query.prepare(u"SELECT row, at, kind, content FROM entries WHERE row > ? ORDER BY row"_s);
    query.addBindValue(row);
    if (!query.exec())
        return fault(query.lastError());
    QList<Entry> entries;
    while (query.next())
        entries.append({query.value(0).toLongLong(), Timestamp(Milliseconds(query.value(1).toLongLong())),
                        decodeContent(query.value(2).toString(), query.value(3).toString().toUtf8())});
    // A damaged page ends the loop as the end of the rows would.
    if (query.lastError().isValid())
        return fault(query.lastError());
    return entries;
}

Result<Verification> JournalFile::verify()
{
    if (const auto opened = open(); !opened)
        return failure(opened.error());
    Verification found;
    QByteArray previous = chainStart;
    const auto breaksAt = [&](qint64 row) {
        found.ok = false;
        if (!found.firstBroken)
            found.firstBroken = row;
    };
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(u"SELECT row, at, kind, subject, content, previous, hash FROM entries ORDER BY row"_s))
        return fault(query.lastError());
    while (query.next()) {
        const qint64 row = query.value(0).toLongLong();
        const QByteArray hash = query.value(6).toString().toLatin1();
        ++found.rows;
        if (row != found.rows || query.value(5).toString().toLatin1() != previous ||
            hash != hashOf(previous, row, query.value(1).toLongLong(), query.value(2).toString(),
                           query.value(3).toString(), query.value(4).toString().toUtf8()))
            breaksAt(row);
        previous = hash;
    }
    if (query.lastError().isValid())
        return fault(query.lastError());
    // The chain cannot miss its own end; SQLite's count of rows ever added can.
    QSqlQuery added(m_database);
    if (!added.exec(u"SELECT seq FROM sqlite_sequence WHERE name = 'entries'"_s))
        return fault(added.lastError());
    if (added.next() && added.value(0).toLongLong() > found.rows)
        breaksAt(found.rows + 1);
    return found;
}

} // namespace atalaya::journal
