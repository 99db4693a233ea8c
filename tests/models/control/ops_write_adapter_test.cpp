// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/ops_write_adapter.h"
#include "tests/support/fake_transport.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::control;
using atalaya::test::FakeTransport;

namespace {

std::string claimOf(const QByteArray &body, int status, const QByteArray &type = "application/json")
{
    const Reply reply = opsReply(FakeTransport::response(body, status, type));
    EXPECT_EQ(reply.httpStatus, status);
    return (journal::outcomeWord(reply.claim) + (reply.isOver ? u""_s : u", perhaps still busy"_s)).toStdString();
}

} // namespace

TEST(OpsReply, SaysWhatTheServerSaidItDid)
{
    EXPECT_EQ(claimOf(R"({"result":"applied","breaker":{}})", 200), "applied");
    EXPECT_EQ(claimOf(R"({"result":"noop","breaker":{}})", 200), "unchanged");
    EXPECT_EQ(claimOf(R"({"result":"applied","flag":{}})", 202), "applied");
}

TEST(OpsReply, ASuccessWithoutTheContractsWordsProvesNothing)
{
    for (const QByteArray &body :
         {QByteArray(), QByteArray("{}"), QByteArray("[]"), QByteArray(R"({"result":"splendid"})"),
          QByteArray(R"({"result":"conflict"})"), QByteArray(R"({"result":"appl)"),
          QByteArray("<!doctype html><html><title>Sign in</title></html>")})
        EXPECT_EQ(claimOf(body, 200), "unknown, perhaps still busy") << body.toStdString();
}

TEST(OpsReply, RefusalsConflictsAndWhatIsNeither)
{
    for (const int status : {400, 401, 403, 404, 405, 413, 415, 423, 429, 301, 307})
        EXPECT_EQ(claimOf("{}", status), "refused") << status;
    for (const int status : {409, 412, 421, 422, 428})
        EXPECT_EQ(claimOf("{}", status), "conflict") << status;
    EXPECT_EQ(claimOf(R"({"code":"in_progress"})", 409), "unknown, perhaps still busy");
    EXPECT_EQ(claimOf(R"({"code":"breaker_disabled"})", 409), "conflict");
    EXPECT_EQ(claimOf("", 500), "unknown");
    EXPECT_EQ(claimOf("", 503), "unknown");
    EXPECT_EQ(claimOf(R"({"code":"unavailable"})", 503), "refused");
    EXPECT_EQ(claimOf("", 502), "unknown, perhaps still busy");
    EXPECT_EQ(claimOf("", 504), "unknown, perhaps still busy");
}

TEST(OpsReply, KeepsTheServersWords)
{
    const Reply reply =
        opsReply(FakeTransport::response(R"({"title":"Forbidden","detail":"role too low","code":"forbidden"})", 403));
    EXPECT_TRUE(reply.detail.contains(u"role too low")) << reply.detail.toStdString();
}

TEST(OpsReply, OfATransportErrorSaysWhetherAnythingWasSent)
{
    Error error;
    error.kind = ErrorKind::Timeout;
    error.summary = u"did not answer within 10 s"_s;
    EXPECT_EQ(opsReply(failure(error)).claim, Outcome::Unknown);
    EXPECT_FALSE(opsReply(failure(error)).isOver);
    error.nothingSent = true;
    EXPECT_EQ(opsReply(failure(error)).claim, Outcome::Failed);
    EXPECT_TRUE(opsReply(failure(error)).nothingSent);
}

TEST(OpsReply, OfAResetOfAllIsItsWorstRow)
{
    const auto rows = [](const QByteArray &words) {
        QByteArray list;
        for (const QByteArray &word : words.split(' '))
            list += (list.isEmpty() ? "" : ",") + QByteArray(R"({"name":"b","result":")") + word + R"("})";
        return claimOf("{\"results\":[" + list + "]}", 200);
    };
    EXPECT_EQ(rows("applied noop"), "applied");
    EXPECT_EQ(rows("noop noop"), "unchanged");
    EXPECT_EQ(rows("applied conflict"), "conflict");
    EXPECT_EQ(rows("conflict error applied"), "failed");
    EXPECT_EQ(rows("applied who-knows"), "unknown");
    EXPECT_EQ(claimOf(R"({"results":[]})", 200), "unknown");
}

TEST(OpsIdentity, MayWriteOnlyAsAnOperatorWhereItIsOffered)
{
    const auto objection = [](const QByteArray &body) {
        const auto identity = decodeOpsIdentity(FakeTransport::response(body));
        EXPECT_TRUE(identity);
        const auto error = objectionToWrite(*identity, u"breakers.write"_s, u"there"_s);
        return error ? wordsFor(error->kind).toStdString() : "none";
    };
    EXPECT_EQ(
        objection(
            R"({"instance_id":"w","contract":"ops/1","capabilities":["breakers.write"],"roles":["viewer","operator"]})"),
        "none");
    EXPECT_EQ(objection(R"({"instance_id":"w","contract":"ops/1","capabilities":["breakers.write"]})"), "none")
        << "roles are not told";
    EXPECT_EQ(
        objection(R"({"instance_id":"w","contract":"ops/1","capabilities":["breakers.write"],"roles":["viewer"]})"),
        "forbidden");
    EXPECT_EQ(
        objection(R"({"instance_id":"w","contract":"ops/1","capabilities":["breakers.read"],"roles":["operator"]})"),
        "not supported");
    EXPECT_EQ(
        objection(R"({"instance_id":"w","contract":"ops/2","capabilities":["breakers.write"],"roles":["operator"]})"),
        "not supported");
    EXPECT_FALSE(decodeOpsIdentity(FakeTransport::response(R"({"contract":"ops/1","capabilities":[]})")));
    EXPECT_FALSE(decodeOpsIdentity(FakeTransport::response("<html></html>")));
}

TEST(OpsAudit, FindsTheRequestByItsKeyOrItsCorrelationId)
{
    const auto found = [](const QByteArray &entries) {
        const auto page = decodeOpsAudit(
            FakeTransport::response("{\"entries\":[" + entries + "],\"next_cursor\":null}"), u"key-1"_s, u"corr-1"_s);
        EXPECT_TRUE(page);
        return page->result ? journal::outcomeWord(*page->result).toStdString() : "nothing";
    };
    EXPECT_EQ(found(R"({"result":"applied","idempotency_key":"key-1"})"), "applied");
    EXPECT_EQ(found(R"({"result":"denied","correlation_id":"corr-1"})"), "refused");
    EXPECT_EQ(found(R"({"result":"applied","idempotency_key":"key-2","correlation_id":"corr-2"})"), "nothing");
    EXPECT_EQ(found(R"({"result":"applied"})"), "nothing") << "no key is not our key";
    EXPECT_EQ(
        found(R"({"result":"conflict","idempotency_key":"key-1"},{"result":"applied","idempotency_key":"key-1"})"),
        "applied")
        << "sent twice, done once";
    EXPECT_EQ(found(""), "nothing");
    EXPECT_FALSE(decodeOpsAudit(FakeTransport::response("{}"), u"k"_s, u"c"_s));
    EXPECT_FALSE(decodeOpsAudit(FakeTransport::response("{\"entries\":["), u"k"_s, u"c"_s));
    EXPECT_FALSE(decodeOpsAudit(FakeTransport::response("", 403), u"k"_s, u"c"_s));
}
