// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_merge.h"
#include "tests/models/alerts/alert_examples.h"

#include <ctime>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::alerts;
using alerts::test::alertNamed;
using alerts::test::at;

namespace {

Labels labels(const QString &severity, const Labels &more = {})
{
    Labels all = more;
    all[u"severity"_s] = severity;
    return all;
}

/// "HighErrorRate firing am-a,core", one line an alert.
std::string merged(const QList<AlertmanagerPart> &alertmanagers, const QList<RulePart> &prometheuses = {})
{
    QStringList lines;
    const QList<Alert> all = mergeAlerts(alertmanagers, prometheuses);
    for (const Alert &alert : all)
        lines += u"%1 %2 %3"_s.arg(alert.name, stateWord(alert.state), alert.sources.join(u','));
    return lines.join(u'\n').toStdString();
}

AlertmanagerPart part(const QString &name, const QList<Alert> &alerts, bool isLive = true, const QString &cluster = {})
{
    return {name, cluster, isLive, alerts};
}

} // namespace

TEST(AlertMerge, StandsWorstFirstThenFiringThenOldest)
{
    EXPECT_EQ(merged({part(u"am"_s, {alertNamed(u"I"_s, AlertState::Firing, labels(u"info"_s)),
                                     alertNamed(u"P"_s, AlertState::Firing, labels(u"page"_s)),
                                     alertNamed(u"W2"_s, AlertState::Firing, labels(u"warning"_s), 20),
                                     alertNamed(u"W1"_s, AlertState::Firing, labels(u"warning"_s), 10),
                                     alertNamed(u"C"_s, AlertState::Silenced, labels(u"critical"_s))})},
                     {{u"core"_s, {alertNamed(u"W0"_s, AlertState::Pending, labels(u"warning"_s), 1)}}}),
              "C silenced am\nW1 firing am\nW2 firing am\nW0 pending core\nI firing am\nP firing am");
}

TEST(AlertMerge, OneAlertInSeveralAlertmanagersIsOneAlert)
{
    const Alert a = alertNamed(u"A"_s, AlertState::Firing);
    EXPECT_EQ(merged({part(u"am-a"_s, {a}), part(u"am-b"_s, {a})}), "A firing am-a,am-b");
}

TEST(AlertMerge, FiringAnywhereIsFiring)
{
    Alert silenced = alertNamed(u"A"_s, AlertState::Silenced);
    silenced.silencedBy = {u"s"_s};
    const Alert firing = alertNamed(u"A"_s, AlertState::Firing);
    EXPECT_EQ(merged({part(u"am-a"_s, {silenced}), part(u"am-b"_s, {firing})}), "A firing am-a,am-b");
    EXPECT_EQ(mergeAlerts({part(u"am-a"_s, {silenced}), part(u"am-b"_s, {firing})}, {}).first().silencedBy,
              QStringList{u"s"_s});
}

TEST(AlertMerge, ALiveAlertmanagerIsBelievedBeforeAStaleOne)
{
    const Alert silenced = alertNamed(u"A"_s, AlertState::Silenced);
    const Alert firing = alertNamed(u"A"_s, AlertState::Firing);
    EXPECT_EQ(merged({part(u"old"_s, {firing}, false), part(u"new"_s, {silenced})}), "A silenced old,new");
    EXPECT_EQ(merged({part(u"new"_s, {silenced}), part(u"old"_s, {firing}, false)}), "A silenced new,old");
}

TEST(AlertMerge, AStaleMemberOfALiveClusterIsLeftOutAndAnyOtherStaleOneIsKept)
{
    const Alert gone = alertNamed(u"Gone"_s, AlertState::Firing);
    EXPECT_EQ(merged({part(u"am-a"_s, {gone}, false, u"main"_s), part(u"am-b"_s, {}, true, u"main"_s)}), "");
    EXPECT_EQ(merged({part(u"am-a"_s, {gone}, false, u"main"_s), part(u"am-b"_s, {}, true, u"other"_s)}),
              "Gone firing am-a");
    EXPECT_EQ(merged({part(u"am-a"_s, {gone}, false), part(u"am-b"_s, {})}), "Gone firing am-a");
}

