// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/tls_setup.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

namespace atalaya::http {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<QByteArray> fileContent(const QString &path, const QString &role)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::BadInput, path, u"the %1 cannot be read: %2"_s.arg(role, file.errorString()));
    constexpr qint64 longest = 4 * 1024 * 1024;
    const QByteArray content = file.read(longest + 1);
    if (content.size() > longest)
        return failure(ErrorKind::BadInput, path, u"the %1 is no PEM file: it is larger than 4 MiB"_s.arg(role));
    return content;
}

Result<QList<QSslCertificate>> certificatesOf(const QString &path, const QString &role)
{
    const Result<QByteArray> content = fileContent(path, role);
    if (!content)
        return failure(content.error());
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*content, QSsl::Pem);
    if (certificates.isEmpty())
        return failure(ErrorKind::BadInput, path, u"the %1 holds no PEM certificate"_s.arg(role));
    return certificates;
}

Result<QSslKey> keyOf(const QString &path)
{
    const Result<QByteArray> content = fileContent(path, u"private key file"_s);
    if (!content)
        return failure(content.error());
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (const QSslKey key(*content, algorithm, QSsl::Pem); !key.isNull())
            return key;
    }
    if (content->contains("ENCRYPTED"))
        return failure(ErrorKind::BadInput, path,
                       u"the private key is encrypted; only a key without a passphrase can be used"_s);
    return failure(ErrorKind::BadInput, path, u"the private key file holds no PEM key"_s);
}

} // namespace

Result<QSslConfiguration> tlsConfiguration(const TlsIdentity &identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    if (!identity.pinSha256.isEmpty() && identity.pinSha256.size() != 32)
        return failure(ErrorKind::BadInput, {}, u"the certificate pin is not a SHA-256 of 32 bytes"_s);
    if (!identity.caFile.isEmpty()) {
        const auto authorities = certificatesOf(identity.caFile, u"certificate authority file"_s);
        if (!authorities)
            return failure(authorities.error());
        configuration.addCaCertificates(*authorities);
    }
    if (identity.certificateFile.isEmpty() && !identity.keyFile.isEmpty())
        return failure(ErrorKind::BadInput, identity.keyFile,
                       u"a private key is named without its client certificate"_s);
    if (!identity.certificateFile.isEmpty()) {
        const auto chain = certificatesOf(identity.certificateFile, u"client certificate file"_s);
        if (!chain)
            return failure(chain.error());
        const auto key = keyOf(identity.keyFile.isEmpty() ? identity.certificateFile : identity.keyFile);
        if (!key)
            return failure(key.error());
        configuration.setLocalCertificateChain(*chain);
        configuration.setPrivateKey(*key);
    }
    return configuration;
}

QString fileStamps(const TlsIdentity &identity)
{
    QString stamps;
    for (const QString &path : {identity.caFile, identity.certificateFile, identity.keyFile}) {
        const QFileInfo file(path);
        stamps += path.isEmpty() ? u"-;"_s : u"%1 %2;"_s.arg(file.lastModified().toMSecsSinceEpoch()).arg(file.size());
    }
    return stamps;
}

bool matchesPin(const TlsIdentity &identity, const QSslCertificate &certificate)
{
    return identity.pinSha256.isEmpty() ||
           (!certificate.isNull() && certificate.digest(QCryptographicHash::Sha256) == identity.pinSha256);
}

bool areAboutAuthorityOnly(const QList<QSslError> &errors)
{
    return std::all_of(errors.begin(), errors.end(), [](const QSslError &error) {
        switch (error.error()) {
        case QSslError::SelfSignedCertificate:
        case QSslError::SelfSignedCertificateInChain:
        case QSslError::UnableToGetIssuerCertificate:
        case QSslError::UnableToGetLocalIssuerCertificate:
        case QSslError::UnableToVerifyFirstCertificate:
        case QSslError::CertificateUntrusted:
            return true;
        default:
            return false;
        }
    });
}

QString causesOf(const QList<QSslError> &errors)
{
    QStringList causes;
    for (const QSslError &error : errors) {
        QString cause = error.errorString();
        if (!cause.isEmpty())
            cause[0] = cause.at(0).toLower();
        while (cause.endsWith(u'.'))
            cause.chop(1);
        if (!cause.isEmpty() && !causes.contains(cause))
            causes += cause;
    }
    return causes.join(u"; "_s);
}

} // namespace atalaya::http
