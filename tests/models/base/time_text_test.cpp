// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"
#include "tests/models/base/base_test.h"

#include <random>

using namespace atalaya;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::optional<qint64> millisecondsOf(const QString &text)
{
    const auto time = parseTime(text);
    if (!time) {
        EXPECT_EQ(time.error().kind, ErrorKind::BadInput);
        EXPECT_TRUE(time.error().summary.contains(text));
        return std::nullopt;
    }
    return time->time_since_epoch().count();
}

constexpr qint64 noon = 1'795'521'600'000; // 2026-11-24T12:00:00Z

} // namespace

TEST(DurationTest, ReadsWhatPrometheusWrites)
{
    const QList<std::pair<QString, Milliseconds>> durations{
        {u"500ms"_s, 500ms},
        {u"10s"_s, 10s},
        {u"5m"_s, 5min},
        {u"2h"_s, 2h},
        {u"7d"_s, 168h},
        {u"1w"_s, 168h},
        {u"1y"_s, 8760h},
        {u"1h30m"_s, 90min},
        {u"1m5s"_s, 65s},
        {u"1s1ms"_s, 1001ms},
        {u"1d1h1m1s1ms"_s, 25h + 61s + 1ms},
        {u"0h5m"_s, 5min},
        {u"100000h"_s, 100000h},
    };
    for (const auto &[text, duration] : durations)
        EXPECT_EQ(parseDuration(text), duration) << text.toStdString();
}

TEST(DurationTest, RefusesEverythingElse)
{
    for (const QString &text : {u""_s,
                                u" "_s,
                                u"5"_s,
                                u"m"_s,
                                u"5 m"_s,
                                u" 5m"_s,
                                u"5m "_s,
                                u"-5m"_s,
                                u"+5m"_s,
                                u"0s"_s,
                                u"0ms"_s,
                                u"1.5h"_s,
                                u"5M"_s,
                                u"5min"_s,
                                u"1h-5m"_s,
                                u"1e3s"_s,
                                u"5mh"_s,
                                u"٥m"_s,
                                u"9999999999999999999s"_s,
                                u"999999999999y"_s,
                                u"300000000y"_s,
                                u"1m\n"_s}) {
        const auto duration = parseDuration(text);
        ASSERT_FALSE(duration) << text.toStdString() << " read as " << duration->count();
        EXPECT_EQ(duration.error().kind, ErrorKind::BadInput);
        EXPECT_TRUE(duration.error().summary.startsWith(u"\""_s + text + u"\" is not a duration"_s));
    }
}

TEST(DurationTest, ItsTextReadsBack)
{
    EXPECT_EQ(durationText(15s), u"15s"_s);
    EXPECT_EQ(durationText(90min), u"1h30m"_s);
    EXPECT_EQ(durationText(36h), u"1d12h"_s);
    EXPECT_EQ(durationText(250ms), u"250ms"_s);
    EXPECT_EQ(durationText(0ms), u"0s"_s);
    EXPECT_EQ(durationText(-5s), u"0s"_s);
    std::mt19937_64 random(7);
    for (int i = 0; i < 2000; ++i) {
        const Milliseconds duration(1 + static_cast<qint64>(random() >> (20 + random() % 40)));
        EXPECT_EQ(parseDuration(durationText(duration)), duration) << duration.count();
    }
}

TEST(TimeTest, ReadsRfc3339WithAnyFractionAndOffset)
{
    const QList<std::pair<QString, qint64>> times{
        {u"2026-11-24T12:00:00Z"_s, noon},
        {u"2026-11-24T12:00:00z"_s, noon},
        {u"2026-11-24T12:00:00.5Z"_s, noon + 500},
        {u"2026-11-24T12:00:00.123Z"_s, noon + 123},
        {u"2026-11-24T12:00:00.123456Z"_s, noon + 123},
        {u"2026-11-24T12:00:00.123456789Z"_s, noon + 123},
        {u"2026-11-24T12:00:00.1239999Z"_s, noon + 123},
        {u"2026-11-24T12:00:00.999999999Z"_s, noon + 999},
        {u"2026-11-24T12:00:00.000000001Z"_s, noon},
        {u"2026-11-24T13:00:00+01:00"_s, noon},
        {u"2026-11-24T06:30:00.123456789-05:30"_s, noon + 123},
        {u"2026-11-24T12:00:00+00:00"_s, noon},
        {u"1969-12-31T23:59:59.5Z"_s, -500},
        {u"0001-01-01T00:00:00Z"_s, -62'135'596'800'000},
        {u"2024-02-29T00:00:00Z"_s, 1'709'164'800'000},
    };
    for (const auto &[text, milliseconds] : times)
        EXPECT_EQ(millisecondsOf(text), milliseconds) << text.toStdString();
}

