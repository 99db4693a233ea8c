// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/error.h"
#include "models/base/result.h"
#include "models/base/state.h"
#include "tests/models/base/base_test.h"

#include <QtCore/QSet>

using namespace atalaya;
using namespace Qt::Literals::StringLiterals;

TEST(ErrorTest, ASentenceSaysWhereWhatTheServersWordsAndWhatToDo)
{
    Error error;
    error.kind = ErrorKind::Server;
    error.endpoint = u"GET http://there/api"_s;
    error.summary = u"answered HTTP 503 Service Unavailable"_s;
    error.httpStatus = 503;
    EXPECT_EQ(sentenceFor(error), u"GET http://there/api: answered HTTP 503 Service Unavailable."_s);
    error.serverWords = u"not ready"_s;
    EXPECT_EQ(sentenceFor(error), u"GET http://there/api: answered HTTP 503 Service Unavailable, \"not ready\"."_s);
    error.kind = ErrorKind::Malformed;
    error.summary = u"answered HTML instead of JSON"_s;
    error.httpStatus = 200;
    error.endpoint.clear();
    EXPECT_EQ(sentenceFor(error),
              u"answered HTML instead of JSON (HTTP 200), \"not ready\". Check that the address is that of the "
              "service and not of a proxy or log-in page."_s);
}

TEST(ErrorTest, EveryKindHasItsOwnWords)
{
    QSet<QString> words;
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Unsupported); ++kind)
        words.insert(wordsFor(static_cast<ErrorKind>(kind)));
    EXPECT_EQ(words.size(), static_cast<int>(ErrorKind::Unsupported) + 1);
    EXPECT_FALSE(words.contains(QString()));
}

TEST(ErrorTest, AFailureKeepsItsParts)
{
    const Result<int> result = failure(ErrorKind::Timeout, u"where"_s, u"what"_s, u"words"_s);
    ASSERT_FALSE(result);
    EXPECT_EQ(
        result.error(),
        (Error{.kind = ErrorKind::Timeout, .endpoint = u"where"_s, .summary = u"what"_s, .serverWords = u"words"_s}));
    EXPECT_FALSE(result.error().nothingSent) << "never assumed";
}

TEST(StateTest, TheWorseStateWins)
{
    const std::initializer_list<State> ranked{State::Ok,    State::Pending, State::Warning,
                                              State::Stale, State::Unknown, State::Critical};
    for (const State a : ranked) {
        for (const State b : ranked)
            EXPECT_EQ(worse(a, b), std::max(a, b));
        EXPECT_EQ(worse(a, State::Forced), a);
        EXPECT_EQ(worse(State::Info, a), a);
    }
}
