// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/card_text.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using overview::SystemSummary;

namespace {

QStringList wordsOf(const QList<overview::CardLine> &lines)
{
    QStringList words;
    for (const overview::CardLine &line : lines)
        words += line.figure.isEmpty() ? line.words : line.figure + u' ' + line.words;
    return words;
}

SystemSummary systemThatIs(const QString &key, State worst)
{
    SystemSummary system;
    system.key = key;
    system.worst = worst;
    return system;
}

} // namespace

TEST(CardText, NoAlertsIsSaidAndNotZero)
{
    EXPECT_EQ(wordsOf(overview::alertLines(systemThatIs(u"a"_s, State::Ok))), (QStringList{u"None"_s}));
}

TEST(CardText, BeforeAnythingAnsweredNoAlertsAreNotKnown)
{
    SystemSummary system = systemThatIs(u"a"_s, State::Unknown);
    system.instances = {{u"a-1"_s, health::HealthStatus::Unknown, u"unknown"_s}};
    EXPECT_EQ(wordsOf(overview::alertLines(system)), (QStringList{u"Not known"_s}));
    system.instances.first().status = health::HealthStatus::Healthy;
    EXPECT_EQ(wordsOf(overview::alertLines(system)), (QStringList{u"None"_s}));
}

TEST(CardText, NoAlertsOfASilentSourceAreNotKnown)
{
    SystemSummary system;
    system.silentSources = {u"prom-p2p"_s};
    EXPECT_EQ(wordsOf(overview::alertLines(system)), (QStringList{u"Not known"_s}));
    system.warning = 3;
    EXPECT_EQ(wordsOf(overview::alertLines(system)), (QStringList{u"3+ warning"_s}));
}

TEST(CardText, ClosedBreakersAreSaidOnlyWhereAllAre)
{
    SystemSummary system;
    EXPECT_EQ(wordsOf(overview::breakerLines(system)), (QStringList{u"No breakers"_s}));
    system.hasBreakers = true;
    EXPECT_EQ(wordsOf(overview::breakerLines(system)), (QStringList{u"Not known"_s}));
    system.breakersClosed = 4;
    EXPECT_EQ(wordsOf(overview::breakerLines(system)), (QStringList{u"4 closed"_s}));
    system.breakersOpen = 1;
    system.breakersHalfOpen = 2;
    EXPECT_EQ(wordsOf(overview::breakerLines(system)), (QStringList{u"1 open"_s, u"2 half-open"_s}));
}

TEST(CardText, UnknownInstancesAreNotCountedHealthy)
{
    SystemSummary system;
    system.instances = {{u"a"_s, health::HealthStatus::Healthy, u"healthy"_s},
                        {u"b"_s, health::HealthStatus::Unknown, u"unknown"_s}};
    EXPECT_EQ(overview::healthCountText(system), u"1 of 2 healthy"_s);
    system.instances.first().status = health::HealthStatus::Unknown;
    EXPECT_EQ(overview::healthCountText(system), u"2 not known"_s);
}

TEST(CardText, WorstFirstAndTheConfiguredOrderAmongEquals)
{
    const QList<SystemSummary> sorted =
        overview::worstFirst({systemThatIs(u"a"_s, State::Ok), systemThatIs(u"b"_s, State::Warning),
                              systemThatIs(u"c"_s, State::Critical), systemThatIs(u"d"_s, State::Stale),
                              systemThatIs(u"e"_s, State::Critical), systemThatIs(u"f"_s, State::Pending)});
    QStringList keys;
    for (const SystemSummary &system : sorted)
        keys += system.key;
    EXPECT_EQ(keys, (QStringList{u"c"_s, u"e"_s, u"d"_s, u"b"_s, u"f"_s, u"a"_s}));
}
