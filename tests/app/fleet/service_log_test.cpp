// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/service_log.h"
#include "tests/app/fleet/fleet_rig.h"
#include "tests/support/manual_clock.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <gtest/gtest.h>

#include <set>

namespace atalaya::fleet::test {

namespace {

struct Logged
{
    explicit Logged(LogShape shape, std::size_t sizeLimit = LogFile::largestFile)
    {
        auto opened = LogFile::open(folder.path() + QStringLiteral("/deep/service.log"), sizeLimit);
        EXPECT_TRUE(opened.has_value());
        file = std::move(*opened);
        log = std::make_unique<ServiceLog>(*file, simulation, "ai-proveedores", shape, LogLevel::Info,
                                           [this](LogLevel, bool isJson) { (isJson ? good : malformed) += 1; });
    }

    QByteArray text()
    {
        file->flush();
        QFile read(folder.path() + QStringLiteral("/deep/service.log"));
        EXPECT_TRUE(read.open(QIODevice::ReadOnly));
        return read.readAll();
    }

    QTemporaryDir folder;
    atalaya::test::ManualClock clock;
    Simulation simulation{clock, 1};
    std::unique_ptr<LogFile> file;
    std::unique_ptr<ServiceLog> log;
    int good = 0;
    int malformed = 0;
};

} // namespace

TEST(ServiceLog, Bug15_WritesTheDocumentedShape)
{
    Logged logged(LogShape::Correlated);
    const CorrelationContext context{"abc-123", "req-456"};
    logged.log->write(LogLevel::Info, "main", "ready", &context);
    EXPECT_EQ(logged.text(),
              QByteArray(R"({"timestamp":"2026-11-24T03:00:00.000Z","level":"INFO","logger":"main","message":"ready",)"
                         R"("context":{"service":"ai-proveedores","correlation_id":"abc-123","request_id":"req-456"}})"
                         "\n"));
    EXPECT_EQ(logged.good, 1);
}

TEST(ServiceLog, AMessageCannotForgeALine)
{
    Logged logged(LogShape::Correlated);
    logged.log->write(LogLevel::Error, "api", "bad\n{\"level\":\"INFO\"}\xff");
    EXPECT_EQ(logged.text().count('\n'), 1);
    EXPECT_EQ(logged.malformed, 0);
}

TEST(ServiceLog, PlainLinesAreHonestlyNotJson)
{
    Logged logged(LogShape::Plain);
    logged.log->write(LogLevel::Warning, "startup", "slow");
    EXPECT_EQ(logged.text(), QByteArray("2026-11-24T03:00:00.000Z - startup - WARNING - slow\n"));
    EXPECT_EQ(logged.malformed, 1);
}

TEST(ServiceLog, ANodeServiceWritesFlatLinesAndACorrelationIdOnlyWhereThereIsOne)
{
    Logged logged(LogShape::Winston);
    logged.log->write(LogLevel::Warning, "queue", "retrying");
    const CorrelationContext context{"abc-123", "req-456"};
    logged.log->write(LogLevel::Debug, "ops", "not at this threshold", &context);
    logged.log->write(LogLevel::Error, "ops", "refused", &context);
    EXPECT_EQ(logged.text(),
              QByteArray(R"({"level":"warn","message":"retrying","timestamp":"2026-11-24T03:00:00.000Z",)"
                         R"("component":"queue","service":"ai-proveedores"})"
                         "\n"
                         R"({"level":"error","message":"refused","timestamp":"2026-11-24T03:00:00.000Z",)"
                         R"("component":"ops","service":"ai-proveedores","correlation_id":"abc-123"})"
                         "\n"));
    EXPECT_EQ(logged.good, 2);
}

TEST(ServiceLog, LinesBelowTheThresholdAreNeitherWrittenNorCounted)
{
    Logged logged(LogShape::Correlated);
    logged.log->write(LogLevel::Debug, "ops", "GET");
    EXPECT_TRUE(logged.text().isEmpty());
    EXPECT_EQ(logged.good + logged.malformed, 0);
}

TEST(ServiceLog, RotatesAndKeepsThreeFiles)
{
    Logged logged(LogShape::Correlated, 2000);
    for (int i = 0; i < 100; ++i)
        logged.log->write(LogLevel::Info, "api", "line " + std::to_string(i));
    logged.file->flush();
    const auto files = QDir(logged.folder.path() + QStringLiteral("/deep")).entryInfoList(QDir::Files, QDir::Name);
    ASSERT_EQ(files.size(), 3);
    for (const QFileInfo &file : files)
        EXPECT_LE(file.size(), 2000);
    EXPECT_TRUE(logged.text().contains("line 99"));
}

TEST(ServiceLog, AFolderThatCannotBeMadeIsSaid)
{
    const auto opened = LogFile::open(QStringLiteral("/dev/null/x/service.log"));
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().kind, ErrorKind::Storage);
}

