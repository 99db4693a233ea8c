// SPDX-License-Identifier: GPL-3.0-or-later
// What a flag that is off does, seen from outside: breakers that are bypassed are not called closed, and an instance
// whose metrics flag is off is not called dead.
#include "app/console/drill_client.h"
#include "tests/end_to_end/drill_program.h"
#include "tests/support/event_loop.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace std::chrono_literals;
using test::Json;
using testing::HasSubstr;

namespace {

class FlagsOff : public testing::Test
{
protected:
    void SetUp() override { ASSERT_TRUE(drill.isLive()) << drill.errors().constData(); }

    Json listed(const QStringList &verb)
    {
        return test::runAtalaya(verb + QStringList{u"--json"_s, u"--workspace"_s, drill.workspace()}).json();
    }
    /// Restarts an instance with these flags, as its operator would with another environment.
    void restartWith(const QString &instance, const QJsonObject &flags)
    {
        QFile record(QString::fromStdString(drill.addresses()["stack_dir"].get<std::string>()) + u"/stack.json"_s);
        ASSERT_TRUE(record.open(QIODevice::ReadOnly));
        const QJsonObject addresses = QJsonDocument::fromJson(record.readAll()).object();
        const QJsonObject ready = addresses.contains(u"addresses") ? addresses[u"addresses"].toObject() : addresses;
        QFile token(ready[u"admin_token_file"].toString());
        ASSERT_TRUE(token.open(QIODevice::ReadOnly)) << qPrintable(record.fileName());
        QNetworkRequest request(QUrl(ready[u"fleet_admin"].toString() + u"/instances/%1/restart"_s.arg(instance)));
        request.setRawHeader("Authorization", "Bearer " + token.readAll().trimmed());
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(
            network.post(request, QJsonDocument(QJsonObject{{u"environment"_s, flags}}).toJson()));
        ASSERT_TRUE(test::runUntil([&] { return reply->isFinished(); }));
        ASSERT_EQ(reply->error(), QNetworkReply::NoError) << reply->readAll().constData();
    }

    test::DrillProgram drill{20};
};

} // namespace

TEST_F(FlagsOff, BypassedBreakersAreNotClosedAndAQuietScrapeIsExplained)
{
    ASSERT_TRUE(
        test::runUntil([&] { return test::prometheusVector(drill.prometheus(), u"up == 1"_s).size() == 2; }, 60s));
    restartWith(u"ai-prov-2"_s,
                {{u"ENABLE_CIRCUIT_BREAKER"_s, u"false"_s}, {u"ENABLE_PROMETHEUS_METRICS"_s, u"false"_s}});

    EXPECT_TRUE(
        test::runUntil([&] { return test::prometheusVector(drill.prometheus(), u"up == 0"_s).size() == 1; }, 60s));
    EXPECT_TRUE(test::runUntil(
        [&] {
            int bypassed = 0;
            for (const Json &breaker : listed({u"breakers"_s, u"list"_s}))
                bypassed += breaker["instance"] == "ai-prov-2" && breaker["mode"] == "bypassed";
            return bypassed == 2;
        },
        40s));
    std::string note;
    EXPECT_TRUE(test::runUntil(
        [&] {
            for (const Json &instance : listed({u"health"_s})) {
                if (instance["instance"] == "ai-prov-2" && instance["note"].is_string())
                    note = instance["note"].get<std::string>();
            }
            return note.find("metrics flag off") != std::string::npos;
        },
        40s))
        << note;
    for (const Json &flag : listed({u"flags"_s, u"list"_s})) {
        if (flag["instance"] == "ai-prov-2" && flag["name"] == "ENABLE_CIRCUIT_BREAKER") {
            EXPECT_EQ(flag["value"], false);
        }
    }
}
