// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/http/http_request.h"
#include "models/workspace/workspace.h"

#include <QtCore/QString>

namespace atalaya::control {

/// The request as a curl command to paste into a POSIX shell, quoted; what `auth` (kind None: the access's own) would
/// fill in and every header that may hold a secret read "<secret>". Needs no secret and contains none. Pure.
QString curlText(const workspace::Access &access, const workspace::Auth &auth, const http::HttpRequest &request);

} // namespace atalaya::control
