// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/private_files.h"
#include "app/stack/stack_folder.h"
#include "tests/app/stack/stack_support.h"
#include "tests/support/event_loop.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A process that lives until it is ended.
class Sleeper
{
public:
    Sleeper()
    {
        m_process.start(u"sleep"_s, {u"600"_s});
        m_process.waitForStarted();
    }
    ~Sleeper()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    ProcessIdentity identity() const { return identityOf(m_process.processId()).value_or(ProcessIdentity{}); }
    bool hasEnded()
    {
        return atalaya::test::runUntil([this] { return m_process.state() == QProcess::NotRunning; });
    }
    bool isAlive() const { return m_process.state() == QProcess::Running && isRunning(identity()); }

private:
    QProcess m_process;
};

/// A record whose owner is gone: nobody has had this id and start time.
StackRecord orphanedRecord()
{
    StackRecord record = recordOfThisProcess();
    record.owner.startTicks += 1;
    return record;
}

class StackFolderTest : public testing::Test
{
protected:
    QString parent() const { return m_folder.filePath(u"runtime/atalaya/stacks"_s); }
    QString stackWith(const StackRecord &record) { return createStackFolder(parent(), record).value_or(QString()); }

    QTemporaryDir m_folder;
};

} // namespace

TEST(ProcessIdentityTest, ThisProcessIsItselfAndNoOther)
{
    const auto self = identityOf(QCoreApplication::applicationPid());
    ASSERT_TRUE(self);
    EXPECT_TRUE(isRunning(*self));
    EXPECT_FALSE(isRunning({self->pid, self->startTicks + 1}));
    EXPECT_FALSE(identityOf(0));
    EXPECT_FALSE(identityOf(-1));
}

TEST(ProcessIdentityTest, ANameMayHoldSpacesAndParentheses)
{
    const QByteArray rest = " 1 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711 0 0";
    EXPECT_EQ(startTicksIn("17 (sleep) S" + rest), 4711U);
    EXPECT_EQ(startTicksIn("17 (a b) 9 (c)) S" + rest), 4711U);
}

TEST(ProcessIdentityTest, ZombiesAndRubbishAreNoProcess)
{
    const QByteArray rest = " 1 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711 0 0";
    EXPECT_FALSE(startTicksIn("17 (sleep) Z" + rest));
    EXPECT_FALSE(startTicksIn("17 (sleep) S 1 1"));
    EXPECT_FALSE(startTicksIn(""));
    EXPECT_FALSE(startTicksIn("17 sleep S" + rest));
    EXPECT_FALSE(startTicksIn("17 (sleep) S 1 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 soon 0 0"));
}

TEST(ProcessIdentityTest, OnlyTheVeryProcessIsEnded)
{
    Sleeper sleeper;
    ProcessIdentity another = sleeper.identity();
    another.startTicks += 1;
    endByForce(another);
    EXPECT_TRUE(sleeper.isAlive());
    endByForce(sleeper.identity());
    EXPECT_TRUE(sleeper.hasEnded());
}

TEST(PrivateFilesTest, FilesAreForTheirOwnerWhateverTheUmask)
{
    QTemporaryDir folder;
    const mode_t before = ::umask(0);
    const QString file = folder.filePath(u"secret"_s);
    const Result<void> written = writePrivateFile(file, "one");
    const Result<void> again = writePrivateFile(file, "two");
    const Result<void> made = makePrivateFolder(folder.filePath(u"a/b"_s));
    ::umask(before);
    ASSERT_TRUE(written && again && made);
    EXPECT_EQ(modeOf(file), 0600);
    EXPECT_EQ(modeOf(folder.filePath(u"a"_s)), 0700);
    EXPECT_EQ(modeOf(folder.filePath(u"a/b"_s)), 0700);
    QFile read(file);
    ASSERT_TRUE(read.open(QIODevice::ReadOnly));
    EXPECT_EQ(read.readAll(), "two");
    EXPECT_EQ(QDir(folder.path()).entryList({u"secret*"_s}, QDir::Files).size(), 1) << "a half-written file is left";
}

