// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/error.h"

namespace atalaya {

using namespace Qt::Literals::StringLiterals;

QString wordsFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::BadInput:
        return u"not usable"_s;
    case ErrorKind::Unreachable:
        return u"unreachable"_s;
    case ErrorKind::Timeout:
        return u"timed out"_s;
    case ErrorKind::Tls:
        return u"TLS refused"_s;
    case ErrorKind::Unauthorized:
        return u"not signed in"_s;
    case ErrorKind::Forbidden:
        return u"forbidden"_s;
    case ErrorKind::NotFound:
        return u"not found"_s;
    case ErrorKind::Conflict:
        return u"conflict"_s;
    case ErrorKind::RateLimited:
        return u"rate limited"_s;
    case ErrorKind::Server:
        return u"server error"_s;
    case ErrorKind::Malformed:
        return u"malformed answer"_s;
    case ErrorKind::TooLarge:
        return u"answer too large"_s;
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Storage:
        return u"storage failed"_s;
    case ErrorKind::Unsupported:
        return u"not supported"_s;
    case ErrorKind::Locked:
        return u"locked"_s;
    }
    return u"failed"_s;
}

namespace {

QString adviceFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unreachable:
        return u"Check the address, the port and that the server runs."_s;
    case ErrorKind::Timeout:
        return u"The server is slow or hangs; it is asked again by itself."_s;
    case ErrorKind::Tls:
        return u"Check the certificate, or name its authority in tls.ca_file."_s;
    case ErrorKind::Unauthorized:
        return u"Check the credential that the workspace names for it."_s;
    case ErrorKind::Forbidden:
        return u"The credential is known but may not do this; ask for a higher role."_s;
    case ErrorKind::NotFound:
        return u"Check the path in the workspace."_s;
    case ErrorKind::Malformed:
        return u"Check that the address is that of the service and not of a proxy or log-in page."_s;
    case ErrorKind::TooLarge:
        return u"Shorten the range or narrow the query."_s;
    default:
        return {};
    }
}

} // namespace

QString sentenceFor(const Error &error)
{
    QString text = error.endpoint.isEmpty() ? error.summary : error.endpoint + u": "_s + error.summary;
    if (error.httpStatus != 0 && !error.summary.contains(QString::number(error.httpStatus)))
        text += u" (HTTP %1)"_s.arg(error.httpStatus);
    if (!error.serverWords.isEmpty())
        text += u", \"%1\""_s.arg(error.serverWords);
    if (!text.endsWith(u'.'))
        text += u'.';
    const QString advice = adviceFor(error.kind);
    return advice.isEmpty() ? text : text + u' ' + advice;
}

} // namespace atalaya
