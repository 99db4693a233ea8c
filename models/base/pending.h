// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QtCore/QFuture>
#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>
#include <QtCore/QPromise>
#include <QtCore/QThreadPool>

#include <memory>

namespace atalaya {

/// An answer that is still on its way: the root future of one promise, with exactly one Result in it, or none when it
/// was cancelled. Listen with `whenDone`, never with `.then` (in Qt 6.4 a second `then` drops the first, and cancelling
/// a child cancels nothing). `cancel()` on it stops the work behind it.
template <typename T>
using Pending = QFuture<Result<T>>;

/// An answer that is already there.
template <typename T>
Pending<T> readyNow(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

/// Calls `done(const Result<T>&)` once in `context`'s thread when the answer is there. Nothing is called when `context`
/// is destroyed first. A cancelled answer arrives as ErrorKind::Cancelled, so that no caller waits for ever.
template <typename T, typename Done>
void whenDone(const Pending<T> &pending, QObject *context, Done done)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done = std::move(done)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0)
            done(Result<T>(watcher->future().resultAt(0)));
        else
            done(Result<T>(failure(ErrorKind::Cancelled, {}, QStringLiteral("cancelled"))));
    });
    watcher->setFuture(pending);
}

/// `decode(T) -> Result<U>` run on the global thread pool once `source` is there; errors pass through untouched.
/// Cancelling the returned future cancels `source`. `decode` must be pure: it runs in another thread.
template <typename U, typename T, typename Decode>
Pending<U> decodeOffThread(Pending<T> source, Decode decode)
{
    auto promise = std::make_shared<QPromise<Result<U>>>();
    promise->start();
    auto *sourceWatcher = new QFutureWatcher<Result<T>>;
    auto *resultWatcher = new QFutureWatcher<Result<U>>(sourceWatcher);
    QObject::connect(resultWatcher, &QFutureWatcherBase::canceled, sourceWatcher,
                     [source]() mutable { source.cancel(); });
    QObject::connect(sourceWatcher, &QFutureWatcherBase::finished, sourceWatcher,
                     [sourceWatcher, promise, decode = std::move(decode)]() mutable {
                         sourceWatcher->deleteLater();
                         const QFuture<Result<T>> done = sourceWatcher->future();
                         if (done.resultCount() == 0) {
                             promise->addResult(
                                 Result<U>(failure(ErrorKind::Cancelled, {}, QStringLiteral("cancelled"))));
                             promise->finish();
                             return;
                         }
                         Result<T> answer = done.resultAt(0);
                         if (!answer) {
                             promise->addResult(Result<U>(failure(std::move(answer.error()))));
                             promise->finish();
                             return;
                         }
                         QThreadPool::globalInstance()->start(
                             [promise, value = std::move(*answer), decode = std::move(decode)]() mutable {
                                 promise->addResult(Result<U>(decode(std::move(value))));
                                 promise->finish();
                             });
                     });
    resultWatcher->setFuture(promise->future());
    sourceWatcher->setFuture(source);
    return promise->future();
}

} // namespace atalaya
