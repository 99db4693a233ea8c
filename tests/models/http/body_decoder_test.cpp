// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/http/body_decoder.h"
#include "tests/models/http/http_test.h"

#include <zlib.h>

using namespace atalaya;
using namespace atalaya::http;
using namespace Qt::Literals::StringLiterals;
using test::gzip;

namespace {

constexpr qint64 bodyLimit = 1'000'000;

HttpResponse encodedBody(const QByteArray &body, const QByteArray &encoding)
{
    HttpResponse response;
    response.status = 200;
    response.body = body;
    response.contentEncoding = encoding;
    response.maxBytes = bodyLimit;
    response.endpoint = u"GET http://there/x"_s;
    return response;
}

QByteArray deflated(const QByteArray &plain, int windowBits)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))),
                      Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

QByteArray someText(qsizetype size)
{
    QByteArray text;
    for (quint32 i = 1; text.size() < size; i = i * 1664525U + 1013904223U)
        text += QByteArray::number(i, 36);
    text.truncate(size);
    return text;
}

} // namespace

TEST(BodyDecoderTest, ReadsEveryEncodingItAskedFor)
{
    for (const qsizetype size : {0, 1, 4095, 4096, 4097, 300'000, 1'000'000}) {
        const QByteArray plain = someText(size);
        for (const QByteArray &encoding : {QByteArray(), QByteArray("identity")})
            EXPECT_TRUE(plainBody(encodedBody(plain, encoding)) == plain) << size;
        for (const QByteArray &encoding : {QByteArray("gzip"), QByteArray("x-gzip")})
            EXPECT_TRUE(plainBody(encodedBody(gzip(plain), encoding)) == plain) << size;
        EXPECT_TRUE(plainBody(encodedBody(deflated(plain, 15), "deflate")) == plain) << size;
        EXPECT_TRUE(plainBody(encodedBody(deflated(plain, -15), "deflate")) == plain) << size;
    }
}

TEST(BodyDecoderTest, ReadsSeveralGzipMembers)
{
    EXPECT_EQ(plainBody(encodedBody(gzip("[1,") + gzip("") + gzip("2]"), "gzip")), QByteArray("[1,2]"));
}

TEST(BodyDecoderTest, RefusesEveryCut)
{
    const QByteArray whole = gzip(someText(2000));
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const auto plain = plainBody(encodedBody(whole.left(length), "gzip"));
        ASSERT_FALSE(plain) << length;
        EXPECT_EQ(plain.error().kind, ErrorKind::Malformed);
        EXPECT_EQ(plain.error().summary, u"its compressed answer is cut short"_s) << length;
        EXPECT_EQ(plain.error().endpoint, u"GET http://there/x"_s);
    }
    const QByteArray twoMembers = whole + whole.left(whole.size() / 2);
    EXPECT_FALSE(plainBody(encodedBody(twoMembers, "gzip")));
}

TEST(BodyDecoderTest, RefusesEveryFlippedByte)
{
    const QByteArray plain = someText(500);
    const QByteArray whole = gzip(plain);
    // Behind the header's fixed part, whose time and system bytes mean nothing, a checksum covers all.
    int refused = 0;
    for (qsizetype at = 10; at < whole.size(); ++at) {
        QByteArray damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        const auto result = plainBody(encodedBody(damaged, "gzip"));
        EXPECT_FALSE(result && *result != plain) << "byte " << at << " was believed";
        refused += result ? 0 : 1;
    }
    EXPECT_GE(refused, whole.size() - 10 - 1) << "one byte may hold only padding bits";
}

TEST(BodyDecoderTest, RefusesTrailingRubbishAndOtherFormats)
{
    const auto summaryOf = [](const QByteArray &body, const QByteArray &encoding) {
        const auto plain = plainBody(encodedBody(body, encoding));
        EXPECT_FALSE(plain);
        return plain ? QString() : plain.error().summary;
    };
    EXPECT_EQ(summaryOf(gzip("{}") + "xyz", "gzip"), u"its compressed answer is followed by 3 stray bytes"_s);
    EXPECT_EQ(summaryOf(deflated("{}", 15) + "xyz", "deflate"),
              u"its compressed answer is followed by 3 stray bytes"_s);
    EXPECT_EQ(summaryOf(R"({"plain":"json"})", "gzip"), u"its compressed answer is damaged"_s);
    EXPECT_EQ(summaryOf("x", "br"), u"answered in an encoding that was not asked for: br"_s);
    EXPECT_EQ(summaryOf(gzip("{}"), "gzip, gzip"), u"answered in an encoding that was not asked for: gzip, gzip"_s);
}

TEST(BodyDecoderTest, TheLimitIsExactAndABombCostsNoMemory)
{
    EXPECT_TRUE(plainBody(encodedBody(gzip(QByteArray(bodyLimit, ' ')), "gzip")));
    for (const qint64 size : {bodyLimit + 1, 50 * bodyLimit}) {
        const auto plain = plainBody(encodedBody(gzip(QByteArray(size, ' ')), "gzip"));
        ASSERT_FALSE(plain) << size;
        EXPECT_EQ(plain.error().kind, ErrorKind::TooLarge);
        EXPECT_EQ(plain.error().summary, u"its compressed answer unpacks to more than 977 KiB"_s);
    }
    EXPECT_EQ(plainBody(encodedBody(QByteArray(bodyLimit + 1, ' '), {})).error().kind, ErrorKind::TooLarge);
}

TEST(BodyDecoderTest, AnHonestlyEmptyAnswerIsEmpty)
{
    HttpResponse response = encodedBody({}, "gzip");
    EXPECT_FALSE(plainBody(response)) << "a gzip body of no bytes is cut";
    response.headers = {{"content-length", "0"}};
    EXPECT_EQ(plainBody(response), QByteArray());
    response.headers.clear();
    for (const int status : {204, 304}) {
        response.status = status;
        EXPECT_EQ(plainBody(response), QByteArray());
    }
}