TEST(PrivateFilesTest, AFolderThatStandsOpenIsClosed)
{
    QTemporaryDir folder;
    const QString open = folder.filePath(u"open"_s);
    ASSERT_TRUE(QDir().mkpath(open));
    ASSERT_EQ(::chmod(QFile::encodeName(open).constData(), 0755), 0);
    EXPECT_TRUE(makePrivateFolder(open));
    EXPECT_EQ(modeOf(open), 0700);
}

TEST(PrivateFilesTest, ALinkOrAFileInItsPlaceIsRefused)
{
    QTemporaryDir folder;
    const QString link = folder.filePath(u"link"_s);
    ASSERT_TRUE(QFile::link(folder.path(), link));
    EXPECT_FALSE(makePrivateFolder(link));
    const QString file = folder.filePath(u"file"_s);
    writeFile(file, "x");
    EXPECT_FALSE(makePrivateFolder(file));
    EXPECT_FALSE(makePrivateFolder(file + u"/below"_s));
    EXPECT_FALSE(writePrivateFile(folder.filePath(u"none/file"_s), "x"));
}

TEST(PrivateFilesTest, SecretsAreLongAndDiffer)
{
    EXPECT_EQ(newSecret().size(), 64);
    EXPECT_NE(newSecret(), newSecret());
}

TEST(StacksFolderTest, TheRuntimeFolderWinsWhereItIsUsable)
{
    QTemporaryDir runtime;
    QProcessEnvironment environment;
    environment.insert(u"XDG_RUNTIME_DIR"_s, runtime.path());
    EXPECT_EQ(stacksFolder(environment), runtime.path() + u"/atalaya/stacks"_s);
    environment.insert(u"XDG_RUNTIME_DIR"_s, runtime.path() + u"/not-there"_s);
    EXPECT_TRUE(stacksFolder(environment).startsWith(QDir::tempPath()));
    EXPECT_TRUE(stacksFolder({}).startsWith(QDir::tempPath()));
}

TEST_F(StackFolderTest, ANewFolderIsPrivateAndKnowsItsOwner)
{
    StackRecord record = recordOfThisProcess();
    record.isKept = true;
    const QString stack = stackWith(record);
    ASSERT_FALSE(stack.isEmpty());
    EXPECT_EQ(modeOf(stack), 0700);
    EXPECT_EQ(modeOf(stack + u"/stack.json"_s), 0600);
    const Result<StackRecord> read = readRecord(stack);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->owner, record.owner);
    EXPECT_TRUE(read->isKept);
    EXPECT_TRUE(isOwned(*read));
}

TEST_F(StackFolderTest, ARecordReadsBackAsWritten)
{
    StackRecord record = recordOfThisProcess();
    record.children = {{17, 9'007'199'254'740'993ULL}, {18, 5}};
    const QString stack = stackWith(record);
    record.addresses = {stack + u"/workspace.json"_s,
                        QUrl(u"http://127.0.0.1:1"_s),
                        QUrl(u"http://127.0.0.1:2"_s),
                        {{u"ai-proveedores"_s, u"ai-prov-1"_s, QUrl(u"http://127.0.0.1:3"_s)}},
                        QUrl(u"http://127.0.0.1:4"_s),
                        stack + u"/secrets/admin"_s,
                        stack,
                        record.owner.pid,
                        7.5};
    ASSERT_TRUE(writeRecord(stack, record));
    const Result<StackRecord> read = readRecord(stack);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, record);
}

TEST_F(StackFolderTest, ADamagedRecordIsAnError)
{
    const QString stack = stackWith(recordOfThisProcess());
    for (const QByteArray &bytes :
         {QByteArray(), QByteArray("[]"), QByteArray("{\"stack\":2}"), QByteArray("{\"stack\":1")}) {
        ASSERT_TRUE(writePrivateFile(stack + u"/stack.json"_s, bytes));
        const Result<StackRecord> read = readRecord(stack);
        ASSERT_FALSE(read) << bytes.toStdString();
        EXPECT_EQ(read.error().kind, ErrorKind::Malformed);
    }
    EXPECT_FALSE(readRecord(parent()));
}

TEST_F(StackFolderTest, OnlyStacksThatAreOwnedAndReadyCountAsRunning)
{
    StackRecord ready = recordOfThisProcess();
    ready.addresses.workspaceFile = u"/w.json"_s;
    const QString running = stackWith(ready);
    StackRecord orphan = orphanedRecord();
    orphan.addresses.workspaceFile = u"/w.json"_s;
    stackWith(orphan);
    stackWith(recordOfThisProcess());
    const QList<StackRecord> found = runningStacks(parent());
    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found.first().addresses.stackDir, running);
}

