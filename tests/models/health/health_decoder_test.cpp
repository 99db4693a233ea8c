// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/health_decoder.h"
#include "tests/models/health/health_examples.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::health;
using atalaya::test::FakeTransport;
using health::test::answerOf;

namespace {

Result<ProbeReport> probed(const QByteArray &body, int status = 200, const QByteArray &type = "application/json")
{
    return decodeHealth(u"/health"_s, FakeTransport::response(body, status, type));
}

/// Dialect, status and word in the first line, then one component a line: name, status, word, latency, detail.
std::string told(const Result<ProbeReport> &report)
{
    if (!report)
        return "error: " + report.error().summary.toStdString();
    QStringList lines{u"%1: %2 (%3)"_s.arg(report->dialect, statusWord(report->status), report->word)};
    for (const ComponentHealth &part : report->components) {
        QStringList cells{part.name, statusWord(part.status), part.word};
        if (part.latencyMs)
            cells += u"%1 ms"_s.arg(*part.latencyMs);
        if (part.critical)
            cells += *part.critical ? u"critical"_s : u"not critical"_s;
        if (!part.detail.isEmpty())
            cells += part.detail;
        lines += cells.join(u" | "_s);
    }
    return lines.join(u'\n').toStdString();
}

} // namespace

TEST(HealthDecoder, ReadsTheWorkersChecksFromA503)
{
    const auto report = probed(answerOf("worker-health.json"), 503);
    EXPECT_EQ(told(report), "checks by name: unhealthy (unhealthy)\n"
                            "rabbitmq | healthy | healthy\n"
                            "postgresql | healthy | healthy | 2.4 ms\n"
                            "mongodb | degraded | degraded | slow\n"
                            "openai | unhealthy | unhealthy | deadline exceeded");
    EXPECT_EQ(report->httpStatus, 503);
    EXPECT_EQ(report->raw, answerOf("worker-health.json"));
}

TEST(HealthDecoder, ReadsTheWorkersProbesAndOlderForms)
{
    EXPECT_EQ(told(probed(answerOf("worker-live.json"))), "status only: healthy (alive)");
    EXPECT_EQ(told(probed(R"({"status":"dead","message":"x"})", 503)), "status only: unhealthy (dead)");
    EXPECT_EQ(told(probed(answerOf("worker-ready.json"))),
              "checks by name: degraded (ready_degraded)\nopenai | degraded | degraded");
    EXPECT_EQ(told(probed(R"({"status":"not_ready","checks":{},"message":"draining"})", 503)),
              "status only: unhealthy (not_ready)");
    EXPECT_EQ(told(probed(answerOf("worker-components-strings.json"))),
              "components: degraded (degraded)\npostgresql | healthy | healthy\nmongodb | healthy | healthy\n"
              "rabbitmq | healthy | healthy\nopenai | degraded | degraded");
    EXPECT_EQ(told(probed(answerOf("worker-list.json"))),
              "component list: unhealthy ()\npostgres | healthy | healthy\nmongodb | unhealthy | unhealthy");
}

TEST(HealthDecoder, ReadsAnclorasPassWarnFailAndItsFlags)
{
    const auto report = probed(answerOf("anclora-health.json"));
    EXPECT_EQ(told(report), "checks by name: degraded (degraded)\n"
                            "redis | healthy | pass | 0.9 ms | Redis is healthy\n"
                            "analyticsRedis | healthy | pass | 1.1 ms\n"
                            "queue | healthy | pass | 8 ms | waiting 12, active 3, completed 90211, failed 4\n"
                            "memory | degraded | warn | Memory usage high\n"
                            "eventLoop | healthy | pass | lag_ms 11\n"
                            "disk | unhealthy | fail | 2 ms | Disk is full");
    EXPECT_EQ(report->version, u"6.3.4");
    EXPECT_EQ(told(probed(R"({"alive":true})")), "flag: healthy (alive: true)");
    EXPECT_EQ(told(probed(R"({"ready":true})")), "flag: healthy (ready: true)");
    EXPECT_EQ(told(probed(R"({"ready":false})", 503)), "flag: unhealthy (ready: false)");
    EXPECT_EQ(told(probed(R"({"ready":false})", 200)), "flag: unhealthy (ready: false)");
}

