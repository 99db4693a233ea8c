// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/workspace_decoder.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimeZone>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::workspace;
using testing::HasSubstr;

namespace {

const QByteArray whole = R"json({ "atalaya": 1, "name": "Operations",
  "dashboards": ["dashboards/"],
  "environments": [
    { "name": "production", "guard": "protected", "time_zone": "Europe/Madrid",
      "prometheus":   [ { "name": "main", "url": "https://prom.example:9090", "scrape_interval": "15s", "timeout": "2s",
                          "headers": { "X-Scope-OrgID": "team-a" }, "auth": { "bearer": { "keyring": "prom" } },
                          "tls": { "ca_file": "ca.pem", "certificate_file": "me.pem", "key_file": "me.key" } } ],
      "alertmanager": [ { "name": "am-a", "url": "https://am-a.example:9093", "cluster": "main" } ],
      "loki":         [ { "name": "logs", "url": "https://loki.example:3100" } ],
      "systems": [
        { "key": "worker", "title": "OpenAI worker", "prometheus": "main", "selector": "job=\"openai-worker\"",
          "instances": [ { "name": "worker-0", "url": "https://worker-0.example:8443", "labels": { "instance": "worker-0" } } ],
          "health":   { "paths": ["/health", "/health/live", "/health/ready"], "interval": "10s" },
          "breakers": { "adapter": "ops", "base": "/ops/v1", "auth": { "bearer": { "env": "WORKER_OPS_TOKEN" } },
                        "gauge": { "metric": "worker_circuit_breaker_state", "name_label": "service",
                                   "encoding": { "0": "closed", "1": "half_open", "2": "open" } } },
          "flags":    { "adapter": "ops", "base": "/ops/v1" },
          "startup":  { "path": "/ops/v1/startup" },
          "golden":   [ { "title": "Events processed", "expr": "sum(rate(worker_events_processed_total[1m]))", "unit": "ops", "better": "higher" } ],
          "dashboards": ["worker-events.json", ":/dashboards/x.json"] } ] } ] })json";

Result<Workspace> decoded(const QByteArray &bytes)
{
    return decodeWorkspace(bytes, u"/etc/atalaya/workspace.json"_s);
}

/// The fault of the whole example with one text in it replaced.
std::string faultOf(const QByteArray &before, const QByteArray &after)
{
    QByteArray bytes = whole;
    EXPECT_TRUE(bytes.contains(before)) << before.constData();
    bytes.replace(bytes.indexOf(before), before.size(), after);
    const auto result = decoded(bytes);
    if (result)
        return "no fault";
    EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
    return (result.error().endpoint + u" | "_s + result.error().summary).toStdString();
}

} // namespace

TEST(WorkspaceDecoder, ReadsTheWholeExampleOfTheSpecification)
{
    const auto workspace = decoded(whole);
    ASSERT_TRUE(workspace) << qPrintable(sentenceFor(workspace.error()));
    EXPECT_EQ(workspace->dashboards, QStringList{u"/etc/atalaya/dashboards"_s});
    const Environment &environment = workspace->environments.first();
    EXPECT_EQ(environment.guard, Guard::Protected);
    EXPECT_EQ(environment.kind, u"production"_s);
    ASSERT_EQ(environment.sources.size(), 3);
    const Source &prometheus = environment.sources.first();
    EXPECT_EQ(prometheus.access.timeout, Milliseconds(2000));
    EXPECT_EQ(prometheus.access.headers.first().second, u"team-a"_s);
    EXPECT_EQ(prometheus.access.tls.caFile, u"/etc/atalaya/ca.pem"_s);
    EXPECT_EQ(prometheus.access.auth, (Auth{Auth::Kind::Bearer, {}, {SecretReference::Kind::Keyring, u"prom"_s}}));
    const System &worker = environment.systems.first();
    EXPECT_EQ(worker.breakers->gauge->encoding.value(1), u"half_open"_s);
    EXPECT_EQ(worker.breakers->auth.secret,
              (SecretReference{SecretReference::Kind::Environment, u"WORKER_OPS_TOKEN"_s}));
    EXPECT_EQ(worker.golden.first().better, Better::Higher);
    EXPECT_EQ(worker.dashboards, (QStringList{u"/etc/atalaya/worker-events.json"_s, u":/dashboards/x.json"_s}));
    // One contract at one base: its credential serves breakers, flags and the start-up validation.
    EXPECT_EQ(worker.flags->auth, worker.breakers->auth);
    EXPECT_EQ(worker.startupAuth, worker.breakers->auth);
    EXPECT_TRUE(workspace->warnings.isEmpty());
}

