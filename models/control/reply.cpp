// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/reply.h"

#include "models/http/body_decoder.h"

namespace atalaya::control {

using namespace Qt::Literals::StringLiterals;

namespace {

QString saidBy(const Error &error)
{
    return error.serverWords.isEmpty() ? error.summary : error.summary + u", \""_s + error.serverWords + u'"';
}

} // namespace

Reply replyOfError(const Error &error)
{
    Reply reply;
    reply.nothingSent = error.nothingSent;
    reply.claim = error.nothingSent ? Outcome::Failed : Outcome::Unknown;
    reply.isOver = error.nothingSent;
    reply.httpStatus = error.httpStatus;
    reply.detail = (error.nothingSent ? u"nothing was sent: "_s : QString()) + saidBy(error);
    return reply;
}

Reply replyOfRefusal(const http::HttpResponse &response)
{
    const Error error = http::statusError(response, http::plainBody(response).value_or(QByteArray()));
    Reply reply;
    reply.httpStatus = response.status;
    reply.detail = saidBy(error);
    if (error.retryAfter)
        reply.detail += u"; try again in %1 s"_s.arg(error.retryAfter->count());
    reply.isOver = response.status != 502 && response.status != 504;
    if (response.status >= 500)
        reply.claim = Outcome::Unknown;
    else
        reply.claim = error.kind == ErrorKind::Conflict ? Outcome::Conflict : Outcome::Refused;
    return reply;
}

} // namespace atalaya::control
