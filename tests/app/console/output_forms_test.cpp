// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/log_setup.h"
#include "app/console/output_forms.h"
#include "models/base/time_text.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::console;

namespace {

const Timestamp noon = *parseTime(u"2026-11-24T12:00:00Z"_s);

breakers::Breaker gaugeOnly()
{
    breakers::Breaker breaker;
    breaker.id = {u"worker"_s, u"openai"_s, u"worker-1"_s};
    breaker.gauge = breakers::GaugeReading{7, breakers::BreakerState::Unknown, noon};
    breaker.gaugeLive = true;
    return breaker;
}

} // namespace

TEST(OutputForms, WhatABreakerDoesNotSayIsNullAndNeverZero)
{
    const Json form = breakerForm(gaugeOnly());
    EXPECT_EQ(form["state"], "unknown");
    EXPECT_EQ(form["gauge_state"], "unknown(7)");
    for (const char *key : {"failure_rate", "counters", "config", "next_probe_at", "forced_until", "version", "since"})
        EXPECT_TRUE(form[key].is_null()) << key;
    EXPECT_EQ(form["as_of"], "2026-11-24T12:00:00.000Z");
}

TEST(OutputForms, AnInstanceThatNeverAnsweredIsUnknownAndSaysWhy)
{
    Snapshot<health::InstanceHealth> snapshot;
    snapshot.fail(Error{ErrorKind::Unreachable, u"http://127.0.0.1:1/health"_s, u"connection refused"_s}, noon);
    const Json form = healthForm({u"worker"_s, u"worker-1"_s}, snapshot, noon);
    EXPECT_EQ(form["status"], "unknown");
    EXPECT_TRUE(form["as_of"].is_null());
    EXPECT_TRUE(form["http_status"].is_null());
    EXPECT_NE(form["error"].get<std::string>().find("connection refused"), std::string::npos);
}

TEST(OutputForms, AnOldHealthyAnswerIsUnknownNow)
{
    Snapshot<health::InstanceHealth> snapshot;
    snapshot.interval = Milliseconds(10'000);
    health::InstanceHealth healthy;
    healthy.status = health::HealthStatus::Healthy;
    snapshot.succeed(healthy, noon);
    EXPECT_EQ(healthForm({}, snapshot, noon + Milliseconds(20'000))["status"], "healthy");
    EXPECT_EQ(healthForm({}, snapshot, noon + Milliseconds(20'001))["status"], "unknown");
}

TEST(OutputForms, APendingAlertSaysWhenItFires)
{
    alerts::Alert alert;
    alert.name = u"CircuitBreakerOpen"_s;
    alert.state = alerts::AlertState::Pending;
    alert.startsAt = noon;
    alert.firesAt = noon + Milliseconds(60'000);
    alert.labels = {{u"alertname"_s, alert.name}};
    const Json form = alertForm(alert);
    EXPECT_EQ(form["state"], "pending");
    EXPECT_EQ(form["starts_at"], "2026-11-24T12:00:00.000Z");
    EXPECT_EQ(form["fires_at"], "2026-11-24T12:01:00.000Z");
    EXPECT_TRUE(form["silenced_by"].empty());
}

TEST(OutputForms, AFlagWithoutADefaultSaysNull)
{
    flags::Flag flag;
    flag.id = {u"s"_s, u"F"_s, u"i"_s};
    flag.value = true;
    const Json form = flagForm(flag, noon);
    EXPECT_EQ(form["value"], true);
    EXPECT_TRUE(form["default"].is_null());
    EXPECT_TRUE(form["configured_value"].is_null());
    EXPECT_EQ(form["apply"], "live");
}

TEST(OutputForms, TablesPadToTheWidestCellAndNotTheLast)
{
    EXPECT_EQ(tableText({u"A"_s, u"LAST"_s}, {{u"long cell"_s, u"x"_s}, {u"s"_s, u"yy"_s}}),
              u"A          LAST\nlong cell  x\ns          yy\n"_s);
}

TEST(LogSetup, CredentialsAndTelephoneNumbersAreMasked)
{
    EXPECT_EQ(masked(u"Authorization: Bearer abcd1234efgh"_s), u"Authorization: Bearer ***"_s);
    EXPECT_EQ(masked(u"https://ana:secret@host/x"_s), u"https://***@host/x"_s);
    EXPECT_EQ(masked(u"sent to +34600123456 now"_s), u"sent to +***56 now"_s);
    EXPECT_EQ(masked(u"5 of 2026-11-24"_s), u"5 of 2026-11-24"_s);
}
