// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_certificates.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtNetwork/QSslCertificate>

#include <gtest/gtest.h>

namespace atalaya::test {

using namespace Qt::Literals::StringLiterals;

const TestCertificates &TestCertificates::shared()
{
    static const TestCertificates certificates;
    return certificates;
}

TestCertificates::TestCertificates()
{
    // The smallest configuration `openssl ca` needs: the only one of its commands that takes dates of the past.
    QFile configuration(path(u"ca.cnf"_s));
    const QString folder = m_folder.path();
    const bool isReady =
        configuration.open(QIODevice::WriteOnly) &&
        configuration.write(u"[ca]\ndefault_ca=d\n[d]\nnew_certs_dir=%1\ndatabase=%1/index.txt\nrand_serial=yes\n"
                            "default_md=sha256\npolicy=p\ncopy_extensions=copy\nunique_subject=no\nemail_in_dn=no\n"
                            "[p]\ncommonName=supplied\n"_s.arg(folder)
                                .toUtf8()) > 0;
    configuration.close();
    QFile index(path(u"index.txt"_s));
    const bool hasIndex = index.open(QIODevice::WriteOnly);
    index.close();
    const QString loopback = u"IP:127.0.0.1,DNS:localhost"_s;
    const bool isMade = isReady && hasIndex && makeAuthority(u"ca"_s) && makeAuthority(u"other_ca"_s) &&
                        makeLeaf(u"server"_s, u"ca"_s, loopback, false) &&
                        makeLeaf(u"client"_s, u"ca"_s, u"DNS:client.invalid"_s, false) &&
                        makeLeaf(u"wrong_host"_s, u"ca"_s, u"DNS:another.invalid"_s, false) &&
                        makeLeaf(u"expired"_s, u"ca"_s, loopback, true) &&
                        makeLeaf(u"self_signed"_s, {}, loopback, false) &&
                        makeLeaf(u"self_signed_expired"_s, {}, loopback, true);
    EXPECT_TRUE(isMade) << "the openssl command could not make the test certificates";
}

QByteArray TestCertificates::pinOf(const QString &name) const
{
    const auto certificates = QSslCertificate::fromPath(path(name + u".pem"_s));
    return certificates.isEmpty() ? QByteArray() : certificates.first().digest(QCryptographicHash::Sha256);
}

bool TestCertificates::run(const QStringList &arguments) const
{
    QProcess openssl;
    openssl.start(u"openssl"_s, arguments);
    if (!openssl.waitForFinished(20'000) || openssl.exitCode() != 0) {
        ADD_FAILURE() << "openssl " << arguments.join(u' ').toStdString() << "\n"
                      << openssl.readAllStandardError().toStdString();
        return false;
    }
    return true;
}

bool TestCertificates::makeAuthority(const QString &name) const
{
    return run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
                u"-nodes"_s, u"-keyout"_s, path(name + u".key"_s), u"-out"_s, path(name + u".pem"_s), u"-days"_s,
                u"30"_s, u"-subj"_s, u"/CN=Test authority %1"_s.arg(name)});
}

bool TestCertificates::makeLeaf(const QString &name, const QString &authority, const QString &alternativeNames,
                                bool isExpired) const
{
    const bool isRequested =
        run({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s,
             u"-keyout"_s, path(name + u".key"_s), u"-out"_s, path(name + u".csr"_s), u"-subj"_s, u"/CN=%1"_s.arg(name),
             u"-addext"_s, u"subjectAltName="_s + alternativeNames});
    QStringList sign{u"ca"_s,
                     u"-batch"_s,
                     u"-notext"_s,
                     u"-config"_s,
                     path(u"ca.cnf"_s),
                     u"-in"_s,
                     path(name + u".csr"_s),
                     u"-out"_s,
                     path(name + u".pem"_s),
                     u"-startdate"_s,
                     u"20200101000000Z"_s,
                     u"-enddate"_s,
                     isExpired ? u"20200201000000Z"_s : u"20491231000000Z"_s};
    if (authority.isEmpty())
        sign += {u"-selfsign"_s, u"-keyfile"_s, path(name + u".key"_s)};
    else
        sign += {u"-cert"_s, path(authority + u".pem"_s), u"-keyfile"_s, path(authority + u".key"_s)};
    return isRequested && run(sign);
}

} // namespace atalaya::test
