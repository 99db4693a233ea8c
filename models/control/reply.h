// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control/instance_write.h"
#include "models/http/http_request.h"

namespace atalaya::control {

/// A write that ended without an answer: failed where surely nothing was sent, unknown otherwise.
Reply replyOfError(const Error &error);
/// An answer that is no success, by its status alone: 4xx refused or conflict, 5xx unknown, a redirect refused. A
/// gateway's 502 and 504 leave open whether the server behind it is still busy.
Reply replyOfRefusal(const http::HttpResponse &response);

} // namespace atalaya::control
