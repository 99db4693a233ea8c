// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/rule_decoder.h"
#include "models/base/time_text.h"
#include "tests/models/alerts/alert_examples.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::alerts;
using alerts::test::recorded;
using atalaya::test::FakeTransport;

namespace {

Result<RuleAnswer> decodedRules(const QByteArray &body, int status = 200)
{
    return decodeRules(FakeTransport::response(body, status));
}

QByteArray withRule(const QByteArray &rule)
{
    return R"({"status":"success","data":{"groups":[{"name":"g","file":"f.yml","rules":[)" + rule + "]}]}}";
}

} // namespace

TEST(RuleDecoder, ReadsWhatARealPrometheusAnswers)
{
    const auto answer = decodedRules(recorded("prometheus-2.42-rules.json"));
    ASSERT_TRUE(answer) << sentenceFor(answer.error()).toStdString();
    ASSERT_EQ(answer->rules.size(), 4);
    ASSERT_EQ(answer->alerts.size(), 2);

    const Alert &firing = answer->alerts.at(0);
    EXPECT_EQ(firing.state, AlertState::Firing);
    EXPECT_EQ(firing.name, u"HighErrorRate");
    EXPECT_EQ(firing.value, 0.274);
    EXPECT_EQ(rfc3339(firing.activeAt), u"2026-11-24T09:55:33.325Z");
    EXPECT_EQ(firing.startsAt, firing.activeAt + 2s) << "it fires from active + for on";
    EXPECT_FALSE(firing.firesAt);
    ASSERT_TRUE(firing.rule);
    EXPECT_EQ(firing.rule->expr, u"vector(0.274) > 0.05");
    EXPECT_EQ(firing.rule->file, u"rules.yml");

    const Alert &pending = answer->alerts.at(1);
    EXPECT_EQ(pending.state, AlertState::Pending);
    EXPECT_EQ(pending.startsAt, pending.activeAt);
    EXPECT_EQ(pending.firesAt, pending.activeAt + 10min);
    EXPECT_EQ(stateOf(pending), State::Pending);
    EXPECT_EQ(pending.summary(), u"1840 events waiting");
}

TEST(RuleDecoder, ARuleThatCannotBeEvaluatedIsNotQuiet)
{
    const auto answer = decodedRules(recorded("prometheus-2.42-rules.json"));
    ASSERT_TRUE(answer);
    const Rule &broken = answer->rules.last();
    EXPECT_EQ(broken.name, u"ManyToMany");
    EXPECT_EQ(broken.health, u"err");
    EXPECT_TRUE(broken.lastError.contains(u"many-to-many matching not allowed"));
}

TEST(RuleDecoder, ReadsWhatVmalertAddsAndLeavesOut)
{
    const auto answer =
        decodedRules(withRule(R"({"state":"firing","name":"A","query":"x > 1","duration":60.5,"labels":{},
        "annotations":null,"type":"alerting","alerts":[{"state":"firing","labels":{"severity":"info"},"annotations":{},"value":"NaN",
        "activeAt":"2026-11-24T03:00:00.123456789Z","id":"7","source":"s","restored":true}]})"));
    ASSERT_TRUE(answer);
    const Alert &alert = answer->alerts.first();
    EXPECT_EQ(alert.name, u"A") << "the rule's name stands in for a missing alertname";
    EXPECT_FALSE(alert.value) << "not a number is not a value";
    EXPECT_EQ(alert.rule->holdFor, 60500ms);
    EXPECT_EQ(alert.rule->health, u"unknown");
    EXPECT_EQ(answer->alerts,
              decodedRules(withRule(R"({"state":"firing","name":"A","query":"x > 1","duration":60.5,"labels":{},
        "annotations":null,"type":"alerting","alerts":[{"state":"firing","labels":{"severity":"info"},"annotations":{},"value":"NaN",
        "activeAt":"2026-11-24T03:00:00.123456789Z"}]})"))
                  ->alerts)
        << "equal answers are equal";
}

TEST(RuleDecoder, LeavesRecordingRulesOut)
{
    const auto answer = decodedRules(withRule(R"({"type":"recording","name":"a:b","query":"a + b"})"));
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->rules.isEmpty());
}

TEST(RuleDecoder, RefusesAnswersWithHoles)
{
    QByteArray cut = recorded("prometheus-2.42-rules.json");
    cut.chop(100);
    for (const QByteArray &body :
         {cut, QByteArray("[]"), QByteArray(R"({"status":"success"})"),
          QByteArray(R"({"status":"success","data":{"groups":{}}})"),
          QByteArray(R"({"status":"success","data":{"groups":[{"name":"g"}]}})"),
          QByteArray(R"({"status":"error","error":"no","data":{"groups":[]}})"), withRule(R"({"query":"x"})"),
          withRule(R"({"name":"A","alerts":[{"state":"firing","labels":{"a":"b"}}]})"),
          withRule(
              R"({"name":"A","alerts":[{"state":"on fire","labels":{"a":"b"},"activeAt":"2026-11-24T03:00:00Z"}]})"),
          withRule(R"({"name":"A","alerts":[{"state":"firing","activeAt":"2026-11-24T03:00:00Z"}]})"), withRule("17"),
          QByteArray("<!doctype html><title>Grafana</title>")}) {
        const auto answer = decodedRules(body);
        ASSERT_FALSE(answer) << body.left(80).toStdString();
        EXPECT_EQ(answer.error().kind, ErrorKind::Malformed) << body.left(80).toStdString();
    }
}

TEST(RuleDecoder, APrometheusThatIsNotReadyIsAnError)
{
    const auto answer = decodedRules("Service Unavailable", 503);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().httpStatus, 503);
    EXPECT_EQ(answer.error().serverWords, u"Service Unavailable");
}
