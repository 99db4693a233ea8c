// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/journal.h"
#include "models/journal/journal_file.h"
#include "tests/models/journal/journal_examples.h"
#include "tests/support/event_loop.h"
#include "tests/support/manual_clock.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlQuery>

#include <gtest/gtest.h>
#include <signal.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::journal;
using namespace atalaya::journal::test;
using atalaya::test::await;
using atalaya::test::runUntil;

namespace {

class JournalTest : public testing::Test
{
protected:
    std::unique_ptr<Journal> opened(Milliseconds pollInterval = 0ms)
    {
        return std::make_unique<Journal>(path(), clock, Journal::Settings{100ms, pollInterval});
    }
    QString path() const { return folder.filePath(u"data/journal.sqlite"_s); }
    Note note(const QString &text) const { return {u"production"_s, u"ana"_s, u"desk"_s, text}; }

    /// As an intruder would: straight into the file.
    bool execute(const QStringList &statements)
    {
        bool done = true;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"intruder"_s);
            database.setDatabaseName(path());
            done = database.open();
            for (const QString &statement : statements) {
                QSqlQuery query(database);
                done = query.exec(statement) && done;
            }
        }
        QSqlDatabase::removeDatabase(u"intruder"_s);
        return done;
    }

    QTemporaryDir folder;
    atalaya::test::ManualClock clock;
};

const QStringList withoutTriggers{u"DROP TRIGGER entries_stay"_s, u"DROP TRIGGER entries_remain"_s};

} // namespace

TEST_F(JournalTest, KeepsWhatItWasGivenAcrossARestart)
{
    {
        auto journal = opened();
        ASSERT_TRUE(await(journal->append(intentOf(u"c"_s))));
        clock.advance(2s);
        EXPECT_EQ(*await(journal->append(outcomeOf(u"c"_s, Outcome::Applied))), 2);
        EXPECT_EQ(journal->command(u"c"_s)->worst(), Outcome::Applied) << "once it is on disk it is here too";
    }
    auto journal = opened();
    EXPECT_FALSE(journal->isRead());
    EXPECT_TRUE(runUntil([&] { return journal->isRead(); }));
    ASSERT_EQ(journal->commands().size(), 1);
    EXPECT_EQ(journal->commands().first().intent, intentOf(u"c"_s));
    EXPECT_EQ(journal->entries().last().at - journal->entries().first().at, 2s);
}

TEST_F(JournalTest, NewestCommandsComeFirst)
{
    auto journal = opened();
    for (const QString &id : {u"a"_s, u"b"_s, u"c"_s})
        ASSERT_TRUE(await(journal->append(intentOf(id))));
    QStringList ids;
    for (const CommandRecord &command : journal->commands())
        ids += command.intent.id;
    EXPECT_EQ(ids, (QStringList{u"c"_s, u"b"_s, u"a"_s}));
}

TEST_F(JournalTest, WhatIsQueuedIsWrittenBeforeItEnds)
{
    {
        auto journal = opened();
        for (int i = 0; i < 50; ++i)
            journal->append(note(QString::number(i)));
    }
    auto journal = opened();
    EXPECT_TRUE(runUntil([&] { return journal->isRead(); }));
    EXPECT_EQ(journal->entries().size(), 50);
}

TEST_F(JournalTest, OnlyTheOwnerMayReadIt)
{
    auto journal = opened();
    ASSERT_TRUE(await(journal->append(note(u"x"_s))));
    const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
        ASSERT_TRUE(QFile::exists(path() + suffix)) << suffix.toStdString();
        EXPECT_EQ(QFile::permissions(path() + suffix) & ~mode, QFileDevice::Permissions()) << suffix.toStdString();
    }
}

TEST_F(JournalTest, AWholeChainIsVerified)
{
    auto journal = opened();
    EXPECT_EQ(*await(journal->verify()), (Verification{0, true, {}}));
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(await(journal->append(note(QString::number(i)))));
    EXPECT_EQ(*await(journal->verify()), (Verification{5, true, {}}));
}

TEST_F(JournalTest, RowsCannotBeChangedInPassing)
{
    auto journal = opened();
    ASSERT_TRUE(await(journal->append(note(u"x"_s))));
    EXPECT_FALSE(execute({u"UPDATE entries SET content = '{}'"_s}));
    EXPECT_FALSE(execute({u"DELETE FROM entries"_s}));
    EXPECT_EQ(*await(journal->verify()), (Verification{1, true, {}}));
}

