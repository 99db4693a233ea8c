// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/scrape_decoder.h"
#include "tests/support/fake_transport.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::health;
using atalaya::test::FakeTransport;

TEST(ScrapeDecoder, ReadsWhichTargetsAreUp)
{
    const auto scrapes =
        decodeScrapes(FakeTransport::response(R"({"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"__name__":"up","instance":"a"},"value":[1795514140.374,"1"]},
        {"metric":{"__name__":"up","instance":"b"},"value":[1795514140.374,"0"]}]}})"));
    ASSERT_TRUE(scrapes);
    ASSERT_EQ(scrapes->size(), 2);
    EXPECT_TRUE(scrapes->at(0).isUp);
    EXPECT_FALSE(scrapes->at(1).isUp);
    EXPECT_EQ(labelValue(scrapes->at(1).labels, u"instance"_s), u"b");
}

TEST(ScrapeDecoder, RefusesOtherAnswers)
{
    for (const char *body :
         {R"({"status":"success","data":{"resultType":"scalar","result":[1,"1"]}})", R"({"status":"success"})",
          R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{}}]}})",
          R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,1]}]}})", "[",
          "<html>", ""})
        EXPECT_FALSE(decodeScrapes(FakeTransport::response(body))) << body;
    EXPECT_EQ(decodeScrapes(
                  FakeTransport::response(R"({"status":"error","errorType":"bad_data","error":"parse error"})", 400))
                  .error()
                  .serverWords,
              u"parse error");
}
