// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/pending.h"
#include "tests/models/base/base_test.h"
#include "tests/support/event_loop.h"

#include <QtCore/QSemaphore>
#include <QtCore/QThread>

using namespace atalaya;
using namespace Qt::Literals::StringLiterals;

namespace {

struct OpenPromise
{
    QPromise<Result<int>> promise;
    OpenPromise() { promise.start(); }
    void answer(Result<int> result)
    {
        promise.addResult(std::move(result));
        promise.finish();
    }
};

} // namespace

TEST(PendingTest, TellsEveryListenerOnce)
{
    OpenPromise open;
    QObject context;
    QList<int> told;
    whenDone(open.promise.future(), &context, [&](const Result<int> &result) { told.append(result.value_or(-1)); });
    whenDone(open.promise.future(), &context,
             [&](const Result<int> &result) { told.append(result.value_or(-1) * 10); });
    EXPECT_TRUE(told.isEmpty());
    open.answer(4);
    ASSERT_TRUE(test::runUntil([&] { return told.size() >= 2; }));
    EXPECT_THAT(told, testing::UnorderedElementsAre(4, 40));
    EXPECT_TRUE(context.children().isEmpty() || test::runUntil([&] { return context.children().isEmpty(); }));
    EXPECT_EQ(told.size(), 2);
}

TEST(PendingTest, AnAnswerThatIsThereIsToldTooButNeverAtOnce)
{
    QObject context;
    std::optional<Result<int>> told;
    whenDone(readyNow<int>(5), &context, [&](const Result<int> &result) { told = result; });
    EXPECT_FALSE(told) << "a caller that is not set up yet must not be called back";
    ASSERT_TRUE(test::runUntil([&] { return told.has_value(); }));
    EXPECT_EQ(*told, Result<int>(5));
}

TEST(PendingTest, ADestroyedListenerIsNotCalled)
{
    OpenPromise open;
    bool isTold = false;
    auto context = std::make_unique<QObject>();
    whenDone(open.promise.future(), context.get(), [&](const Result<int> &) { isTold = true; });
    context.reset();
    open.answer(1);
    QObject other;
    bool isOtherTold = false;
    whenDone(open.promise.future(), &other, [&](const Result<int> &) { isOtherTold = true; });
    ASSERT_TRUE(test::runUntil([&] { return isOtherTold; }));
    EXPECT_FALSE(isTold);
}

TEST(PendingTest, ACancelledAnswerArrivesAsSuch)
{
    OpenPromise open;
    QObject context;
    std::optional<Result<int>> told;
    auto pending = open.promise.future();
    whenDone(pending, &context, [&](const Result<int> &result) { told = result; });
    pending.cancel();
    EXPECT_TRUE(open.promise.isCanceled());
    open.answer(3);
    ASSERT_TRUE(test::runUntil([&] { return told.has_value(); }));
    ASSERT_FALSE(*told);
    EXPECT_EQ(told->error().kind, ErrorKind::Cancelled);
    EXPECT_FALSE(told->error().nothingSent);
}

TEST(PendingTest, DecodesInAnotherThread)
{
    OpenPromise open;
    QThread *decoder = nullptr;
    const auto decoded = decodeOffThread<QString>(open.promise.future(), [&](int value) -> Result<QString> {
        decoder = QThread::currentThread();
        return QString::number(value);
    });
    open.answer(42);
    EXPECT_EQ(test::await(decoded), Result<QString>(u"42"_s));
    EXPECT_NE(decoder, nullptr);
    EXPECT_NE(decoder, QThread::currentThread());
}

TEST(PendingTest, ErrorsPassTheDecoderUntouched)
{
    OpenPromise open;
    bool isDecoded = false;
    const auto decoded = decodeOffThread<QString>(open.promise.future(), [&](int) -> Result<QString> {
        isDecoded = true;
        return QString();
    });
    Error error;
    error.kind = ErrorKind::Timeout;
    error.summary = u"did not answer"_s;
    open.answer(failure(error));
    const auto result = test::await(decoded);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), error);
    EXPECT_FALSE(isDecoded);
}

TEST(PendingTest, CancellingTheDecodedCancelsTheSource)
{
    OpenPromise open;
    auto decoded = decodeOffThread<QString>(open.promise.future(),
                                            [](int value) -> Result<QString> { return QString::number(value); });
    decoded.cancel();
    ASSERT_TRUE(test::runUntil([&] { return open.promise.isCanceled(); }));
    open.promise.finish();
    ASSERT_TRUE(test::runUntil([&] { return decoded.isFinished(); }));
    EXPECT_EQ(decoded.resultCount(), 0);
}

TEST(PendingTest, CancellingInTheMiddleOfDecodingEndsIt)
{
    OpenPromise open;
    QSemaphore hasBegun;
    QSemaphore mayEnd;
    auto decoded = decodeOffThread<QString>(open.promise.future(), [&](int value) -> Result<QString> {
        hasBegun.release();
        mayEnd.acquire();
        return QString::number(value);
    });
    open.answer(1);
    ASSERT_TRUE(test::runUntil([&] { return hasBegun.available() == 1; }));
    decoded.cancel();
    mayEnd.release();
    ASSERT_TRUE(test::runUntil([&] { return decoded.isFinished(); }));
    EXPECT_EQ(decoded.resultCount(), 0);
}
