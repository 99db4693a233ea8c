// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/silence_history_client.h"
#include "models/alerts/silence_preview.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_transport.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::alerts;
using atalaya::test::await;
using atalaya::test::FakeTransport;

namespace {

QList<Alert> alertsOf(const QStringList &names, const QString &system = u"worker"_s)
{
    QList<Alert> alerts;
    for (const QString &name : names) {
        Alert alert;
        alert.name = name;
        alert.labels = {{u"alertname"_s, name}, {u"system"_s, system}, {u"severity"_s, u"critical"_s}};
        alerts.append(alert);
    }
    return alerts;
}

Silence silenceOf(const QString &id, const QString &matchers, Silence::State state = Silence::State::Active)
{
    Silence silence;
    silence.id = id;
    silence.matchers = *parseMatchers(matchers);
    silence.state = state;
    return silence;
}

SilencePreview previewOf(const QString &matchers, const QList<Alert> &alerts, const QList<Silence> &silences = {})
{
    return previewSilence(*parseMatchers(matchers), alerts, silences);
}

std::string warningsOf(const QString &matchers, const QList<Alert> &alerts)
{
    return previewOf(matchers, alerts).warnings.join(u'|').toStdString();
}

} // namespace

TEST(SilencePreview, ShowsWhatItWouldHideNow)
{
    const auto alerts = alertsOf({u"Down"_s, u"Slow"_s, u"Full"_s});
    const SilencePreview preview = previewOf(u"alertname=~\"Down|Full\""_s, alerts);
    ASSERT_EQ(preview.now.size(), 2);
    EXPECT_EQ(preview.now.at(1).name, u"Full");
    EXPECT_TRUE(preview.warnings.isEmpty()) << preview.warnings.join(u'|').toStdString();
    EXPECT_EQ(previewOf({}, alerts), SilencePreview()) << "no matcher is no silence";
}

TEST(SilencePreview, FindsSilencesThatMeetTheSameAlertsOrSayTheSame)
{
    const auto similar = [](const QString &matchers, const QList<Alert> &alerts) {
        QStringList ids;
        for (const Silence &silence :
             previewOf(matchers, alerts,
                       {silenceOf(u"same"_s, u"system=\"worker\", alertname=\"Down\""_s),
                        silenceOf(u"wider"_s, u"system=\"worker\""_s), silenceOf(u"other"_s, u"system=\"shop\""_s),
                        silenceOf(u"over"_s, u"alertname=\"Down\""_s, Silence::State::Expired)})
                 .similar)
            ids += silence.id;
        return ids.join(u' ').toStdString();
    };
    EXPECT_EQ(similar(u"alertname=\"Down\", system=\"worker\""_s, alertsOf({u"Down"_s})), "same wider");
    EXPECT_EQ(similar(u"alertname=\"Down\", system=\"worker\""_s, {}), "same") << "in whatever order";
}

TEST(SilencePreview, WarnsOfWhatIsTooBroad)
{
    const auto one = alertsOf({u"Down"_s});
    EXPECT_EQ(warningsOf(u"alertname=~\".*\""_s, one),
              "No matcher says which alerts are meant: it hides whatever comes.");
    EXPECT_EQ(warningsOf(u"alertname!=\"Slow\""_s, one),
              "No matcher says which alerts are meant: it hides whatever comes.");
    EXPECT_EQ(warningsOf(u"severity=\"critical\""_s, one),
              "It names neither an alert nor a system: it hides alerts of every system.");
    EXPECT_EQ(
        warningsOf(u"system=\"worker\""_s, alertsOf({u"a"_s, u"b"_s, u"c"_s, u"d"_s}) + alertsOf({u"e"_s}, u"shop"_s)),
        "It hides 4 of the 5 alerts there are now.");
    EXPECT_EQ(warningsOf(u"system=\"worker\""_s, one), "");
}

TEST(SilencePreview, WarnsOfVolatileLabelsAndOfHidingNothing)
{
    EXPECT_EQ(warningsOf(u"alertname=\"Down\", pod=\"api-7f9c\""_s, alertsOf({u"Down"_s})),
              "The label pod changes with every roll-out: the silence will not hold.|It matches no alert now.");
}

TEST(SilenceHistory, AsksOnceForBothCounts)
{
    FakeTransport transport;
    transport.answer("POST", u"/api/v1/query"_s,
                     R"({"status":"success","data":{"resultType":"vector","result":[
                        {"metric":{"counted":"matching"},"value":[1,"3"]},{"metric":{"counted":"all"},"value":[1,"12"]}]}})");
    http::Endpoint endpoint;
    endpoint.url = QUrl(u"http://core.test:9090"_s);
    const auto history =
        await(fetchSilenceHistory(transport, endpoint, *parseMatchers(u"system=~\"a\\\\.b\""_s), 7 * 24h));
    ASSERT_TRUE(history);
    EXPECT_EQ(*history, (SilenceHistory{3, 12}));
    EXPECT_EQ(history->share(), 0.25);
    ASSERT_EQ(transport.calls().size(), 1);
    EXPECT_EQ(
        transport.calls().first().field(u"query"_s).toStdString(),
        R"(label_replace(count(last_over_time(ALERTS{alertstate="firing", system=~"a\\.b"}[7d])), "counted", "matching", "", ""))"
        R"( or label_replace(count(last_over_time(ALERTS{alertstate="firing"}[7d])), "counted", "all", "", ""))");
    EXPECT_FALSE(transport.calls().first().isWrite);
}

TEST(SilenceHistory, NoSeriesIsZeroAndRubbishIsAnError)
{
    const auto decoded = [](const QByteArray &body, int status = 200) {
        return decodeSilenceHistory(FakeTransport::response(body, status));
    };
    EXPECT_EQ(*decoded(R"({"data":{"resultType":"vector","result":[]}})"), SilenceHistory());
    EXPECT_EQ(SilenceHistory().share(), 0);
    for (const QByteArray &body :
         {QByteArray(), QByteArray("{}"), QByteArray("<html>"),
          QByteArray(R"({"data":{"resultType":"matrix","result":[]}})"),
          QByteArray(R"({"data":{"resultType":"vector","result":[{"metric":{},"value":[1,"3"]}]}})"),
          QByteArray(R"({"data":{"resultType":"vector","result":[{"metric":{"counted":"all"},"value":[1,"NaN"]}]}})"),
          QByteArray(R"({"data":{"resultType":"vector","result":[{"metric":{"counted":"all"},"value":[1]}]}})")})
        EXPECT_FALSE(decoded(body)) << body.toStdString();
    EXPECT_FALSE(decoded("{}", 503));
}