TEST(WorkspaceDecoder, AnUnknownKeyNamesLinePointerAndTheNearestKnownOne)
{
    EXPECT_EQ(faultOf("\"prometheus\":   [", "\"promethus\":   ["),
              "/etc/atalaya/workspace.json:5 at /environments/0/promethus | unknown key \"promethus\"; did you mean "
              "\"prometheus\"?");
    EXPECT_THAT(faultOf("\"golden\":", "\"zzzzzzzz\":"), HasSubstr("known here: "));
}

TEST(WorkspaceDecoder, ADuplicateKeyIsAFault)
{
    EXPECT_THAT(faultOf("\"name\": \"main\",", "\"name\": \"main\", \"name\": \"other\","),
                HasSubstr("stands twice; the first is in line 5"));
}

TEST(WorkspaceDecoder, EveryMalformedTwinHasItsSentence)
{
    const std::tuple<QByteArray, QByteArray, const char *> twins[] = {
        {"\"atalaya\": 1", "\"atalaya\": 2", "reads the format 1"},
        {"\"atalaya\": 1", "\"atalaya\": \"1\"", "reads the format 1"},
        {"\"atalaya\": 1, ", "", "\"atalaya\" is missing"},
        {"\"guard\": \"protected\"", "\"guard\": \"protect\"", "did you mean \"protected\""},
        {"\"15s\"", "\"15 seconds\"", "not a duration"},
        {"\"15s\"", "15", "a text is expected"},
        {"https://prom.example:9090", "prom.example:9090", "not an http or https address"},
        {"https://prom.example:9090", "ftp://prom.example", "not an http or https address"},
        {"https://prom.example:9090", "https://me:pw@prom.example", "user name or password"},
        {"https://prom.example:9090", "https://prom.example/?tenant=a", "query or fragment"},
        {"X-Scope-OrgID", "authorization", "a credential must not stand here"},
        {"job=\\\"openai-worker\\\"", "{job=\\\"openai-worker\\\"}", "without braces"},
        {"{ \"keyring\": \"prom\" }", "\"hunter2\"", "the secret itself must not stand here"},
        {"{ \"keyring\": \"prom\" }", "{ \"keyring\": \"prom\", \"env\": \"X\" }", "exactly one of"},
        {"{ \"keyring\": \"prom\" }", "{ \"ask\": false }", "only true"},
        {"{ \"keyring\": \"prom\" }", "{ \"keyring\": \"\" }", "must not be empty"},
        {", \"key_file\": \"me.key\"", "", "go together"},
        {"\"ca_file\": \"ca.pem\"", "\"pin_sha256\": \"12\"", "64 hexadecimal"},
        {"\"prometheus\": \"main\"", "\"prometheus\": \"mian\"", "did you mean \"main\""},
        {"\"name\": \"am-a\"", "\"name\": \"main\"", "stands twice"},
        {"\"paths\": [\"/health\",", "\"paths\": [\"health\",", "not a path"},
        {"\"paths\": [\"/health\", \"/health/live\", \"/health/ready\"]", "\"paths\": []", "at least one path"},
        {"\"adapter\": \"ops\", \"base\": \"/ops/v1\", \"auth\"",
         "\"adapter\": \"opps\", \"base\": \"/ops/v1\", \"auth\"", "did you mean \"ops\""},
        {"\"1\": \"half_open\"", "\"1\": \"halfopen\"", "did you mean \"half_open\""},
        {"\"1\": \"half_open\"", "\"one\": \"open\"", "not a whole number"},
        {"\"name_label\": \"service\",", "", "either \"name_label\""},
        {"\"better\": \"higher\"", "\"better\": \"more\"", "is not allowed"},
        {"\"labels\": { \"instance\": \"worker-0\" }", "\"labels\": { \"instance\": 0 }", "a text is expected"},
        {"\"labels\": { \"instance\": \"worker-0\" }", "\"labels\": []", "an object of label names"},
        {"[ { \"name\": \"logs\", \"url\": \"https://loki.example:3100\" } ]", "{}", "a list is expected"},
    };
    for (const auto &[before, after, sentence] : twins)
        EXPECT_THAT(faultOf(before, after), HasSubstr(sentence)) << before.constData();
}

TEST(WorkspaceDecoder, AnUnknownTimeZoneIsAFault)
{
    ASSERT_TRUE(QTimeZone("Europe/London").isValid()) << "the time zone database is missing here";
    EXPECT_THAT(faultOf("Europe/Madrid", "Europe/Madird"), HasSubstr("not a known time zone"));
}

