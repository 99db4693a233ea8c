// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/stored_secret_source.h"
#include "tests/support/event_loop.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::workspace;
using testing::HasSubstr;

namespace {

class StoredSecretSourceTest : public testing::Test
{
protected:
    QString file(const QByteArray &content,
                 QFileDevice::Permissions permissions = QFileDevice::ReadOwner | QFileDevice::WriteOwner)
    {
        const QString name = folder.filePath(u"secret"_s);
        QFile f(name);
        EXPECT_TRUE(f.open(QIODevice::WriteOnly));
        f.write(content);
        f.setPermissions(permissions);
        return name;
    }
    Result<QByteArray> read(SecretReference::Kind kind, const QString &name)
    {
        return test::await(secrets.read({kind, name}));
    }

    QTemporaryDir folder;
    StoredSecretSource secrets;
};

} // namespace

TEST_F(StoredSecretSourceTest, AFileIsReadAnewEachTimeWithoutItsNewline)
{
    const QString name = file("first\n");
    EXPECT_EQ(*read(SecretReference::Kind::File, name), "first");
    file("second\r\n");
    EXPECT_EQ(*read(SecretReference::Kind::File, name), "second");
}

TEST_F(StoredSecretSourceTest, AFileOpenToOthersIsRefusedWithTheCommandThatMendsIt)
{
    const QString name = file("s", QFileDevice::ReadOwner | QFileDevice::ReadGroup);
    const auto secret = read(SecretReference::Kind::File, name);
    ASSERT_FALSE(secret);
    EXPECT_EQ(secret.error().kind, ErrorKind::Unauthorized);
    EXPECT_THAT(secret.error().summary.toStdString(), HasSubstr("chmod 600"));
}

TEST_F(StoredSecretSourceTest, AnEmptyOrMissingSecretIsNamedAndNotSent)
{
    EXPECT_THAT(read(SecretReference::Kind::File, file("\n")).error().summary.toStdString(), HasSubstr("empty"));
    EXPECT_EQ(read(SecretReference::Kind::File, u"/nonexistent"_s).error().endpoint, u"/nonexistent"_s);
    EXPECT_TRUE(read(SecretReference::Kind::File, u"/nonexistent"_s).error().nothingSent);
}

TEST_F(StoredSecretSourceTest, AVariableThatIsNotSetSaysItsName)
{
    qputenv("ATALAYA_TEST_SECRET", "abc");
    EXPECT_EQ(*read(SecretReference::Kind::Environment, u"ATALAYA_TEST_SECRET"_s), "abc");
    qunsetenv("ATALAYA_TEST_SECRET");
    EXPECT_THAT(read(SecretReference::Kind::Environment, u"ATALAYA_TEST_SECRET"_s).error().endpoint.toStdString(),
                HasSubstr("ATALAYA_TEST_SECRET"));
}

TEST_F(StoredSecretSourceTest, WithoutAKeyringServiceItSaysWhatToUseInstead)
{
    // An address on which no bus listens: whatever session the test runs in, there is no keyring.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    const auto secret = read(SecretReference::Kind::Keyring, u"prom"_s);
    ASSERT_FALSE(secret);
    EXPECT_THAT(secret.error().endpoint.toStdString(), HasSubstr("prom"));
    EXPECT_FALSE(secret.error().summary.isEmpty());
}

TEST_F(StoredSecretSourceTest, WhatIsToBeAskedForIsRefused)
{
    EXPECT_FALSE(read(SecretReference::Kind::Ask, {}));
}
