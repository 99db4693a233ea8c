// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/process_identity.h"
#include "tests/app/stack/drill_rig.h"
#include "tests/app/stack/stack_support.h"
#include "tests/support/event_loop.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>

#include "resources/resources.h"
#include <gmock/gmock.h>

#include <csignal>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using atalaya::test::runUntil;

namespace {

DrillOptions quick(double speed = 30, bool history = false)
{
    DrillOptions options;
    options.speed = speed;
    options.history = history;
    return options;
}

QStringList foldersIn(const QString &parent)
{
    return QDir(parent).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
}

/// The sockets that a process listens on and that others than this machine can reach.
QStringList outsideListeners(qint64 pid)
{
    QSet<QString> sockets;
    QDirIterator descriptors(u"/proc/%1/fd"_s.arg(pid), QDir::System | QDir::Files);
    while (descriptors.hasNext()) {
        static const QRegularExpression socket(u"socket:\\[([0-9]+)\\]"_s);
        const auto match = socket.match(QFileInfo(descriptors.next()).symLinkTarget());
        if (match.hasMatch())
            sockets.insert(match.captured(1));
    }
    QStringList found;
    for (const QString &table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            if (fields.size() < 10 || fields.at(3) != "0A" || !sockets.contains(QString::fromLatin1(fields.at(9))))
                continue;
            if (!fields.at(1).startsWith("0100007F:") && !fields.at(1).startsWith("00000000000000000000000001000000:"))
                found.append(QString::fromLatin1(fields.at(1)));
        }
    }
    return found;
}

bool hasListener(qint64 pid)
{
    QDirIterator descriptors(u"/proc/%1/fd"_s.arg(pid), QDir::System | QDir::Files);
    while (descriptors.hasNext()) {
        if (QFileInfo(descriptors.next()).symLinkTarget().contains(u"socket:["))
            return true;
    }
    return false;
}

class DrillStackTest : public testing::Test
{
protected:
    void SetUp() override
    {
        registerAtalayaResources();
        const Result<ServerPrograms> programs = realPrograms();
        ASSERT_TRUE(programs) << sentenceFor(programs.error()).toStdString();
        m_programs = *programs;
    }

    ServerPrograms m_programs;
};

/// drill_program, whose end a test decides on.
class OwnerProcess
{
public:
    explicit OwnerProcess(const QString &parent)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(ATALAYA_BINARY_DIR "/bin/drill_program"),
                        {u"--speed"_s, u"30"_s, u"--no-history"_s, u"--parent"_s, parent, u"--fleet"_s,
                         QStringLiteral(ATALAYA_BINARY_DIR "/bin/atalaya-fleet")});
    }
    ~OwnerProcess()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    bool awaitReady()
    {
        return runUntil(
                   [this] {
                       while (m_process.canReadLine()) {
                           const QJsonDocument said = QJsonDocument::fromJson(m_process.readLine());
                           if (!said[u"ready"].isObject())
                               continue;
                           stackDir = said[u"ready"][u"stack_dir"].toString();
                           for (const QJsonValue &pid : said[u"ready"][u"children"].toArray()) {
                               if (const auto child = identityOf(pid.toInteger()))
                                   children.append(*child);
                           }
                       }
                       return !stackDir.isEmpty() || m_process.state() == QProcess::NotRunning;
                   },
                   patience) &&
               !stackDir.isEmpty();
    }
    bool awaitEnd()
    {
        return runUntil([this] { return m_process.state() == QProcess::NotRunning; }, patience);
    }
    QProcess &process() { return m_process; }

    QString stackDir;
    QList<ProcessIdentity> children;

private:
    QProcess m_process;
};

bool noneRuns(const QList<ProcessIdentity> &processes)
{
    return std::ranges::none_of(processes, isRunning);
}

} // namespace

