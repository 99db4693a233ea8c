// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/endpoint_resolver.h"
#include "tests/support/event_loop.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::workspace;

namespace {

class OneSecret final : public SecretSource
{
public:
    Pending<QByteArray> read(const SecretReference &reference) override
    {
        if (reference.name == u"missing")
            return readyNow<QByteArray>(failure(ErrorKind::Unauthorized, reference.name, u"not there"_s));
        return readyNow<QByteArray>(QByteArray("s3cret"));
    }
};

Auth authOf(Auth::Kind kind, const QString &name, const QString &secret = u"x"_s)
{
    return {kind, name, {SecretReference::Kind::Environment, secret}};
}

} // namespace

TEST(EndpointResolver, EachKindOfAuthBecomesItsHeader)
{
    OneSecret secrets;
    EndpointResolver resolver(secrets);
    Access access;
    access.url = QUrl(u"https://x"_s);
    const auto header = [&](const Auth &auth) {
        const http::Credential credential = test::await(resolver.resolve(access, auth))->credential;
        return credential.headerName + ": " + credential.headerValue;
    };
    EXPECT_EQ(header(authOf(Auth::Kind::Bearer, {})), "Authorization: Bearer s3cret");
    EXPECT_EQ(header(authOf(Auth::Kind::Basic, u"ana"_s)),
              "Authorization: Basic " + QByteArray("ana:s3cret").toBase64());
    EXPECT_EQ(header(authOf(Auth::Kind::Header, u"X-Api-Key"_s)), "X-Api-Key: s3cret");
}

TEST(EndpointResolver, NoAuthFallsBackToTheAccessAndThenToNone)
{
    OneSecret secrets;
    EndpointResolver resolver(secrets);
    Access access;
    access.url = QUrl(u"https://x"_s);
    EXPECT_TRUE(test::await(resolver.resolve(access, Auth{}))->credential.isEmpty());
    access.auth = authOf(Auth::Kind::Bearer, {});
    EXPECT_FALSE(test::await(resolver.resolve(access, Auth{}))->credential.isEmpty());
}

TEST(EndpointResolver, AMissingSecretIsTheSourcesError)
{
    OneSecret secrets;
    EndpointResolver resolver(secrets);
    const auto endpoint = test::await(resolver.resolve({}, authOf(Auth::Kind::Bearer, {}, u"missing"_s)));
    ASSERT_FALSE(endpoint);
    EXPECT_EQ(endpoint.error().kind, ErrorKind::Unauthorized);
}
