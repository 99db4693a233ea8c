// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"

#include <QtCore/QDeadlineTimer>

#include <functional>

namespace atalaya::test {

/// Runs the event loop until `condition` holds; false when `limit` passed first. Never a fixed wait: it returns as soon
/// as the condition holds.
bool runUntil(const std::function<bool()> &condition, std::chrono::milliseconds limit = std::chrono::seconds(20));

/// The answer of `pending`, waited for with the event loop running.
template <typename T>
Result<T> await(const Pending<T> &pending, std::chrono::milliseconds limit = std::chrono::seconds(20))
{
    if (!runUntil([&] { return pending.isFinished(); }, limit))
        return failure(ErrorKind::Timeout, QStringLiteral("test"), QStringLiteral("no answer within the test's limit"));
    if (pending.resultCount() == 0)
        return failure(ErrorKind::Cancelled, QStringLiteral("test"), QStringLiteral("cancelled"));
    return pending.resultAt(0);
}

} // namespace atalaya::test
