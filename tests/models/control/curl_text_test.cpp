// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/curl_text.h"

#include <QtCore/QProcess>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::control;

namespace {

struct CurlCase
{
    workspace::Access access;
    workspace::Auth auth;
    http::HttpRequest request;

    CurlCase()
    {
        access.url = QUrl(u"https://worker-0.example:8443/api"_s);
        request.method = "POST";
        request.path = u"/ops/v1/breakers/openai/trip"_s;
        request.contentType = "application/json";
        request.headers = {{"Idempotency-Key", "k-1"}, {"If-Match", "\"w-17\""}};
        request.body = R"({"reason":"it's down"})";
    }
    QString text() const { return curlText(access, auth, request); }
};

} // namespace

TEST(CurlText, IsTheRequestAsOneShellCommand)
{
    EXPECT_EQ(CurlCase().text().toStdString(),
              "curl --request POST --header 'Content-Type: application/json' --header 'Idempotency-Key: k-1' "
              "--header 'If-Match: \"w-17\"' --data-raw '{\"reason\":\"it'\\''s down\"}' "
              "'https://worker-0.example:8443/api/ops/v1/breakers/openai/trip'");
}

TEST(CurlText, ReplacesEverySecret)
{
    CurlCase made;
    made.access.headers = {
        {u"X-Api-Key"_s, u"hunter2"_s}, {u"X-Scope-OrgID"_s, u"team-a"_s}, {u"Cookie"_s, u"hunter2"_s}};
    made.auth = {workspace::Auth::Kind::Bearer, {}, {workspace::SecretReference::Kind::Environment, u"TOKEN"_s}};
    made.request.headers.append(std::pair<QByteArray, QByteArray>("Authorization", "hunter2"));
    QString text = made.text();
    EXPECT_FALSE(text.contains(u"hunter2")) << text.toStdString();
    EXPECT_TRUE(text.contains(u"'Authorization: Bearer <secret>'"));
    EXPECT_TRUE(text.contains(u"'X-Scope-OrgID: team-a'"));
    EXPECT_TRUE(text.contains(u"'X-Api-Key: <secret>'"));
    made.auth = {workspace::Auth::Kind::Basic, u"ana"_s, {}};
    EXPECT_TRUE(made.text().contains(u"--user 'ana:<secret>'"));
    made.auth = {workspace::Auth::Kind::Header, u"X-Token"_s, {}};
    EXPECT_TRUE(made.text().contains(u"'X-Token: <secret>'"));
    made.auth = {};
    made.access.auth = {workspace::Auth::Kind::Bearer, {}, {}};
    EXPECT_TRUE(made.text().contains(u"Bearer <secret>")) << "the access's own serves where there is no other";
}

TEST(CurlText, AShellReadsBackExactlyTheseWords)
{
    CurlCase made;
    made.request.body = "a'b\"c $HOME `id` \\ %1 ñ";
    made.request.path = u"/a b/%2F"_s;
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, u"curl() { for a in \"$@\"; do printf '%s\\n' \"$a\"; done; }; "_s + made.text()});
    ASSERT_TRUE(shell.waitForFinished());
    const QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    EXPECT_EQ(words.at(words.size() - 2), QString::fromUtf8(made.request.body));
    EXPECT_EQ(words.last(), u"https://worker-0.example:8443/api/a%20b/%252F");
}
