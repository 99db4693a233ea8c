// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <chrono>
#include <optional>

namespace atalaya {

/// What went wrong, as far as a caller branches on it.
enum class ErrorKind
{
    BadInput,     ///< what the operator or a file gave cannot be used
    Unreachable,  ///< no connection, refused, name not found, connection broken
    Timeout,      ///< our own total deadline passed
    Tls,          ///< certificate refused or handshake failed
    Unauthorized, ///< 401, or a secret that could not be had
    Forbidden,    ///< 403
    NotFound,     ///< 404
    Conflict,     ///< 409, 412, 421, 422, 428
    RateLimited,  ///< 429
    Server,       ///< any other HTTP status that is not a success
    Malformed,    ///< an answer that is not what the protocol says
    TooLarge,     ///< over our size limit, before or after inflating
    Cancelled,    ///< we gave up on purpose
    Storage,      ///< disk or database
    Unsupported,  ///< the other side cannot do this
    Locked,       ///< the environment's guard, or 423
};

/// One failure. `summary` is a short English clause of ours ("answered HTML instead of JSON"), `serverWords` the other
/// side's own text (empty where it said nothing), `endpoint` where it happened (URL without credentials, or file:line).
struct Error
{
    ErrorKind kind = ErrorKind::BadInput;
    QString endpoint;
    QString summary;
    QString serverWords;
    int httpStatus = 0;                             ///< 0: no HTTP answer
    std::optional<std::chrono::seconds> retryAfter; ///< from Retry-After, where the server gave one
    bool nothingSent = false;                       ///< true only where it is certain that not a byte left this process

    bool operator==(const Error &) const = default;
};

/// The one place where an error becomes a sentence for people: what, where, the server's words, what to do.
QString sentenceFor(const Error &error);
/// The kind as one or two words, for narrow places ("timed out", "refused").
QString wordsFor(ErrorKind kind);

} // namespace atalaya
