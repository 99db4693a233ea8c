// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/stack_folder.h"

#include "app/stack/private_files.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <unistd.h>

#include <cstdlib>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int recordVersion = 1;

QString recordFile(const QString &stackDir)
{
    return stackDir + u"/stack.json"_s;
}

QString currentBootId()
{
    QFile file(u"/proc/sys/kernel/random/boot_id"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed()) : QString();
}

// Ticks are written as text: a JSON number would lose digits past 2^53.
QJsonObject processJson(const ProcessIdentity &process)
{
    return {{u"pid"_s, process.pid}, {u"start_ticks"_s, QString::number(process.startTicks)}};
}

ProcessIdentity processFrom(const QJsonValue &json)
{
    return {json[u"pid"].toInteger(), json[u"start_ticks"].toString().toULongLong()};
}

QJsonObject addressesJson(const DrillAddresses &addresses)
{
    QJsonArray instances;
    for (const DrillInstance &instance : addresses.instances) {
        instances.append(
            QJsonObject{{u"system"_s, instance.system}, {u"id"_s, instance.id}, {u"url"_s, instance.url.toString()}});
    }
    return {{u"workspace"_s, addresses.workspaceFile},
            {u"prometheus"_s, addresses.prometheus.toString()},
            {u"alertmanager"_s, addresses.alertmanager.toString()},
            {u"instances"_s, instances},
            {u"fleet_admin"_s, addresses.fleetAdmin.toString()},
            {u"admin_token_file"_s, addresses.adminTokenFile},
            {u"speed"_s, addresses.speed}};
}

bool isOlderThan(const QString &folder, std::chrono::seconds age)
{
    return QFileInfo(folder).lastModified().secsTo(QDateTime::currentDateTime()) > age.count();
}

bool isOurs(const QFileInfo &folder)
{
    return folder.isDir() && !folder.isSymLink() && folder.ownerId() == ::geteuid();
}

QStringList foldersLike(const QString &parent, const QString &pattern)
{
    QStringList found;
    const QFileInfoList entries = QDir(parent).entryInfoList(
        {pattern}, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Time | QDir::Reversed);
    for (const QFileInfo &entry : entries) {
        if (isOurs(entry))
            found.append(entry.absoluteFilePath());
    }
    return found;
}

// A process that was ended by force may still hold its files for a moment.
void waitUntilGone(const QList<ProcessIdentity> &processes)
{
    const QDeadlineTimer deadline(2'000);
    for (const ProcessIdentity &process : processes)
        awaitEnd(process, static_cast<int>(deadline.remainingTime()));
}

} // namespace

QString stacksFolder(const QProcessEnvironment &environment)
{
    const QString runtime = environment.value(u"XDG_RUNTIME_DIR"_s);
    if (!runtime.isEmpty() && QFileInfo(runtime).isDir() && QFileInfo(runtime).isWritable())
        return runtime + u"/atalaya/stacks"_s;
    return u"%1/atalaya-%2/stacks"_s.arg(QDir::tempPath()).arg(::geteuid());
}

StackRecord recordOfThisProcess()
{
    StackRecord record;
    record.bootId = currentBootId();
    record.owner = identityOf(QCoreApplication::applicationPid()).value_or(ProcessIdentity{});
    return record;
}

bool isOwned(const StackRecord &record)
{
    return record.bootId == currentBootId() && isRunning(record.owner);
}

Result<void> writeRecord(const QString &stackDir, const StackRecord &record)
{
    QJsonArray children;
    for (const ProcessIdentity &child : record.children)
        children.append(processJson(child));
    const QJsonObject json{
        {u"stack"_s, recordVersion}, {u"boot_id"_s, record.bootId}, {u"owner"_s, processJson(record.owner)},
        {u"children"_s, children},   {u"kept"_s, record.isKept},    {u"addresses"_s, addressesJson(record.addresses)}};
    return writePrivateFile(recordFile(stackDir), QJsonDocument(json).toJson());
}