TEST_F(JournalTest, AChangedRowIsFound)
{
    for (const QString &change :
         {u"content = replace(content, 'ana', 'eve')"_s, u"at = at + 1"_s, u"kind = 'lock'"_s, u"subject = 'x'"_s}) {
        QDir(folder.path()).removeRecursively();
        auto journal = opened();
        for (int i = 0; i < 5; ++i)
            ASSERT_TRUE(await(journal->append(note(QString::number(i)))));
        ASSERT_TRUE(execute(withoutTriggers + QStringList{u"UPDATE entries SET %1 WHERE row = 3"_s.arg(change)}));
        EXPECT_EQ(*await(journal->verify()), (Verification{5, false, 3})) << change.toStdString();
    }
}

TEST_F(JournalTest, AMissingRowIsFoundWhereverItStood)
{
    for (const auto &[gone, found] : {std::pair(1, 2), std::pair(3, 4), std::pair(5, 5)}) {
        QDir(folder.path()).removeRecursively();
        auto journal = opened();
        for (int i = 0; i < 5; ++i)
            ASSERT_TRUE(await(journal->append(note(QString::number(i)))));
        ASSERT_TRUE(execute(withoutTriggers + QStringList{u"DELETE FROM entries WHERE row = %1"_s.arg(gone)}));
        EXPECT_EQ(*await(journal->verify()), (Verification{4, false, found})) << gone;
    }
}

TEST_F(JournalTest, AnotherProcessesRowsAreNoticed)
{
    auto journal = opened(20ms);
    auto other = opened();
    ASSERT_TRUE(await(other->append(note(u"from elsewhere"_s))));
    EXPECT_TRUE(runUntil([&] { return journal->entries().size() == 1; }));
    ASSERT_TRUE(await(journal->append(note(u"from here"_s))));
    ASSERT_TRUE(await(other->append(note(u"and there"_s))));
    EXPECT_EQ(other->entries().size(), 3) << "rows of others that came before its own are there too";
    EXPECT_EQ(*await(journal->verify()), (Verification{3, true, {}}));
}

TEST_F(JournalTest, ChangesAreSignalledOnceEach)
{
    auto journal = opened();
    int signals_ = 0;
    QObject::connect(journal.get(), &Journal::changed, journal.get(), [&] { ++signals_; });
    ASSERT_TRUE(runUntil([&] { return journal->isRead(); }));
    EXPECT_EQ(signals_, 1);
    ASSERT_TRUE(await(journal->append(note(u"x"_s))));
    EXPECT_EQ(signals_, 2);
    ASSERT_TRUE(await(journal->refresh()));
    EXPECT_EQ(signals_, 2) << "nothing new, no signal";
}

TEST_F(JournalTest, ALockedFileIsSaidAndTriedAgain)
{
    auto journal = opened();
    ASSERT_TRUE(await(journal->append(note(u"x"_s))));
    {
        QSqlDatabase holder = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
        holder.setDatabaseName(path());
        ASSERT_TRUE(holder.open());
        QSqlQuery query(holder);
        ASSERT_TRUE(query.exec(u"BEGIN IMMEDIATE"_s));
        const Result<qint64> row = await(journal->append(intentOf(u"c"_s)));
        ASSERT_FALSE(row);
        EXPECT_EQ(row.error().kind, ErrorKind::Storage);
        EXPECT_EQ(row.error().summary, u"the journal is locked by another program");
        EXPECT_EQ(journal->error(), row.error());
        EXPECT_TRUE(journal->commands().isEmpty());
        ASSERT_TRUE(query.exec(u"ROLLBACK"_s));
    }
    QSqlDatabase::removeDatabase(u"holder"_s);
    EXPECT_TRUE(await(journal->append(intentOf(u"c"_s))));
    EXPECT_FALSE(journal->error());
}

TEST_F(JournalTest, AFileThatIsNoJournalIsRefused)
{
    QDir().mkpath(folder.filePath(u"data"_s));
    QFile file(path());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    auto journal = opened();
    const Result<qint64> row = await(journal->append(note(u"x"_s)));
    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().kind, ErrorKind::Storage);
    EXPECT_EQ(row.error().summary, u"the journal is not a journal");
    EXPECT_FALSE(journal->isRead());
}

