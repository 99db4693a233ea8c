// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/server_programs.h"
#include "tests/app/stack/stack_support.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <gmock/gmock.h>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;

namespace {

class ServerProgramsTest : public testing::Test
{
protected:
    /// Makes `names` executables in a folder of the sandbox.
    QString programs(const QString &folder, const QStringList &names)
    {
        const QString path = m_folder.filePath(folder);
        QDir().mkpath(path);
        for (const QString &name : names) {
            writeFile(path + u'/' + name, "#!/bin/sh\n");
            QFile::setPermissions(path + u'/' + name, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        return path;
    }
    Result<ServerPrograms> find(const ProgramWishes &wishes = {})
    {
        return findServerPrograms(wishes, m_environment, m_folder.filePath(u"own"_s));
    }

    const QStringList m_servers{u"prometheus"_s, u"promtool"_s, u"prometheus-alertmanager"_s};
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

} // namespace

TEST_F(ServerProgramsTest, TheNamedFolderComesBeforePathAndPathBeforeTheCache)
{
    programs(u"own"_s, {u"atalaya-fleet"_s});
    const QString cache = programs(u"cache/atalaya/servers/usr/bin"_s, m_servers);
    m_environment.insert(u"XDG_CACHE_HOME"_s, m_folder.filePath(u"cache"_s));
    ASSERT_TRUE(find());
    EXPECT_EQ(find()->prometheus, cache + u"/prometheus"_s);

    const QString path = programs(u"path"_s, m_servers);
    m_environment.insert(u"PATH"_s, u"/does-not-exist:"_s + path);
    EXPECT_EQ(find()->prometheus, path + u"/prometheus"_s);

    const QString named = programs(u"named/usr/bin"_s, m_servers);
    m_environment.insert(u"ATALAYA_SERVERS_DIR"_s, m_folder.filePath(u"named"_s));
    EXPECT_EQ(find()->prometheus, named + u"/prometheus"_s);
    EXPECT_EQ(find()->promtool, named + u"/promtool"_s);
    EXPECT_EQ(find()->alertmanager, named + u"/prometheus-alertmanager"_s);

    ProgramWishes wishes;
    wishes.prometheus = programs(u"own-choice"_s, m_servers) + u"/prometheus"_s;
    EXPECT_EQ(find(wishes)->prometheus, wishes.prometheus);
    EXPECT_EQ(find(wishes)->promtool, m_folder.filePath(u"own-choice/promtool"_s))
        << "promtool stands beside Prometheus";
}

TEST_F(ServerProgramsTest, TheCacheIsBelowHomeWhereNothingSaysOtherwise)
{
    programs(u"own"_s, {u"atalaya-fleet"_s});
    const QString cache = programs(u"home/.cache/atalaya/servers/usr/bin"_s, m_servers);
    m_environment.insert(u"HOME"_s, m_folder.filePath(u"home"_s));
    ASSERT_TRUE(find());
    EXPECT_EQ(find()->alertmanager, cache + u"/prometheus-alertmanager"_s);
}

TEST_F(ServerProgramsTest, WhatIsMissingComesWithTheCommandThatFetchesIt)
{
    m_environment.insert(u"HOME"_s, m_folder.filePath(u"home"_s));
    const Result<ServerPrograms> found = find();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::NotFound);
    EXPECT_EQ(found.error().endpoint, u"prometheus"_s);
    EXPECT_TRUE(found.error().summary.contains(u"packaging/fetch_servers.sh"));
}

TEST_F(ServerProgramsTest, ANamedProgramIsNeverReplacedByAnother)
{
    programs(u"own"_s, {u"atalaya-fleet"_s});
    m_environment.insert(u"PATH"_s, programs(u"path"_s, m_servers));
    ProgramWishes wishes;
    wishes.alertmanager = m_folder.filePath(u"not-there"_s);
    ASSERT_FALSE(find(wishes));
    EXPECT_EQ(find(wishes).error().endpoint, wishes.alertmanager);

    wishes.alertmanager = m_folder.filePath(u"not-executable"_s);
    writeFile(wishes.alertmanager, "x");
    EXPECT_FALSE(find(wishes));
}

TEST_F(ServerProgramsTest, TheFleetStandsBesideThisProgramOrInItsLibexec)
{
    m_environment.insert(u"PATH"_s, programs(u"path"_s, m_servers));
    ASSERT_FALSE(find());
    EXPECT_EQ(find().error().endpoint, u"atalaya-fleet"_s);
    const QString libexec = programs(u"libexec/atalaya"_s, {u"atalaya-fleet"_s});
    EXPECT_EQ(find()->fleet, libexec + u"/atalaya-fleet"_s);
    const QString own = programs(u"own"_s, {u"atalaya-fleet"_s});
    EXPECT_EQ(find()->fleet, own + u"/atalaya-fleet"_s);
}

} // namespace atalaya::stack::test
