// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/silence_decoder.h"
#include "models/base/time_text.h"
#include "tests/models/alerts/alert_examples.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::alerts;
using alerts::test::recorded;
using atalaya::test::FakeTransport;

TEST(SilenceDecoder, ReadsWhatARealAlertmanagerAnswers)
{
    const auto silences = decodeSilences(FakeTransport::response(recorded("alertmanager-0.25-silences.json")));
    ASSERT_TRUE(silences) << sentenceFor(silences.error()).toStdString();
    ASSERT_EQ(silences->size(), 1);
    const Silence &silence = silences->first();
    EXPECT_EQ(silence.state, Silence::State::Active);
    EXPECT_EQ(silence.createdBy, u"luis");
    EXPECT_EQ(silence.comment, u"OpenAI outage, INC-4471");
    EXPECT_EQ(matchersText(silence.matchers), u"alertname=~\"WorkerCircuit.*\", system=\"worker\"");
    EXPECT_EQ(silence.startsAtText, u"2026-11-24T09:55:08.859Z") << "an extension sends back exactly this";
}

TEST(SilenceDecoder, OldServersKnowOnlyPositiveMatchers)
{
    const auto silences = decodeSilences(FakeTransport::response(
        R"([{"id":"1","startsAt":"2026-11-24T03:00:00Z","endsAt":"2026-11-24T04:00:00Z","status":{"state":"expired"},
            "matchers":[{"name":"a","value":"b"},{"name":"c","value":"d","isRegex":true,"isEqual":false}]}])"));
    ASSERT_TRUE(silences);
    EXPECT_EQ(matchersText(silences->first().matchers), u"a=\"b\", c!~\"d\"");
    EXPECT_EQ(silences->first().state, Silence::State::Expired);
}

TEST(SilenceDecoder, RefusesSilencesThatHideNobodyKnowsWhat)
{
    for (const char *body :
         {R"({"a":1})", R"([{"id":"1"}])",
          R"([{"id":"1","startsAt":"2026-11-24T03:00:00Z","endsAt":"2026-11-24T04:00:00Z"}])",
          R"([{"id":"1","startsAt":"2026-11-24T03:00:00Z","endsAt":"soon","matchers":[]}])",
          R"([{"id":"1","startsAt":"2026-11-24T03:00:00Z","endsAt":"2026-11-24T04:00:00Z","matchers":[{"name":"a"}]}])",
          R"([{"id":"1","startsAt":"2026-11-24T03:00:00Z","endsAt":"2026-11-24T04:00:00Z",
                                "matchers":[{"name":"a","value":"(","isRegex":true}]}])",
          "[", "<html>"}) {
        const auto silences = decodeSilences(FakeTransport::response(body));
        ASSERT_FALSE(silences) << body;
        EXPECT_EQ(silences.error().kind, ErrorKind::Malformed) << body;
    }
}
