// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/stack/stack_support.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;

Result<ServerPrograms> realPrograms()
{
    ProgramWishes wishes;
    wishes.fleet = QStringLiteral(ATALAYA_BINARY_DIR "/bin/atalaya-fleet");
    return findServerPrograms(wishes, QProcessEnvironment::systemEnvironment(), {});
}

QString folderTemplate()
{
    const QFileInfo memory(u"/dev/shm"_s);
    return (memory.isDir() && memory.isWritable() ? memory.filePath() : QDir::tempPath()) + u"/atalaya-test-XXXXXX"_s;
}

ProgramRun runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAll() + process.errorString().toUtf8()};
    return {process.exitCode(), process.readAll()};
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly)) << path.toStdString();
    ASSERT_EQ(file.write(bytes), bytes.size());
}

int modeOf(const QString &path)
{
    struct stat found = {};
    return ::stat(QFile::encodeName(path).constData(), &found) == 0 ? int(found.st_mode & 07777) : -1;
}

} // namespace atalaya::stack::test
