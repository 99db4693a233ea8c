// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/stored_secret_source.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <qt6keychain/keychain.h>

namespace atalaya::workspace {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<QByteArray> refused(const QString &where, const QString &why)
{
    Error error;
    error.kind = ErrorKind::Unauthorized;
    error.endpoint = where;
    error.summary = why;
    error.nothingSent = true;
    return failure(std::move(error));
}

Result<QByteArray> trimmed(const QString &where, QByteArray secret)
{
    while (secret.endsWith('\n') || secret.endsWith('\r'))
        secret.chop(1);
    if (secret.isEmpty())
        return refused(where, u"the secret is empty"_s);
    return secret;
}

Result<QByteArray> readSecretFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return refused(name, u"the secret's file cannot be read: "_s + file.errorString());
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    if (file.permissions() & others)
        return refused(name, u"the secret's file is open to others; run: chmod 600 "_s + name);
    constexpr qint64 mostBytes = 64 * 1024;
    const QByteArray secret = file.read(mostBytes + 1);
    if (secret.size() > mostBytes)
        return refused(name, u"the secret's file is larger than 64 KiB"_s);
    return trimmed(name, secret);
}

Result<QByteArray> readVariable(const QString &name)
{
    const QString where = u"environment variable "_s + name;
    if (!qEnvironmentVariableIsSet(name.toLocal8Bit().constData()))
        return refused(where, u"it is not set"_s);
    return trimmed(where, qgetenv(name.toLocal8Bit().constData()));
}

QString keyringWords(QKeychain::Error error, const QString &text)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return u"not found, or the keyring is locked; unlock it, or store the secret under the service \"atalaya\""_s;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return u"the keyring refused access"_s;
    case QKeychain::NoBackendAvailable:
        return u"no keyring service answers in this session; use {\"file\": PATH} or {\"env\": NAME} instead"_s;
    default:
        return u"the keyring failed: "_s + text;
    }
}

} // namespace

Pending<QByteArray> StoredSecretSource::read(const SecretReference &reference)
{
    switch (reference.kind) {
    case SecretReference::Kind::File:
        return readyNow<QByteArray>(readSecretFile(reference.name));
    case SecretReference::Kind::Environment:
        return readyNow<QByteArray>(readVariable(reference.name));
    case SecretReference::Kind::Keyring:
        return readKeyring(reference.name);
    case SecretReference::Kind::Ask:
        return readyNow<QByteArray>(refused(
            u"workspace"_s, u"this secret is to be asked for each time, which this version cannot do; name a keyring, "
                            "file or environment variable"_s));
    case SecretReference::Kind::None:
        break;
    }
    return readyNow<QByteArray>(refused(u"workspace"_s, u"no secret is named"_s));
}

Pending<QByteArray> StoredSecretSource::readKeyring(const QString &name)
{
    if (const auto known = m_fromKeyring.constFind(name); known != m_fromKeyring.constEnd())
        return readyNow<QByteArray>(QByteArray(*known));
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    auto *job = new QKeychain::ReadPasswordJob(u"atalaya"_s, this);
    job->setAutoDelete(true);
    job->setKey(name);
    connect(job, &QKeychain::Job::finished, this, [this, job, promise, name] {
        const QString where = u"keyring entry "_s + name;
        Result<QByteArray> secret = job->error() == QKeychain::NoError
                                        ? trimmed(where, job->binaryData())
                                        : refused(where, keyringWords(job->error(), job->errorString()));
        if (secret)
            m_fromKeyring.insert(name, *secret);
        promise->addResult(std::move(secret));
        promise->finish();
    });
    job->start();
    return promise->future();
}

} // namespace atalaya::workspace

#include "moc_stored_secret_source.cpp"
