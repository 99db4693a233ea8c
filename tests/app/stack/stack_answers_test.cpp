// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/fleet_process.h"
#include "app/stack/history_feed.h"
#include "app/stack/open_metrics.h"
#include "app/stack/owned_server.h"

#include <gmock/gmock.h>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;

TEST(IdentityTest, APrometheusIsKnownByItsConfigurationFile)
{
    const QByteArray answer = R"({"status":"success","data":{"config.file":"/run/stack-a/prometheus.yml"}})";
    EXPECT_TRUE(isPrometheusOf(u"/run/stack-a/prometheus.yml"_s, answer));
    EXPECT_FALSE(isPrometheusOf(u"/run/stack-b/prometheus.yml"_s, answer));
    EXPECT_FALSE(isPrometheusOf(QString(), R"({"status":"success","data":{}})"));
    EXPECT_FALSE(isPrometheusOf(u"/run/stack-a/prometheus.yml"_s, "<html>/run/stack-a/prometheus.yml</html>"));
    EXPECT_FALSE(isPrometheusOf(u"/run/stack-a/prometheus.yml"_s, "[1]"));
}

TEST(IdentityTest, AnAlertmanagerIsKnownByItsMarkedReceiver)
{
    const QByteArray answer =
        R"({"config":{"original":"route:\n  receiver: default\nreceivers:\n- name: default\n- name: drill-12ab\n"}})";
    EXPECT_TRUE(isAlertmanagerOf(u"drill-12ab"_s, answer));
    EXPECT_FALSE(isAlertmanagerOf(u"drill-12a"_s, answer)) << "the beginning of a name is another name";
    EXPECT_FALSE(isAlertmanagerOf(u"drill-ffff"_s, answer));
    EXPECT_FALSE(isAlertmanagerOf(QString(), answer));
    EXPECT_FALSE(isAlertmanagerOf(u"drill-12ab"_s, R"({"config":{"original":"# drill-12ab"}})"));
    EXPECT_FALSE(isAlertmanagerOf(u"drill-12ab"_s, "drill-12ab"));
}

TEST(IdentityTest, AFreePortCanBeHad)
{
    EXPECT_NE(freePort(), 0);
}

TEST(FleetReadyTest, TheLineNamesInstancesAndTheAdminAddress)
{
    const Result<FleetReady> ready = decodeFleetReady(
        R"({"ready":true,"pid":5,"admin_url":"http://127.0.0.1:4","instances":[{"system":"s","id":"a","url":"http://127.0.0.1:5"}]})");
    ASSERT_TRUE(ready);
    EXPECT_EQ(ready->adminUrl, QUrl(u"http://127.0.0.1:4"_s));
    EXPECT_EQ(ready->instances, (QList<DrillInstance>{{u"s"_s, u"a"_s, QUrl(u"http://127.0.0.1:5"_s)}}));
}

TEST(FleetReadyTest, AnythingElseIsRefused)
{
    for (
        const char *line :
        {"", "ready", "{}", "[]", R"({"ready":false})",
         R"({"ready":true,"admin_url":"http://127.0.0.1:4","instances":[]})",
         R"({"ready":true,"admin_url":"http://127.0.0.1:4","instances":[{"system":"s","id":"","url":"http://127.0.0.1:5"}]})",
         R"({"ready":true,"admin_url":"http://127.0.0.1:4","instances":[{"system":"s","id":"a","url":"http://10.0.0.1:5"}]})",
         R"({"ready":true,"admin_url":"http://10.0.0.1:4","instances":[{"system":"s","id":"a","url":"http://127.0.0.1:5"}]})",
         R"({"ready":true,"instances":[{"system":"s","id":"a","url":"http://127.0.0.1:5"}]})"}) {
        const Result<FleetReady> ready = decodeFleetReady(line);
        ASSERT_FALSE(ready) << line;
        EXPECT_EQ(ready.error().kind, ErrorKind::Malformed);
    }
}

TEST(FirstScrapesTest, TheFirstSampleAfterTheBeginningOfEachTargetCounts)
{
    const Timestamp begin{Milliseconds(100'000)};
    const auto first = firstScrapes(R"({"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"job":"j","instance":"a"},"values":[[85,"1"],[100,"1"],[107.25,"1"],[122.25,"1"]]},
        {"metric":{"job":"j","instance":"b"},"values":[[85,"1"],[100,"1"]]}]}})",
                                    begin);
    ASSERT_TRUE(first);
    ASSERT_EQ(first->size(), 1) << "b has been scraped before the beginning only";
    EXPECT_EQ(first->value({u"j"_s, u"a"_s}), Timestamp{Milliseconds(107'250)});
}

TEST(FirstScrapesTest, WhatIsNoRangeIsRefused)
{
    for (const char *answer : {"", "null", R"({"status":"error","error":"x"})",
                               R"({"status":"success","data":{"resultType":"vector","result":[]}})"})
        EXPECT_FALSE(firstScrapes(answer, {})) << answer;
}

TEST(OpenMetricsTest, SamplesGetLabelsAndTime)
{
    const QByteArray lines =
        scrapedLines("# HELP a_total Counts.\n# TYPE a_total counter\na_total{x=\"1\"} 7\nb 1.5\n",
                     {{u"job"_s, u"j"_s}, {u"instance"_s, u"i"_s}}, Timestamp{Milliseconds(1'250)}, Milliseconds(4));
    EXPECT_EQ(lines.toStdString(), "a_total{x=\"1\",instance=\"i\",job=\"j\"} 7 1.250\n"
                                   "b{instance=\"i\",job=\"j\"} 1.5 1.250\n"
                                   "up{instance=\"i\",job=\"j\"} 1 1.250\n"
                                   "scrape_duration_seconds{instance=\"i\",job=\"j\"} 0.004 1.250\n"
                                   "scrape_samples_scraped{instance=\"i\",job=\"j\"} 2 1.250\n"
                                   "scrape_samples_post_metric_relabeling{instance=\"i\",job=\"j\"} 2 1.250\n"
                                   "scrape_series_added{instance=\"i\",job=\"j\"} 0 1.250\n");
}

TEST(OpenMetricsTest, HostileLabelValuesAndTimesOfTheirOwnAreRead)
{
    const auto first = [](const QByteArray &exposition) {
        return scrapedLines(exposition, {{u"i"_s, u"a\"b"_s}}, Timestamp{Milliseconds(0)}, Milliseconds(0))
            .split('\n')
            .front();
    };
    EXPECT_EQ(first("a{x=\"} 9 \\\"{\",} NaN 1700000000000\n"), "a{x=\"} 9 \\\"{\",i=\"a\\\"b\"} NaN 0.000");
    EXPECT_EQ(first("a +Inf\n"), "a{i=\"a\\\"b\"} +Inf 0.000");
}

TEST(OpenMetricsTest, LinesThatAreNoSamplesAreLeftOut)
{
    const QByteArray lines = scrapedLines("a{x=\"1\" 7\nalone\n\n{x=\"1\"} 7\nb{} \n", {{u"i"_s, u"a"_s}}, {}, {});
    EXPECT_TRUE(lines.startsWith("up{")) << lines.toStdString();
    EXPECT_TRUE(lines.contains("scrape_samples_scraped{i=\"a\"} 0 "));
}

} // namespace atalaya::stack::test