TEST(Correlation, Bug14_TheIdOfARequestStaysTheSame)
{
    RandomStream random(1);
    const CorrelationContext context = correlationFor({}, random);
    EXPECT_EQ(context.correlationId, context.correlationId);
    EXPECT_EQ(correlationFor(std::string("abc-123"), random).correlationId, "abc-123");
    EXPECT_NE(correlationFor(std::string("abc-123"), random).requestId,
              correlationFor(std::string("abc-123"), random).requestId);
}

TEST(Correlation, Bug17_AnUnsafeIdOfTheClientIsReplaced)
{
    RandomStream random(1);
    for (const char *bad :
         {"", "a b", "x\ny", "\"", "ä", "a/b", "12345678901234567890123456789012345678901234567890123456789012345"}) {
        const std::string made = correlationFor(std::string(bad), random).correlationId;
        EXPECT_NE(made, bad);
        EXPECT_TRUE(isSafeName(made));
    }
}

TEST(Correlation, Bug17_EveryAnswerCarriesAnIdErrorsToo)
{
    FleetRig rig;
    for (const char *path : {"/health", "/metrics", "/nowhere", "/ops/v1/info", "/ops/v1/breakers/none"}) {
        Request asked = request("GET", path);
        asked.headers.emplace_back("x-correlation-id", "mine-1");
        EXPECT_EQ(headerOf(rig.instance().answer(asked), "X-Correlation-ID"), "mine-1") << path;
    }
    Request large = request("POST", "/health", {}, std::string(largestBody + 1, 'x'));
    large.headers.emplace_back("X-Correlation-ID", "not valid\n");
    const Answer answer = rig.instance().answer(large);
    EXPECT_EQ(answer.status, 413);
    EXPECT_TRUE(isSafeName(*headerOf(answer, "X-Correlation-ID")));
}

TEST(Correlation, Bug13_ConcurrentRequestsKeepTheirOwnIds)
{
    FleetRig rig;
    rig.advance(Seconds(5));
    rig.setIncident("OpenAI outage", true); // so that background work writes lines of its own
    rig.advance(Seconds(60));
    std::map<std::string, std::set<std::string>> correlationsOfRequest;
    std::map<std::string, int> linesOfRequest;
    int outside = 0;
    for (const std::string &line : rig.logLines()) {
        const auto json = nlohmann::json::parse(line, nullptr, false);
        ASSERT_TRUE(json.is_object()) << line;
        const auto &about = json["context"];
        const std::string logger = json["logger"];
        if (logger != "api" && logger != "worker") {
            EXPECT_TRUE(about["correlation_id"].is_null()) << "an ID leaked: " << line;
            ++outside;
            continue;
        }
        ASSERT_TRUE(about["request_id"].is_string()) << line;
        ASSERT_TRUE(isSafeName(about["correlation_id"].get<std::string>())) << line;
        correlationsOfRequest[about["request_id"]].insert(about["correlation_id"].get<std::string>());
        ++linesOfRequest[about["request_id"]];
    }
    ASSERT_GT(correlationsOfRequest.size(), 800u);
    EXPECT_GT(outside, 2);
    std::set<std::string> all;
    for (const auto &[request, correlations] : correlationsOfRequest) {
        EXPECT_EQ(correlations.size(), 1u) << request;
        all.insert(*correlations.begin());
    }
    EXPECT_EQ(all.size(), correlationsOfRequest.size()) << "two requests shared an ID";
    EXPECT_TRUE(std::ranges::any_of(linesOfRequest, [](const auto &entry) { return entry.second == 2; }))
        << "the background line of a request has the request's IDs";
}

} // namespace atalaya::fleet::test