TEST(HealthDecoder, ANumberAsStatusOfAPartIsShownAndDecidesNothing)
{
    EXPECT_EQ(told(probed(answerOf("aurore-detailed.json"))),
              "parts with status: healthy (healthy)\n"
              "server | unknown | 503 | SERVER_IS_NOT_READY\n"
              "database | degraded | warning | 2.2 ms | database connected\n"
              "buffer | healthy | healthy | size 1234, capacity 50000, 2.47 %, totalEnqueued 1\n"
              "circuitBreaker | unhealthy | OPEN | failureCount 5\n"
              "memory | healthy | healthy | heapUsed 84 MB");
}

TEST(HealthDecoder, AMessageAloneLetsTheHttpStatusDecide)
{
    EXPECT_EQ(told(probed(answerOf("aurore-health.json"))), "message only: healthy (SERVER_IS_READY)");
    EXPECT_EQ(told(probed(answerOf("aurore-health.json"), 503)), "message only: unhealthy (SERVER_IS_READY)");
    EXPECT_EQ(told(probed(R"({"message":"SERVER_IS_NOT_READY"})")), "message only: unknown (SERVER_IS_NOT_READY)")
        << "200 does not outvote what it says";
    EXPECT_EQ(told(probed(R"({"status":503,"error":"Service Unavailable"})", 503)),
              "message only: unhealthy (Service Unavailable)");
}

TEST(HealthDecoder, P2pAnswers200AlwaysAndTheBodyDecides)
{
    const auto report = probed(answerOf("p2p-health.json"), 200);
    EXPECT_EQ(told(report), "services by name: degraded (degraded)\n"
                            "postgresql | healthy | connected\n"
                            "postgresql_async | healthy | connected\n"
                            "redis | unhealthy | error | Error 111 connecting to redis:6379. Connection refused.\n"
                            "rabbitmq | healthy | connected\n"
                            "celery | healthy | healthy | 8 workers, active_tasks 3, 2 queues");
    EXPECT_EQ(report->version, u"1.4.2");
    EXPECT_EQ(told(probed(R"({"services":[{"service":"db","status":"up"}]})")),
              "service list: healthy ()\ndb | healthy | up");
}

TEST(HealthDecoder, ReadsComponentsWithCriticalAndNumbersAsText)
{
    EXPECT_EQ(told(probed(answerOf("fleet-proposal.json"))),
              "components: degraded (degraded)\n"
              "redis | unhealthy | unhealthy | 1.2 ms | not critical | local fallback in use\n"
              "supabase | healthy | healthy | 121.5 ms | critical");
    EXPECT_EQ(told(probed(R"({"components":{"a":{"status":"unhealthy","critical":false},"b":{"status":"healthy"}}})"))
                  .substr(0, 24),
              "components: degraded ()\n")
        << "without an overall word the parts decide, by how much they matter";
    EXPECT_EQ(told(probed(R"({"components":{"a":{"status":"odd"},"b":{"status":"healthy"}}})")).substr(0, 23),
              "components: unknown ()\n");
}

TEST(HealthDecoder, ReadsSpringBootWithNestedComponents)
{
    EXPECT_EQ(told(probed(answerOf("spring-boot-3.json"), 503)),
              "spring boot: unhealthy (DOWN)\n"
              "db | healthy | UP | database PostgreSQL, validationQuery isValid()\n"
              "broker | unhealthy | DOWN\n"
              "broker/us1 | healthy | UP | version 1.0.2\n"
              "broker/us2 | unhealthy | DOWN | java.net.ConnectException: refused\n"
              "circuitBreakers | unknown | UNKNOWN\n"
              "circuitBreakers/backendA | unhealthy | CIRCUIT_OPEN | failureRate 50.0%\n"
              "diskSpace | healthy | UP | total 494384795648, free 41124352000, threshold 10485760");
    EXPECT_EQ(told(probed(answerOf("spring-boot-readiness.json"), 503)),
              "spring boot: unhealthy (OUT_OF_SERVICE)\nreadinessState | unhealthy | OUT_OF_SERVICE");
    EXPECT_EQ(told(probed(R"({"status":"UP","groups":["liveness"]})")), "status only: healthy (UP)");
    EXPECT_EQ(told(probed(R"({"status":"UNKNOWN"})")), "status only: unknown (UNKNOWN)");
}

TEST(HealthDecoder, ReadsTerminusOfNestAndOfGodaddy)
{
    EXPECT_EQ(told(probed(answerOf("nest-terminus.json"), 503)),
              "terminus: unhealthy (error)\ndatabase | healthy | up\nredis | unhealthy | down | connect ECONNREFUSED");
    EXPECT_EQ(told(probed(answerOf("godaddy-terminus.json"), 503)), "status only: unhealthy (error)");
    EXPECT_EQ(told(probed(R"({"status":"shutting_down","info":{},"error":{},"details":{}})", 503)),
              "terminus: degraded (shutting_down)");
}