TEST_F(JournalTest, ADamagedFileIsSaid)
{
    {
        auto journal = opened();
        for (int i = 0; i < 200; ++i)
            journal->append(note(QString(200, u'x')));
        ASSERT_TRUE(await(journal->append(note(u"last"_s))));
    }
    ASSERT_TRUE(execute({u"PRAGMA wal_checkpoint(TRUNCATE)"_s}));
    QFile file(path());
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    const qint64 size = file.size();
    ASSERT_GT(size, 40'000);
    file.seek(8192);
    file.write(QByteArray(size - 8192, '\xa5'));
    file.close();
    auto journal = opened();
    const Result<Verification> verified = await(journal->verify());
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().kind, ErrorKind::Storage);
    EXPECT_EQ(verified.error().summary, u"the journal is damaged");
    EXPECT_FALSE(await(journal->append(note(u"x"_s))));
}

TEST_F(JournalTest, AFolderThatCannotBeMadeIsSaid)
{
    QFile file(folder.filePath(u"data"_s));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    auto journal = opened();
    const Result<qint64> row = await(journal->append(note(u"x"_s)));
    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().kind, ErrorKind::Storage);
}

TEST(StorageWords, NameTheCauseByItsCodeAlsoWhereItIsExtended)
{
    EXPECT_EQ(storageWords(13), u"could not be written: the disk is full");
    EXPECT_EQ(storageWords(5), u"is locked by another program");
    EXPECT_EQ(storageWords(261), u"is locked by another program");
    EXPECT_EQ(storageWords(778), u"could not be read or written by the disk");
}

/// Not a test by itself: what the next one runs as other processes.
TEST(JournalWriter, DISABLED_WritesUntilKilled)
{
    SystemClock clock;
    Journal journal(qEnvironmentVariable("ATALAYA_TEST_JOURNAL"), clock, Journal::Settings{5s, 0ms});
    for (int i = 0;; ++i) {
        const auto row =
            await(journal.append(Note{{}, qEnvironmentVariable("ATALAYA_TEST_WRITER"), {}, QString::number(i)}));
        ASSERT_TRUE(row) << sentenceFor(row.error()).toStdString();
        printf("%d\n", i);
        fflush(stdout);
    }
}

TEST_F(JournalTest, SeveralProcessesThatAreKilledLeaveAWholeChain)
{
    auto journal = opened();
    ASSERT_TRUE(await(journal->refresh()));
    std::vector<std::unique_ptr<QProcess>> writers;
    for (int i = 0; i < 3; ++i) {
        auto writer = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"ATALAYA_TEST_JOURNAL"_s, path());
        environment.insert(u"ATALAYA_TEST_WRITER"_s, QString::number(i));
        writer->setProcessEnvironment(environment);
        writer->start(QCoreApplication::applicationFilePath(),
                      {u"--gtest_also_run_disabled_tests"_s, u"--gtest_filter=JournalWriter.*"_s});
        writers.push_back(std::move(writer));
    }
    const auto lastOf = [](const QByteArray &printed) {
        const QList<QByteArray> lines = printed.split('\n');
        int last = -1;
        for (const QByteArray &line : lines.first(lines.size() - 1)) {
            bool isNumber = false;
            const int n = line.toInt(&isNumber);
            last = isNumber ? n : last;
        }
        return last;
    };
    std::vector<QByteArray> printed(writers.size());
    EXPECT_TRUE(runUntil([&] {
        bool all = true;
        for (std::size_t i = 0; i < writers.size(); ++i) {
            printed[i] += writers[i]->readAllStandardOutput();
            all = all && lastOf(printed[i]) >= 5;
        }
        return all;
    }));
    for (std::size_t i = 0; i < writers.size(); ++i) {
        ASSERT_GT(writers[i]->processId(), 0) << printed[i].toStdString();
        ::kill(static_cast<pid_t>(writers[i]->processId()), SIGKILL);
        EXPECT_TRUE(writers[i]->waitForFinished());
        printed[i] += writers[i]->readAllStandardOutput();
    }
    ASSERT_TRUE(await(journal->refresh()));
    const Result<Verification> verified = await(journal->verify());
    ASSERT_TRUE(verified);
    EXPECT_TRUE(verified->ok);
    EXPECT_EQ(verified->rows, journal->entries().size());
    for (std::size_t i = 0; i < writers.size(); ++i) {
        int kept = 0;
        for (const Entry &entry : journal->entries())
            kept += std::get<Note>(entry.content).who == QString::number(i);
        EXPECT_GT(kept, lastOf(printed[i])) << "every row that was called kept is kept";
    }
}
