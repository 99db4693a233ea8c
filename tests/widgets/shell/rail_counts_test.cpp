// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/rail_counts.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;

namespace {

shell::RailEntry counted(const QString &page, const overview::Verdict &verdict,
                         const QList<overview::SystemSummary> &systems)
{
    QList<shell::RailEntry> entries(1);
    entries.first().page = page;
    shell::setCounts(entries, verdict, systems);
    return entries.first();
}

} // namespace

TEST(RailCounts, AQuietPageHasNoCountAndNoWords)
{
    const shell::RailEntry entry = counted(u"alerts"_s, {}, {});
    EXPECT_EQ(entry.count, 0);
    EXPECT_TRUE(entry.countWords.isEmpty());
}

TEST(RailCounts, TheWorstAlertGivesTheShape)
{
    overview::Verdict verdict;
    verdict.alertsFiring = 5;
    overview::SystemSummary calm, sick;
    calm.warning = 4;
    sick.critical = 1;
    EXPECT_EQ(counted(u"alerts"_s, verdict, {calm, sick}).state, State::Critical);
    EXPECT_EQ(counted(u"alerts"_s, verdict, {calm}).state, State::Warning);
}

TEST(RailCounts, ASilentSourceMakesEveryCountALowerBound)
{
    overview::Verdict verdict;
    verdict.breakersNotClosed = 3;
    verdict.atLeast = true;
    overview::SystemSummary system;
    system.breakersHalfOpen = 3;
    const shell::RailEntry entry = counted(u"breakers"_s, verdict, {system});
    EXPECT_TRUE(entry.atLeast);
    EXPECT_TRUE(entry.countWords.contains(u"at least"_s)) << qPrintable(entry.countWords);
    EXPECT_EQ(entry.state, State::Pending);
}

TEST(RailCounts, InstancesThatAreNotKnownAreNotHealthyAndNotRed)
{
    overview::Verdict verdict;
    verdict.instancesNotHealthy = 2;
    overview::SystemSummary system;
    system.instances = {{u"a"_s, health::HealthStatus::Unknown, u"unknown"_s},
                        {u"b"_s, health::HealthStatus::Healthy, u"healthy"_s}};
    EXPECT_EQ(counted(u"health"_s, verdict, {system}).state, State::Unknown);
}

TEST(RailCounts, NothingWrongAndNotAllKnownIsTheShapeOfTheUnknown)
{
    overview::Verdict verdict;
    overview::SystemSummary system;
    system.hasBreakers = true;
    system.instances = {{u"a"_s, health::HealthStatus::Unknown, u"unknown"_s}};
    for (const QString &page : {u"breakers"_s, u"health"_s}) {
        const shell::RailEntry entry = counted(page, verdict, {system});
        EXPECT_TRUE(entry.isUnknown) << qPrintable(page);
        EXPECT_EQ(entry.state, State::Unknown) << qPrintable(page);
        EXPECT_EQ(entry.countWords, u"not all is known");
    }
    system.breakersClosed = 2;
    EXPECT_FALSE(counted(u"breakers"_s, verdict, {system}).isUnknown);
    verdict.atLeast = true;
    EXPECT_TRUE(counted(u"alerts"_s, verdict, {system}).isUnknown) << "a silent source may hide alerts";
}

TEST(RailCounts, HeldBreakersHaveTheirOwnShape)
{
    overview::Verdict verdict;
    verdict.breakersNotClosed = 1;
    overview::SystemSummary system;
    system.breakersForced = 1;
    EXPECT_EQ(counted(u"breakers"_s, verdict, {system}).state, State::Forced);
}
