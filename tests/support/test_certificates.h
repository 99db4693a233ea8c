// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

namespace atalaya::test {

/// Certificates for loopback servers and a client, made anew with the openssl command for each test program and deleted
/// at its end. Every name gives `path(name + ".pem")` and `path(name + ".key")`:
///   ca          a private authority            server      for 127.0.0.1 and localhost, signed by ca
///   client      a client, signed by ca         wrong_host  for another.invalid, signed by ca
///   expired     for 127.0.0.1, out of date     self_signed for 127.0.0.1, signed by itself
///   other_ca    another authority              self_signed_expired
class TestCertificates
{
public:
    /// The program's own set; made by the first caller. Fails the test, once, when openssl cannot be run.
    static const TestCertificates &shared();

    TestCertificates();
    QString path(const QString &file) const { return m_folder.filePath(file); }
    /// SHA-256 of the certificate's DER, as a pin names it.
    QByteArray pinOf(const QString &name) const;

private:
    bool run(const QStringList &arguments) const;
    bool makeAuthority(const QString &name) const;
    bool makeLeaf(const QString &name, const QString &authority, const QString &alternativeNames, bool isExpired) const;

    QTemporaryDir m_folder;
};

} // namespace atalaya::test
