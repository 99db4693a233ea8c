// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/owned_server.h"
#include "app/stack/stack_plan.h"
#include "models/http/body_decoder.h"
#include "models/http/network_transport.h"
#include "tests/app/stack/stack_support.h"
#include "tests/support/event_loop.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>

#include "resources/resources.h"
#include <gmock/gmock.h>

#include <array>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

class OwnedServerTest : public testing::Test
{
protected:
    void SetUp() override
    {
        registerAtalayaResources();
        const Result<ServerPrograms> programs = realPrograms();
        ASSERT_TRUE(programs) << sentenceFor(programs.error()).toStdString();
        m_programs = *programs;
    }

    /// An Alertmanager known by `marker`, on the ports that `ports` gives one after the other.
    OwnedServer::Recipe alertmanager(const QString &marker, std::function<quint16()> ports = {})
    {
        const QString config = m_folder.filePath(marker + u".yml"_s);
        writeFile(config, alertmanagerConfig(Pace{1}, marker).value_or(QByteArray()));
        OwnedServer::Recipe recipe;
        recipe.name = marker;
        recipe.program = m_programs.alertmanager;
        recipe.folder = m_folder.path();
        recipe.logFile = m_folder.filePath(marker + u".log"_s);
        recipe.arguments = [=, this](quint16 port) {
            return QStringList{u"--config.file=%1"_s.arg(config), u"--storage.path=%1"_s.arg(m_folder.filePath(marker)),
                               u"--web.listen-address=127.0.0.1:%1"_s.arg(port), u"--cluster.listen-address="_s};
        };
        recipe.identityPath = u"/api/v2/status"_s;
        recipe.isOurs = [marker](const QByteArray &answer) { return isAlertmanagerOf(marker, answer); };
        recipe.choosePort = std::move(ports);
        return recipe;
    }

    http::NetworkTransport m_transport;
    QTemporaryDir m_folder{folderTemplate()};
    ServerPrograms m_programs;
};

/// What a server has said so far.
struct Heard
{
    explicit Heard(OwnedServer &server)
    {
        QObject::connect(&server, &OwnedServer::ready, &server, [this] { ready = true; });
        QObject::connect(&server, &OwnedServer::failed, &server, [this](const Error &error) { failure = error; });
    }
    bool ready = false;
    std::optional<Error> failure;
};

} // namespace

TEST_F(OwnedServerTest, AnotherServersAnswerIsNotTakenForOurs)
{
    OwnedServer other(m_transport, alertmanager(u"other"_s));
    const Heard heardOther(other);
    other.start();
    ASSERT_TRUE(atalaya::test::runUntil([&] { return heardOther.ready; }, patience));

    // The port is free when it is chosen, as far as the chooser knows; the other server holds it all the same.
    int asked = 0;
    OwnedServer ours(m_transport, alertmanager(u"ours"_s, [&]() -> quint16 {
                         return ++asked <= 2 ? quint16(other.url().port()) : freePort();
                     }));
    const Heard heard(ours);
    ours.start();
    ASSERT_TRUE(atalaya::test::runUntil([&] { return heard.ready || heard.failure; }, patience));
    EXPECT_TRUE(heard.ready) << sentenceFor(heard.failure.value_or(Error{})).toStdString();
    EXPECT_EQ(asked, 3);
    EXPECT_NE(ours.url(), other.url());
    EXPECT_TRUE(other.process().isActive()) << "the other server is not ours to end";
}

TEST_F(OwnedServerTest, WhereNoPortIsOursItSaysSo)
{
    OwnedServer other(m_transport, alertmanager(u"other"_s));
    const Heard heardOther(other);
    other.start();
    ASSERT_TRUE(atalaya::test::runUntil([&] { return heardOther.ready; }, patience));
    OwnedServer ours(m_transport, alertmanager(u"ours"_s, [&] { return quint16(other.url().port()); }));
    const Heard heard(ours);
    ours.start();
    ASSERT_TRUE(atalaya::test::runUntil([&] { return heard.ready || heard.failure; }, patience));
    ASSERT_TRUE(heard.failure);
    EXPECT_EQ(heard.failure->endpoint, u"ours"_s);
    EXPECT_FALSE(ours.process().isActive());
}

