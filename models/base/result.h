// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <tl/expected.hpp>

namespace atalaya {

/// A value, or why there is none. Every function of ours that can fail returns one; none throws.
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Error error)
{
    return tl::make_unexpected(std::move(error));
}

inline tl::unexpected<Error> failure(ErrorKind kind, QString endpoint, QString summary, QString serverWords = {})
{
    Error error;
    error.kind = kind;
    error.endpoint = std::move(endpoint);
    error.summary = std::move(summary);
    error.serverWords = std::move(serverWords);
    return tl::make_unexpected(std::move(error));
}

} // namespace atalaya