TEST(AlertMerge, PrometheusAddsValueRuleAndActiveTimeToTheListedAlert)
{
    const Alert listed = alertNamed(u"A"_s, AlertState::Firing, labels(u"critical"_s), 120);
    Alert ruled = alertNamed(u"A"_s, AlertState::Firing, labels(u"critical"_s), 118);
    ruled.activeAt = at(60);
    ruled.value = 0.274;
    ruled.rule = Rule{.name = u"A"_s, .expr = u"x > 0.05"_s};
    const QList<Alert> all = mergeAlerts({part(u"am"_s, {listed})}, {{u"core"_s, {ruled}}});
    ASSERT_EQ(all.size(), 1);
    EXPECT_EQ(all.first().startsAt, at(120)) << "Alertmanager knows when it fired";
    EXPECT_EQ(all.first().activeAt, at(60));
    EXPECT_EQ(all.first().value, 0.274);
    EXPECT_EQ(all.first().rule->expr, u"x > 0.05");
    EXPECT_EQ(all.first().sources, (QStringList{u"am"_s, u"core"_s}));
}

TEST(AlertMerge, ExternalLabelsDoNotMakeASecondAlert)
{
    const Labels own{{u"instance"_s, u"w-1"_s}};
    Labels sent = own;
    sent[u"prometheus"_s] = u"core"_s;
    EXPECT_EQ(merged({part(u"am"_s, {alertNamed(u"A"_s, AlertState::Firing, sent)})},
                     {{u"core"_s, {alertNamed(u"A"_s, AlertState::Firing, own)}}}),
              "A firing am,core");
    EXPECT_EQ(merged({part(u"am"_s, {alertNamed(u"A"_s, AlertState::Firing, sent)})},
                     {{u"core"_s, {alertNamed(u"A"_s, AlertState::Firing, {{u"instance"_s, u"w-2"_s}})}}}),
              "A firing am\nA firing core");
}

TEST(AlertMerge, TheExactLabelsWinOverTheSuperset)
{
    Labels more{{u"instance"_s, u"w-1"_s}, {u"zone"_s, u"b"_s}};
    const QList<Alert> all =
        mergeAlerts({part(u"am"_s, {alertNamed(u"A"_s, AlertState::Firing, more, 1),
                                    alertNamed(u"A"_s, AlertState::Silenced, {{u"instance"_s, u"w-1"_s}}, 2)})},
                    {{u"core"_s, {alertNamed(u"A"_s, AlertState::Firing, {{u"instance"_s, u"w-1"_s}}, 3)}}});
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all.at(0).sources, QStringList{u"am"_s});
    EXPECT_EQ(all.at(1).sources, (QStringList{u"am"_s, u"core"_s}));
    EXPECT_EQ(all.at(1).state, AlertState::Silenced) << "Alertmanager knows of the silence, Prometheus does not";
}

TEST(AlertMerge, WhatFiresInNoAlertmanagerIsShownAllTheSame)
{
    EXPECT_EQ(merged({part(u"am"_s, {})}, {{u"core"_s, {alertNamed(u"A"_s, AlertState::Firing)}}}), "A firing core");
}

TEST(AlertMerge, PendingInOneAndFiringInAnotherPrometheusFires)
{
    Alert pending = alertNamed(u"A"_s, AlertState::Pending, {}, 10);
    pending.firesAt = at(70);
    const QList<Alert> all =
        mergeAlerts({}, {{u"a"_s, {pending}}, {u"b"_s, {alertNamed(u"A"_s, AlertState::Firing, {}, 65)}}});
    ASSERT_EQ(all.size(), 1);
    EXPECT_EQ(all.first().state, AlertState::Firing);
    EXPECT_EQ(all.first().startsAt, at(65));
    EXPECT_FALSE(all.first().firesAt);
    EXPECT_EQ(all.first().sources, (QStringList{u"a"_s, u"b"_s}));
}

TEST(AlertMerge, TenThousandAlertsWithExternalLabelsMergeQuickly)
{
    QList<Alert> listed, ruled;
    for (int i = 0; i < 10'000; ++i) {
        Labels own{{u"instance"_s, u"i-%1"_s.arg(i)}, {u"severity"_s, u"warning"_s}};
        ruled.append(alertNamed(u"Same"_s, AlertState::Firing, own));
        own[u"prometheus"_s] = u"core"_s;
        listed.append(alertNamed(u"Same"_s, AlertState::Firing, own));
    }
    std::reverse(ruled.begin(), ruled.end());
    const std::clock_t before = std::clock();
    const QList<Alert> all = mergeAlerts({part(u"am"_s, listed)}, {{u"core"_s, ruled}});
    EXPECT_EQ(all.size(), 10'000);
    EXPECT_TRUE(std::all_of(all.begin(), all.end(), [](const Alert &alert) { return alert.sources.size() == 2; }));
    // In processor time, which a busy machine does not stretch. Comparing each with each takes minutes.
    EXPECT_LT(std::clock() - before, 10 * CLOCKS_PER_SEC);
}