TEST_F(DrillStackTest, GetsReadyInPrivateOnLoopbackAndLeavesNothing)
{
    DrillRig rig(quick());
    QElapsedTimer timer;
    timer.start();
    ASSERT_TRUE(rig.startAndAwaitReady()) << rig.failureText().toStdString();
    RecordProperty("ready_ms", static_cast<int>(timer.elapsed()));
    const DrillAddresses addresses = rig.addresses();

    EXPECT_EQ(modeOf(addresses.stackDir), 0700);
    for (const QString &name :
         {u"secrets/viewer"_s, u"secrets/operator"_s, u"secrets/admin"_s, u"workspace.json"_s, u"stack.json"_s,
          u"fleet.json"_s, u"prometheus.yml"_s, u"alertmanager.yml"_s, u"rules/ai-proveedores.yml"_s})
        EXPECT_EQ(modeOf(addresses.stackDir + u'/' + name), 0600) << name.toStdString();
    EXPECT_EQ(addresses.instances.size(), 2);
    EXPECT_EQ(addresses.pid, QCoreApplication::applicationPid());

    const Result<StackRecord> record = readRecord(addresses.stackDir);
    ASSERT_TRUE(record);
    ASSERT_EQ(record->children.size(), 3);
    for (const ProcessIdentity &child : record->children) {
        EXPECT_TRUE(hasListener(child.pid));
        EXPECT_THAT(outsideListeners(child.pid), testing::IsEmpty()) << child.pid;
    }
    ASSERT_EQ(runningStacks(rig.parentFolder()).size(), 1);
    EXPECT_EQ(runningStacks(rig.parentFolder()).first().addresses, addresses);
    EXPECT_TRUE(clearStaleStacks(rig.parentFolder()).isEmpty()) << "a live stack is not stale";

    ASSERT_TRUE(rig.stopAndAwaitEnd());
    EXPECT_EQ(rig.events(), (QStringList{u"ready"_s, u"ended"_s}));
    EXPECT_TRUE(noneRuns(record->children));
    EXPECT_FALSE(QDir(addresses.stackDir).exists());
}

TEST_F(DrillStackTest, AKeptFolderStays)
{
    DrillOptions options = quick();
    options.keep = true;
    DrillRig rig(options);
    ASSERT_TRUE(rig.startAndAwaitReady()) << rig.failureText().toStdString();
    const QString folder = rig.addresses().stackDir;
    ASSERT_TRUE(rig.stopAndAwaitEnd());
    EXPECT_TRUE(QFile::exists(folder + u"/workspace.json"_s));
    EXPECT_TRUE(clearStaleStacks(rig.parentFolder()).isEmpty());
    EXPECT_TRUE(QFile::exists(folder + u"/logs/prometheus.log"_s));
}

TEST_F(DrillStackTest, DestroyingItEndsEverythingAtOnce)
{
    DrillRig rig(quick());
    ASSERT_TRUE(rig.startAndAwaitReady()) << rig.failureText().toStdString();
    const QString folder = rig.addresses().stackDir;
    const Result<StackRecord> record = readRecord(folder);
    ASSERT_TRUE(record);
    rig.destroyStack();
    EXPECT_TRUE(noneRuns(record->children));
    EXPECT_FALSE(QDir(folder).exists());
}

TEST_F(DrillStackTest, StoppedWhileItStartsItStillEndsCleanly)
{
    DrillRig rig(quick());
    rig.stack().start();
    ASSERT_TRUE(rig.stopAndAwaitEnd());
    EXPECT_EQ(rig.events(), QStringList{u"ended"_s});
    EXPECT_THAT(foldersIn(rig.parentFolder()), testing::IsEmpty());

    DrillRig later(quick());
    later.stack().start();
    ASSERT_TRUE(runUntil([&] { return !foldersIn(later.parentFolder()).filter(u"stack-"_s).isEmpty(); }, patience));
    ASSERT_TRUE(later.stopAndAwaitEnd());
    EXPECT_EQ(later.events(), QStringList{u"ended"_s});
    EXPECT_THAT(foldersIn(later.parentFolder()), testing::IsEmpty());
}

TEST_F(DrillStackTest, APartThatEndsByItselfEndsTheWhole)
{
    DrillRig rig(quick());
    ASSERT_TRUE(rig.startAndAwaitReady()) << rig.failureText().toStdString();
    const Result<StackRecord> record = readRecord(rig.addresses().stackDir);
    ASSERT_TRUE(record);
    endByForce(record->children.last());
    ASSERT_TRUE(runUntil([&] { return rig.events().contains(u"ended"_s); }, patience));
    EXPECT_EQ(rig.events(), (QStringList{u"ready"_s, u"failed"_s, u"ended"_s}));
    EXPECT_TRUE(rig.failureText().contains(u"prometheus")) << rig.failureText().toStdString();
    EXPECT_TRUE(noneRuns(record->children));
    EXPECT_THAT(foldersIn(rig.parentFolder()), testing::IsEmpty());
}

