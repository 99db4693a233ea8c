// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/history_writer.h"
#include "tests/app/fleet/fleet_rig.h"

#include <gtest/gtest.h>

#include <fstream>

namespace atalaya::fleet::test {

using namespace Qt::Literals::StringLiterals;

TEST(History, AScrapeIsItsSamplesWithLabelsAndTime)
{
    const Answer answer{.body = "# TYPE a counter\na{x=\"1 }\"} 3\nb 4.5\n"};
    EXPECT_EQ(scrapeLines(answer, "job-1", "i-1", Timestamp(Milliseconds(1'700'000'000'250))),
              "a{x=\"1 }\",job=\"job-1\",instance=\"i-1\"} 3 1700000000.250\n"
              "b{job=\"job-1\",instance=\"i-1\"} 4.5 1700000000.250\n"
              "up{job=\"job-1\",instance=\"i-1\"} 1 1700000000.250\n"
              "scrape_duration_seconds{job=\"job-1\",instance=\"i-1\"} 0.002 1700000000.250\n"
              "scrape_samples_scraped{job=\"job-1\",instance=\"i-1\"} 2 1700000000.250\n"
              "scrape_samples_post_metric_relabeling{job=\"job-1\",instance=\"i-1\"} 2 1700000000.250\n"
              "scrape_series_added{job=\"job-1\",instance=\"i-1\"} 0 1700000000.250\n");
}

TEST(History, AFailedScrapeIsUpZero)
{
    const std::string lines = scrapeLines({.status = 503, .body = "a 1\n"}, "j", "i", Timestamp(Milliseconds(1000)));
    EXPECT_TRUE(lines.starts_with("up{job=\"j\",instance=\"i\"} 0 1.000\n"));
}

TEST(History, IsCutAtTwoHoursAndEndsWhereItShould)
{
    QTemporaryDir folder;
    std::vector<QString> pieces;
    const Timestamp until(Milliseconds(7'200'000LL * 236'000 + 600'000)); // ten minutes into a block
    const auto written =
        writeHistory(proveedoresSettings(2), {folder.path(), until, std::chrono::minutes(20), Seconds(15)},
                     [&](const QString &piece) { pieces.push_back(piece); });
    ASSERT_TRUE(written.has_value());
    ASSERT_EQ(pieces.size(), 2u);

    int ups = 0;
    std::string last;
    double highest = 0;
    bool fell = false;
    for (const QString &piece : pieces) {
        std::ifstream file(piece.toStdString());
        std::string line;
        std::string previous;
        while (std::getline(file, line)) {
            if (line.starts_with("up{"))
                ++ups;
            if (line.find("http_request_duration_seconds_count{") == 0 &&
                line.find("/providers\"") != std::string::npos && line.find("ai-prov-1") != std::string::npos) {
                const double value = std::strtod(line.c_str() + line.find("} ") + 2, nullptr);
                fell = fell || value < highest;
                highest = value;
                last = line.substr(line.rfind(' ') + 1);
            }
            previous = line;
        }
        EXPECT_EQ(previous, "# EOF");
    }
    EXPECT_EQ(ups, 2 * 80);
    EXPECT_EQ(last, std::to_string(until.time_since_epoch().count() / 1000) + ".000");
    EXPECT_FALSE(fell) << "one process lived through both pieces";
    EXPECT_NEAR(highest, 6 * 1200, 600);
    EXPECT_TRUE(QDir(folder.path()).entryList({u"*.log"_s}).isEmpty());
}

TEST(History, AFolderThatIsNotThereIsSaid)
{
    const auto written = writeHistory(proveedoresSettings(1),
                                      {u"/nowhere/at/all"_s, Timestamp(Seconds(10'000)), Seconds(60), Seconds(15)},
                                      [](const QString &) {});
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().kind, ErrorKind::Storage);
}

TEST(History, NeedsAStep)
{
    EXPECT_FALSE(writeHistory(proveedoresSettings(1), {u"/tmp"_s, Timestamp(Seconds(10'000)), Seconds(60), Seconds(0)},
                              [](const QString &) {})
                     .has_value());
}

} // namespace atalaya::fleet::test
