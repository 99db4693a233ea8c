// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/http/http_request.h"

namespace atalaya::http {

/// The body in plain bytes: inflates gzip and deflate with zlib, refuses a cut stream, trailing rubbish, an unknown
/// encoding, and anything that grows past `response.maxBytes`. Pure; run it off the GUI thread.
Result<QByteArray> plainBody(const HttpResponse &response);

/// What an answer that is not the one we wanted says, told apart by its content and not by its status or declared type:
/// JSON of Prometheus (`error`), Alertmanager (bare string, `message`), problem+json (`detail`, `title`), plain text,
/// HTML (its title). At most 300 characters, one line.
struct ServerWords
{
    QString words;
    bool isHtml = false;
};
ServerWords serverWords(const QByteArray &plainBody);

/// The error an HTTP status of 400 and above stands for, with the server's words and Retry-After.
Error statusError(const HttpResponse &response, const QByteArray &plainBody);

} // namespace atalaya::http