TEST_F(StackFolderTest, AnOrphanIsClearedAndItsChildrenEnd)
{
    Sleeper child;
    StackRecord record = orphanedRecord();
    record.children = {child.identity()};
    const QString stack = stackWith(record);
    const QList<ClearedStack> cleared = clearStaleStacks(parent());
    ASSERT_EQ(cleared.size(), 1);
    EXPECT_EQ(cleared.first().stackDir, stack);
    EXPECT_THAT(cleared.first().endedProcesses, testing::ElementsAre(record.children.first().pid));
    EXPECT_TRUE(child.hasEnded());
    EXPECT_FALSE(QDir(stack).exists());
}

TEST_F(StackFolderTest, AProcessThatOnlyHasAnOldChildsIdIsLeftAlone)
{
    Sleeper stranger;
    StackRecord record = orphanedRecord();
    record.children = {{stranger.identity().pid, stranger.identity().startTicks - 1}};
    const QString stack = stackWith(record);
    clearStaleStacks(parent());
    EXPECT_FALSE(QDir(stack).exists());
    EXPECT_TRUE(stranger.isAlive());
}

TEST_F(StackFolderTest, StartTimesOfAnotherRunOfTheMachineMeanNothing)
{
    Sleeper stranger;
    StackRecord record = recordOfThisProcess();
    record.bootId = u"another boot"_s;
    record.children = {stranger.identity()};
    const QString stack = stackWith(record);
    clearStaleStacks(parent());
    EXPECT_FALSE(QDir(stack).exists()) << "its owner's id and start time match by chance only";
    EXPECT_TRUE(stranger.isAlive());
}

TEST_F(StackFolderTest, WhatIsOwnedOrKeptStays)
{
    Sleeper child;
    StackRecord owned = recordOfThisProcess();
    const QString live = stackWith(owned);
    StackRecord kept = orphanedRecord();
    kept.isKept = true;
    kept.children = {child.identity()};
    const QString old = stackWith(kept);
    const QList<ClearedStack> cleared = clearStaleStacks(parent());
    EXPECT_TRUE(QDir(live).exists());
    EXPECT_TRUE(QDir(old).exists());
    EXPECT_TRUE(child.hasEnded()) << "a kept folder does not keep processes";
    ASSERT_EQ(cleared.size(), 1);
    EXPECT_TRUE(cleared.first().isFolderKept);
}

TEST_F(StackFolderTest, WhatIsNoStackIsNotTouched)
{
    ASSERT_TRUE(makePrivateFolder(parent() + u"/something"_s));
    ASSERT_TRUE(makePrivateFolder(parent() + u"/.new-abcdef"_s));
    QTemporaryDir elsewhere;
    ASSERT_TRUE(QFile::link(elsewhere.path(), parent() + u"/stack-linked"_s));
    EXPECT_TRUE(clearStaleStacks(parent()).isEmpty());
    EXPECT_TRUE(QDir(parent() + u"/something"_s).exists());
    EXPECT_TRUE(QDir(parent() + u"/.new-abcdef"_s).exists()) << "another start may be making it right now";
    EXPECT_TRUE(QDir(elsewhere.path()).exists());
}

TEST_F(StackFolderTest, ClearingWhereNothingIsDoesNothing)
{
    EXPECT_TRUE(clearStaleStacks(parent()).isEmpty());
    EXPECT_TRUE(runningStacks(parent()).isEmpty());
}

} // namespace atalaya::stack::test