TEST_F(OwnedServerTest, ItsEndLaterIsToldOnceWithItsLastWords)
{
    OwnedServer server(m_transport, alertmanager(u"mortal"_s));
    const Heard heard(server);
    server.start();
    ASSERT_TRUE(atalaya::test::runUntil([&] { return heard.ready; }, patience));
    endByForce(*server.process().identity());
    ASSERT_TRUE(atalaya::test::runUntil([&] { return heard.failure.has_value(); }, patience));
    EXPECT_TRUE(heard.failure->summary.contains(u"signal 9")) << heard.failure->summary.toStdString();
    EXPECT_TRUE(heard.failure->serverWords.contains(u"Listening")) << heard.failure->serverWords.toStdString();
    EXPECT_FALSE(server.process().isActive())
        << "a server that was ready is not started again behind the operator's back";
}

TEST_F(OwnedServerTest, AServerThatIsStoppedWhileItStartsIsNotTriedAgain)
{
    OwnedServer server(m_transport, alertmanager(u"stopped"_s));
    const Heard heard(server);
    server.start();
    server.stop(1s);
    ASSERT_TRUE(atalaya::test::runUntil([&] { return !server.process().isActive(); }, patience));
    EXPECT_FALSE(heard.ready);
    EXPECT_FALSE(heard.failure);
}

TEST_F(OwnedServerTest, AProgramThatCannotBeStartedIsTold)
{
    OwnedServer::Recipe recipe = alertmanager(u"absent"_s);
    recipe.program = m_folder.filePath(u"not-there"_s);
    OwnedServer server(m_transport, recipe);
    const Heard heard(server);
    server.start();
    ASSERT_TRUE(atalaya::test::runUntil([&] { return heard.failure.has_value(); }, patience));
    EXPECT_TRUE(heard.failure->summary.startsWith(u"cannot be started")) << heard.failure->summary.toStdString();
}

TEST_F(OwnedServerTest, CriticalInhibitsWarningAndWarningInhibitsInfoOfTheSameTroubleOnly)
{
    OwnedServer server(m_transport, alertmanager(u"inhibiting"_s));
    const Heard heard(server);
    server.start();
    ASSERT_TRUE(atalaya::test::runUntil([&] { return heard.ready; }, patience));

    QJsonArray alerts;
    const auto add = [&](const QString &name, const QString &severity, const QString &signal) {
        alerts.append(QJsonObject{{u"labels"_s, QJsonObject{{u"alertname"_s, name},
                                                            {u"severity"_s, severity},
                                                            {u"system"_s, u"s"_s},
                                                            {u"component"_s, u"http"_s},
                                                            {u"signal"_s, signal}}}});
    };
    add(u"CriticalErrors"_s, u"critical"_s, u"errors"_s);
    add(u"HighErrors"_s, u"warning"_s, u"errors"_s);
    add(u"SomeErrors"_s, u"info"_s, u"errors"_s);
    add(u"HighLatency"_s, u"warning"_s, u"latency"_s);
    add(u"LatencyAboveTarget"_s, u"info"_s, u"latency"_s);
    add(u"LowTraffic"_s, u"info"_s, u"traffic"_s);
    http::Endpoint endpoint;
    endpoint.url = server.url();
    http::HttpRequest post;
    post.method = "POST";
    post.path = u"/api/v2/alerts"_s;
    post.contentType = "application/json";
    post.body = QJsonDocument(alerts).toJson();
    const auto posted = atalaya::test::await(m_transport.send(endpoint, post));
    ASSERT_TRUE(posted && posted->status == 200);

    http::HttpRequest read;
    read.path = u"/api/v2/alerts"_s;
    std::map<std::string, std::string> states;
    atalaya::test::runUntil([&] {
        const auto answer = atalaya::test::await(m_transport.fetch(endpoint, read));
        const QByteArray body = answer ? http::plainBody(*answer).value_or(QByteArray()) : QByteArray();
        states.clear();
        for (const QJsonValue &alert : QJsonDocument::fromJson(body).array()) {
            states[alert[u"labels"][u"alertname"].toString().toStdString()] =
                (alert[u"status"][u"state"].toString() + u' ' + alert[u"receivers"][0][u"name"].toString())
                    .toStdString();
        }
        return std::ranges::count_if(states,
                                     [](const auto &entry) { return entry.second.starts_with("suppressed"); }) == 3;
    });
    EXPECT_EQ(states, (std::map<std::string, std::string>{{"CriticalErrors", "active critical-alerts"},
                                                          {"HighErrors", "suppressed warning-alerts"},
                                                          {"SomeErrors", "suppressed info-alerts"},
                                                          {"HighLatency", "active warning-alerts"},
                                                          {"LatencyAboveTarget", "suppressed info-alerts"},
                                                          {"LowTraffic", "active info-alerts"}}));
}

} // namespace atalaya::stack::test