TEST(HealthDecoder, ReadsMicroProfileOldAndNew)
{
    EXPECT_EQ(told(probed(answerOf("microprofile.json"), 503)),
              "microprofile: unhealthy (DOWN)\ndb | healthy | UP | 3 ms\nqueue | unhealthy | DOWN | depth 91");
    EXPECT_EQ(told(probed(answerOf("microprofile-1.json"))), "microprofile: healthy (UP)\ndb | healthy | UP");
    EXPECT_EQ(told(probed("", 500)), "HTTP status: unhealthy (HTTP 500)");
}

TEST(HealthDecoder, ReadsAspNetAsTextAndAsJson)
{
    EXPECT_EQ(told(probed("Healthy", 200, "text/plain")), "plain text: healthy (Healthy)");
    EXPECT_EQ(told(probed("Degraded", 200, "text/plain")), "plain text: degraded (Degraded)");
    EXPECT_EQ(told(probed("Unhealthy", 503, "text/plain")), "plain text: unhealthy (Unhealthy)");
    EXPECT_EQ(told(probed(answerOf("aspnet-ui.json"), 503)), "asp.net: unhealthy (Unhealthy)\n"
                                                             "sql | unhealthy | Unhealthy | 110 ms | timeout\n"
                                                             "cache | healthy | Healthy | 2 ms");
}

TEST(HealthDecoder, ReadsTheIetfDraft)
{
    const auto report = probed(answerOf("ietf-draft.json"), 200, "application/health+json");
    EXPECT_EQ(told(report), "health+json: degraded (warn)\n"
                            "cassandra:responseTime | healthy | pass | 250 ms | 250 ms\n"
                            "cpu:utilization node-1 | degraded | warn | 85 percent\n"
                            "cpu:utilization node-2 | healthy | PASS | 41 percent\n"
                            "uptime | unknown |  | 1209600.245 s");
    EXPECT_EQ(report->version, u"1");
    EXPECT_EQ(told(probed(R"({"status":"FAIL"})", 424)), "status only: unhealthy (FAIL)");
}

TEST(HealthDecoder, ReadsABare200)
{
    EXPECT_EQ(told(probed("OK", 200, "text/plain")), "plain text: healthy (OK)");
    EXPECT_EQ(told(probed("ok\n", 200, "text/html")), "plain text: healthy (ok)");
    EXPECT_EQ(told(probed("\"OK\"")), "plain text: healthy (OK)");
    EXPECT_EQ(told(probed("", 204)), "HTTP status: healthy (HTTP 204)");
    EXPECT_EQ(told(probed("Prometheus Server is Healthy.\n", 200, "text/plain")),
              "plain text: healthy (Prometheus Server is Healthy.)");
    EXPECT_EQ(told(probed("Service Unavailable", 503, "text/plain")), "plain text: unhealthy (Service Unavailable)");
    EXPECT_EQ(told(probed("true")), "flag: healthy (true)");
}

TEST(HealthDecoder, WordsNobodyKnowsAreUnknownAndNeverHealthy)
{
    EXPECT_EQ(told(probed(R"({"status":"banana"})")), "status only: unknown (banana)");
    EXPECT_EQ(told(probed("all your base", 200, "text/plain")), "plain text: unknown (all your base)");
    EXPECT_EQ(told(probed("not healthy", 200, "text/plain")), "plain text: unknown (not healthy)");
    EXPECT_NE(probed("the database is not ready", 200, "text/plain")->status, HealthStatus::Healthy);
    EXPECT_NE(probed("error: connection available again later", 200, "text/plain")->status, HealthStatus::Healthy);
    EXPECT_EQ(told(probed(R"({"uptime":12})")), "not recognised: unknown ()");
    EXPECT_EQ(told(probed(R"({"uptime":12})", 503)), "not recognised: unhealthy ()");
    EXPECT_EQ(told(probed(R"({"status":"banana"})", 503)), "status only: unhealthy (banana)");
    EXPECT_EQ(told(probed(R"({"status":null,"components":null})")), "not recognised: unknown ()");
}