TEST(TimeTest, ReadsUnixSeconds)
{
    EXPECT_EQ(millisecondsOf(u"1795521600"_s), noon);
    EXPECT_EQ(millisecondsOf(u"1795521600.25"_s), noon + 250);
    EXPECT_EQ(millisecondsOf(u"0"_s), 0);
    EXPECT_EQ(millisecondsOf(u"-1.5"_s), -1500);
}

TEST(TimeTest, RefusesWhatIsNoMoment)
{
    for (const QString &text :
         {u""_s, u"now"_s, u"nan"_s, u"inf"_s, u"1e300"_s, u"1795521600000000"_s, u"2026-11-24"_s,
          u"2026-11-24T12:00:00"_s, u"12:00:00Z"_s, u"2026-11-24T25:00:00Z"_s, u"2026-02-30T00:00:00Z"_s,
          u"2026-13-01T00:00:00Z"_s, u"2026-11-24T12:00:00Zulu"_s, u"2026-11-24T12:00:00+01:00[Europe/Berlin]"_s,
          u"2026-11-24T12:00:00.Z"_s, u"2026-11-24T12:00:00.12x4Z"_s})
        EXPECT_EQ(millisecondsOf(text), std::nullopt) << text.toStdString();
}

TEST(TimeTest, Rfc3339ReadsBack)
{
    EXPECT_EQ(rfc3339(Timestamp(Milliseconds(noon + 7))), u"2026-11-24T12:00:00.007Z"_s);
    std::mt19937_64 random(11);
    for (int i = 0; i < 2000; ++i) {
        const Timestamp time(Milliseconds(static_cast<qint64>(random() % 8'000'000'000'000) - 2'000'000'000'000));
        EXPECT_EQ(parseTime(rfc3339(time)), time) << rfc3339(time).toStdString();
    }
}

TEST(TimeTest, ClockTextsAreInTheZoneAsked)
{
    const QTimeZone berlin("Europe/Berlin");
    ASSERT_TRUE(berlin.isValid());
    const Timestamp time{Milliseconds(noon)};
    EXPECT_EQ(clockText(time, QTimeZone::utc()), u"12:00:00"_s);
    EXPECT_EQ(clockText(time, berlin), u"13:00:00"_s);
    EXPECT_EQ(whenText(time, time + 2h, berlin), u"13:00:00"_s);
    EXPECT_EQ(whenText(time, time + 11h + 30min, QTimeZone::utc()), u"12:00:00"_s);
    EXPECT_EQ(whenText(time, time + 11h + 30min, berlin), u"24 Nov 13:00"_s) << "already tomorrow in Berlin";
    EXPECT_EQ(whenText(time, time - 48h, QTimeZone::utc()), u"24 Nov 12:00"_s);
}

TEST(AgeTest, ReadsAsPeopleSay)
{
    const QList<std::pair<Milliseconds, QString>> ages{
        {-5s, u"0 s"_s},         {0ms, u"0 s"_s},      {999ms, u"0 s"_s},     {4s, u"4 s"_s},
        {59s, u"59 s"_s},        {60s, u"1 m 00 s"_s}, {408s, u"6 m 48 s"_s}, {1h, u"1 h 00 m"_s},
        {130min, u"2 h 10 m"_s}, {24h, u"1 d"_s},      {220h, u"9 d"_s},
    };
    for (const auto &[age, text] : ages)
        EXPECT_EQ(ageText(age), text);
}

TEST(ShortAgeTest, UsesOneUnit)
{
    EXPECT_EQ(shortAge(-5s), u"0 s");
    EXPECT_EQ(shortAge(59s), u"59 s");
    EXPECT_EQ(shortAge(60s), u"1 min");
    EXPECT_EQ(shortAge(59min + 59s), u"59 min");
    EXPECT_EQ(shortAge(26h), u"26 h");
    EXPECT_EQ(shortAge(9 * 24h), u"9 d");
}

TEST(CountdownTest, NeverReachesZeroEarly)
{
    EXPECT_EQ(countdownText(44s), u"0:44"_s);
    EXPECT_EQ(countdownText(43'001ms), u"0:44"_s);
    EXPECT_EQ(countdownText(1ms), u"0:01"_s);
    EXPECT_EQ(countdownText(0ms), u"0:00"_s);
    EXPECT_EQ(countdownText(-5s), u"0:00"_s);
    EXPECT_EQ(countdownText(767s), u"12:47"_s);
    EXPECT_EQ(countdownText(3723s), u"1:02:03"_s);
}
