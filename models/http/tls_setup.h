// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/http/http_request.h"

#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslError>

namespace atalaya::http {

/// The TLS configuration of an identity: the system's authorities plus the identity's own, its client certificate,
/// peers always verified, TLS 1.2 or newer. BadInput names the file that is missing or not usable.
Result<QSslConfiguration> tlsConfiguration(const TlsIdentity &identity);

/// Changes whenever a file of the identity does, so that a renewed certificate is taken up without a restart.
QString fileStamps(const TlsIdentity &identity);

/// True when `certificate` is the pinned one, or when nothing is pinned.
bool matchesPin(const TlsIdentity &identity, const QSslCertificate &certificate);

/// True when the only objection is that no known authority vouches for the certificate: the one thing a pin replaces. A
/// pinned certificate that has expired or bears another host's name is refused like any other.
bool areAboutAuthorityOnly(const QList<QSslError> &errors);

/// Every cause once, as one clause.
QString causesOf(const QList<QSslError> &errors);

} // namespace atalaya::http