TEST(HealthDecoder, AHealthyWordInA503IsNotBelieved)
{
    EXPECT_EQ(told(probed(R"({"status":"healthy"})", 503)), "status only: unhealthy (healthy (HTTP 503))");
    EXPECT_EQ(told(probed("OK", 500, "text/plain")), "plain text: unhealthy (OK (HTTP 500))");
}

TEST(HealthDecoder, RefusesWhatIsNoHealthAnswer)
{
    for (const auto &[body, status, kind] :
         {std::tuple<QByteArray, int, ErrorKind>{"Unauthorized", 401, ErrorKind::Unauthorized},
          {"", 403, ErrorKind::Forbidden},
          {R"({"detail":"Not Found"})", 404, ErrorKind::NotFound},
          {"", 405, ErrorKind::Server},
          {"slow down", 429, ErrorKind::RateLimited},
          {"", 302, ErrorKind::Server}}) {
        const auto report = probed(body, status, "text/plain");
        ASSERT_FALSE(report) << status;
        EXPECT_EQ(report.error().kind, kind) << status;
        EXPECT_EQ(report.error().httpStatus, status);
    }
    const auto html = probed("<!DOCTYPE html><html><head><title>Sign in</title></head></html>", 200, "text/html");
    ASSERT_FALSE(html);
    EXPECT_EQ(html.error().kind, ErrorKind::Malformed);
    EXPECT_EQ(html.error().serverWords, u"Sign in");
    EXPECT_EQ(probed("<html><title>502 Bad Gateway</title></html>", 502, "text/html").error().kind, ErrorKind::Server);
}

TEST(HealthDecoder, RefusesBrokenJsonInEveryDialect)
{
    for (const char *name :
         {"worker-health.json", "anclora-health.json", "aurore-detailed.json", "p2p-health.json", "spring-boot-3.json",
          "nest-terminus.json", "microprofile.json", "aspnet-ui.json", "ietf-draft.json", "worker-list.json"}) {
        const QByteArray whole = answerOf(name);
        for (const qsizetype length : {whole.size() / 4, whole.size() / 2, whole.size() - 2}) {
            const auto report = probed(whole.left(length));
            ASSERT_FALSE(report) << name << " cut at " << length;
            EXPECT_EQ(report.error().kind, ErrorKind::Malformed) << name;
        }
        EXPECT_FALSE(probed(whole.trimmed() + "}")) << name;
    }
    for (const QByteArray &body :
         {QByteArray("[]"), QByteArray("[1,2]"), QByteArray("12"), QByteArray("null"), QByteArray("{\"a\":NaN}"),
          QByteArray("{\"status\":\"\xff\"}"), QByteArray(600, '['), QByteArray("\x00\x01\x02", 3)})
        EXPECT_FALSE(probed(body)) << body.left(20).toStdString();
}

TEST(HealthDecoder, SurvivesPartsOfTheWrongType)
{
    EXPECT_EQ(
        told(probed(
            R"({"status":"healthy","checks":{"a":null,"b":7,"c":["x",{"status":"fail"}],"d":{"status":{"x":1}},"e":true}})")),
        "checks by name: healthy (healthy)\nb | unknown | 7\nc 1 | unknown | x\nc 2 | unhealthy | fail\nd | unknown | "
        "\ne | healthy | true");
    for (const char *body :
         {R"({"status":"healthy","checks":"all"})", R"({"status":"healthy","components":[null,1,"x"]})",
          R"({"status":"healthy","services":{"a":[[]]}})", R"({"status":["healthy"],"checks":{"a":"pass"}})",
          R"({"status":{"text":"healthy"}})"})
        EXPECT_TRUE(probed(body)) << body;
}

TEST(HealthStatusWords, AreCaseBlindAndTheWorseWins)
{
    EXPECT_EQ(statusFromWord(u"Out-Of-Service"_s), HealthStatus::Unhealthy);
    EXPECT_EQ(statusFromWord(u"READY_DEGRADED"_s), HealthStatus::Degraded);
    EXPECT_EQ(statusFromWord(QString()), HealthStatus::Unknown);
    EXPECT_EQ(worse(HealthStatus::Degraded, HealthStatus::Unknown), HealthStatus::Unknown)
        << "unknown may hide unhealthy";
    EXPECT_EQ(worse(HealthStatus::Unhealthy, HealthStatus::Unknown), HealthStatus::Unhealthy);
    EXPECT_EQ(worse(HealthStatus::Healthy, HealthStatus::Degraded), HealthStatus::Degraded);
}