TEST_F(DrillStackTest, WhatCannotStartSaysWhyAndLeavesNothing)
{
    DrillOptions noFleet = quick();
    noFleet.programs.fleet = u"/bin/false"_s;
    DrillRig rig(noFleet);
    EXPECT_FALSE(rig.startAndAwaitReady());
    ASSERT_TRUE(runUntil([&] { return rig.events().contains(u"ended"_s); }, patience));
    EXPECT_TRUE(rig.failureText().contains(u"atalaya-fleet")) << rig.failureText().toStdString();
    EXPECT_THAT(foldersIn(rig.parentFolder()), testing::IsEmpty());

    DrillOptions noServer = quick();
    noServer.programs.prometheus = u"/does/not/exist"_s;
    DrillRig absent(noServer);
    EXPECT_FALSE(absent.startAndAwaitReady());
    ASSERT_TRUE(runUntil([&] { return absent.events().contains(u"ended"_s); }, patience));
    EXPECT_TRUE(absent.failureText().contains(u"/does/not/exist"));

    for (const double speed : {0.0, 0.5, -1.0, 31.0}) {
        DrillRig tooFast(quick(speed));
        EXPECT_FALSE(tooFast.startAndAwaitReady());
        EXPECT_TRUE(tooFast.failureText().contains(u"speed")) << tooFast.failureText().toStdString();
    }
}

TEST_F(DrillStackTest, WithoutAPastItGoesOnAndSaysSo)
{
    const QString fleet = QStringLiteral(ATALAYA_BINARY_DIR "/bin/atalaya-fleet");
    QTemporaryDir folder(folderTemplate());
    const QString script = folder.filePath(u"fleet"_s);
    for (const auto &[past, words] :
         {std::pair{"echo no past today >&2; exit 3", u"no past today"_s},
          std::pair{"echo rubbish; exec sleep 600", u"rubbish"_s},
          std::pair{"echo '{\"piece\":\"/etc/passwd\"}'; exec sleep 600", u"/etc/passwd"_s}}) {
        writeFile(script, "#!/bin/sh\ncase \"$*\" in *--history*) " + QByteArray(past) + ";; esac\nexec " +
                              QFile::encodeName(fleet) + " \"$@\"\n");
        QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        DrillOptions options = quick(30, true);
        options.programs.fleet = script;
        DrillRig rig(options);
        ASSERT_TRUE(rig.startAndAwaitReady()) << rig.failureText().toStdString();
        ASSERT_TRUE(runUntil([&] { return rig.events().size() == 2; }, patience)) << past;
        const QString told = rig.events().filter(u"historyFailed"_s).join(u' ');
        EXPECT_TRUE(told.contains(words)) << told.toStdString();
        EXPECT_TRUE(rig.stack().isReady());
        const QString stackDir = rig.addresses().stackDir;
        ASSERT_TRUE(rig.stopAndAwaitEnd());
        EXPECT_FALSE(QDir(stackDir).exists());
    }
}

TEST_F(DrillStackTest, KilledWithoutWarningItTakesItsChildrenAlongAndIsClearedLater)
{
    QTemporaryDir folder(folderTemplate());
    const QString parent = folder.filePath(u"stacks"_s);
    OwnerProcess owner(parent);
    ASSERT_TRUE(owner.awaitReady());
    ASSERT_EQ(owner.children.size(), 3);
    EXPECT_EQ(runningStacks(parent).size(), 1);
    owner.process().kill();
    ASSERT_TRUE(owner.awaitEnd());
    EXPECT_TRUE(runUntil([&] { return noneRuns(owner.children); }, patience)) << "a child outlives its owner";
    EXPECT_TRUE(QDir(owner.stackDir).exists());
    EXPECT_TRUE(runningStacks(parent).isEmpty());

    DrillOptions options = quick();
    options.parentFolder = parent;
    DrillRig next(options);
    ASSERT_TRUE(next.startAndAwaitReady()) << next.failureText().toStdString();
    EXPECT_FALSE(QDir(owner.stackDir).exists());
    ASSERT_TRUE(next.stopAndAwaitEnd());
    EXPECT_THAT(foldersIn(parent), testing::IsEmpty());
}

TEST_F(DrillStackTest, AskedToEndItEndsInOrder)
{
    QTemporaryDir folder(folderTemplate());
    OwnerProcess owner(folder.filePath(u"stacks"_s));
    ASSERT_TRUE(owner.awaitReady());
    owner.process().terminate();
    ASSERT_TRUE(owner.awaitEnd());
    EXPECT_EQ(owner.process().exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(owner.process().exitCode(), 0);
    EXPECT_TRUE(noneRuns(owner.children));
    EXPECT_FALSE(QDir(owner.stackDir).exists());
}

} // namespace atalaya::stack::test