Result<StackRecord> readRecord(const QString &stackDir)
{
    QFile file(recordFile(stackDir));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, file.fileName(), u"cannot be read"_s, file.errorString());
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &fault);
    if (!document.isObject() || document[u"stack"].toInt() != recordVersion)
        return failure(ErrorKind::Malformed, file.fileName(), u"is not the record of a stack"_s, fault.errorString());
    StackRecord record;
    record.bootId = document[u"boot_id"].toString();
    record.owner = processFrom(document[u"owner"]);
    for (const QJsonValue &child : document[u"children"].toArray())
        record.children.append(processFrom(child));
    record.isKept = document[u"kept"].toBool();
    const QJsonValue addresses = document[u"addresses"];
    record.addresses.workspaceFile = addresses[u"workspace"].toString();
    record.addresses.prometheus = QUrl(addresses[u"prometheus"].toString());
    record.addresses.alertmanager = QUrl(addresses[u"alertmanager"].toString());
    for (const QJsonValue &instance : addresses[u"instances"].toArray()) {
        record.addresses.instances.append(
            {instance[u"system"].toString(), instance[u"id"].toString(), QUrl(instance[u"url"].toString())});
    }
    record.addresses.fleetAdmin = QUrl(addresses[u"fleet_admin"].toString());
    record.addresses.adminTokenFile = addresses[u"admin_token_file"].toString();
    record.addresses.speed = addresses[u"speed"].toDouble(1);
    record.addresses.stackDir = stackDir;
    record.addresses.pid = record.owner.pid;
    return record;
}

Result<QString> createStackFolder(const QString &parent, const StackRecord &record)
{
    if (Result<void> made = makePrivateFolder(parent); !made)
        return failure(made.error());
    QByteArray fresh = QFile::encodeName(parent + u"/.new-XXXXXX"_s);
    if (::mkdtemp(fresh.data()) == nullptr)
        return failure(ErrorKind::Storage, parent, u"does not take a new folder"_s, qt_error_string());
    const QString beside = QFile::decodeName(fresh);
    if (Result<void> written = writeRecord(beside, record); !written) {
        QDir(beside).removeRecursively();
        return failure(written.error());
    }
    const QString stackDir = parent + u"/stack-"_s + beside.right(6);
    if (!QDir().rename(beside, stackDir)) {
        QDir(beside).removeRecursively();
        return failure(ErrorKind::Storage, stackDir, u"cannot be made"_s);
    }
    return stackDir;
}

QList<StackRecord> runningStacks(const QString &parent)
{
    QList<StackRecord> running;
    for (const QString &folder : foldersLike(parent, u"stack-*"_s)) {
        const Result<StackRecord> record = readRecord(folder);
        if (record && isOwned(*record) && !record->addresses.workspaceFile.isEmpty())
            running.append(*record);
    }
    return running;
}

QList<ClearedStack> clearStaleStacks(const QString &parent)
{
    QList<ClearedStack> cleared;
    const QString bootId = currentBootId();
    for (const QString &folder : foldersLike(parent, u"stack-*"_s)) {
        const Result<StackRecord> record = readRecord(folder);
        if (record && isOwned(*record))
            continue;
        ClearedStack gone{folder, {}, record && record->isKept};
        if (record && record->bootId == bootId) {
            for (const ProcessIdentity &child : record->children) {
                if (!isRunning(child))
                    continue;
                endByForce(child);
                gone.endedProcesses.append(child.pid);
            }
            waitUntilGone(record->children);
        }
        if (!gone.isFolderKept)
            QDir(folder).removeRecursively();
        if (!gone.isFolderKept || !gone.endedProcesses.isEmpty())
            cleared.append(gone);
    }
    // Half-made folders of a start that was cut off; a younger one may be another's start right now.
    for (const QString &folder : foldersLike(parent, u".new-*"_s)) {
        if (isOlderThan(folder, std::chrono::minutes(1)))
            QDir(folder).removeRecursively();
    }
    return cleared;
}

} // namespace atalaya::stack
