// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"

namespace atalaya::control {

/// `next(const T &) -> Pending<U>` called in `context`'s thread once `first` is there; an error of `first` is the
/// answer. Cancelled where `context` is destroyed first.
template <typename U, typename T, typename Next>
Pending<U> continued(const Pending<T> &first, QObject *context, Next next)
{
    auto promise = std::make_shared<QPromise<Result<U>>>();
    promise->start();
    whenDone(first, context, [promise, context, next = std::move(next)](const Result<T> &value) mutable {
        const auto end = [promise](const Result<U> &result) {
            promise->addResult(result);
            promise->finish();
        };
        if (value)
            whenDone(next(*value), context, end);
        else
            end(failure(value.error()));
    });
    return promise->future();
}

} // namespace atalaya::control
