// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/private_files.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRandomGenerator>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;

namespace {

tl::unexpected<Error> storageFailure(const QString &path, const QString &what)
{
    return failure(ErrorKind::Storage, path, what, QString::fromLocal8Bit(std::strerror(errno)));
}

bool writeAll(int file, const QByteArray &bytes)
{
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t step = ::write(file, bytes.constData() + written, static_cast<size_t>(bytes.size() - written));
        if (step < 0 && errno == EINTR)
            continue;
        if (step <= 0)
            return false;
        written += step;
    }
    return true;
}

} // namespace

Result<void> writePrivateFile(const QString &path, const QByteArray &bytes)
{
    const QByteArray target = QFile::encodeName(path);
    QByteArray beside = target + ".XXXXXX";
    // mkstemp makes the file with mode 0600 whatever the umask says.
    const int file = ::mkostemp(beside.data(), O_CLOEXEC);
    if (file < 0)
        return storageFailure(path, u"cannot be written"_s);
    const bool isWritten = writeAll(file, bytes);
    const bool isClosed = ::close(file) == 0;
    if (!isWritten || !isClosed || std::rename(beside.constData(), target.constData()) != 0) {
        const auto failed = storageFailure(path, u"cannot be written"_s);
        ::unlink(beside.constData());
        return failed;
    }
    return {};
}

Result<void> makePrivateFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), 0700) == 0)
        return {};
    if (errno == ENOENT) {
        const QString parent = QFileInfo(path).absolutePath();
        if (parent == path)
            return storageFailure(path, u"cannot be made"_s);
        if (Result<void> made = makePrivateFolder(parent); !made)
            return made;
        if (::mkdir(name.constData(), 0700) == 0)
            return {};
    }
    if (errno != EEXIST)
        return storageFailure(path, u"cannot be made"_s);
    struct stat there = {};
    if (::lstat(name.constData(), &there) != 0)
        return storageFailure(path, u"cannot be looked at"_s);
    if (!S_ISDIR(there.st_mode))
        return failure(ErrorKind::Storage, path, u"is there already and is not a folder"_s);
    if (there.st_uid != ::geteuid())
        return failure(ErrorKind::Storage, path, u"belongs to another user"_s);
    if ((there.st_mode & 077) != 0 && ::chmod(name.constData(), 0700) != 0)
        return storageFailure(path, u"is open to others"_s);
    return {};
}

QByteArray newSecret()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex();
}

} // namespace atalaya::stack
