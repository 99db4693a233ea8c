// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/control/control_bench.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::control;
using atalaya::test::await;
using atalaya::test::runUntil;

class EnvironmentGuardTest : public control::test::ControlBench
{
protected:
    bool isOpen(const QString &environment) const { return !guard->objectionTo(environment); }
};

TEST_F(EnvironmentGuardTest, OpenAndGuardedLetWritesThroughAndProtectedOnesAreLocked)
{
    EXPECT_TRUE(isOpen(u"drill"_s));
    EXPECT_TRUE(isOpen(u"staging"_s));
    EXPECT_FALSE(isOpen(u"production"_s));
    EXPECT_EQ(guard->objectionTo(u"production"_s)->kind, ErrorKind::Locked);
    EXPECT_EQ(guard->left(u"production"_s), 0ms);
    EXPECT_FALSE(isOpen(u"nowhere"_s));
}

TEST_F(EnvironmentGuardTest, UnlocksByTheTypedNameForAQuarterOfAnHour)
{
    const auto until = await(guard->unlock(u"production"_s, u"production"_s, u"incident 7"_s));
    ASSERT_TRUE(until);
    EXPECT_EQ(*until, clock.now() + 15min);
    EXPECT_TRUE(isOpen(u"production"_s));
    EXPECT_EQ(kindsKept(), QStringList{u"unlock"_s});
    clock.advance(14min);
    EXPECT_EQ(guard->left(u"production"_s), 1min);
    clock.advance(1min);
    EXPECT_FALSE(isOpen(u"production"_s)) << "also before any timer noticed";
    QStringList heard;
    QObject::connect(guard.get(), &EnvironmentGuard::changed, guard.get(), [&](const QString &name) { heard += name; });
    guard->expire();
    EXPECT_EQ(heard, QStringList{u"production"_s});
    EXPECT_TRUE(runUntil([&] { return kindsKept() == QStringList{u"unlock"_s, u"lock"_s}; }));
}

TEST_F(EnvironmentGuardTest, AClockThatIsSetBackDoesNotProlongIt)
{
    ASSERT_TRUE(await(guard->unlock(u"production"_s, u"production"_s, u"incident 7"_s)));
    clock.advance(15min);
    clock.jumpTo(clock.now() - 1h);
    EXPECT_FALSE(isOpen(u"production"_s));
}

TEST_F(EnvironmentGuardTest, LocksNowAndAllAtOnce)
{
    ASSERT_TRUE(await(guard->unlock(u"production"_s, u"production"_s, u"incident 7"_s)));
    guard->lockAll(u"session locked"_s);
    EXPECT_FALSE(isOpen(u"production"_s));
    EXPECT_TRUE(runUntil([&] { return kindsKept() == QStringList{u"unlock"_s, u"lock"_s}; }));
    EXPECT_EQ(std::get<journal::Lock>(journal->entries().last().content).reason, u"session locked");
}

TEST_F(EnvironmentGuardTest, RefusesAWrongNameAShortReasonAndWhatIsNotProtected)
{
    const auto kindOf = [&](const QString &environment, const QString &typed, const QString &reason) {
        const auto until = await(guard->unlock(environment, typed, reason));
        EXPECT_FALSE(until);
        return until ? ErrorKind::Cancelled : until.error().kind;
    };
    EXPECT_EQ(kindOf(u"production"_s, u"Production"_s, u"incident 7"_s), ErrorKind::BadInput);
    EXPECT_EQ(kindOf(u"production"_s, u"production"_s, u"x"_s), ErrorKind::BadInput);
    EXPECT_EQ(kindOf(u"staging"_s, u"staging"_s, u"incident 7"_s), ErrorKind::BadInput);
    EXPECT_FALSE(isOpen(u"production"_s));
    EXPECT_TRUE(kindsKept().isEmpty());
}

TEST_F(EnvironmentGuardTest, ReadOnlyRefusesEverythingAndCannotBeUnlocked)
{
    start(true);
    for (const QString &name : {u"drill"_s, u"staging"_s, u"production"_s})
        EXPECT_EQ(guard->objectionTo(name)->kind, ErrorKind::Locked);
    const auto until = await(guard->unlock(u"production"_s, u"production"_s, u"incident 7"_s));
    ASSERT_FALSE(until);
    EXPECT_EQ(until.error().kind, ErrorKind::Locked);
    EXPECT_FALSE(run(trip({u"a"_s})));
    EXPECT_EQ(target(u"a"_s).reads + target(u"a"_s).sent, 0);
}

TEST_F(EnvironmentGuardTest, WhatIsNotOnDiskIsNotUnlocked)
{
    {
        QSqlDatabase holder = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"guard-holder"_s);
        holder.setDatabaseName(path());
        ASSERT_TRUE(holder.open());
        QSqlQuery query(holder);
        ASSERT_TRUE(query.exec(u"BEGIN IMMEDIATE"_s));
        const auto until = await(guard->unlock(u"production"_s, u"production"_s, u"incident 7"_s));
        ASSERT_FALSE(until);
        EXPECT_EQ(until.error().kind, ErrorKind::Storage);
    }
    QSqlDatabase::removeDatabase(u"guard-holder"_s);
    EXPECT_FALSE(isOpen(u"production"_s));
}