TEST(WorkspaceDecoder, BrokenJsonSaysFileAndLine)
{
    const auto result = decoded("{ \"atalaya\": 1,\n  \"name\" \"x\" }");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().endpoint, u"/etc/atalaya/workspace.json:2"_s);
    EXPECT_THAT(result.error().summary.toStdString(), HasSubstr("the file holds broken JSON"));
    EXPECT_EQ(decoded({}).error().summary, u"the file is empty"_s);
}

TEST(WorkspaceDecoder, ADashboardIsFoundBesideTheFileOrInTheFoldersOfDashboards)
{
    QTemporaryDir folder;
    const auto write = [&](const QString &name) {
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("{}");
    };
    ASSERT_TRUE(QDir(folder.path()).mkdir(u"dashboards"_s));
    const auto dashboard = [&] {
        const auto workspace = decodeWorkspace(whole, folder.filePath(u"w.json"_s));
        return workspace ? workspace->environments.first().systems.first().dashboards.first() : QString();
    };
    EXPECT_EQ(dashboard(), folder.filePath(u"worker-events.json"_s));
    write(u"dashboards/worker-events.json"_s);
    EXPECT_EQ(dashboard(), folder.filePath(u"dashboards/worker-events.json"_s));
    write(u"worker-events.json"_s);
    EXPECT_EQ(dashboard(), folder.filePath(u"worker-events.json"_s));
}

TEST(WorkspaceDecoder, WhatIsNotJsonSaysWhere)
{
    for (const QByteArray &bytes :
         {QByteArray(), QByteArray("{"), QByteArray("<html>"), QByteArray("[]"), whole.left(700), whole + "x"}) {
        const auto result = decoded(bytes);
        ASSERT_FALSE(result) << bytes.left(20).constData();
        EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
        EXPECT_THAT(result.error().endpoint.toStdString(), HasSubstr("workspace.json"));
    }
}

TEST(WorkspaceDecoder, CredentialsGoOverPlainHttpOnlyWherePermittedAndThenItIsSaid)
{
    EXPECT_THAT(faultOf("https://prom.example:9090", "http://prom.example:9090"),
                HasSubstr("/environments/0/prometheus/0/auth"));
    EXPECT_EQ(faultOf("https://prom.example:9090", "http://127.0.0.1:9090"), "no fault");
    EXPECT_THAT(faultOf("https://worker-0.example:8443", "http://worker-0.example"), HasSubstr("/breakers/auth"));
    QByteArray permitted = whole;
    permitted.replace("\"url\": \"https://worker-0.example:8443\"",
                      "\"url\": \"http://worker-0.example\", \"allow_plain_http\": true");
    const auto workspace = decoded(permitted);
    ASSERT_TRUE(workspace);
    ASSERT_EQ(workspace->warnings.size(), 1);
    EXPECT_THAT(workspace->warnings.first().toStdString(), HasSubstr("plain http to worker-0.example"));
}

TEST(WorkspaceDecoder, AnAdapterThisVersionDoesNotReadIsAcceptedAndSaid)
{
    QByteArray bytes = whole;
    bytes.replace("\"flags\":    { \"adapter\": \"ops\", \"base\": \"/ops/v1\" }",
                  "\"flags\": { \"adapter\": \"togglz\" }");
    const auto workspace = decoded(bytes);
    ASSERT_TRUE(workspace) << qPrintable(sentenceFor(workspace.error()));
    ASSERT_EQ(workspace->warnings.size(), 1);
    EXPECT_THAT(workspace->warnings.first().toStdString(), HasSubstr("togglz"));
}

TEST(WorkspaceDecoder, ACredentialOfTheFlagsThemselvesWins)
{
    QByteArray bytes = whole;
    bytes.replace("\"flags\":    { \"adapter\": \"ops\", \"base\": \"/ops/v1\" }",
                  "\"flags\": { \"adapter\": \"ops\", \"base\": \"/ops/v1\", \"auth\": { \"bearer\": { \"file\": "
                  "\"viewer.token\" } } }");
    const auto workspace = decoded(bytes);
    ASSERT_TRUE(workspace);
    EXPECT_EQ(workspace->environments.first().systems.first().startupAuth.secret,
              (SecretReference{SecretReference::Kind::File, u"/etc/atalaya/viewer.token"_s}));
}

TEST(WorkspaceDecoder, AMissingFileSaysWhich)
{
    const auto result = readWorkspace(u"/nonexistent/w.json"_s);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().endpoint, u"/nonexistent/w.json"_s);
}
