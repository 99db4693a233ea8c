// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/time_text.h"
#include "models/flags/ops_flag_adapter.h"
#include "tests/support/fake_transport.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::flags;
using atalaya::test::FakeTransport;

TEST(OpsFlagAdapter, ReadsTheContractsList)
{
    const auto list =
        decodeOpsFlags(FakeTransport::response(R"({"instance_id":"a-1","started_at":"2026-11-17T05:12:00Z","flags":[
        {"name":"ENABLE_CIRCUIT_BREAKER","type":"bool","value":false,"configured_value":true,"default":false,"phase":9,"description":"Breakers",
         "apply":"restart","pending_restart":true,"source":"override","depends_on":["ENABLE_STARTUP_VALIDATION"],"rollback":"set it to false",
         "version":3,"updated_at":"2026-11-24T02:41:07.123456789Z","updated_by":"ana","reason":"before the batch"}]})"));
    ASSERT_TRUE(list) << sentenceFor(list.error()).toStdString();
    const Flag &flag = list->flags.first();
    EXPECT_FALSE(flag.value);
    EXPECT_EQ(flag.configuredValue, true);
    EXPECT_EQ(flag.defaultValue, false);
    EXPECT_TRUE(flag.atRestart);
    EXPECT_TRUE(flag.pendingRestart);
    EXPECT_EQ(flag.phase, 9);
    EXPECT_EQ(flag.version, u"3");
    EXPECT_EQ(flag.dependsOn, QStringList{u"ENABLE_STARTUP_VALIDATION"_s});
    EXPECT_EQ(rfc3339(*flag.updatedAt), u"2026-11-24T02:41:07.123Z");
    EXPECT_EQ(rfc3339(*list->startedAt), u"2026-11-17T05:12:00.000Z");
}

TEST(OpsFlagAdapter, NameAndValueAreEnoughAndTheRestIsNotSaid)
{
    const auto list = decodeOpsFlags(FakeTransport::response(R"([{"name":"A","value":true}])"));
    ASSERT_TRUE(list);
    const Flag &flag = list->flags.first();
    EXPECT_TRUE(flag.value);
    EXPECT_FALSE(flag.configuredValue);
    EXPECT_FALSE(flag.defaultValue);
    EXPECT_FALSE(flag.phase);
    EXPECT_FALSE(flag.updatedAt);
}

TEST(OpsFlagAdapter, ReadsOneFlagAloneOrInsideAWritesAnswer)
{
    auto response = FakeTransport::response(R"({"name":"A","value":true,"version":"a-7"})");
    response.headers.append(std::pair<QByteArray, QByteArray>("etag", "\"a-7\""));
    EXPECT_EQ(decodeOpsFlag(response)->etag, u"\"a-7\"");
    EXPECT_TRUE(decodeOpsFlag(FakeTransport::response(
                                  R"({"result":"applied","flag":{"name":"A","value":true},"audit_id":"1"})", 202))
                    ->value);
}

TEST(OpsFlagAdapter, RefusesAFlagWhoseValueIsNotTrueOrFalse)
{
    for (const QByteArray &body :
         {QByteArray(R"([{"name":"A"}])"), QByteArray(R"([{"value":true}])"),
          QByteArray(R"([{"name":"A","value":"true"}])"), QByteArray(R"([{"name":"A","value":null}])"),
          QByteArray(R"({"flags":{"A":true}})"), QByteArray("{}"), QByteArray("[{"),
          QByteArray("<html><title>x</title></html>"), QByteArray("true"), QByteArray(), QByteArray("[17]")}) {
        const auto list = decodeOpsFlags(FakeTransport::response(body));
        ASSERT_FALSE(list) << body.toStdString();
        EXPECT_EQ(list.error().kind, ErrorKind::Malformed) << body.toStdString();
    }
    EXPECT_EQ(decodeOpsFlags(FakeTransport::response("", 401)).error().kind, ErrorKind::Unauthorized);
    EXPECT_FALSE(decodeCapabilities(FakeTransport::response(R"({"capabilities":"all"})")));
}
