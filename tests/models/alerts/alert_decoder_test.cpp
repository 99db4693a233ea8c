// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_decoder.h"
#include "models/base/time_text.h"
#include "tests/models/alerts/alert_examples.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::alerts;
using alerts::test::recorded;
using atalaya::test::FakeTransport;

namespace {

Result<QList<Alert>> decoded(const QByteArray &body, int status = 200, const QByteArray &type = "application/json")
{
    return decodeAlertmanagerAlerts(FakeTransport::response(body, status, type));
}

Alert namedIn(const QList<Alert> &alerts, const QString &name)
{
    for (const Alert &alert : alerts) {
        if (alert.name == name)
            return alert;
    }
    ADD_FAILURE() << "no alert " << name.toStdString();
    return {};
}

} // namespace

TEST(AlertDecoder, ReadsWhatARealAlertmanagerAnswers)
{
    const auto alerts = decoded(recorded("alertmanager-0.25-alerts.json"));
    ASSERT_TRUE(alerts) << sentenceFor(alerts.error()).toStdString();
    ASSERT_EQ(alerts->size(), 4);

    const Alert firing = namedIn(*alerts, u"HighErrorRate"_s);
    EXPECT_EQ(firing.state, AlertState::Firing);
    EXPECT_EQ(firing.severity, u"critical");
    EXPECT_EQ(firing.system, u"ai-proveedores");
    EXPECT_EQ(firing.summary(), u"27.4% of requests fail on ai-proveedores (limit 5%)");
    EXPECT_EQ(rfc3339(firing.startsAt), u"2026-11-24T03:02:52.123Z");
    EXPECT_EQ(firing.receivers, QStringList{u"default"_s});

    const Alert inhibited = namedIn(*alerts, u"HighLatency"_s);
    EXPECT_EQ(inhibited.state, AlertState::Inhibited);
    EXPECT_EQ(inhibited.inhibitedBy, QStringList{firing.fingerprint});

    const Alert silenced = namedIn(*alerts, u"WorkerCircuitBreakerOpen"_s);
    EXPECT_EQ(silenced.state, AlertState::Silenced);
    EXPECT_EQ(silenced.silencedBy, QStringList{u"ce092026-1727-417e-b400-7e52ccd43923"_s});
    EXPECT_EQ(rfc3339(namedIn(*alerts, u"Ünïcode"_s).startsAt), u"2026-11-24T02:00:45.000Z") << "an offset is honoured";
}

TEST(AlertDecoder, ComputesTheFingerprintThatAlertmanagerComputes)
{
    const auto alerts = decoded(recorded("alertmanager-0.25-alerts.json"));
    ASSERT_TRUE(alerts);
    for (const Alert &alert : *alerts)
        EXPECT_EQ(fingerprintOf(alert.labels), alert.fingerprint) << alert.name.toStdString();
    EXPECT_EQ(fingerprintOf({}), u"cbf29ce484222325") << "FNV-1a's own start";
}

TEST(AlertDecoder, SilencedWinsOverInhibitedAndBothListsStay)
{
    const auto alerts = decoded(R"([{"labels":{"alertname":"A"},"startsAt":"2026-11-24T03:00:00.123456789Z",
        "status":{"state":"suppressed","silencedBy":["s1"],"inhibitedBy":["f1","f2"]}}])");
    ASSERT_TRUE(alerts);
    EXPECT_EQ(alerts->first().state, AlertState::Silenced);
    EXPECT_EQ(alerts->first().silencedBy, QStringList{u"s1"_s});
    EXPECT_EQ(alerts->first().inhibitedBy, (QStringList{u"f1"_s, u"f2"_s}));
    EXPECT_EQ(rfc3339(alerts->first().startsAt), u"2026-11-24T03:00:00.123Z") << "nine digits are cut to milliseconds";
}

TEST(AlertDecoder, AnAlertJustComeInFires)
{
    const auto alerts =
        decoded(R"([{"labels":{"alertname":"A"},"startsAt":"2026-11-24T03:00:00Z","status":{"state":"unprocessed"}}])");
    ASSERT_TRUE(alerts);
    EXPECT_EQ(alerts->first().state, AlertState::Firing);
}

TEST(AlertDecoder, FillsInWhatMayBeMissing)
{
    const auto alerts =
        decoded(R"([{"labels":{"alertname":"A","severity":"page"},"startsAt":"2026-11-24T03:00:00Z"}])");
    ASSERT_TRUE(alerts);
    EXPECT_EQ(alerts->first().fingerprint, fingerprintOf({{u"alertname"_s, u"A"_s}, {u"severity"_s, u"page"_s}}));
    EXPECT_EQ(alerts->first().system, QString());
    EXPECT_TRUE(alerts->first().annotations.empty());
    EXPECT_EQ(stateOf(alerts->first()), State::Warning) << "a severity nobody knows must not vanish";
}

TEST(AlertDecoder, RefusesAListWithAHoleInIt)
{
    for (const char *body :
         {R"([{"startsAt":"2026-11-24T03:00:00Z"}])", R"([{"labels":{},"startsAt":"2026-11-24T03:00:00Z"}])",
          R"([{"labels":["alertname"],"startsAt":"2026-11-24T03:00:00Z"}])",
          R"([{"labels":{"alertname":7},"startsAt":"2026-11-24T03:00:00Z"}])", R"([{"labels":{"alertname":"A"}}])",
          R"([{"labels":{"alertname":"A"},"startsAt":"yesterday"}])", R"([{"labels":{"alertname":"A"},"startsAt":1}])",
          R"(["A"])", R"([null])"}) {
        const auto alerts = decoded(body);
        ASSERT_FALSE(alerts) << body;
        EXPECT_EQ(alerts.error().kind, ErrorKind::Malformed) << body;
        EXPECT_TRUE(alerts.error().summary.contains(u"alert 1")) << body;
    }
}

TEST(AlertDecoder, RefusesWhatIsNoListOfAlerts)
{
    QByteArray cut = recorded("alertmanager-0.25-alerts.json");
    cut.chop(cut.size() / 3);
    for (const QByteArray &body : {cut, QByteArray("{}"), QByteArray("null"),
                                   QByteArray(R"({"status":"success","data":[]})"), QByteArray("[] trailing"),
                                   QByteArray("[NaN]"), QByteArray(), QByteArray("\xff\xfe"), QByteArray("\"text\"")}) {
        const auto alerts = decoded(body);
        ASSERT_FALSE(alerts) << body.left(40).toStdString();
        EXPECT_EQ(alerts.error().kind, ErrorKind::Malformed) << body.left(40).toStdString();
    }
    const auto html = decoded("<html><title>Log in</title></html>", 200, "text/html");
    ASSERT_FALSE(html);
    EXPECT_EQ(html.error().kind, ErrorKind::Malformed);
    EXPECT_EQ(html.error().serverWords, u"Log in");
}

TEST(AlertDecoder, SaysWhyItMayNotRead)
{
    EXPECT_EQ(decoded("Unauthorized", 401, "text/plain").error().kind, ErrorKind::Unauthorized);
    EXPECT_EQ(decoded("", 403).error().kind, ErrorKind::Forbidden);
    const auto bad = decoded(R"("bad matcher format: x")", 400);
    EXPECT_EQ(bad.error().serverWords, u"bad matcher format: x");
}
